"""Whether samples can be what a title says: a column of dates is no column of names."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from pydantic_core import PydanticCustomError

from timpora.apps.intake import cells
from timpora.apps.intake.countries import carried
from timpora.domain.dates import DateRefused, date_partial_read

# Only the century of two-digit years hangs on it, and here no date is kept.
LATEST: Final = date(2100, 1, 1)
KITAS_OR_CODE: Final = re.compile(r".*\d")


def _is_date(text: str) -> bool:
    try:
        date_partial_read(text, latest=LATEST)
    except DateRefused:
        return False
    return True


def _reads(reader: Callable[[Any], object]) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        try:
            reader(text)
        except PydanticCustomError:
            return False
        return True

    return test


def _is_number(text: str) -> bool:
    return (
        bool(KITAS_OR_CODE.match(text)) and _reads(cells.read_document_number)(text) and not _is_slashed(text)
    )


def _is_slashed(text: str) -> bool:
    return text.count("/") > 1 or text.count("-") > 1


def _is_name(text: str) -> bool:
    return not any(letter.isdigit() for letter in text) and any(letter.isalpha() for letter in text)


def _is_place_and_date(text: str) -> bool:
    return any(letter.isdigit() for letter in text) and any(letter.isalpha() for letter in text)


def _is_nation(text: str) -> bool:
    return carried().code_of(text) is not None


def _is_sex(text: str) -> bool:
    return re.sub(r"[^A-Z0-9]+", " ", text.upper()).strip() in cells.SEXES


TESTS: Final[dict[str, Callable[[str], bool]]] = {
    "name": _is_name,
    "surname": _is_name,
    "given_names": _is_name,
    "birth_date": _is_date,
    "birth_place_date": _is_place_and_date,
    "sex": _is_sex,
    "nationality": _is_nation,
    "document_state": _is_nation,
    "document_number": _is_number,
    "document_expires_on": _is_date,
    "crossed_on": _is_date,
    "crossed_time": _reads(cells.read_clock),
    "direction": _reads(cells.read_direction),
    "permit_kind": _reads(cells.read_permit_kind),
    "visa_index": _reads(cells.read_visa_index),
    "starts_on": _is_date,
    "ends_on": _is_date,
    "checked_in_on": _is_date,
    "checked_out_on": _is_date,
    "seen_on": _is_date,
}


def fit(field: str, samples: list[str]) -> float | None:
    """Return the share of samples that can be read as the field; None where any text would do."""
    test = TESTS.get(field)
    return None if test is None else sum(map(test, samples)) / len(samples)
