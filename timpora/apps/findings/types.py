"""Values of the findings that cross their doors; `kinds` are part of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from timpora.apps.findings.answer_types import AnswerLine, QuestionCount
from timpora.apps.findings.attached_types import (
    AttachedFile,
    MinutesView,
    NewInCharge,
    NewMinutes,
    NewPhoto,
    NewSignature,
    PhotoState,
    PhotoView,
    ReportPhoto,
)
from timpora.apps.findings.conflict_types import OwnConflict
from timpora.apps.findings.day_types import Brought, DayEntry, DayLine, PhotoLoad, PhotoSlot
from timpora.apps.findings.device_types import DecisionView, DeviceView, QuarantineView
from timpora.apps.findings.gap_types import ClosureView, GapView
from timpora.apps.findings.keeping_types import FileBreakView, FileKind, LookRoundView
from timpora.apps.findings.kinds import (
    DOUBTS,
    FINDINGS,
    KINDS,
    OUTCOMES,
    PASSED_ON,
    SENDABLE,
    WITHHELD,
    Doubt,
    FindingKind,
    Outcome,
    ReportKind,
    Withheld,
)
from timpora.apps.findings.met_types import MetRow
from timpora.apps.findings.note_types import ClosureNote, DayNotes
from timpora.apps.findings.phone_photo_types import PhonePhoto, PhotoAnswer, PhotoFate
from timpora.apps.findings.sent_types import NewChecked, NewFinding, NewReport, Receipt
from timpora.apps.findings.step_types import ExplanationView, StepDone, StepLine
from timpora.apps.operations.types import NoteAnswer, NoteKind, NoteOutcome, OperationView, TargetPoint


@dataclass(frozen=True, slots=True)
class CheckedView:
    """A person recorded at a visit; name and document are masked (`is_masked`) where lists show them.

    `holder_id` is whom the registry knows by the document's number, `person_id` the same where the visit
    bears it out.
    """

    id: UUID
    report_id: UUID
    position: int
    name: str
    document_number: str
    document_state: str
    birth_text: str
    nationality: str
    sex: str
    outcome: Outcome
    mrz: str
    mrz_holds: bool | None
    note: str
    person_id: UUID | None
    holder_id: UUID | None
    is_masked: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding; without `checked_id` it concerns the place."""

    id: UUID
    report_id: UUID
    checked_id: UUID | None
    kind: FindingKind
    note: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as the office reads it; masked, `note` is empty and `has_note` tells that there is one.

    `carried_by` is who brought it in by file, where that was not the officer who wrote it.
    """

    id: UUID
    operation_id: UUID
    target_id: UUID | None
    encounter_id: UUID | None
    unit_code: str
    unit_name: str
    wilayah: str
    kind: ReportKind
    captured_at: datetime
    received_at: datetime
    officer_id: UUID
    officer_name: str
    carried_by: str
    device_id: UUID
    device_seq: int
    lat: float | None
    lng: float | None
    accuracy_m: int | None
    headcount: int
    note: str
    has_note: bool
    checked: tuple[CheckedView, ...]
    findings: tuple[FindingView, ...]
    receipt_number: str
    sha256: str
    doubts: tuple[Doubt, ...]
    conflicts_count: int
    sop_version: str
    steps: tuple[StepLine, ...]
    explanations: tuple[ExplanationView, ...]
    photos: tuple[PhotoView, ...] = ()
    minutes: tuple[MinutesView, ...] = ()
    answers: tuple[AnswerLine, ...] = ()

    @property
    def photos_missing(self) -> int:
        """How many photos that it names have not arrived: until then it is not complete (P6)."""
        return sum(photo.arrived_at is None for photo in self.photos)

    @property
    def breaks_order(self) -> bool:
        """Whether a step that gates was passed over."""
        return any(step.breach for step in self.steps)

    @property
    def findings_count(self) -> int:
        """How many findings it holds, on persons and on the place."""
        return len(self.findings)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in one line of the board: place, hours and counts; nobody can be named from it."""

    id: UUID
    target_id: UUID | None
    unit_code: str
    unit_name: str
    kind: ReportKind
    captured_at: datetime
    received_at: datetime
    headcount: int
    findings_count: int
    conflicts_count: int
    breaches_count: int = 0


@dataclass(frozen=True, slots=True)
class VisitView:
    """That a person was met at a visit: when, by which unit, where; what came of it stays on the report."""

    report_id: UUID
    operation_id: UUID
    unit_name: str
    wilayah: str
    captured_at: datetime


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Another content that arrived under the identifier of a report; both are kept."""

    report_id: UUID
    unit_code: str
    kept_sha256: str
    other_sha256: str
    received_at: datetime
    officer_name: str


@dataclass(frozen=True, slots=True)
class ContentView:
    """One content under a report's identifier; without `view` it could not be a report and never stands."""

    id: UUID | None
    sha256: str
    received_at: datetime
    officer_name: str
    view: ReportView | None
    stands: bool


