"""Whether what lies in storage is still what was taken in: values that cross the doors of this room."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class FileKind(StrEnum):
    """What is kept of a report with a digest beside it."""

    CONTENT = "isi"
    MINUTES = "berita_acara"
    PHOTO = "foto"


@dataclass(frozen=True, slots=True)
class LookRoundView:
    """How far the program is in going through the files of a kind.

    `looked` counts the round that runs since `began_at`, or nothing where none runs; `last_*` the newest
    round that went through all of them.
    """

    kind: FileKind
    began_at: datetime | None
    looked: int
    last_began_at: datetime | None
    last_ended_at: datetime | None
    last_looked: int


@dataclass(frozen=True, slots=True)
class FileBreakView:
    """A file that is not what was taken in any more; `mended_at` once it is again, from a backup."""

    kind: FileKind
    report_id: UUID
    operation_id: UUID
    receipt_number: str
    unit_name: str
    sha256: str
    found_sha256: str
    found_at: datetime
    mended_at: datetime | None
