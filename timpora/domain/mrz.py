"""The machine-readable zone of travel documents: ICAO Doc 9303, TD1, TD2, TD3, visas MRV-A and MRV-B.

Reading is tolerant where tolerance is safe (spaces, lower case, missing fillers after the name, the letter
O in a field of digits) and never mends what a check digit guards. A zone with a wrong digit is still read:
its `faults` name the field to look at again, since an officer must be able to record a damaged passport.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from timpora.domain.dates import ImpossibleDate, PartialDate, year_of

# A document that ends later than this many years ahead is taken for one of the century before.
LONGEST_VALIDITY: Final = 20
_LONGEST_TEXT: Final = 400
_CARD_WIDTH: Final = 30
_CARD_LINES: Final = 3
_WIDTHS: Final = (36, 44)
_WEIGHTS: Final = (7, 3, 1)
_VALUES: Final = {char: value for value, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}

# Signs that stand for the filler when a zone is copied from a screen or read by a camera.
_FILLERS: Final = str.maketrans({"«": "<<", "‹": "<", "〈": "<", "≪": "<<", "《": "<<"})


class Layout(StrEnum):
    """The five layouts of Doc 9303."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRV_A = "MRV-A"
    MRV_B = "MRV-B"


class Field(StrEnum):
    """A field of the zone, in the words of the form."""

    DOCUMENT = "nomor dokumen"
    NATIONALITY = "kewarganegaraan"
    ISSUER = "negara penerbit"
    BIRTH = "tanggal lahir"
    SEX = "jenis kelamin"
    EXPIRY = "tanggal berakhir"
    OPTIONAL = "data tambahan"
    COMPOSITE = "seluruh baris"
    NAME = "nama"


class MrzRefused(ValueError):
    """A text that is no machine-readable zone."""

    code = "mrz.refused"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Fault:
    """One field that cannot be right, and the sentence that says so."""

    field: Field
    sentence: str


@dataclass(frozen=True, slots=True)
class Checks:
    """Whether each check digit is right; None where the layout or an empty field has none."""

    document: bool
    birth: bool
    expiry: bool
    optional: bool | None
    composite: bool | None

    def faults(self) -> Iterator[Fault]:
        """Yield the fields whose digit is wrong; the composite only when it alone disagrees."""
        fields = {
            Field.DOCUMENT: self.document,
            Field.BIRTH: self.birth,
            Field.EXPIRY: self.expiry,
            Field.OPTIONAL: self.optional,
        }
        wrong = [field for field, holds in fields.items() if holds is False]
        if not wrong and self.composite is False:
            wrong = [Field.COMPOSITE]
        for field in wrong:
            yield Fault(field, f"Angka periksa {field} tidak cocok; bandingkan lagi dengan dokumen.")