@dataclass(frozen=True, slots=True)
class SettlementView:
    """Which content was let stand, by whom, when, why."""

    stands: UUID
    by: str
    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The contents of a report, the first to arrive first; `is_open`: one came that nobody has settled."""

    report_id: UUID
    operation_id: UUID
    contents: tuple[ContentView, ...]
    senders: frozenset[UUID]
    settlements: tuple[SettlementView, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class ProtectionView:
    """Signs that an officer ticked at a visit, for the holder of the seal; in lists the name is masked."""

    checked_id: UUID
    report_id: UUID
    receipt_number: str
    unit_code: str
    unit_name: str
    wilayah: str
    name: str
    signs: tuple[str, ...]
    note: str
    received_at: datetime
    officer_name: str
    person: CheckedView | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One count of the board with its unit, and what it leaves over, in the same unit.

    `value` + `remainder` = `whole`; `remainder_label` says what the remainder is.
    """

    code: str
    label: str
    unit: str
    value: int
    remainder: int
    remainder_label: str

    @property
    def whole(self) -> int:
        """Return what value and remainder add up to."""
        return self.value + self.remainder


@dataclass(frozen=True, slots=True)
class Share:
    """One line of a count by kind."""

    code: str
    label: str
    value: int


@dataclass(frozen=True, slots=True)
class UnitState:
    """A unit on the board: `state` is `melapor`, `nihil` or `diam`, and `since` the instant it holds from.

    A unit that is silent is so since its last report, or since its phase began.
    """

    unit_code: str
    name: str
    zone: str
    wilayah: str
    lat: float | None
    lng: float | None
    state: str
    since: datetime | None
    last_at: datetime | None
    reports: int
    nil_reports: int
    points: int
    checks: int
    findings: int


@dataclass(frozen=True, slots=True)
class Board:
    """What the posko shows of an operation at an instant; every figure counts `source` within `period`.

    `figures` are points, visits, persons and findings; `kinds` add up to the findings, `outcomes` to the
    persons recorded, `units` to all units of the operation the reader may see.
    """

    operation: OperationView
    at: datetime
    period: tuple[datetime, datetime] | None
    source: str
    figures: tuple[Figure, ...]
    kinds: tuple[Share, ...]
    outcomes: tuple[Share, ...]
    units: tuple[UnitState, ...]
    targets: tuple[TargetPoint, ...]
    newest: tuple[ReportLine, ...]
    conflicts: int
    gaps: tuple[GapView, ...] = ()
    answers: tuple[QuestionCount, ...] = ()

    def figure(self, code: str) -> Figure:
        """Return one figure: `titik`, `kunjungan`, `orang` or `temuan`."""
        return next(figure for figure in self.figures if figure.code == code)

    def units_in(self, state: str) -> tuple[UnitState, ...]:
        """Return the units in a state, longest first."""
        found = [unit for unit in self.units if unit.state == state]
        return tuple(sorted(found, key=lambda u: (u.since is None, u.since, u.name)))


@dataclass(frozen=True, slots=True)
class TargetCount:
    """What was reported of one target."""

    reports: int
    nil_reports: int
    checks: int
    findings: int
    last_at: datetime


__all__ = [
    "DOUBTS",
    "FINDINGS",
    "KINDS",
    "OUTCOMES",
    "PASSED_ON",
    "SENDABLE",
    "WITHHELD",
    "AnswerLine",
    "AttachedFile",
    "Board",
    "Brought",
    "CheckedView",
    "ClosureNote",
    "ClosureView",
    "Comparison",
    "ConflictView",
    "ContentView",
    "DayEntry",
    "DayLine",
    "DayNotes",
    "DecisionView",
    "DeviceView",
    "Doubt",
    "ExplanationView",
    "Figure",
    "FileBreakView",
    "FileKind",
    "FindingKind",
    "FindingView",
    "GapView",
    "LookRoundView",
    "MetRow",
    "MinutesView",
    "NewChecked",
    "NewFinding",
    "NewInCharge",
    "NewMinutes",
    "NewPhoto",
    "NewReport",
    "NewSignature",
    "NoteAnswer",
    "NoteKind",
    "NoteOutcome",
    "Outcome",
    "OwnConflict",
    "PhonePhoto",
    "PhotoAnswer",
    "PhotoFate",
    "PhotoLoad",
    "PhotoSlot",
    "PhotoState",
    "PhotoView",
    "ProtectionView",
    "QuarantineView",
    "QuestionCount",
    "Receipt",
    "ReportKind",
    "ReportLine",
    "ReportPhoto",
    "ReportView",
    "SettlementView",
    "Share",
    "StepDone",
    "StepLine",
    "TargetCount",
    "UnitState",
    "VisitView",
    "Withheld",
]
