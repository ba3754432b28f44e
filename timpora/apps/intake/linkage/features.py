"""A record as the columns that are compared: folded names, parts of a birth date, document keys."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from timpora.apps.intake.linkage.records import LinkRecord
from timpora.domain.linkage import FULL_DATE, name_link_keys, sorted_signs, sound_of, words_of

SHORTEST_NUMBER: Final = 6
COLUMNS: Final = {
    "unique_id": "VARCHAR",
    "is_known": "BOOLEAN",
    "name_sorted": "VARCHAR",
    "name_letters": "VARCHAR",
    "name_sounds": "VARCHAR",
    "words": "VARCHAR[]",
    "sounds": "VARCHAR[]",
    "birth": "VARCHAR",
    "birth_swapped": "VARCHAR",
    "birth_year": "VARCHAR",
    "birth_month": "VARCHAR",
    "birth_day": "VARCHAR",
    "sex": "VARCHAR",
    "nationality": "VARCHAR",
    "birth_place": "VARCHAR",
    "documents": "VARCHAR[]",
    "document_letters": "VARCHAR[]",
    "document_key": "VARCHAR",
}
# No pair is looked at that does not agree in one of these (see `model.BLOCKING`); the swapped birth date of
# one is compared with the birth date of the other.
MEETING: Final = ("birth", "birth_swapped", "name_letters", "name_sounds", "document_key")
_MEETING: Final = tuple(
    (at, name.removesuffix("_swapped")) for at, name in enumerate(COLUMNS) if name in MEETING
)
_IS_KNOWN: Final = tuple(COLUMNS).index("is_known")

Row = tuple[str | bool | list[str] | None, ...]


def columns_of(record: LinkRecord) -> Row:
    """Return the record as one row of `COLUMNS`; what is unknown is None."""
    words = words_of(record.names[0]) if record.names else ()
    every = sorted({word for name in record.names for word in words_of(name)})
    sounds = sorted({sound_of(word) for word in every})
    year, month, day = _birth_parts(record.birth)
    full = record.birth if len(record.birth) == FULL_DATE else None
    numbers = sorted({document.number for document in record.documents if document.number})
    letters = [sorted_signs(number) for number in numbers]
    name_letters, name_sounds = name_link_keys(record.names[0]) if record.names else ("", "")
    return (
        record.id,
        record.is_known,
        " ".join(sorted(words)) or None,
        name_letters or None,
        name_sounds or None,
        every,
        sounds,
        full,
        f"{year}-{day}-{month}" if full else None,
        year,
        month,
        day,
        record.sex or None,
        record.nationality or None,
        "".join(record.birth_place.casefold().split()) or None,
        numbers,
        letters,
        next((key for key in letters if len(key) >= SHORTEST_NUMBER), None),
    )


def meeting(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of which a pair can be made: those that agree with another in a key, one being new.

    The rest need no database: most short lists hold nobody whom the register knows.
    """
    holders: Counter[object] = Counter()
    new: set[object] = set()
    for row in rows:
        keys = _meeting_keys(row)
        holders.update(keys)
        if not row[_IS_KNOWN]:
            new |= keys
    shared = {key for key in new if holders[key] > 1}
    return [row for row in rows if not shared.isdisjoint(_meeting_keys(row))]


def _meeting_keys(row: Row) -> set[object]:
    return {(name, row[at]) for at, name in _MEETING if row[at] is not None}


def _birth_parts(birth: str) -> tuple[str | None, str | None, str | None]:
    year, month, day, *_ = *birth.split("-"), "", "", ""
    return year or None, month or None, day or None
