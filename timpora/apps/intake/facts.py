"""A checked row as the registry takes it: who it is about, and the dated facts it states."""

from datetime import date, timedelta
from uuid import UUID, uuid5

from timpora.apps.intake.kinds import (
    CrossingRecord,
    ListKind,
    PermitRecord,
    PersonRecord,
    StayRecord,
    WorkRecord,
)
from timpora.apps.intake.places import Gazetteer
from timpora.apps.registry.types import NewCrossing, NewFact, NewPermit, NewRecord, NewStay, NewWork

ROWS = UUID("6f7a1f0e-5a3c-5d0b-9a54-2f3f5f1f9c11")
ONE_DAY = timedelta(days=1)


def record_id(kind: ListKind, unit_code: str, record: PersonRecord) -> UUID:
    """Return the identifier that follows from what the row says and who says it.

    The same row in a mended file, or under columns in another order, is the same record; a field that the
    row leaves empty says nothing.
    """
    return uuid5(ROWS, f"{kind}|{unit_code}|{record.model_dump_json(exclude_none=True)}")


def new_record(
    identifier: UUID, person: UUID, record: PersonRecord, *, row: int, gazetteer: Gazetteer
) -> NewRecord:
    """Return the row as the registry's record."""
    return NewRecord(
        id=identifier,
        person=person,
        name=record.written_name,
        birth=record.birth_date.iso() if record.birth_date else "",
        birth_place=record.birth_place or "",
        sex=record.sex or "",
        nationality=record.nationality or "",
        document_kind=record.document_kind or "",
        document_number=record.document_number or "",
        document_state=(record.document_state or "") if record.document_number else "",
        document_ends=record.document_expires_on,
        row=row,
        facts=_facts(record, gazetteer),
    )


def _facts(record: PersonRecord, gazetteer: Gazetteer) -> tuple[NewFact, ...]:
    if isinstance(record, CrossingRecord):
        return (_crossing(record, gazetteer),)
    if isinstance(record, PermitRecord):
        return (_permit(record, gazetteer),)
    if isinstance(record, StayRecord):
        return (_stay(record, gazetteer),)
    if isinstance(record, WorkRecord):
        return _works(record, gazetteer)
    raise TypeError(f"no facts are known for {type(record).__name__}")


def _crossing(record: CrossingRecord, gazetteer: Gazetteer) -> NewCrossing:
    region = gazetteer.checkpoint(record.checkpoint)
    return NewCrossing(
        direction=record.direction,
        at=gazetteer.instant(region, record.local_day, record.local_time),
        checkpoint=record.checkpoint,
        wilayah=region,
        has_time=record.local_time is not None,
        carrier=record.carrier or "",
    )


def _permit(record: PermitRecord, gazetteer: Gazetteer) -> NewPermit:
    return NewPermit(
        kind=record.permit_kind,
        visa_index=record.visa_index or "",
        number=record.permit_number or "",
        starts=record.starts_on,
        ends=_after(record.ends_on),
        guarantor=record.guarantor or "",
        address=_address(record, gazetteer),
        wilayah=gazetteer.region(record.region_code),
        is_extension_pending=record.is_extension_pending,
    )


def _stay(record: StayRecord, gazetteer: Gazetteer) -> NewStay:
    return NewStay(
        starts=record.checked_in_on,
        lodging=record.lodging_name or "",
        address=_address(record, gazetteer),
        wilayah=gazetteer.region(record.region_code),
        ends=record.checked_out_on,
        # The day of a whole list is not the day on which the lodging reported this guest.
        reported_on=None,
    )


def _works(record: WorkRecord, gazetteer: Gazetteer) -> tuple[NewWork, ...]:
    """Tell the plan (RPTKA) from what was found: a list may state either, or both in one row."""
    found: list[NewWork] = []
    if record.plan_number or record.plan_location or not record.is_visit:
        # A list without a visit states what the plan says, place included.
        place = record.plan_location or ("" if record.is_visit else record.work_location) or ""
        region = record.plan_place_region or (None if record.is_visit else record.work_place_region)
        found.append(_work(record, place, gazetteer.region(region), is_plan=True))
    if record.is_visit:
        region = record.work_place_region
        found.append(_work(record, record.work_location or "", gazetteer.region(region), is_plan=False))
    return tuple(found)


def _work(record: WorkRecord, place: str, region: str, *, is_plan: bool) -> NewWork:
    return NewWork(
        employer=record.employer,
        is_plan=is_plan,
        position=record.position or "",
        place=place,
        wilayah=region,
        plan_number=(record.plan_number or "") if is_plan else "",
        starts=record.starts_on if is_plan else record.seen_on,
        ends=_after(record.ends_on) if is_plan else None,
    )


def _after(last_day: date | None) -> date | None:
    """Return the first day without it, as the registry keeps periods."""
    return None if last_day is None else last_day + ONE_DAY


def _address(record: PermitRecord | StayRecord, gazetteer: Gazetteer) -> str:
    """Keep a region that was written in words or under an unknown code, since no place can be made of it."""
    words = None if gazetteer.region(record.region_code) else record.region
    return ", ".join(part for part in (record.address, words) if part)
