"""What a letter is: a frozen value of exactly what is printed, and the parts most letters share.

Every field says by `Label` what the office calls it, so that an empty one can be listed by name
instead of being printed blank.
"""

import json
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Annotated, Any, ClassVar, cast, get_type_hints

from timpora.kernel.documents.calendar_words import DayWords
from timpora.kernel.documents.errors import LetterUnprintable
from timpora.kernel.text import cleaned


@dataclass(frozen=True, slots=True)
class Label:
    """The office's name of a field; `optional` when the letter is whole without it."""

    text: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class MissingField:
    """A field still empty: `path` for the form to link to (`personnel[1].nip`), `label` for people."""

    path: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Kop surat: the line of offices from the ministry down to the one that writes."""

    ministry: Annotated[str, Label("Nama kementerian")]
    directorate: Annotated[str, Label("Nama direktorat jenderal", optional=True)] = ""
    regional_office: Annotated[str, Label("Nama kantor wilayah", optional=True)] = ""
    office: Annotated[str, Label("Nama kantor")]
    address: Annotated[str, Label("Alamat kantor")]
    contact: Annotated[str, Label("Telepon, laman, surel", optional=True)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs, as tata naskah dinas wants it: the office first, then the name, rank and NIP.

    `capacity` is empty for the holder of the office, else `Plt.`, `Plh.` or `a.n.`; with `a.n.` the
    signer's own office goes into `own_position`. `electronic` leaves the place of a TTE, otherwise
    the space of a pen's signature is left.
    """

    capacity: Annotated[str, Label("Plt./Plh./a.n.", optional=True)] = ""
    position: Annotated[str, Label("Jabatan")]
    own_position: Annotated[str, Label("Jabatan penanda tangan a.n.", optional=True)] = ""
    name: Annotated[str, Label("Nama")]
    rank: Annotated[str, Label("Pangkat/golongan", optional=True)] = ""
    nip: Annotated[str, Label("NIP")]
    electronic: Annotated[bool, Label("Tanda tangan elektronik")] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """A row of a table of names; `number` is the NIP, or the NRP of a police or army member.

    The table has a column of ranks where anybody's is known.
    """

    name: Annotated[str, Label("Nama")]
    number: Annotated[str, Label("NIP/NRP")]
    rank: Annotated[str, Label("Pangkat/golongan", optional=True)] = ""
    position: Annotated[str, Label("Jabatan")]
    role: Annotated[str, Label("Tugas dalam tim", optional=True)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """A signature drawn on glass: strokes of points on a field of 1000 by 320, and for which place.

    Numbers only, so that no picture file with content of its own enters the letter.
    """

    place: Annotated[str, Label("Tempat tanda tangan")]
    strokes: Annotated[tuple[tuple[tuple[int, int], ...], ...], Label("Goresan")]
    signed_at: Annotated[str, Label("Jam tanda tangan")]


@dataclass(frozen=True, slots=True)
class Paired:
    """One sentence in Indonesian, which counts, and in English, for the reader."""

    indonesian: Annotated[str, Label("Teks Indonesia")]
    english: Annotated[str, Label("Teks Inggris")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What every letter prints. A kind adds its fields and names itself.

    `kind` is the code kept with the letter, `name` what the office calls it, `pattern` how its numbers
    look (`numbering.py`), `classification` the archive code within the number.
    """

    kind: ClassVar[str]
    name: ClassVar[str]
    classification: ClassVar[str]
    pattern: ClassVar[str] = "{kantor}-{klasifikasi}-{urut}/{tahun}"

    letterhead: Annotated[Letterhead, Label("Kop surat")]
    issued_in: Annotated[str, Label("Tempat penerbitan")]
    dated: Annotated[date, Label("Tanggal surat")]


def missing(letter: Letter) -> tuple[MissingField, ...]:
    """Name every field that must still be filled before the letter can be issued, in printed order."""
    return tuple(MissingField(path, label) for path, label, value in _leaves(letter) if value is None)


def printed(letter: Letter, **besides: str) -> str:
    """Return as JSON what the printer is given: the letter's fields, the kind and `besides` (number, code).

    Raises:
        LetterUnprintable: a text holds a control or direction-changing character, which could make the
            paper say something else than the record.

    """
    for path, label, value in _leaves(letter):
        if isinstance(value, str) and (found := _forbidden(value)):
            raise LetterUnprintable(path=path, label=label, character=found)
    content = _plain(letter) | {"kind": letter.kind, "name": letter.name} | besides
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@cache
def _labels(kind: type[Any]) -> dict[str, Label]:
    hints = get_type_hints(kind, include_extras=True)
    found = {
        name: [m for m in getattr(h, "__metadata__", ()) if isinstance(m, Label)] for name, h in hints.items()
    }
    return {name: labels[0] for name, labels in found.items() if labels}


def _leaves(thing: Any, path: str = "", label: str = "") -> Iterator[tuple[str, str, object]]:
    """Yield (path, label, value) of every printed value; the value of a hole is None."""
    # A class is hashable, which the type checker denies of `type[Any]`.
    labels = _labels(cast("Hashable", type(thing)))
    for field in fields(thing):
        value, about = getattr(thing, field.name), labels[field.name]
        here = f"{path}.{field.name}" if path else field.name
        name = f"{label}: {about.text}" if label else about.text
        if _is_blank(value):
            if not about.optional:
                yield here, name, None
            continue
        yield from _within(value, here, name)


def _within(value: Any, path: str, label: str) -> Iterator[tuple[str, str, object]]:
    if is_dataclass(value):
        yield from _leaves(value, path, label)
    elif isinstance(value, tuple):
        for at, entry in enumerate(value):
            if _is_blank(entry):
                yield f"{path}[{at}]", f"{label} {at + 1}", None
            else:
                yield from _within(entry, f"{path}[{at}]", f"{label} {at + 1}")
    else:
        yield path, label, value


def _is_blank(value: object) -> bool:
    return value is None or value == () or (isinstance(value, str) and not value.strip())


def _forbidden(text: str) -> str | None:
    # What the house would clean away at its door has no honest shape on paper either.
    return next((c for c in text if _is_cleaned_away(c)), None)


@lru_cache(maxsize=1024)
def _is_cleaned_away(sign: str) -> bool:
    return cleaned(f"x{sign}x") == "xx"


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, date):
        return DayWords.of(value).as_dict()
    return cleaned(value) if isinstance(value, str) else value
