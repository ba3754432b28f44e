"""What a post noted on a day beside its reports, as it travels home."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from timpora.apps.operations.types import Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureNote:
    """Numbers of a phone that were closed by hand at the post, and why."""

    id: UUID
    unit_code: str
    device_id: UUID
    first: int
    last: int
    officer_name: str
    because: str
    by_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class DayNotes:
    """All notes of an operation on a day at a post, for the offices of whoever takes them."""

    operation_id: UUID
    on: date
    notes: tuple[Notes, ...]
    closures: tuple[ClosureNote, ...]

    def authors(self) -> Iterator[UUID]:
        """Return everybody who wrote any of it, also more than once."""
        for notes in self.notes:
            yield from notes.authors()
        yield from (closure.by_id for closure in self.closures)
