"""Operations with their phases, and what offices answered: values that cross the doors of this room."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from timpora.domain.states import OperationState
from timpora.domain.territory import WIB


class OperationKind(StrEnum):
    """Who runs an operation and how: `serentak` is national and run by the centre, `wilayah` by a Kanwil."""

    SIMULTANEOUS = "serentak"
    PROVINCE = "wilayah"
    OWN = "mandiri"
    JOINT_SPECIAL = "gabungan_khusus"
    JOINT_INCIDENTAL = "gabungan_insidental"


KIND_WORDS = {
    OperationKind.SIMULTANEOUS: "Operasi serentak",
    OperationKind.PROVINCE: "Operasi wilayah",
    OperationKind.OWN: "Operasi mandiri",
    OperationKind.JOINT_SPECIAL: "Operasi gabungan khusus",
    OperationKind.JOINT_INCIDENTAL: "Operasi gabungan insidental",
}


class Readiness(StrEnum):
    """What an office answered to an operation."""

    SILENT = "belum_menjawab"
    READY = "siap"
    PARTLY = "siap_sebagian"
    NOT_READY = "belum_siap"


READINESS_WORDS = {
    Readiness.SILENT: "Belum menjawab",
    Readiness.READY: "Siap",
    Readiness.PARTLY: "Siap dengan kekurangan",
    Readiness.NOT_READY: "Belum siap",
}


@dataclass(frozen=True, slots=True)
class NewPhase:
    """A phase to be opened: naive local times, which hold in each office's own zone; `ends` is past it.

    `answer_on` is the last day on which offices answer with their readiness.
    """

    name: str
    starts_local: datetime
    ends_local: datetime
    answer_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOperation:
    """An operation to be opened.

    Without `offices` a national operation takes all immigration offices, any other the opener's own.
    `order_number` and `order_on` name the letter that orders it (N1); `code` is made from the name if
    empty. From `template_version` it keeps SOP, report form and annexes.
    """

    name: str
    kind: str
    phases: tuple[NewPhase, ...]
    offices: tuple[str, ...] = ()
    code: str = ""
    order_number: str = ""
    order_on: date | None = None
    instruction: str = ""
    template_version: UUID | None = None


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase in local time: it begins and ends at the same wall time in WIB, WITA and WIT."""

    id: UUID
    number: int
    name: str
    starts_local: datetime
    ends_local: datetime
    answer_on: date | None = None

    def starts_at(self, zone: str) -> datetime:
        """Return the instant at which it begins in `zone` (an IANA name)."""
        return self.starts_local.replace(tzinfo=ZoneInfo(zone))

    def ends_at(self, zone: str) -> datetime:
        """Return the first instant after it in `zone`."""
        return self.ends_local.replace(tzinfo=ZoneInfo(zone))

    def holds_at(self, at: datetime, zone: str) -> bool:
        """Tell whether the phase runs at `at` for an office in `zone`."""
        return self.starts_at(zone) <= at < self.ends_at(zone)


@dataclass(frozen=True, slots=True)
class OperationView:
    """An operation; `state` is what holds now, with `berjalan` and `berakhir` read from the clock."""

    id: UUID
    code: str
    name: str
    kind: str
    state: OperationState
    sop_version: str
    opened_by: str
    opened_at: datetime
    order_number: str
    order_on: date | None
    instruction: str
    area: str
    phases: tuple[PhaseView, ...]
    template_version: UUID | None = None
    template_title: str = ""

    @property
    def kind_name(self) -> str:
        """The kind in the office's words."""
        return KIND_WORDS[OperationKind(self.kind)]

    def phase_next(self, at: datetime) -> PhaseView:
        """Return the phase that is prepared or runs at `at`: the first not over everywhere, or the last."""
        coming = (phase for phase in self.phases if at < phase.ends_at(WIB))
        return next(coming, self.phases[-1])

    @property
    def is_open(self) -> bool:
        """Whether something may still be added: it has neither ended nor been called off."""
        return self.state in {OperationState.PLANNED, OperationState.APPROVED, OperationState.RUNNING}


@dataclass(frozen=True, slots=True)
class OperationRow:
    """An operation in one line of the list, with what concerns the actor's territory."""

    operation: OperationView
    offices: int
    offices_answered: int
    targets: int
    targets_waiting: int


@dataclass(frozen=True, slots=True)
class OfficeState:
    """An office within an operation, and what it answered."""

    unit_code: str
    name: str
    zone: str
    wilayah: str
    lat: float | None
    lng: float | None
    readiness: Readiness
    answered_at: datetime | None
    answered_by: str
    note: str
    reminders: int = 0
    reminded_at: datetime | None = None
