"""Values of this room that cross its doors."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from timpora.apps.operations.grounds import GROUNDS, Ground, GroundWords
from timpora.apps.operations.note_types import NoteAnswer, NoteDay, NoteKind, NoteOutcome, Notes
from timpora.apps.operations.operation_types import (
    KIND_WORDS,
    READINESS_WORDS,
    NewOperation,
    NewPhase,
    OfficeState,
    OperationKind,
    OperationRow,
    OperationView,
    PhaseView,
    Readiness,
)
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
from timpora.apps.operations.outfit_types import Outfit
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
    TargetPlace,
    TargetPoint,
    TeamNow,
    target_code,
)
from timpora.apps.operations.register_types import INVOLVED, REGISTERS, EntryView, NewEntry, RegisterPage
from timpora.apps.operations.template_types import (
    AnnexFile,
    AnnexView,
    OperationTemplate,
    TemplateRow,
    TemplateView,
    TemplateWords,
    VersionRow,
    VersionView,
)
from timpora.domain.states import TargetState

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
    "AnnexFile",
    "AnnexView",
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
    "NoteAnswer",
    "NoteDay",
    "NoteKind",
    "NoteOutcome",
    "Notes",
    "OfficeState",
    "OfficeSupply",
    "OperationKind",
    "OperationRow",
    "OperationTemplate",
    "OperationView",
    "OrderDue",
    "OrderView",
    "OrderWords",
    "Outfit",
    "PeriodView",
    "PhaseView",
    "Priority",
    "Readiness",
    "RegisterPage",
    "SopStep",
    "SopView",
    "StaffView",
    "StepView",
    "TargetPlace",
    "TargetPoint",
    "TargetView",
    "TaskEncounter",
    "TaskPerson",
    "TaskTarget",
    "TeamNow",
    "TeamView",
    "TemplateRow",
    "TemplateView",
    "TemplateWords",
    "Twin",
    "VersionRow",
    "VersionView",
    "Waiting",
    "WaitingOrder",
]


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
    employer: str = ""

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
    """What a field officer gets of one target: the place, why, whom to check, the order that allows it.

    `clashes` are targets of other teams that may be the same place; `workers` whom the lists of foreign
    workers name at the company.
    """

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
    clashes: tuple[Twin, ...] = ()
    workers: tuple[TaskPerson, ...] = ()
