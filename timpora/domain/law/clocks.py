"""Working days, deadlines and terms: how days of law are counted.

A deadline does not count the day of the event; a term counts the day it starts. Working days leave
out Saturday, Sunday, national holidays and joint leave, which is the reading that gives the person
the longer time.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from timpora.domain.law.cite import LawBook, Unit, Value
from timpora.domain.periods import ONE_DAY, Period, months_after

_SATURDAY: Final = 5


class UnitUnfit(ValueError):
    """A number that counts no days was asked for a day."""

    code = "law.unit-unfit"
    message = "Nilai hukum ini tidak menghitung hari"

    def __init__(self, value: Value) -> None:
        super().__init__(f"{self.message}: {value.name} ({value.unit})")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which an act is still in time, with what it rests on.

    `doubts` names what an officer should check: a number not yet verified, a year without calendar.
    """

    last_day: date
    cites: tuple[str, ...]
    doubts: tuple[str, ...]

    def is_past(self, on: date) -> bool:
        """Tell whether the last day lies before this one."""
        return on > self.last_day

    def days_left(self, on: date) -> int:
        """Count the days until the last one; zero on it, negative after it."""
        return (self.last_day - on).days


def is_workday(day: date, *, book: LawBook) -> bool:
    """Tell whether government offices work on the day, as far as the calendar knows."""
    return day.weekday() < _SATURDAY and day not in book.holidays


def workday_after(day: date, *, count: int, book: LawBook) -> date:
    """Return the working day number `count` after the day; the day itself is not counted."""
    while count > 0:
        day += ONE_DAY
        count -= is_workday(day, book=book)
    return day


def workdays_between(first: date, last: date, *, book: LawBook) -> int:
    """Count the working days after the first day up to the last one; zero on the same day."""
    days = (last - first).days
    return sum(is_workday(first + n * ONE_DAY, book=book) for n in range(1, days + 1))


def deadline_after(event: date, *, limit: str, book: LawBook) -> Deadline:
    """Return the deadline that the number of law sets after an event, by the law of its day."""
    value = book.value(limit, on=event)
    if value.unit is Unit.WORKING_DAYS:
        last_day = workday_after(event, count=value.value, book=book)
    elif value.unit is Unit.DAYS:
        last_day = event + value.value * ONE_DAY
    elif value.unit is Unit.MONTHS:
        last_day = months_after(event, value.value)
    else:
        raise UnitUnfit(value)
    return Deadline(last_day, (value.cite,), _doubts(value, event, last_day, book))


def term_from(starts: date, *, limit: str, book: LawBook) -> Period:
    """Return the term that the number of law sets from a day, that day included.

    Six months from day D run until the day before the same day of the sixth month: the reading
    that favours the person.
    """
    value = book.value(limit, on=starts)
    if value.unit is Unit.DAYS:
        return Period(starts, starts + value.value * ONE_DAY)
    if value.unit is Unit.MONTHS:
        return Period(starts, months_after(starts, value.value))
    raise UnitUnfit(value)


def _doubts(value: Value, event: date, last_day: date, book: LawBook) -> tuple[str, ...]:
    counted = value.unit.replace("_", " ")
    doubts = [] if value.is_verified else [f"{value.title}: {value.value} {counted} belum diverifikasi."]
    if value.unit is Unit.WORKING_DAYS:
        years = range(event.year, last_day.year + 1)
        doubts += [
            f"Kalender libur {year} belum dimuat." for year in years if year not in book.calendar_years
        ]
    return tuple(doubts)
