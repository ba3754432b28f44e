"""What an officer sends of a visit, and what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from timpora.apps.findings.attached_types import NewInCharge, NewMinutes, NewPhoto, NewSignature
from timpora.apps.findings.kinds import Doubt, FindingKind, Outcome, ReportKind
from timpora.apps.findings.step_types import StepDone
from timpora.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class NewFinding:
    """One finding as the officer sends it."""

    kind: FindingKind
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewChecked:
    """One person as the officer writes them down; every word as seen, nothing required but an outcome.

    `birth_text` is what the document or the person says. `signs` are for the protection screen and for
    nobody else.
    """

    outcome: Outcome
    name: str = ""
    document_number: str = ""
    document_state: str = ""
    birth_text: str = ""
    nationality: str = ""
    sex: str = ""
    mrz: str = ""
    findings: tuple[NewFinding, ...] = ()
    signs: tuple[str, ...] = ()
    note: str = ""
    signature: NewSignature | None = None


@dataclass(frozen=True, slots=True)
class NewReport:
    """The result of one visit; `id` is made on the device, so that sending twice is one report (P2).

    Without a target it is the nil of a whole office, or of the check without an order that `encounter_id`
    names. `headcount` is how many foreigners were counted at
    the place, which may exceed those recorded. Coordinates are degrees, `accuracy_m` metres.
    `content` is the canonical text that the device hashed; left empty, it follows from the fields.
    `answers` are those to the operation's report form. `photos` name files that follow. `minutes` is what a
    Berita Acara prints besides: no other, no paper.
    `author` wrote it, where somebody else brings it in. `was_withheld`: it was released from quarantine.
    `key_was_withdrawn`: it came by file, under a key of its officer that was taken back since.
    """

    id: UUID
    operation_id: UUID
    kind: ReportKind
    captured_at: datetime
    device_id: UUID
    device_seq: int
    target_id: UUID | None = None
    encounter_id: UUID | None = None
    headcount: int = 0
    checked: tuple[NewChecked, ...] = ()
    findings: tuple[NewFinding, ...] = ()
    steps: tuple[StepDone, ...] = ()
    lat: float | None = None
    lng: float | None = None
    accuracy_m: int | None = None
    note: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    photos: tuple[NewPhoto, ...] = ()
    in_charge: NewInCharge | None = None
    minutes: NewMinutes | None = None
    content: str = ""
    author: Actor | None = None
    was_withheld: bool = False
    key_was_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """The acknowledgement of a report: the server holds the content whose digest is `sha256`.

    `is_repeat`: it was held already. `is_conflict`: another content is held under the same identifier,
    and both are kept. `is_withheld`: it is kept and does not count until somebody decides. `doubts` were
    noticed, and refused nothing.
    """

    number: str
    report_id: UUID
    sha256: str
    received_at: datetime
    is_repeat: bool = False
    is_conflict: bool = False
    is_withheld: bool = False
    doubts: tuple[Doubt, ...] = ()
