"""Dates as agencies write them, read one way or refused with what to write instead.

Day before month, always: that is how Indonesia writes. A year of two digits falls in the latest century
that does not pass the `latest` day which the caller allows. A birth date of which only the year is known
is a `PartialDate`; no first of January is ever made up (promise P30).
"""

import math
import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Self

FIRST_YEAR: Final = 1850
LAST_YEAR: Final = 2150
_LONGEST: Final = 60
_TWO_DIGITS: Final = 2

# Day 0 of Excel's serial numbers, right from 1 March 1900 on; below 10000 (17-05-1927) a number may as
# well be a year, and is refused.
_EXCEL_ZERO: Final = date(1899, 12, 30)
_EXCEL_FIRST: Final = 10_000
_EXCEL_LAST: Final = 80_000

MONTHS: Final = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_MONTH_SPELLINGS: Final = (
    "jan januari january",
    "feb peb februari pebruari february",
    "mar mrt maret march",
    "apr april",
    "mei may",
    "jun juni june",
    "jul juli july",
    "agu agt ags agust agustus aug august",
    "sep sept september",
    "okt oct oktober october",
    "nov nop november nopember",
    "des dec desember december",
)
_MONTH_OF: Final = {
    spelling: month
    for month, spellings in enumerate(_MONTH_SPELLINGS, start=1)
    for spelling in spellings.split()
}

_WEEKDAY: Final = re.compile(
    r"^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|(mon|tues|wednes|thurs|fri|satur|sun)day)[, ] *"
)
_TIME: Final = re.compile(
    r"(?:[t ]|, )[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)? ?"
    r"(?:(?P<zone>z|[+-][0-9]{2}:?[0-9]{2})|wib|wita|wit|am|pm)?$"
)
_NUMBER: Final = re.compile(r"[0-9]{5}(\.[0-9]{1,15})?")
_SEPARATED: Final = (
    re.compile(r"(?P<year>[0-9]{4})[-/. ]+(?P<month>[0-9]{1,2})[-/. ]+(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<day>[0-9]{1,2})[-/. ]+(?P<month>[0-9]{1,2})[-/. ]+(?P<year>[0-9]{4}|[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{1,2})[-/. ]*(?P<month>[a-z]+)[-/., ]*(?P<year>[0-9]{4}|[0-9]{2})"),
    re.compile(r"(?P<month>[a-z]+)\.? *(?P<day>[0-9]{1,2})[, ]+(?P<year>[0-9]{4})"),
    # Eight digits alone: no month is 18 to 21, and every year begins so, hence only one of them fits.
    re.compile(r"(?P<year>(?:18|19|20|21)[0-9]{2})(?P<month>0[0-9]|1[0-2])(?P<day>[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{2})(?P<month>0[0-9]|1[0-2])(?P<year>(?:18|19|20|21)[0-9]{2})"),
    re.compile(r"(?P<month>[0-9]{1,2})[-/. ]+(?P<year>[0-9]{4})"),
    re.compile(r"(?P<month>[a-z]+)[-/., ]*(?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})"),
    re.compile(r"(?P<year>[0-9]{4})"),
)


class DateRefused(ValueError):
    """A cell or field that is not one certain date."""

    code = "dates.refused"
    message = "Tanggal tidak terbaca; tulis hari-bulan-tahun, misalnya 21-08-2024."

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.message)


class EmptyDate(DateRefused):
    """Nothing was written."""

    code = "dates.empty"
    message = "Tanggal kosong; tulis hari-bulan-tahun, misalnya 21-08-2024."


class AmbiguousDate(DateRefused):
    """It can be read in two ways."""

    code = "dates.ambiguous"
    message = "Angka ini dapat dibaca lebih dari satu cara; tulis hari-bulan-tahun, misalnya 21-08-2024."


class ImpossibleDate(DateRefused):
    """No calendar has this day."""

    code = "dates.impossible"
    message = "Tanggal ini tidak ada di kalender; tulis hari dahulu, lalu bulan, misalnya 21-08-2024."


class IncompleteDate(DateRefused):
    """Day or month are missing where a whole date is needed."""

    code = "dates.incomplete"
    message = "Hari atau bulan belum tertulis; kolom ini memerlukan tanggal lengkap, misalnya 21-08-2024."


class ZonedDate(DateRefused):
    """An instant with a zone: which day it is depends on the place."""

    code = "dates.zoned"
    message = "Waktu dengan zona dapat jatuh pada dua hari; tulis tanggal setempat, misalnya 21-08-2024."


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the day, or day and month, may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ImpossibleDate(
                "Hari tanpa bulan bukan tanggal; tulis 00-00-1985 bila hanya tahun diketahui."
            )
        try:
            date(self.year, self.month or 1, self.day or 1)
        except (ValueError, OverflowError):
            raise ImpossibleDate from None

    @classmethod
    def of(cls, day: date) -> Self:
        """Return a date that is wholly known."""
        return cls(day.year, day.month, day.day)

    def whole(self) -> date | None:
        """Return the date if all of it is known."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def earliest(self) -> date:
        """Return the first day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """Return the last day it can be."""
        if self.month is not None and self.day is not None:
            return date(self.year, self.month, self.day)
        month = self.month or 12
        return date(self.year, month, monthrange(self.year, month)[1])

    def fits(self, other: date) -> bool:
        """Tell whether the day may be meant."""
        return self.earliest() <= other <= self.latest()

    def iso(self) -> str:
        """Return `1985`, `1985-03` or `1985-03-21`: for storing and sorting."""
        parts = (f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part))
        return "-".join(parts)


