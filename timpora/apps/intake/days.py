"""Dates and times in cells, through the house's one reader of dates."""

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Annotated, Final, TypeVar

from pydantic import PlainSerializer, PlainValidator, ValidationInfo

from timpora.apps.intake.cells import AS_ISO, MAX_LINE, Notes, clock_of, refuse, text_of
from timpora.domain.dates import DateRefused, PartialDate, date_partial_read, date_read

Record = TypeVar("Record")

# Documents and permits run into the future; a two-digit year is read within this many years.
AHEAD_YEARS: Final = 30
UNKNOWN: Final = frozenset({"TIDAK DIKETAHUI", "UNKNOWN", "TDK DIKETAHUI", "TIDAK TAHU"})
HOUR_BEHIND: Final = re.compile(
    r"(?P<day>.*?\d{2})(?:[ T]|, )+(?P<hour>\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?: ?[AP]M)?)"
    r"(?: ?(?:WIB|WITA|WIT))?",
    re.IGNORECASE,
)
PLACE_THEN_DAY: Final = re.compile(r"(?P<place>[^\d,/]*?)[\s,/;:-]*(?P<day>\d.*|[A-Za-z]+ \d{1,2},? \d{4})")


@lru_cache(maxsize=65_536)
def _day(text: str, on: date) -> date:
    return date_read(text, latest=on.replace(year=on.year + AHEAD_YEARS, day=min(on.day, 28)))


@lru_cache(maxsize=65_536)
def _birth(text: str, on: date) -> PartialDate | None:
    return date_partial_read(text, latest=on)


def read_day(value: object, info: ValidationInfo) -> date | None:
    """Read a whole day."""
    if value is None:
        return None
    try:
        return _day(text_of(value), _on(info))
    except DateRefused as refusal:
        raise refuse(refusal.code, str(refusal)) from refusal


def read_needed_day(value: object, info: ValidationInfo) -> date:
    """Read a whole day that must be there."""
    day = read_day(value, info)
    if day is None:
        raise refuse("missing", "Wajib diisi.")
    return day


def read_moment(value: object, info: ValidationInfo) -> datetime:
    """Read a day with or without the hour behind it; without one the hour is midnight."""
    text = "" if value is None else text_of(value)
    hour = HOUR_BEHIND.fullmatch(text) if len(text) <= MAX_LINE else None
    day = read_needed_day((hour["day"] if hour else text) or None, info)
    return datetime.combine(day, clock_of(hour["hour"]) if hour else time.min)


def read_birth(value: object, info: ValidationInfo) -> PartialDate | None:
    """Read a birth date, of which day, month or all may be unknown; it lies in the past."""
    if value is None or text_of(value).upper() in UNKNOWN:
        return None
    try:
        birth = _birth(text_of(value), _on(info))
    except DateRefused as refusal:
        raise refuse(refusal.code, str(refusal)) from refusal
    if birth is not None and birth.earliest() > _on(info):
        raise refuse("birth-ahead", "Tanggal lahir berada di masa depan.")
    return birth


def split_birth(text: str) -> tuple[str, str]:
    """Split "Osaka, 1 Mei 1980" into place and day; what has no figures is a place."""
    plain = " ".join(text.split())
    # Looked at from every place of the text, so never at more than a line of it.
    found = PLACE_THEN_DAY.fullmatch(plain) if len(plain) <= MAX_LINE else None
    return (found["place"].strip(), found["day"].strip()) if found else (text.strip(), "")


def require_order(record: Record, first: date | None, last: date | None, *, field: str) -> Record:
    """Return the record, refusing a last day before the first."""
    if first is not None and last is not None and last < first:
        raise refuse("order", "Tanggal akhir mendahului tanggal mulai.", field=field)
    return record


def _on(info: ValidationInfo) -> date:
    if not isinstance(info.context, Notes):
        raise TypeError("a record is read with Notes in its context")
    return info.context.on


Day = Annotated[date | None, PlainValidator(read_day), AS_ISO]
NeededDay = Annotated[date, PlainValidator(read_needed_day), AS_ISO]
NeededMoment = Annotated[datetime, PlainValidator(read_moment), AS_ISO]
BirthDate = Annotated[
    PartialDate | None,
    PlainValidator(read_birth),
    PlainSerializer(lambda birth: birth and birth.iso(), return_type=str | None),
]
