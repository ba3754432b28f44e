"""What an office keeps in order: its vehicles and kit, who and what is away, what a phase needs."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from psycopg.types.range import TimestamptzRange

from timpora.apps.identity import queries as identity
from timpora.apps.identity.types import UnitView
from timpora.apps.operations import errors
from timpora.apps.operations.bookings import book, release
from timpora.apps.operations.desks import constraint_of, desk_at, home_of
from timpora.apps.operations.models import Asset, Booking, Need, Operation, Participation, Phase, Target
from timpora.apps.operations.plan_types import NewAbsence
from timpora.apps.operations.views import require_open
from timpora.domain.states import TargetState
from timpora.domain.supply import THINGS, Resource
from timpora.kernel.access import AccessDenied, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

NAME_MAX: Final = 100
TEXT_MAX: Final = 1_000
ITEMS_MAX: Final = 100
NEED_MAX: Final = 999
# A day farther off than this is a slip of the pen.
FARTHEST: Final = timedelta(days=5 * 366)
# A target that nobody visits any more needs nobody.
GONE: Final = (TargetState.REFUSED.value, TargetState.RETRACTED.value, TargetState.WITHDRAWN.value)


@deed(P.OPERATIONS_RESOURCE_KEEP, tag=Tag.OPERATIONS_ASSET_ADDED)
def asset_add(
    act: Act, *, resource: Resource, items: Sequence[tuple[str, str]], unit: str = ""
) -> list[UUID]:
    """Add vehicles or kit of the own office, each by its name and its number.

    Raises `AssetUnreadable` where one lacks either, or another of the office bears the number.
    """
    office = _office(act, unit)
    told = [(cleaned(name)[:NAME_MAX], cleaned(mark)[:NAME_MAX]) for name, mark in items]
    if resource not in THINGS or not 0 < len(told) <= ITEMS_MAX or not all(n and m for n, m in told):
        raise errors.AssetUnreadable
    rows = [
        Asset(
            unit_code=office.code,
            wilayah=home_of(office),
            resource=resource.value,
            name=name,
            mark=mark,
            kept_by_id=act.actor.id,
            kept_by=act.actor.name,
            kept_at=act.at,
        )
        for name, mark in told
    ]
    for row in rows:
        act.upon(_asset_subject(row), refs={"resource": resource.value})
    try:
        with transaction.atomic():
            Asset.objects.bulk_create(rows)
    except IntegrityError as error:
        if constraint_of(error) != "asset_marked_once":
            raise
        raise errors.AssetUnreadable from error
    return [row.pk for row in rows]


@deed(P.OPERATIONS_RESOURCE_KEEP, tag=Tag.OPERATIONS_ASSET_CHANGED)
def asset_change(act: Act, *, asset_id: UUID, is_usable: bool, because: str = "") -> None:
    """Say that a thing cannot be used any more, and why, or that it can again.

    It leaves no team by this: whoever has it is told on the team's card. Raises `ReasonMissing`.
    """
    rows = scope(act.actor, act.permission, Asset.objects.select_for_update())
    row = rows.filter(pk=asset_id).first()
    if row is None:
        raise AccessDenied
    desk_at(act.actor, act.permission, unit=row.unit_code)
    because = cleaned(because)[:TEXT_MAX]
    if not is_usable and not because:
        raise errors.ReasonMissing("Tulis mengapa barang ini tidak dapat dipakai.")
    act.upon(_asset_subject(row), refs={"usable": is_usable}, payload=because)
    Asset.objects.filter(pk=row.pk).update(
        is_usable=is_usable,
        because="" if is_usable else because,
        kept_by_id=act.actor.id,
        kept_by=act.actor.name,
        kept_at=act.at,
    )


@deed(P.OPERATIONS_RESOURCE_KEEP, tag=Tag.OPERATIONS_ABSENCE_NOTED)
def absence_note(act: Act, *, new: NewAbsence, unit: str = "") -> UUID:
    """Note that an officer or a thing of the own office is away on these days, and why.

    Raises `AbsenceUnreadable`, and `ThingBooked` where it is in a team or away at that time already.
    """
    office = _office(act, unit)
    because = cleaned(new.because)[:TEXT_MAX]
    is_near = new.first_day >= act.at.date() - FARTHEST and new.last_day <= act.at.date() + FARTHEST
    if not because or new.first_day > new.last_day or not is_near:
        raise errors.AbsenceUnreadable
    resource, name = _thing(act, office, new.thing_id)
    zone = ZoneInfo(office.zone)
    row = Booking(
        unit_code=office.code,
        wilayah=home_of(office),
        resource=resource.value,
        thing_id=new.thing_id,
        name=name,
        because=because,
        during=TimestamptzRange(
            datetime.combine(new.first_day, time(), zone),
            datetime.combine(new.last_day + timedelta(days=1), time(), zone),
        ),
        by_id=act.actor.id,
        by=act.actor.name,
        at=act.at,
    )
    subject = Subject(kind="booking", id=str(new.thing_id), places=(row.wilayah,), unit=row.unit_code)
    act.upon(subject, refs={"resource": resource.value, "first": new.first_day.isoformat()}, payload=because)
    book([row], zone=office.zone)
    return row.pk


def _thing(act: Act, office: UnitView, thing_id: UUID) -> tuple[Resource, str]:
    """Return what an identifier stands for at the office: an officer, or a thing."""
    asset = scope(act.actor, act.permission, Asset.objects.filter(unit_code=office.code)).filter(pk=thing_id)
    for row in asset:
        return Resource(row.resource), f"{row.name} {row.mark}"
    for officer in identity.officer_list(act.actor, unit=office.code):
        if officer.id == thing_id:
            return Resource.PERSONNEL, officer.name
    raise errors.AbsenceUnreadable


@deed(P.OPERATIONS_RESOURCE_KEEP, tag=Tag.OPERATIONS_ABSENCE_CANCELLED)
def absence_cancel(act: Act, *, booking_id: UUID) -> None:
    """Take an absence back: who or what was away is there again. What a team has stays with it."""
    rows = scope(act.actor, act.permission, Booking.objects.select_for_update(of=["self"]))
    row = rows.filter(pk=booking_id, team=None, released_at=None).first()
    if row is None:
        raise AccessDenied
    desk_at(act.actor, act.permission, unit=row.unit_code)
    act.upon(Subject(kind="booking", id=str(row.thing_id), places=(row.wilayah,), unit=row.unit_code))
    release(act, Booking.objects.filter(pk=row.pk))


@deed(P.OPERATIONS_RESOURCE_KEEP, tag=Tag.OPERATIONS_NEED_WRITTEN)
def need_write(
    act: Act,
    *,
    phase_id: UUID,
    numbers: Mapping[Resource, int],
    target_id: UUID | None = None,
    unit: str = "",
) -> None:
    """Say how many of each resource the own office needs in a phase, for the phase or for one target.

    What is named replaces what was said before; the log keeps that. Raises `NeedUnreadable`,
    `OfficeNotInOperation`, `OperationClosed`.
    """
    phase = Phase.objects.filter(pk=phase_id).first()
    if phase is None:
        raise AccessDenied
    office = _taking_part(act, phase.operation_id, unit)
    if not numbers or not all(0 <= number <= NEED_MAX for number in numbers.values()):
        raise errors.NeedUnreadable
    if target_id is not None:
        _require_target(act, phase, office, target_id)
    refs = {
        "phase": str(phase_id),
        "target": str(target_id or ""),
        "operation": str(phase.operation_id),
        **{resource.value: str(number) for resource, number in numbers.items()},
    }
    subject = Subject(kind="need", id=office.unit_code, places=(office.wilayah,), unit=office.unit_code)
    act.upon(subject, refs=refs)
    rows = [
        Need(
            phase=phase,
            target_id=target_id,
            unit_code=office.unit_code,
            wilayah=office.wilayah,
            resource=resource.value,
            number=number,
            by_id=act.actor.id,
            by=act.actor.name,
            at=act.at,
        )
        for resource, number in numbers.items()
    ]
    Need.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["phase", "unit_code", "target", "resource"],
        update_fields=["number", "by_id", "by", "at"],
    )


def _require_target(act: Act, phase: Phase, office: Participation, target_id: UUID) -> None:
    mine = Target.objects.filter(operation_id=phase.operation_id, unit_code=office.unit_code)
    if not scope(act.actor, act.permission, mine.exclude(state__in=GONE)).filter(pk=target_id).exists():
        raise errors.NeedUnreadable


def _taking_part(act: Act, operation_id: UUID, unit: str) -> Participation:
    desk = desk_at(act.actor, act.permission, unit=unit)
    row = Participation.objects.filter(operation_id=operation_id, unit_code=desk.unit_code).first()
    if row is None:
        raise errors.OfficeNotInOperation
    require_open(Operation.objects.get(pk=operation_id))
    return row


def _office(act: Act, unit: str) -> UnitView:
    office = identity.unit_get(desk_at(act.actor, act.permission, unit=unit).unit_code)
    if office is None:
        raise AccessDenied
    return office


def _asset_subject(row: Asset) -> Subject:
    return Subject(kind="asset", id=str(row.pk), places=(row.wilayah,), unit=row.unit_code)
