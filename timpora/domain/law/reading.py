"""Reading law files into a book: the files of the project, with an office's own on top.

An office replaces a file by giving one of the same name, and adds by giving a new name. A book is
accepted whole or refused whole, so no verdict can rest on half of a change.
"""

import hashlib
import json
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import astuple, dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Final, TypeVar

from timpora.domain.law.cite import (
    Article,
    Confidence,
    Holiday,
    HolidayKind,
    LawBook,
    Unit,
    Value,
    VisaIndex,
    WorkRight,
)
from timpora.domain.law.errors import (
    CiteNotInForce,
    CiteUnknown,
    FieldWrong,
    FileUnplaced,
    IntervalsOverlap,
    TomlBroken,
)
from timpora.domain.law.rows import Row, row_of, rows_of
from timpora.domain.periods import HasPeriod, Period

_SOURCED: Final = ("from", "to", "status", "source", "confidence")
_ARTICLE: Final = ("id", "title", "label", "citation", "paraphrase_id", "paraphrase_en", "use", *_SOURCED)
_VALUE: Final = ("title", "from", "to", "value", "unit", "cite", "confidence", "note")
_VISA: Final = (
    *("code", "name_id", "name_en", "category", "first_days", "total_days", "work", "work_note"),
    *("extension", "activities", *_SOURCED),
)
_HOLIDAY: Final = ("on", "name", "kind", "confidence", "note")

_LONGEST: Final = 10_000

Dated = TypeVar("Dated", bound=HasPeriod)


@dataclass(slots=True)
class _Draft:
    """What has been read so far; each thing beside the file it came from."""

    articles: list[tuple[str, Article]] = field(default_factory=list)
    values: list[tuple[str, Row]] = field(default_factory=list)
    visas: list[tuple[str, VisaIndex]] = field(default_factory=list)
    holidays: dict[date, Holiday] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)


def lawbook_read(files: Mapping[str, str]) -> LawBook:
    """Read law files, name to text, into a book; raise `LawBookUnreadable` at the first fault."""
    draft = _Draft()
    for name in sorted(files):
        _reader(name)(name, _toml(name, files[name]), draft)
    texts = _by_key(draft.articles, lambda article: article.id)
    values = _by_key(
        [(row.file, _value(key, row, texts)) for key, row in draft.values], lambda value: value.name
    )
    visas = _by_key(draft.visas, lambda visa: visa.code)
    return LawBook(
        texts=texts,
        values=values,
        visas=visas,
        holidays=draft.holidays,
        calendar_years=frozenset(draft.years),
        digest=_digest(texts, values, visas, draft.holidays, draft.years),
    )


def lawbook_filled(book: LawBook, more: Mapping[str, tuple[Value, ...]]) -> LawBook:
    """Return the book with numbers that it lacks; they are law in force, so the digest covers them too."""
    if not more:
        return book
    values = dict(sorted({**book.values, **more}.items()))
    digest = _digest(book.texts, values, book.visas, book.holidays, book.calendar_years)
    return replace(book, values=values, digest=digest)


def _reader(name: str) -> Callable[[str, Mapping[str, object], _Draft], None]:
    folder, _, rest = name.partition("/")
    reader = _READERS.get(folder)
    if reader is None or not rest.endswith(".toml"):
        raise FileUnplaced(name, "")
    return reader


