"""What the letter desk hands out, and what it asks for."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from timpora.kernel.audit.entry import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """The order to issue a letter: about what, by which unit, resting on which law.

    `about` is the thing the letter belongs to (a case, an order); its `person`, where given, is the person
    concerned, whose letters are read only with an entry in the log. `office_code` stands in the number
    (`W.19.IMI.IMI.2`); `pattern` overrides the kind's own; `replaces` names the letter being corrected.
    """

    about: Subject
    unit: str
    office_code: str
    wilayah: str
    law_digest: str
    cites: tuple[str, ...] = ()
    replaces: UUID | None = None
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """An issued letter, without its file."""

    id: UUID
    kind: str
    name: str
    number: str
    office: str
    unit: str
    wilayah: str
    subject_kind: str
    subject_id: str
    dated: date
    issued_at: datetime
    issued_by: str
    sha256: str
    pages: int
    cites: tuple[str, ...]
    token: str
    replaced_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFile:
    """An issued letter with its file, byte for byte as it left the house."""

    letter: LetterView
    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedLetter:
    """What the public page tells whoever holds a letter; `seal` is what its footer must show.

    `office` stands over the letter and was written by the office itself; `unit` is whose number it bears.
    """

    name: str
    number: str
    office: str
    unit: str
    dated: date
    issued_at: datetime
    sha256: str
    seal: str
    pages: int
    replaced_by: str | None
    replaces: str | None
