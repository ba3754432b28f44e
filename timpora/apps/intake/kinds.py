"""The four lists that agencies send, each row one plain record in the words of the office.

A record holds what the row says and no more: an unknown birth date, nationality or address stays
unknown. Days are local days of the place; bounds of permits and plans are the first and the last
day as printed (the half-open period is made when the fact is stored).
"""

import re
from datetime import date, time
from enum import StrEnum
from typing import ClassVar, Final, Self

from pydantic import BaseModel, ConfigDict, model_validator

from timpora.apps.intake import cells, days
from timpora.apps.intake.cells import refuse

# Offices write it in the remarks: "Perpanjangan diajukan 12/08/2024", "dalam proses perpanjangan".
EXTENSION_ASKED: Final = re.compile(
    r"perpanjangan.*\b(?:diajukan|proses|berjalan)\b|\bproses perpanjangan", re.IGNORECASE
)


class ListKind(StrEnum):
    """Which list an agency sends."""

    CROSSINGS = "perlintasan"
    PERMITS = "izin_tinggal"
    STAYS = "penginapan"
    WORKERS = "tka"


class PersonRecord(BaseModel):
    """Who the row is about, as the list writes it."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    # Fields that a mapping cannot do without; a tuple means one of them.
    needed: ClassVar[tuple[tuple[str, ...], ...]] = (("name", "surname", "given_names"),)

    name: cells.Name = None
    surname: cells.Name = None
    given_names: cells.Name = None
    birth_date: days.BirthDate = None
    birth_place: cells.Line = None
    sex: cells.Sex = None
    nationality: cells.Nationality = None
    nationality_as_written: cells.Line = None
    document_number: cells.DocumentNumber = None
    document_kind: cells.Line = None
    document_state: cells.Nationality = None
    document_expires_on: days.Day = None

    @model_validator(mode="after")
    def _is_someone(self) -> Self:
        if not self.written_name:
            raise refuse("name-missing", "Nama kosong; tulis nama seperti tertera di dokumen.", field="name")
        return self

    @property
    def written_name(self) -> str:
        """Return the name in one line, in the order in which the list writes it."""
        return self.name or " ".join(part for part in (self.given_names, self.surname) if part)


class CrossingRecord(PersonRecord):
    """One passage of a checkpoint (perlintasan)."""

    needed: ClassVar = (
        *PersonRecord.needed,
        ("document_number",),
        ("direction",),
        ("checkpoint",),
        ("crossed_on",),
    )

    document_number: cells.NeededDocumentNumber
    direction: cells.Direction
    checkpoint: cells.NeededLine
    crossed_on: days.NeededMoment
    crossed_time: cells.Clock = None
    carrier: cells.Line = None

    @property
    def local_day(self) -> date:
        """Return the day at the checkpoint."""
        return self.crossed_on.date()

    @property
    def local_time(self) -> time | None:
        """Return the time at the checkpoint, None where the list gives a day alone."""
        if self.crossed_time is not None:
            return self.crossed_time
        # Midnight sharp is what a spreadsheet writes for a day without an hour.
        at = self.crossed_on.time()
        return None if at == time.min else at


class PermitRecord(PersonRecord):
    """One stay permit (izin tinggal)."""

    needed: ClassVar = (*PersonRecord.needed, ("document_number",), ("permit_kind",), ("ends_on",))

    document_number: cells.NeededDocumentNumber
    permit_kind: cells.PermitKind
    visa_index: cells.VisaIndex = None
    permit_number: cells.Line = None
    starts_on: days.Day = None
    ends_on: days.NeededDay
    guarantor: cells.Line = None
    address: cells.Line = None
    region: cells.Region = None
    remark: cells.Line = None

    @property
    def region_code(self) -> str | None:
        """Return the region as a code, None where it is written in words."""
        return cells.region_in(self.region)

    @property
    def is_extension_pending(self) -> bool:
        """Tell whether the remark says that an extension was asked for and is not decided."""
        return bool(self.remark and EXTENSION_ASKED.search(self.remark))

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        return days.require_order(self, self.starts_on, self.ends_on, field="ends_on")


class StayRecord(PersonRecord):
    """One stay as a lodging reports it (APOA)."""

    needed: ClassVar = (*PersonRecord.needed, ("lodging_name", "address"), ("checked_in_on",))

    lodging_name: cells.Line = None
    address: cells.Line = None
    region: cells.Region = None
    checked_in_on: days.NeededDay
    checked_out_on: days.Day = None
    reported_by: cells.Line = None
    booked_by: cells.Line = None

    @property
    def region_code(self) -> str | None:
        """Return the region as a code, None where it is written in words."""
        return cells.region_in(self.region)

    @model_validator(mode="after")
    def _leaves_after_arrival(self) -> Self:
        return days.require_order(self, self.checked_in_on, self.checked_out_on, field="checked_out_on")


class WorkRecord(PersonRecord):
    """One foreign worker (TKA): where the plan (RPTKA) places the person, and where a visit found them."""

    needed: ClassVar = (*PersonRecord.needed, ("employer",))

    employer: cells.NeededLine
    position: cells.Line = None
    work_location: cells.Line = None
    work_region: cells.Region = None
    plan_number: cells.Line = None
    plan_location: cells.Line = None
    plan_region: cells.Region = None
    seen_on: days.Day = None
    starts_on: days.Day = None
    ends_on: days.Day = None

    @property
    def is_visit(self) -> bool:
        """Tell whether the row says where somebody met the person at work."""
        return self.seen_on is not None or bool(self.plan_location)

    @property
    def work_place_region(self) -> str | None:
        """Return the region code of where the person works, from its own column or before the words."""
        return cells.region_in(self.work_region) or cells.region_in(self.work_location)

    @property
    def plan_place_region(self) -> str | None:
        """Return the region code of where the plan places the person."""
        return cells.region_in(self.plan_region) or cells.region_in(self.plan_location)

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        return days.require_order(self, self.starts_on, self.ends_on, field="ends_on")


RECORDS: Final[dict[ListKind, type[PersonRecord]]] = {
    ListKind.CROSSINGS: CrossingRecord,
    ListKind.PERMITS: PermitRecord,
    ListKind.STAYS: StayRecord,
    ListKind.WORKERS: WorkRecord,
}


def fields_of(kind: ListKind) -> tuple[str, ...]:
    """Return the fields that a column of this list can fill, the combined birth column included."""
    own = [name for name in RECORDS[kind].model_fields if name != "nationality_as_written"]
    own.insert(own.index("birth_place") + 1, "birth_place_date")
    return tuple(own)