@dataclass(frozen=True, slots=True)
class Mrz:
    """What a zone says, as printed and as read; dates are None where unknown or impossible."""

    layout: Layout
    document_code: str
    issuer: str
    surname: str
    given_names: str
    is_name_cut: bool
    document_number: str
    nationality: str
    birth_printed: str
    birth: PartialDate | None
    sex: str
    expiry_printed: str
    expiry: PartialDate | None
    optional_1: str
    optional_2: str
    checks: Checks
    faults: tuple[Fault, ...]

    @property
    def is_sound(self) -> bool:
        """Whether every check digit is right and every field can be."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class _Cut:
    """The zone cut into its fields, still with fillers."""

    layout: Layout
    code: str
    issuer: str
    name: str
    number: str
    number_check: str
    nationality: str
    birth: str
    birth_check: str
    sex: str
    expiry: str
    expiry_check: str
    optional_1: str
    optional_2: str
    optional_check: str
    composite: str
    composite_check: str


def check_digit(text: str) -> str:
    """Return the check digit over digits, letters and fillers: weights 7, 3, 1, sum modulo 10."""
    return str(sum(_VALUES[char] * _WEIGHTS[at % 3] for at, char in enumerate(text)) % 10)


def mrz_read(text: str, *, on: date) -> Mrz:
    """Read a typed, pasted or scanned zone; `on` decides the century of the dates.

    Raises `MrzRefused` when the text has not the form of a zone at all.
    """
    cut = _cut(_lines(text))
    surname, given_names = _names(cut.name)
    number, number_holds, optional_1 = _number(cut)
    checks = Checks(
        document=number_holds,
        birth=_holds(cut.birth, cut.birth_check),
        expiry=_holds(cut.expiry, cut.expiry_check),
        optional=_holds(cut.optional_1, cut.optional_check) if cut.optional_check else None,
        composite=_holds(cut.composite, cut.composite_check) if cut.composite_check else None,
    )
    birth, birth_faults = _date(cut.birth, Field.BIRTH, latest=on)
    expiry, expiry_faults = _date(
        cut.expiry, Field.EXPIRY, latest=date(min(on.year + LONGEST_VALIDITY, date.max.year), 12, 31)
    )
    return Mrz(
        layout=cut.layout,
        document_code=cut.code.strip("<"),
        issuer=cut.issuer.strip("<"),
        surname=surname,
        given_names=given_names,
        is_name_cut=not cut.name.endswith("<"),
        document_number=number,
        nationality=cut.nationality.strip("<"),
        birth_printed=cut.birth,
        birth=birth,
        sex="X" if cut.sex == "<" else cut.sex,
        expiry_printed=cut.expiry,
        expiry=expiry,
        optional_1=_plain(optional_1),
        optional_2=_plain(cut.optional_2),
        checks=checks,
        faults=(*checks.faults(), *birth_faults, *expiry_faults, *_form_faults(cut)),
    )


def _lines(text: str) -> list[str]:
    """Return the lines of the zone, cleaned, each of its full length."""
    if len(text) > _LONGEST_TEXT:
        raise MrzRefused("Teks terlalu panjang; tempel hanya dua atau tiga baris MRZ.")
    plain = unicodedata.normalize("NFKC", text.replace("&lt;", "<").translate(_FILLERS)).upper()
    lines = [joined for line in plain.splitlines() if (joined := "".join(line.split()))]
    if len(lines) == 1:
        lines = _split(lines[0])
    for number, line in enumerate(lines, start=1):
        if strange := re.sub("[A-Z0-9<]", "", line):
            raise MrzRefused(
                f"Baris {number} memuat tanda “{strange[0]}”; MRZ hanya huruf A–Z, angka, dan <."
            )
    return _filled(lines)


def _split(line: str) -> list[str]:
    """Cut a zone that lost its line ends into its lines."""
    for count, width in ((2, 44), (2, 36), (_CARD_LINES, _CARD_WIDTH)):
        if len(line) == count * width:
            return [line[at : at + width] for at in range(0, len(line), width)]
    raise MrzRefused(f"MRZ berisi {len(line)} karakter; paspor 88, visa 88 atau 72, kartu 72 atau 90.")


def _filled(lines: list[str]) -> list[str]:
    """Add the fillers that people leave out at the end of a line where nothing else can follow."""
    if len(lines) == _CARD_LINES:
        if len(lines[1]) != _CARD_WIDTH:
            raise MrzRefused(f"Baris 2 berisi {len(lines[1])} karakter, seharusnya {_CARD_WIDTH}.")
        width = _CARD_WIDTH
    elif len(lines) == _CARD_LINES - 1:
        if len(lines[1]) not in _WIDTHS:
            raise MrzRefused(f"Baris 2 berisi {len(lines[1])} karakter, seharusnya 44 (paspor) atau 36.")
        width = len(lines[1])
    else:
        raise MrzRefused(f"MRZ terdiri dari dua atau tiga baris, bukan {len(lines)}.")
    for number, line in enumerate(lines, start=1):
        if len(line) > width:
            raise MrzRefused(f"Baris {number} berisi {len(line)} karakter, seharusnya {width}.")
    return [line.ljust(width, "<") for line in lines]


def _cut(lines: list[str]) -> _Cut:
    """Cut the lines at the places of their layout."""
    if len(lines) == _CARD_LINES:
        return _cut_card(*lines)
    first, second = lines
    rest = second[28:]
    is_visa, is_wide = first.startswith("V"), len(first) == _WIDTHS[1]
    layout = (Layout.MRV_A if is_wide else Layout.MRV_B) if is_visa else Layout.TD3 if is_wide else Layout.TD2
    optional = rest if is_visa else rest[:14] if is_wide else rest[:7]
    optional_check = rest[14] if layout is Layout.TD3 else ""
    dates = _digits(second[13:20]), _digits(second[21:28])
    number_check = _digits(second[9])
    return _Cut(
        layout=layout,
        code=first[0:2],
        issuer=first[2:5],
        name=first[5:],
        number=second[0:9],
        number_check=number_check,
        nationality=second[10:13],
        birth=dates[0][:6],
        birth_check=dates[0][6],
        sex=second[20],
        expiry=dates[1][:6],
        expiry_check=dates[1][6],
        optional_1=optional,
        optional_2="",
        optional_check=_digits(optional_check),
        composite=second[0:9] + number_check + "".join(dates) + optional + _digits(optional_check),
        composite_check="" if is_visa else _digits(second[-1]),
    )


def _cut_card(first: str, second: str, third: str) -> _Cut:
    """Cut the three lines of a TD1 card."""
    birth, expiry = _digits(second[0:7]), _digits(second[8:15])
    number_check = _digits(first[14])
    return _Cut(
        layout=Layout.TD1,
        code=first[0:2],
        issuer=first[2:5],
        name=third,
        number=first[5:14],
        number_check=number_check,
        nationality=second[15:18],
        birth=birth[:6],
        birth_check=birth[6],
        sex=second[7],
        expiry=expiry[:6],
        expiry_check=expiry[6],
        optional_1=first[15:],
        optional_2=second[18:29],
        optional_check="",
        composite=first[5:14] + number_check + first[15:] + birth + expiry + second[18:29],
        composite_check=_digits(second[29]),
    )


def _digits(text: str) -> str:
    """Return a field of digits with the letter O, which can only be a zero there, as 0."""
    return text.replace("O", "0")


def _holds(text: str, digit: str) -> bool:
    """Tell whether the digit is that of the field; an empty field may have the filler instead."""
    return digit == check_digit(text) or (digit == "<" and not text.strip("<"))


def _names(field: str) -> tuple[str, str]:
    """Return primary and secondary identifier; a name of one part has no secondary one."""
    primary, _, secondary = field.partition("<<")
    return _plain(primary), _plain(secondary)


def _plain(text: str) -> str:
    """Return the text with each run of fillers as one space."""
    return " ".join(text.replace("<", " ").split())


def _number(cut: _Cut) -> tuple[str, bool, str]:
    """Return the document number, whether its digit holds, and what is left of the optional data.

    A number of more than nine characters goes on in the optional data of TD1 and TD2, ended by its check
    digit; states differ on whether the filler between the parts counts, so both sums are right.
    """
    tail, _, rest = cut.optional_1.partition("<")
    if cut.number_check != "<" or not tail or cut.layout not in {Layout.TD1, Layout.TD2}:
        return cut.number.replace("<", ""), _holds(cut.number, cut.number_check), cut.optional_1
    more, digit = tail[:-1], _digits(tail[-1])
    sums = {check_digit(f"{cut.number}<{more}"), check_digit(cut.number + more)}
    return (cut.number + more).replace("<", ""), digit in sums, rest


def _date(printed: str, field: Field, *, latest: date) -> tuple[PartialDate | None, tuple[Fault, ...]]:
    """Read YYMMDD; fillers and 00 stand for a month or day that is not known."""
    if re.fullmatch("<<[0-9<]{4}", printed):
        return None, ()
    fault = Fault(field, f"Isi {field} “{printed}” bukan tanggal yang ada.")
    found = re.fullmatch("([0-9]{2})([0-9]{2}|<<)([0-9]{2}|<<)", printed)
    if found is None:
        return None, (fault,)
    year, month, day = (int(part.replace("<", "0")) for part in found.groups())
    try:
        year = year_of(year, latest=latest, month=month or None, day=day or None)
        return PartialDate(year, month or None, day or None), ()
    except ImpossibleDate:
        return None, (fault,)


def _form_faults(cut: _Cut) -> Iterator[Fault]:
    """Yield the fields that hold what they cannot."""
    if not cut.number.strip("<"):
        yield Fault(Field.DOCUMENT, "Nomor dokumen kosong.")
    if cut.sex not in "MFX<":
        yield Fault(Field.SEX, f"Isi jenis kelamin “{cut.sex}” harus M, F, atau <.")
    for field, code in ((Field.ISSUER, cut.issuer), (Field.NATIONALITY, cut.nationality)):
        if re.fullmatch("[A-Z]*<*", code) is None:
            yield Fault(field, f"Kode {field} “{code}” hanya boleh huruf.")
    if not cut.name.strip("<"):
        yield Fault(Field.NAME, "Baris nama kosong.")
    if re.search("[0-9]", cut.name):
        yield Fault(Field.NAME, "Baris nama memuat angka; bandingkan lagi dengan dokumen.")
