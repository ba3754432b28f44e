"""Templates, their versions and annexes: values that cross the doors of this room."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from timpora.apps.operations.annex_files import AnnexKind
from timpora.apps.operations.operation_types import KIND_WORDS, OperationKind
from timpora.apps.operations.order_types import SopView
from timpora.domain.relative_phases import RelativePhase
from timpora.domain.report_forms import ReportForm

ANNEX_WORDS: Final = {
    AnnexKind.PDF: "PDF",
    AnnexKind.DOCX: "Word",
    AnnexKind.XLSX: "Excel",
    AnnexKind.JPEG: "Gambar JPEG",
    AnnexKind.PNG: "Gambar PNG",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateWords:
    """What is typed of a template, beside its report form and annexes."""

    name: str
    kinds: tuple[str, ...]
    instruction: str
    sop_version: str
    phases: tuple[RelativePhase, ...] = ()

    @property
    def kind_names(self) -> tuple[str, ...]:
        """The kinds of operation in the office's words."""
        return tuple(KIND_WORDS[OperationKind(kind)] for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class AnnexView:
    """An annex without its bytes."""

    id: UUID
    title: str
    kind: AnnexKind
    size: int
    sha256: str
    by: str
    at: datetime

    @property
    def kind_name(self) -> str:
        """The form in the office's words."""
        return ANNEX_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class AnnexFile:
    """An annex to be handed out: how it is called, what it is, its bytes."""

    name: str
    kind: AnnexKind
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A published version in one line; `withdrawn_because` is empty while it is offered."""

    id: UUID
    template_id: UUID
    number: int
    words: TemplateWords
    unit_name: str
    digest: str
    drafted_by: str
    published_by: str
    published_at: datetime
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_because: str = ""

    @property
    def title(self) -> str:
        """How an operation calls what it was opened from."""
        return f"{self.words.name}, versi {self.number}"


@dataclass(frozen=True, slots=True)
class VersionView:
    """A published version with all that it holds."""

    row: VersionRow
    sop: SopView
    form: ReportForm
    annexes: tuple[AnnexView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRow:
    """A template in one line of the list; `is_own` where the reader's unit keeps it.

    `offered` is the newest version that stands, `newest` the last one, withdrawn or not.
    """

    id: UUID
    name: str
    unit_name: str
    kind_names: tuple[str, ...]
    has_draft: bool
    is_own: bool
    changed_by: str
    changed_at: datetime
    newest: VersionRow | None
    offered: VersionRow | None
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateView:
    """A template of the reader's own unit with its draft, or what the last version says.

    `seen` stands for the draft as it is now: whoever changes or publishes it says which draft he saw.
    """

    id: UUID
    unit_name: str
    words: TemplateWords
    sop: SopView
    form: ReportForm
    annexes: tuple[AnnexView, ...]
    has_draft: bool
    is_own: bool
    seen: str
    changed_by: str
    changed_by_id: UUID
    changed_at: datetime
    versions: tuple[VersionRow, ...]


@dataclass(frozen=True, slots=True)
class OperationTemplate:
    """What an operation was opened from and keeps: version, report form and annexes."""

    version: VersionRow | None
    title: str
    form: ReportForm
    annexes: tuple[AnnexView, ...]
