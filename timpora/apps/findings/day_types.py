"""The reports of a day as a post hands them over."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DayEntry:
    """A report as its officer sent it; `content` is for sealing alone and reaches no screen."""

    report_id: UUID
    officer_id: UUID
    seq: int
    number: str
    sha256: str
    content: str


@dataclass(frozen=True, slots=True)
class DayLine:
    """How many reports of an operation arrived on a day, and in how many files they and their photos go.

    `photo_cut` tells how the photos are cut: once a report names more of them, it is another. `notes` is how
    much was noted beside them, which goes in one file; a day may have notes alone.
    """

    operation_id: UUID
    on: date
    reports: int
    parts: tuple[int, ...]
    photo_parts: tuple[int, ...]
    photo_cut: str
    notes: int = 0


@dataclass(frozen=True, slots=True)
class PhotoSlot:
    """The room of a photo in a file: `data` is empty where it has not arrived.

    `report_id` is the report that was first under its identifier, `number` its receipt, `seq` its number on
    its phone. `is_sealed`: where it comes from, its bytes lie under the seal of protection.
    """

    report_id: UUID
    number: str
    seq: int
    sha256: str
    size: int
    is_sealed: bool
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class PhotoLoad:
    """One of `of` files with photos of a day; whatever it holds, it is filled up to `room` bytes.

    Files of one `cut` hold all that the day's reports named when they were taken; of another, others.
    """

    operation_id: UUID
    on: date
    part: int
    of: int
    cut: str
    room: int
    slots: tuple[PhotoSlot, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """How the photos of one report stand after a file was brought in, for whoever brought it.

    `named` of them stood in the file, `here` have arrived as far as he may see; `officer` is empty and
    `is_known` false where the report is not here, or does not name them.
    """

    number: str
    seq: int
    officer: str
    named: int
    here: int
    is_known: bool
