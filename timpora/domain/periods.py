"""Half-open periods [starts, ends) and steps of the calendar; an open end means until further notice."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol, TypeVar

ONE_DAY: Final = timedelta(days=1)
_MONTHS_A_YEAR: Final = 12


class PeriodReversed(ValueError):
    """A period would end on or before the day it starts."""

    code = "periods.reversed"
    message = "Tanggal berakhir harus sesudah tanggal mulai."

    def __init__(self, starts: date, ends: date) -> None:
        super().__init__(f"{self.message} ({starts:%d-%m-%Y} sampai {ends:%d-%m-%Y})")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `starts` up to, not including, `ends`; `ends` None is open."""

    starts: date
    ends: date | None = None

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends <= self.starts:
            raise PeriodReversed(self.starts, self.ends)

    def __contains__(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)

    @property
    def last_day(self) -> date | None:
        """Return the last day inside, the one a permit prints; None while open."""
        return None if self.ends is None else self.ends - ONE_DAY

    def overlaps(self, other: "Period") -> bool:
        """Tell whether some day lies in both."""
        return (other.ends is None or self.starts < other.ends) and (
            self.ends is None or other.starts < self.ends
        )


def end_text(ends: datetime, zone: str = "") -> str:
    """Write the end of a half-open span by its local clock: midnight is 24.00 of the day before.

    `zone` is the short name of the zone of that clock, left out where the words beside it name the clock.
    """
    is_midnight = ends.time() == time()
    said = f"{ends - ONE_DAY:%d-%m-%Y} 24.00" if is_midnight else f"{ends:%d-%m-%Y %H.%M}"
    return f"{said} {zone}".rstrip()


class HasPeriod(Protocol):
    """Anything that holds for a time: a permit, a stay, an article."""

    @property
    def period(self) -> Period:
        """Return the days on which the thing holds."""
        ...


Held = TypeVar("Held", bound=HasPeriod)


def holding_on(things: Iterable[Held], day: date) -> tuple[Held, ...]:
    """Return those that hold on the day, in the order given."""
    return tuple(thing for thing in things if day in thing.period)


def period_told(starts: date | None, ends: date | None, *, told_on: date) -> Period:
    """Return the period a source tells of on a day, which never claims more days than the source did.

    Without a start it begins on the day it was told, or on its last day where that came earlier.
    """
    first = starts or (min(told_on, ends - ONE_DAY) if ends else told_on)
    return Period(first, ends if ends is None or ends > first else first + ONE_DAY)


def months_after(day: date, count: int) -> date:
    """Return the same day `count` months on, or that month's last day where there is none."""
    whole = day.year * _MONTHS_A_YEAR + day.month - 1 + count
    year, month = divmod(whole, _MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
