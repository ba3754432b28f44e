"""Numbers that a device gives its reports, from 1 on, and which of them never arrived (P5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Final

# The posko must see a missing number in red within 15 minutes. A phone that found its signal sends its
# queue within this time, and the rest is left to a board that is redrawn and a line that is slow.
ON_ITS_WAY: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers `first` to `last` without a hole; `at` is when the earliest of them arrived."""

    first: int
    last: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Missing:
    """Numbers `first` to `last` that never arrived, known since a later one did."""

    first: int
    last: int
    since: datetime

    def is_red(self, at: datetime) -> bool:
        """Tell whether they can no longer be taken to be on their way."""
        return at - self.since >= ON_ITS_WAY


def missing(runs: Iterable[Run]) -> tuple[Missing, ...]:
    """Return what is missing of one device below the highest number that arrived, the lowest first.

    Runs come in any order and may overlap or repeat; a number alone is a run of one. Numbers below 1 are
    none that a device gives.
    """
    ordered = sorted(runs, key=lambda run: (run.first, run.last))
    # Of each run: when it, or anything after it, was first heard of.
    known = list(accumulate((run.at for run in reversed(ordered)), min))[::-1]
    found: list[Missing] = []
    reached = 0
    for run, since in zip(ordered, known, strict=True):
        if run.first > reached + 1:
            found.append(Missing(reached + 1, run.first - 1, since))
        reached = max(reached, run.last)
    return tuple(found)
