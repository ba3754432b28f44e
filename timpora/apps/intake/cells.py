"""How one cell is read: the types of the records' fields, each refusing in a sentence.

A reader gets the text of a cell and gives its value; `Notes` in the validation context collects
what was left unknown without refusing the row.
"""

import re
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache
from typing import Annotated, Any, Final, NamedTuple

from pydantic import PlainSerializer, PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from timpora.apps.intake.countries import Nations, carried
from timpora.domain.names import NAME_LIMIT, NameRefused, name_read
from timpora.kernel.text import cleaned

MAX_LINE: Final = 500
SHOWN: Final = 40
# What desks write where they mean an empty cell.
BLANKS: Final = frozenset({
    "", "-", "--", "---", "N/A", "NA", "#N/A", "NULL", "NONE", "NIL", "NIHIL", "TIDAK ADA", "?",
    "MASIH MENGINAP", "BELUM KELUAR", "BELUM CHECK OUT",
})  # fmt: skip
CLOCK: Final = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?(?: ?(AM|PM))?(?: ?(?:WIB|WITA|WIT))?", re.IGNORECASE
)
CLOCK_UNREADABLE: Final = "Jam {seen} tidak terbaca; tulis misalnya 14:30."
# Quarters of Palembang are called 13 Ilir and 16 Ulu; their numbers are no provinces.
REGION: Final = re.compile(
    r"(\d{2})(?:\.?(\d{2})(?:\.?(\d{2})(?:\.?(\d{4}))?)?)?(?![\d.])(?!\s*(?:ilir|ulu)\b)", re.IGNORECASE
)
NOT_IN_A_NUMBER: Final = re.compile(r"[\s.\-/'’]+")
NUMBER: Final = re.compile(r"[A-Z0-9]{3,24}")
CUT_BY_EXCEL: Final = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
VISA_INDEX: Final = re.compile(r"[A-Z0-9][A-Z0-9.\-]{0,9}")

LONGEST_BLANK: Final = max(map(len, BLANKS))

SEXES: Final = {
    "L": "M", "LAKI LAKI": "M", "LAKI": "M", "PRIA": "M", "M": "M", "MALE": "M", "LK": "M", "LAKI2": "M",
    "P": "F", "PEREMPUAN": "F", "WANITA": "F", "F": "F", "FEMALE": "F", "W": "F", "PR": "F", "X": "X",
}  # fmt: skip
DIRECTIONS: Final = {
    "MASUK": "in", "DATANG": "in", "KEDATANGAN": "in", "IN": "in", "ARRIVAL": "in", "ARR": "in",
    "ENTRY": "in", "KELUAR": "out", "BERANGKAT": "out", "KEBERANGKATAN": "out", "OUT": "out",
    "DEPARTURE": "out", "DEP": "out", "EXIT": "out",
}  # fmt: skip
PERMIT_KINDS: Final = (
    ("PERAIRAN", "ITAS-PERAIRAN"), ("DAHSUSKIM", "ITAS-PERAIRAN"), ("ITAP", "ITAP"), ("TETAP", "ITAP"),
    ("ITAS", "ITAS"), ("TERBATAS", "ITAS"), ("ITK", "ITK"), ("KUNJUNGAN", "ITK"),
)  # fmt: skip


class Note(NamedTuple):
    """Something a row leaves unknown: in which field, in a sentence, and what was written there."""

    field: str
    text: str
    seen: str


@dataclass(slots=True)
class Notes:
    """The day the row is read on, the nationalities in force, and what the row leaves unknown."""

    on: date
    nations: Nations
    said: list[Note] = field(default_factory=list)


def is_blank(cell: str) -> bool:
    """Tell whether a cell is empty or says so."""
    return not cell or (len(cell) <= LONGEST_BLANK and cell.upper() in BLANKS)


def refuse(code: str, message: str, **places: Any) -> PydanticCustomError:
    """Return the refusal of a cell; `field` names the field where a whole row is checked."""
    return PydanticCustomError(code, message, places or None)


def text_of(value: object) -> str:
    """Return the text in one line without control characters."""
    if not isinstance(value, str):
        raise refuse("not-text", "Isian harus berupa teks.")
    # Nearly every cell needs nothing done, and there are millions of them.
    if value.isascii() and value.isprintable() and "  " not in value:
        return value.strip()
    return " ".join(cleaned(value).split())


def _short(value: str) -> str:
    return value if len(value) <= SHOWN else value[:SHOWN] + "…"


def read_line(value: object) -> str | None:
    """Read one line of text as written."""
    if value is None:
        return None
    text = text_of(value)
    if len(text) > MAX_LINE:
        raise refuse("too-long", "Isian melebihi {limit} huruf; persingkat.", limit=MAX_LINE)
    return text or None


def read_needed_line(value: object) -> str:
    """Read one line of text that must be there."""
    line = read_line(value)
    if line is None:
        raise refuse("missing", "Wajib diisi.")
    return line


def read_name(value: object) -> str | None:
    """Read a name as written; a formula or a number is none."""
    if value is None:
        return None
    text = text_of(value)
    if text.startswith("=") and "(" in text:
        raise refuse("name-formula", "Nama berisi rumus Excel; tulis nama sebagai teks.")
    if text.isdigit():
        raise refuse("name-number", "Nama berisi angka saja; periksa apakah kolom tertukar.")
    if text.isascii() and len(text) <= NAME_LIMIT and text:
        return text
    try:
        return name_read(text)
    except NameRefused as refusal:
        raise refuse(refusal.code, refusal.message) from refusal


