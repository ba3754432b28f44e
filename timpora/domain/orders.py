"""The clock of an order that follows the event: the same day or at most one day later (Pasal 30)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from timpora.domain.law.cite import LawBook
from timpora.domain.law.clocks import deadline_after
from timpora.domain.periods import ONE_DAY

LIMIT: Final = "check_order_days"


@dataclass(frozen=True, slots=True)
class OrderClock:
    """Until when an order must follow a check that was approved without one.

    `last_day` is the last day on which it is in time and `closes_at` the first instant after it, by the
    clock of the office. `days_late` is zero while it is in time. `cites` name the number of law, `doubts`
    what an officer should check about it.
    """

    check_on: date
    last_day: date
    closes_at: datetime
    days_late: int
    cites: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def is_late(self) -> bool:
        """Whether the last day is over."""
        return self.days_late > 0


def check_day(captured_at: datetime, *, approved_at: datetime, received_at: datetime, zone: str) -> date:
    """Return the day of the check in `zone`, by the hour the officer wrote down.

    A phone's clock may be wrong by years: the check was neither before its approval nor after the report
    reached the office, so that its day lies between those two.
    """
    at = max(approved_at, min(captured_at, received_at))
    return at.astimezone(ZoneInfo(zone)).date()


def order_clock(check_on: date, *, at: datetime, zone: str, book: LawBook) -> OrderClock:
    """Return how the clock of an order stands at `at` for an office in `zone` (an IANA name).

    The limit is the number of law of the day of the check. The day itself is not counted: with one day,
    an order for a check at 23.59 is in time until the end of the next day by the office's own clock.
    """
    deadline = deadline_after(check_on, limit=LIMIT, book=book)
    here = ZoneInfo(zone)
    closes_at = datetime.combine(deadline.last_day + ONE_DAY, time(), here)
    days_late = max(0, -deadline.days_left(at.astimezone(here).date()))
    return OrderClock(check_on, deadline.last_day, closes_at, days_late, deadline.cites, deadline.doubts)
