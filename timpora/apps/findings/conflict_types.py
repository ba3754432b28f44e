"""A report of which several contents arrived, as its own officer is told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OwnContent:
    """One content of a report with several: `stands` once somebody decided; `is_own`: the officer sent it."""

    sha256: str
    number: str
    is_own: bool
    stands: bool


@dataclass(frozen=True, slots=True)
class OwnConflict:
    """A report with several contents, one of them at least the officer's own."""

    report_id: UUID
    contents: tuple[OwnContent, ...]
    is_open: bool
    by: str
    because: str
    at: datetime | None
