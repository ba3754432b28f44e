"""Values of the intake that cross its doors."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from timpora.apps.intake.fields import label as field_label
from timpora.apps.intake.kinds import ListKind, fields_of
from timpora.apps.intake.linkage import Evidence
from timpora.apps.intake.linkage.model import Quality
from timpora.apps.intake.mapping import ColumnGuess, ColumnPlan
from timpora.apps.intake.states import PairState, SubmissionState
from timpora.apps.intake.validation import FieldError
from timpora.apps.registry.types import PersonPage

__all__ = [
    "KIND_WORDS",
    "SOURCE_WORDS",
    "ColumnGuess",
    "ColumnPlan",
    "Decision",
    "Evidence",
    "FaultView",
    "FieldError",
    "ListKind",
    "PairPage",
    "PairRow",
    "PairState",
    "Preview",
    "Progress",
    "Quality",
    "Received",
    "SampleRow",
    "SubmissionState",
    "SubmissionView",
    "Unknown",
    "field_label",
    "fields_of",
]

KIND_WORDS = {
    ListKind.CROSSINGS: "Perlintasan",
    ListKind.PERMITS: "Izin tinggal",
    ListKind.STAYS: "Laporan penginapan (APOA)",
    ListKind.WORKERS: "Tenaga kerja asing (TKA/RPTKA)",
}
# What a list is called as the source of a fact, after the agency that sent it.
SOURCE_WORDS = {
    ListKind.CROSSINGS: "daftar perlintasan",
    ListKind.PERMITS: "daftar izin tinggal",
    ListKind.STAYS: "laporan penginapan",
    ListKind.WORKERS: "daftar tenaga kerja asing",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the machine is with a list; seconds of the machine's own time, None where unknown."""

    total: int
    done: int
    speed: float
    seconds_left: int | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """What rows left unknown in one field: how many rows, and a few of the texts written there."""

    field: str
    rows: int
    examples: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return what people call the field."""
        return field_label(self.field)


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A list as its screen shows it."""

    id: UUID
    state: SubmissionState
    kind: ListKind | None
    file_name: str
    sha256: str
    size: int
    unit_code: str
    unit_name: str
    sender_name: str
    zone: str
    places: tuple[str, ...]
    received_at: datetime
    reported_on: date
    headers: tuple[str, ...]
    notices: tuple[str, ...]
    is_whole: bool
    progress: Progress
    good: int
    bad: int
    repeated: int
    noted: int
    unknown: tuple[Unknown, ...]
    persons_new: int
    joined: int
    doubtful: int
    refusal: str
    finished_at: datetime | None

    @property
    def kind_word(self) -> str:
        """Return what people call the kind of list, empty while it is not chosen."""
        return KIND_WORDS[self.kind] if self.kind else ""

    @property
    def is_running(self) -> bool:
        """Tell whether the machine works on it."""
        return self.state in SubmissionState.running()

    @property
    def is_open(self) -> bool:
        """Tell whether columns can still be chosen."""
        return self.state in {SubmissionState.RECEIVED, SubmissionState.REFUSED, SubmissionState.FAILED}


@dataclass(frozen=True, slots=True)
class Received:
    """What a sender gets: the submission, and whether the same file had come before."""

    submission: SubmissionView
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One of the first rows as it would go in, or what is wrong with it."""

    number: int
    cells: tuple[str, ...]
    errors: tuple[FieldError, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Columns with what they seem to be, and the first rows tried with that."""

    submission: SubmissionView
    plan: ColumnPlan
    columns: tuple[ColumnGuess, ...]
    missing: tuple[str, ...]
    missing_fields: tuple[str, ...]
    is_saved_plan: bool
    rows: tuple[SampleRow, ...]


@dataclass(frozen=True, slots=True)
class FaultView:
    """A faulty row: its number in the file and what is wrong."""

    number: int
    cells: tuple[str, ...]
    surplus: tuple[str, ...]
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair in one line: no names."""

    id: UUID
    left: UUID
    right: UUID
    state: PairState
    probability: float
    weight: float
    found_at: datetime
    decided_at: datetime | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class PairPage:
    """A pair side by side, with the reasons for and against."""

    row: PairRow
    left: PersonPage
    right: PersonPage
    evidence: tuple[Evidence, ...]
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer decided about a pair, and the merge that followed, if any."""

    pair_id: UUID
    state: PairState
    merge_id: UUID | None