def read_document_number(value: object) -> str | None:
    """Read a document number: capital letters and digits without the spaces people add."""
    if value is None:
        return None
    text = text_of(value).upper()
    if CUT_BY_EXCEL.fullmatch(text) and ("." in text or "," in text or "+" in text):
        raise refuse(
            "number-cut", "Nomor dipotong Excel ({seen}); ubah kolom menjadi Teks.", seen=_short(text)
        )
    number = NOT_IN_A_NUMBER.sub("", text)
    if not NUMBER.fullmatch(number):
        raise refuse(
            "number-unreadable",
            "Nomor dokumen {seen} tidak terbaca: huruf A-Z dan angka saja.",
            seen=_short(text),
        )
    return number


def read_needed_document_number(value: object) -> str:
    """Read a document number without which the row means nothing."""
    number = read_document_number(value)
    if number is None:
        raise refuse("missing", "Wajib diisi.")
    return number


def read_nationality(value: object, info: ValidationInfo) -> str | None:
    """Read a nationality; one that is not recognised stays unknown, with a note."""
    if value is None:
        return None
    text = text_of(value)
    nations = info.context.nations if isinstance(info.context, Notes) else carried()
    code = nations.code_of(text)
    if code is None and text:
        _note(info, "Kewarganegaraan {seen!r} tidak dikenal; dicatat sebagai tidak diketahui.", text)
    return code


def read_sex(value: object, info: ValidationInfo) -> str | None:
    """Read M, F or X as a passport prints it; anything else stays unknown, with a note."""
    if value is None:
        return None
    text = text_of(value).upper()
    sex = SEXES.get(text) or SEXES.get(re.sub(r"[^A-Z0-9]+", " ", text).strip())
    if sex is None and text:
        _note(info, "Jenis kelamin {seen!r} tidak dikenal; dikosongkan.", text)
    return sex


def read_direction(value: object) -> str:
    """Read `in` or `out`."""
    if value is None:
        raise refuse("missing", "Wajib diisi.")
    text = text_of(value).upper()
    for word in (text, *re.split(r"[^A-Z]+", text)):
        if found := DIRECTIONS.get(word):
            return found
    raise refuse("direction", "Arah {seen} tidak dikenal; tulis MASUK atau KELUAR.", seen=_short(text))


def read_permit_kind(value: object) -> str:
    """Read the kind of permit: ITK, ITAS, ITAS-PERAIRAN or ITAP."""
    if value is None:
        raise refuse("missing", "Wajib diisi.")
    text = text_of(value).upper()
    for word, kind in PERMIT_KINDS:
        if word in text:
            return kind
    raise refuse(
        "permit-kind", "Jenis izin {seen} tidak dikenal; tulis ITK, ITAS atau ITAP.", seen=_short(text)
    )


def read_visa_index(value: object) -> str | None:
    """Read a visa index such as C1 or E23."""
    if value is None:
        return None
    text = text_of(value).upper().replace(" ", "")
    if not VISA_INDEX.fullmatch(text):
        raise refuse("visa-index", "Indeks visa {seen} tidak terbaca.", seen=_short(text))
    return text


def read_region(value: object) -> str | None:
    """Read a Kemendagri code in dotted form, with any words behind it dropped; other text as written."""
    line = read_line(value)
    return None if line is None else region_in(line) or line


def region_in(text: str | None) -> str | None:
    """Return the region code with which a text begins, dotted, or None."""
    found = REGION.match(text) if text else None
    return ".".join(part for part in found.groups() if part) if found else None


def read_clock(value: object) -> time | None:
    """Read a time of day, hours and minutes."""
    if value is None:
        return None
    return clock_of(text_of(value))


@lru_cache(maxsize=4096)
def clock_of(text: str) -> time:
    """Return the time of day that a text writes, or refuse it."""
    found = CLOCK.fullmatch(text)
    if found is None:
        raise refuse("clock", CLOCK_UNREADABLE, seen=_short(text))
    hour, minute, second, half = found.groups()
    hours = int(hour) if half is None else int(hour) % 12 + (12 if half.upper() == "PM" else 0)
    try:
        return time(hours, int(minute), int(second or 0))
    except ValueError as error:
        raise refuse("clock", CLOCK_UNREADABLE, seen=_short(text)) from error


def note_of(field: str, sentence: str, written: str) -> Note:
    """Return a note whose sentence names what was written, shortened."""
    seen = _short(written)
    return Note(field, sentence.format(seen=seen), seen)


def _note(info: ValidationInfo, sentence: str, written: str) -> None:
    if isinstance(info.context, Notes):
        info.context.said.append(note_of(info.field_name or "", sentence, written))


# Days and hours leave as ISO 8601; the validators' own types would warn.
AS_ISO: Final = PlainSerializer(
    lambda value: value and value.isoformat(), return_type=str | None, when_used="json"
)

Line = Annotated[str | None, PlainValidator(read_line)]
NeededLine = Annotated[str, PlainValidator(read_needed_line)]
Name = Annotated[str | None, PlainValidator(read_name)]
Sex = Annotated[str | None, PlainValidator(read_sex)]
Nationality = Annotated[str | None, PlainValidator(read_nationality)]
DocumentNumber = Annotated[str | None, PlainValidator(read_document_number)]
NeededDocumentNumber = Annotated[str, PlainValidator(read_needed_document_number)]
Direction = Annotated[str, PlainValidator(read_direction)]
PermitKind = Annotated[str, PlainValidator(read_permit_kind)]
VisaIndex = Annotated[str | None, PlainValidator(read_visa_index)]
Region = Annotated[str | None, PlainValidator(read_region)]
Clock = Annotated[time | None, PlainValidator(read_clock), AS_ISO]
