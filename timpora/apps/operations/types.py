"""Values of this room that cross its doors."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from timpora.apps.operations.grounds import GROUNDS, Ground, GroundWords
from timpora.apps.operations.order_types import (
    EXEMPTIONS,
    NATURES,
    EncounterView,
    Exemption,
    HistoryStep,
    MemberView,
    NewEncounter,
    OrderDue,
    OrderView,
    OrderWords,
    SopStep,
    SopView,
    TaskEncounter,
    TeamView,
)
from timpora.apps.operations.plan_types import (
    RESOURCE_WORDS,
    AssetView,
    BookingView,
    Means,
    NamedSupply,
    NeedView,
    NewAbsence,
    NewPeriod,
    OfficeSupply,
    PeriodView,
    StaffView,
)
from timpora.apps.operations.posko_types import (
    ALL_OFFICES,
    MEDIUM_WORDS,
    PRIORITY_WORDS,
    JournalStepView,
    JournalView,
    Medium,
    MovementView,
    NewMessage,
    Priority,
    TargetPoint,
    TeamNow,
    target_code,
)
from timpora.apps.operations.register_types import INVOLVED, REGISTERS, EntryView, NewEntry, RegisterPage
from timpora.domain.states import OperationState, TargetState
from timpora.domain.territory import WIB

__all__ = [
    "ALL_OFFICES",
    "EXEMPTIONS",
    "GROUNDS",
    "INVOLVED",
    "KIND_WORDS",
    "MEDIUM_WORDS",
    "NATURES",
    "PRIORITY_WORDS",
    "READINESS_WORDS",
    "REGISTERS",
    "RESOURCE_WORDS",
    "AssetView",
    "BookingView",
    "EncounterView",
    "EntryView",
    "Exemption",
    "Ground",
    "GroundWords",
    "HistoryStep",
    "JournalStepView",
    "JournalView",
    "Means",
    "Medium",
    "MemberView",
    "MovementView",
    "NamedSupply",
    "NeedView",
    "NewAbsence",
    "NewEncounter",
    "NewEntry",
    "NewMessage",
    "NewOperation",
    "NewPeriod",
    "NewPhase",
    "OfficeState",
    "OfficeSupply",
    "OperationKind",
    "OperationRow",
    "OperationView",
    "OrderDue",
    "OrderView",
    "OrderWords",
    "PeriodView",
    "PhaseView",
    "Priority",
    "Readiness",
    "RegisterPage",
    "SopStep",
    "SopView",
    "StaffView",
    "StepView",
    "TargetPoint",
    "TargetView",
    "TaskEncounter",
    "TaskPerson",
    "TaskTarget",
    "TeamNow",
    "TeamView",
    "Twin",
    "Waiting",
    "WaitingOrder",
]


class OperationKind(StrEnum):
    """Who runs an operation and how: `serentak` is national and run by the centre."""

    SIMULTANEOUS = "serentak"
    OWN = "mandiri"
    JOINT_SPECIAL = "gabungan_khusus"
    JOINT_INCIDENTAL = "gabungan_insidental"


KIND_WORDS = {
    OperationKind.SIMULTANEOUS: "Operasi serentak",
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
    empty.
    """

    name: str
    kind: str
    phases: tuple[NewPhase, ...]
    offices: tuple[str, ...] = ()
    code: str = ""
    order_number: str = ""
    order_on: date | None = None
    instruction: str = ""


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


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target point; `proposed_by` and `decided_by` are names, the `_id` twins say who they are."""

    id: UUID
    operation_id: UUID
    number: int
    unit_code: str
    unit_name: str
    wilayah: str
    name: str
    address: str
    lat: float
    lng: float
    ground: Ground
    ground_text: str
    checks: str
    state: TargetState
    proposed_by: str
    proposed_by_id: UUID
    proposed_at: datetime
    decided_by: str | None
    decided_by_id: UUID | None
    decided_at: datetime | None
    because: str
    person_ids: tuple[UUID, ...]
    indication_ids: tuple[UUID, ...]
    team_ids: tuple[UUID, ...]

    @property
    def code(self) -> str:
        """How the office calls it: `BATULICIN-03`."""
        return target_code(self.unit_code, self.number)

    @property
    def ground_words(self) -> GroundWords:
        """The ground's label, paper and articles."""
        return GROUNDS[self.ground]


@dataclass(frozen=True, slots=True)
class StepView:
    """A change of state: from, to, who, when, why."""

    before: str
    after: str
    by: str
    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for an actor: targets to decide and orders to issue, oldest first."""

    targets: tuple["TargetView", ...]
    orders: tuple["WaitingOrder", ...]


@dataclass(frozen=True, slots=True)
class WaitingOrder:
    """A drafted order that somebody must issue."""

    id: UUID
    team_name: str
    operation_name: str
    drafted_by: str
    first_day: date


@dataclass(frozen=True, slots=True)
class Twin:
    """Another target that may be the same place or concern the same person (F43).

    `operation_name` names the other operation where it is not one of the same.
    """

    target: TargetView
    metres: int
    has_same_person: bool
    operation_name: str = ""


@dataclass(frozen=True, slots=True)
class TaskPerson:
    """A person to check, as much as the field needs: no nationality, no history.

    `permit` is the newest known permit in words; `as_of` the instant its source entered the registry,
    so that the field can say how old the answer is.
    """

    id: UUID
    name: str
    document: str
    birth: str
    permit: str
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class TaskTarget:
    """What a field officer gets of one target: the place, why, whom to check, the order that allows it."""

    target: TargetView
    ground: str
    persons: tuple[TaskPerson, ...]
    steps: tuple[SopStep, ...]
    sop_version: str
    team_name: str
    order_id: UUID
    order_number: str
    order_token: str
    first_day: date
    last_day: date
    zone: str
    officers: tuple[str, ...]
