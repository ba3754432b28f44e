"""From a row to a record or to sentences about what is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from timpora.apps.intake.cells import Note, Notes, is_blank
from timpora.apps.intake.countries import Nations, carried
from timpora.apps.intake.days import split_birth
from timpora.apps.intake.fields import label
from timpora.apps.intake.kinds import RECORDS, ListKind, PersonRecord
from timpora.apps.intake.reach import strays
from timpora.domain.territory import NATION

# What pydantic itself says, in the words of the office; our own refusals carry their sentence.
SENTENCES: Final[dict[str, str]] = {
    "missing": "Wajib diisi.",
    "extra_forbidden": "Isian tidak dikenal pada jenis daftar ini.",
    "model_type": "Baris tidak terbaca.",
    "model_attributes_type": "Baris tidak terbaca.",
    "dict_type": "Baris tidak terbaca.",
}
OTHERWISE: Final = "Isian tidak terbaca."
OUTSIDE: Final = (
    "Wilayah {code} di luar wilayah pengirim daftar ({places}); perbaiki kodenya, atau serahkan baris ini "
    "kepada instansi atau kantor di wilayah itu."
)
NAMED: Final = 4


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with a row; `field` is empty where the whole row is at fault."""

    field: str
    code: str
    text: str

    @property
    def sentence(self) -> str:
        """Return the fault with the name people give to the field."""
        return f"{label(self.field)}: {self.text}"


class Checked(NamedTuple):
    """What became of one row: a record with notes, or faults."""

    record: PersonRecord | None
    errors: tuple[FieldError, ...] = ()
    notes: tuple[Note, ...] = ()


def check_row(
    kind: ListKind,
    values: Mapping[str, str],
    *,
    on: date,
    surplus: tuple[str, ...] = (),
    nations: Nations | None = None,
    places: tuple[str, ...] = (NATION,),
) -> Checked:
    """Check one row given as field -> cell text; blank cells are as if not there, `on` is today.

    `nations` are the spellings of nationalities in force, those that the program carries if left out.
    `places` are those for which the list speaks, the whole country if left out.
    """
    given: dict[str, Any] = {name: cell for name, cell in values.items() if not is_blank(cell)}
    _prepare(given)
    notes = Notes(on, nations or carried())
    try:
        record = RECORDS[kind].model_validate(given, context=notes)
    except ValidationError as refusal:
        return Checked(None, (*_found(kind, given, notes, refusal), *_surplus_error(surplus)))
    faults = (*_stray_errors(record, places), *_surplus_error(surplus))
    return Checked(None, faults) if faults else Checked(record, (), tuple(notes.said))


def _prepare(given: dict[str, Any]) -> None:
    """Split the combined birth column and keep the nationality as it was written."""
    combined = given.pop("birth_place_date", None)
    if combined is not None:
        place, day = split_birth(combined)
        if place:
            given.setdefault("birth_place", place)
        if day:
            given.setdefault("birth_date", day)
    if "nationality" in given:
        given["nationality_as_written"] = given["nationality"]


def _found(
    kind: ListKind, given: Mapping[str, Any], notes: Notes, refusal: ValidationError
) -> list[FieldError]:
    """Return all that is wrong with a row, so that who mends it need not send it once for each fault.

    What concerns several fields is asked only where all of them can be read; so it is asked once more without
    those that cannot: of the person alone, who needs a name, then of the whole row.
    """
    found = _field_errors(refusal)
    wrong = {error.field for error in found}
    readable = {name: cell for name, cell in given.items() if name not in wrong}
    person = {name: cell for name, cell in readable.items() if name in PersonRecord.model_fields}
    for record, values in ((PersonRecord, person), (RECORDS[kind], readable)):
        try:
            record.model_validate(values, context=Notes(notes.on, notes.nations))
        except ValidationError as more:
            found += [error for error in _field_errors(more) if error.field not in wrong]
            wrong |= {error.field for error in found}
    return found


def _field_errors(refusal: ValidationError) -> list[FieldError]:
    return [_field_error(detail) for detail in refusal.errors(include_url=False, include_input=False)]


def _field_error(detail: ErrorDetails) -> FieldError:
    places = detail.get("ctx", {})
    field = str(detail["loc"][0]) if detail["loc"] else str(places.get("field", ""))
    code = detail["type"]
    # Codes of pydantic have underscores, ours have none; "missing" is said by both alike.
    text = SENTENCES.get(code, OTHERWISE if "_" in code else detail["msg"])
    return FieldError(field, code, text)


def _stray_errors(record: PersonRecord, places: tuple[str, ...]) -> Iterator[FieldError]:
    named = ", ".join(places[:NAMED]) + (", …" if len(places) > NAMED else "")
    for field, code in strays(record, places):
        yield FieldError(field, "region-outside", OUTSIDE.format(code=code, places=named))


def _surplus_error(surplus: tuple[str, ...]) -> tuple[FieldError, ...]:
    if not surplus:
        return ()
    text = (
        f"Ada {len(surplus)} isian melebihi kolom yang berjudul; "
        "mungkin ada pemisah di dalam teks yang tidak diberi tanda kutip."
    )
    return (FieldError("", "surplus", text),)
