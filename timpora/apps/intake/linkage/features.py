"""A record as the columns that are compared: folded names, parts of a birth date, document keys."""

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


def columns_of(record: LinkRecord) -> tuple[str | bool | list[str] | None, ...]:
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


def _birth_parts(birth: str) -> tuple[str | None, str | None, str | None]:
    year, month, day, *_ = *birth.split("-"), "", "", ""
    return year or None, month or None, day or None