def date_read(given: str | float | date, *, latest: date) -> date:
    """Read a whole date from a text or a spreadsheet's cell.

    `latest` is the last day that makes sense here; it decides only the century of a two-digit year.
    """
    year, month, day = _parts(given, latest)
    if not (year and month and day):
        raise IncompleteDate
    return PartialDate(year, month, day).earliest()


def date_partial_read(given: str | float | date, *, latest: date) -> PartialDate | None:
    """Read a date of which day and month may be unknown: `00-00-1985`, `03-1985`, `1985`.

    None means that the text says it is unknown: `00-00-0000`.
    """
    year, month, day = _parts(given, latest)
    if year == 0:
        if month or day:
            raise IncompleteDate("Tahun belum tertulis; tulis 00-00-0000 bila tanggal tidak diketahui.")
        return None
    return PartialDate(year, month or None, day or None)


def year_of(two_digits: int, *, latest: date, month: int | None = None, day: int | None = None) -> int:
    """Return the year of the latest century in which the date exists and does not pass `latest`."""
    for century in range(latest.year // 100, 0, -1):
        year = century * 100 + two_digits
        try:
            first = date(year, month or 1, day or 1)
        except ValueError:
            continue
        if first <= latest:
            return year
    raise ImpossibleDate


def date_text(day: date | PartialDate) -> str:
    """Write a date as dd-mm-yyyy, or as much of it as is known: `03-1985`, `1985`."""
    known = day if isinstance(day, PartialDate) else PartialDate.of(day)
    return "-".join(reversed(known.iso().split("-")))


def date_long(day: date | PartialDate) -> str:
    """Write a date as letters do: `21 Agustus 2024`, `Maret 1985`, `1985`."""
    known = day if isinstance(day, PartialDate) else PartialDate.of(day)
    month = MONTHS[known.month - 1] if known.month else ""
    return " ".join(part for part in (str(known.day or ""), month, str(known.year)) if part)


def _parts(given: str | float | date, latest: date) -> tuple[int, int, int]:
    """Return year, month and day, 0 for what is written as unknown or not written."""
    if isinstance(given, datetime) and given.tzinfo is not None:
        raise ZonedDate
    if isinstance(given, date):
        return given.year, given.month, given.day
    if isinstance(given, str):
        plain = _tidied(given)
        return _number_parts(float(plain), latest) if _NUMBER.fullmatch(plain) else _text_parts(plain, latest)
    return _number_parts(given, latest)


def _number_parts(number: float, latest: date) -> tuple[int, int, int]:
    """Read a number from a cell: Excel's count of days, or digits that a spreadsheet took for a number."""
    if isinstance(number, bool) or not math.isfinite(number):
        raise DateRefused
    if _EXCEL_FIRST <= number < _EXCEL_LAST:
        day = _EXCEL_ZERO + timedelta(days=int(number))
        return day.year, day.month, day.day
    if number != int(number) or number < 0:
        raise DateRefused
    return _text_parts(str(int(number))[:_LONGEST], latest)


def _tidied(text: str) -> str:
    """Return the text in lower case without its weekday and time of day."""
    if len(text) > _LONGEST:
        raise DateRefused
    plain = " ".join(unicodedata.normalize("NFKC", text).lower().lstrip(" '").split())
    plain = _WEEKDAY.sub("", plain)
    time = _TIME.search(plain)
    if time is None:
        return plain
    if time["zone"]:
        raise ZonedDate
    return plain[: time.start()]


def _text_parts(text: str, latest: date) -> tuple[int, int, int]:
    if not text:
        raise EmptyDate
    found = next((found for pattern in _SEPARATED if (found := pattern.fullmatch(text))), None)
    if found is None:
        raise AmbiguousDate if text.isdigit() else DateRefused
    written = found.groupdict(default="")
    month, day = _month(written["month"]) if "month" in written else 0, int(written.get("day") or 0)
    return _year(written["year"], month, day, latest), month, day


def _month(written: str) -> int:
    if written.isdigit():
        return int(written)
    if written not in _MONTH_OF:
        raise DateRefused(f"Nama bulan “{written}” tidak dikenal; tulis misalnya 21-08-2024.")
    return _MONTH_OF[written]


def _year(written: str, month: int, day: int, latest: date) -> int:
    """Return the year, once the date is known to exist."""
    year = int(written)
    if len(written) == _TWO_DIGITS:
        if not (month and day):
            raise AmbiguousDate
        year = year_of(year, latest=latest, month=month, day=day)
    if year and not FIRST_YEAR <= year <= LAST_YEAR:
        raise ImpossibleDate(f"Tahun {written} tidak masuk akal; tulis misalnya 21-08-2024.")
    # A year given as 0000 is unknown; a leap year then shows whether month and day can stand together.
    PartialDate(year or 2000, month or None, day or None)
    return year
