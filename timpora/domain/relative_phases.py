"""Phases told in days from the day an operation starts, and the days they become once that day is known."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

# Beyond this a phase is no part of one operation but a slip of the pen.
FARTHEST: Final = 366


@dataclass(frozen=True, slots=True)
class RelativePhase:
    """A phase of a template: `offset` days after the start it begins, and it lasts `length` days.

    Offices answer with their readiness `answer_before` days before it begins, if such a day is named.
    """

    name: str
    offset: int
    length: int
    answer_before: int | None = None

    @property
    def is_sane(self) -> bool:
        """Whether the numbers can be days: it begins on the start or later, and lasts a day or more."""
        answer = self.answer_before if self.answer_before is not None else 0
        return 0 <= self.offset <= FARTHEST and 1 <= self.length <= FARTHEST and 0 <= answer <= FARTHEST


@dataclass(frozen=True, slots=True)
class PhaseDays:
    """The days of a phase: its first and last, and the last on which offices answer."""

    name: str
    first: date
    last: date
    answer_on: date | None


def phase_days(start: date, phase: RelativePhase) -> PhaseDays | None:
    """Return the days of a phase of an operation that starts on `start`; nothing beyond the calendar."""
    try:
        first = start + timedelta(days=phase.offset)
        last = first + timedelta(days=phase.length - 1)
        # There is a day after the last, at whose midnight the phase is over.
        last + timedelta(days=1)
        answer = None if phase.answer_before is None else first - timedelta(days=phase.answer_before)
    except OverflowError:
        return None
    return PhaseDays(phase.name, first, last, answer)