def _toml(name: str, text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise TomlBroken(name, f"({fault})") from fault
    except RecursionError as fault:
        raise TomlBroken(name, "(kurung bersarang terlalu dalam)") from fault


def _read_texts(name: str, data: Mapping[str, object], draft: _Draft) -> None:
    Row(name, "berkas", data).only(("statute", "article"))
    statute = row_of(name, "statute", data.get("statute"))
    statute.only(("id", "label", "title"))
    for row in rows_of(name, "article", data.get("article")):
        row.only(_ARTICLE)
        draft.articles.append((name, _article(row, statute)))


def _article(row: Row, statute: Row) -> Article:
    key, home = row.text("id"), statute.text("id")
    if key != home and not key.startswith(f"{home}/"):
        raise FieldWrong(row.file, f"[{row.label}] `id` harus diawali {home}/ seperti peraturannya.")
    return Article(
        id=key,
        statute=home,
        statute_title=statute.text("title"),
        title=row.text("title"),
        label=row.text("label"),
        citation=row.text("citation"),
        paraphrase_id=row.text("paraphrase_id"),
        paraphrase_en=row.text("paraphrase_en"),
        period=row.period(),
        status=row.text("status", default=""),
        use=row.text("use", default=""),
        source=row.text("source"),
        confidence=row.choice("confidence", Confidence),
    )


def _read_values(name: str, data: Mapping[str, object], draft: _Draft) -> None:
    for key, found in data.items():
        for row in rows_of(name, key, found):
            row.only(_VALUE)
            draft.values.append((key, row))


def _value(key: str, row: Row, texts: Mapping[str, tuple[Article, ...]]) -> Value:
    cite, period = row.text("cite"), row.period()
    versions = texts.get(cite)
    if versions is None:
        raise CiteUnknown(row.file, f"[{row.label}] `{cite}`")
    basis = [article for article in versions if article.period.overlaps(period)]
    if not _covers(basis, period):
        raise CiteNotInForce(row.file, f"[{row.label}] `{cite}`")
    is_read = row.choice("confidence", Confidence) is Confidence.HIGH
    return Value(
        name=key,
        title=row.text("title"),
        value=_amount(row),
        unit=row.choice("unit", Unit),
        period=period,
        cite=cite,
        note=row.text("note", default=""),
        is_verified=is_read and all(article.is_verified for article in basis),
    )


def _amount(row: Row) -> int:
    """Return the number; a count of days beyond a lifetime is a slip of the pen and would never end."""
    amount = row.number("value")
    if amount > _LONGEST and row.choice("unit", Unit) is not Unit.RUPIAH:
        raise FieldWrong(row.file, f"[{row.label}] `value` paling banyak {_LONGEST}.")
    return amount


def _covers(versions: Iterable[Article], period: Period) -> bool:
    """Tell whether the versions, oldest first, leave no day of the period without law."""
    reached = period.starts
    for article in versions:
        if article.period.starts > reached:
            return False
        if article.period.ends is None:
            return True
        reached = article.period.ends
    return period.ends is not None and reached >= period.ends


def _read_visas(name: str, data: Mapping[str, object], draft: _Draft) -> None:
    Row(name, "berkas", data).only(("visa",))
    for row in rows_of(name, "visa", data.get("visa")):
        row.only(_VISA)
        visa = VisaIndex(
            code=row.text("code"),
            name_id=row.text("name_id"),
            name_en=row.text("name_en"),
            category=row.text("category"),
            first_days=row.number_or_none("first_days"),
            total_days=row.number_or_none("total_days"),
            work=row.choice("work", WorkRight),
            work_note=row.text("work_note", default=""),
            extension=row.text("extension", default=""),
            activities=row.text("activities", default=""),
            period=row.period(),
            status=row.text("status", default=""),
            source=row.text("source"),
            confidence=row.choice("confidence", Confidence),
        )
        draft.visas.append((name, visa))


def _read_calendar(name: str, data: Mapping[str, object], draft: _Draft) -> None:
    Row(name, "berkas", data).only(("calendar", "holiday"))
    head = row_of(name, "calendar", data.get("calendar"))
    head.only(("year", "source"))
    head.text("source")
    draft.years.add(head.number("year"))
    for row in rows_of(name, "holiday", data.get("holiday")):
        row.only(_HOLIDAY)
        holiday = _holiday(row, head.number("year"))
        if holiday.on in draft.holidays:
            raise IntervalsOverlap(name, f"[{row.label}] {holiday.on:%d-%m-%Y}")
        draft.holidays[holiday.on] = holiday


def _holiday(row: Row, year: int) -> Holiday:
    on = row.day("on")
    if on.year != year:
        raise FieldWrong(row.file, f"[{row.label}] `on` harus dalam tahun {year}.")
    return Holiday(
        on=on,
        name=row.text("name"),
        kind=row.choice("kind", HolidayKind),
        note=row.text("note", default=""),
        confidence=row.choice("confidence", Confidence),
    )


_READERS: Final[Mapping[str, Callable[[str, Mapping[str, object], _Draft], None]]] = {
    "texts": _read_texts,
    "values": _read_values,
    "visas": _read_visas,
    "calendar": _read_calendar,
}


def _by_key(found: Iterable[tuple[str, Dated]], key: Callable[[Dated], str]) -> dict[str, tuple[Dated, ...]]:
    """Gather the versions of each thing, oldest first, and refuse two for one day."""
    gathered: dict[str, list[tuple[str, Dated]]] = {}
    for pair in found:
        gathered.setdefault(key(pair[1]), []).append(pair)
    for name, versions in gathered.items():
        versions.sort(key=lambda pair: pair[1].period.starts)
        for (_, older), (file, newer) in pairwise(versions):
            if older.period.overlaps(newer.period):
                raise IntervalsOverlap(file, f"`{name}`")
    return {name: tuple(thing for _, thing in versions) for name, versions in sorted(gathered.items())}


def _digest(
    texts: Mapping[str, tuple[Article, ...]],
    values: Mapping[str, tuple[Value, ...]],
    visas: Mapping[str, tuple[VisaIndex, ...]],
    holidays: Mapping[date, Holiday],
    years: Collection[int],
) -> str:
    """Return SHA-256 over the content: file names, order and comments do not change it."""
    content = [
        [[astuple(article) for article in versions] for versions in texts.values()],
        [[astuple(value) for value in versions] for versions in values.values()],
        [[astuple(visa) for visa in versions] for versions in visas.values()],
        [astuple(holidays[day]) for day in sorted(holidays)],
        sorted(years),
    ]
    canonical = json.dumps(content, default=str, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
