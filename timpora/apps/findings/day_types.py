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
    """How many reports of an operation arrived on a day, and in how many files they go."""

    operation_id: UUID
    on: date
    reports: int
    parts: tuple[int, ...]
