"""Values of the registry that cross its doors."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


def source_told(agency: str, source: str) -> str:
    """Write a source as people name it: who sent it, and what (`Disnaker Kotabaru / daftar izin`)."""
    return " / ".join(part for part in (agency, source) if part)


@dataclass(frozen=True, slots=True)
class Source:
    """Where records come from: a submission of an agency, named in the office's words.

    `places` are the codes the source stands for; they make the records visible there.
    """

    agency: str
    label: str
    reported_on: date
    places: tuple[str, ...]
    submission_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewPermit:
    """A stay permit to be added; `ends` is the first day without it."""

    kind: str
    visa_index: str = ""
    number: str = ""
    starts: date | None = None
    ends: date | None = None
    guarantor: str = ""
    guarantor_ends: date | None = None
    address: str = ""
    wilayah: str = ""
    is_extension_pending: bool = False


@dataclass(frozen=True, slots=True)
class NewCrossing:
    """A crossing to be added: `direction` is `in` or `out`."""

    direction: str
    at: datetime
    checkpoint: str = ""
    wilayah: str = ""
    has_time: bool = True
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class NewStay:
    """A reported presence to be added."""

    starts: date
    lodging: str = ""
    address: str = ""
    wilayah: str = ""
    ends: date | None = None
    reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewWork:
    """Employment to be added, planned (`is_plan`) or as found."""

    employer: str
    is_plan: bool
    position: str = ""
    place: str = ""
    wilayah: str = ""
    plan_number: str = ""
    starts: date | None = None
    ends: date | None = None


NewFact = NewPermit | NewCrossing | NewStay | NewWork


@dataclass(frozen=True, slots=True)
class NewRecord:
    """One row of a source: `id` follows from the row, so that sending it again adds nothing.

    `person` is whom the caller holds it to be; a new identifier makes a new person. `birth` is `YYYY`,
    `YYYY-MM`, `YYYY-MM-DD` or empty.
    """

    id: UUID
    person: UUID
    name: str
    birth: str = ""
    birth_place: str = ""
    sex: str = ""
    nationality: str = ""
    document_kind: str = ""
    document_number: str = ""
    document_state: str = ""
    document_ends: date | None = None
    row: int | None = None
    facts: tuple[NewFact, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in one line; masked where the reader may not open the page."""

    id: UUID
    name: str
    birth: str
    sex: str
    nationality: str
    document: str
    territories: tuple[str, ...]
    records_count: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record: one source's words about a person."""

    id: UUID
    name: str
    birth: str
    birth_place: str
    sex: str
    nationality: str
    document_kind: str
    document_number: str
    document_state: str
    document_ends: date | None
    agency: str
    source: str
    reported_on: date
    recorded_at: datetime
    submission_id: UUID | None
    row: int | None

    @property
    def told_by(self) -> str:
        """Return who told it and in what."""
        return source_told(self.agency, self.source)


@dataclass(frozen=True, slots=True)
class PermitFact:
    """A stay permit with its source."""

    id: UUID
    kind: str
    visa_index: str
    number: str
    starts: date | None
    ends: date | None
    guarantor: str
    guarantor_ends: date | None
    address: str
    wilayah: str
    is_extension_pending: bool
    record: RecordView


@dataclass(frozen=True, slots=True)
class CrossingFact:
    """A crossing with its source."""

    id: UUID
    direction: str
    checkpoint: str
    wilayah: str
    at: datetime
    has_time: bool
    carrier: str
    record: RecordView


@dataclass(frozen=True, slots=True)
class StayFact:
    """A reported presence with its source."""

    id: UUID
    lodging: str
    address: str
    wilayah: str
    starts: date
    ends: date | None
    reported_on: date | None
    record: RecordView


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """A place as a list names it: house or employer, address in words, region code; parts may be empty."""

    name: str
    address: str
    wilayah: str


@dataclass(frozen=True, slots=True)
class WorkFact:
    """Employment with its source."""

    id: UUID
    employer: str
    position: str
    place: str
    wilayah: str
    plan_number: str
    is_plan: bool
    starts: date | None
    ends: date | None
    record: RecordView


@dataclass(frozen=True, slots=True)
class MergeView:
    """A merge with what it moved and whether it was undone."""

    id: UUID
    kept: UUID
    absorbed: UUID
    records: tuple[UUID, ...]
    because: str
    by_name: str
    at: datetime
    undone_at: datetime | None
    undone_by: str
    undone_because: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything known of one person, each fact with its source."""

    person: PersonRow
    records: tuple[RecordView, ...]
    permits: tuple[PermitFact, ...]
    crossings: tuple[CrossingFact, ...]
    stays: tuple[StayFact, ...]
    works: tuple[WorkFact, ...]
    merges: tuple[MergeView, ...]


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """A person as linkage compares it: identity, and where the person is known."""

    person: UUID
    name: str
    birth: str
    sex: str
    nationality: str
    document_number: str
    document_state: str
    territories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentOwner:
    """Who holds a document number so far, in the words of one record, and where the person is known."""

    person: UUID
    birth: str
    name: str
    territories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonBrief:
    """What an officer at the door needs of a person, and no more: no nationality, no history.

    The permit is the newest one known; `permit_as_of` is when its source was recorded, empty where no
    permit is known at all.
    """

    id: UUID
    name: str
    birth: str
    document: str
    permit_kind: str
    permit_ends: date | None
    permit_as_of: datetime | None
