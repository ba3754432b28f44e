"""Articles, numbers and visa indices with the days they hold, and the book that answers by day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timpora.domain.law.errors import ArticleNotInForce, ArticleUnknown, ValueUnknown
from timpora.domain.periods import Period, holding_on


class Confidence(StrEnum):
    """How sure the project is: read in the named source, from a secondary one, or from memory."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Unit(StrEnum):
    """What a number of law counts."""

    DAYS = "hari"
    WORKING_DAYS = "hari_kerja"
    MONTHS = "bulan"
    HOURS = "jam"
    TIMES = "kali"
    RUPIAH = "rupiah"


class WorkRight(StrEnum):
    """Whether a visa index lets its holder work."""

    NONE = "tidak"
    LIMITED = "terbatas"
    ALLOWED = "ya"
    UNKNOWN = "belum_diketahui"


class HolidayKind(StrEnum):
    """Why offices are closed: a national holiday, or joint leave."""

    NATIONAL = "libur_nasional"
    JOINT_LEAVE = "cuti_bersama"


@dataclass(frozen=True, slots=True)
class Article:
    """One version of an article: what it says in our own words, and on which days.

    `label` is the short form for screens, `citation` the form letters print.
    """

    id: str
    statute: str
    statute_title: str
    title: str
    label: str
    citation: str
    paraphrase_id: str
    paraphrase_en: str
    period: Period
    status: str
    use: str
    source: str
    confidence: Confidence

    @property
    def is_verified(self) -> bool:
        """Tell whether the text was read; screens show the others as "belum diverifikasi"."""
        return self.confidence is Confidence.HIGH


@dataclass(frozen=True, slots=True)
class Value:
    """A number of law on the days it holds; verified only together with its article."""

    name: str
    title: str
    value: int
    unit: Unit
    period: Period
    cite: str
    note: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class VisaIndex:
    """A visa index as classified on some days: first stay, longest stay, right to work."""

    code: str
    name_id: str
    name_en: str
    category: str
    first_days: int | None
    total_days: int | None
    work: WorkRight
    work_note: str
    extension: str
    activities: str
    period: Period
    status: str
    source: str
    confidence: Confidence

    @property
    def is_verified(self) -> bool:
        """Tell whether the row was read in a source and not only remembered."""
        return self.confidence is Confidence.HIGH


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which government offices are closed though it may be a weekday."""

    on: date
    name: str
    kind: HolidayKind
    note: str
    confidence: Confidence

    @property
    def is_verified(self) -> bool:
        """Tell whether the day was read in the decree or a report of it."""
        return self.confidence is Confidence.HIGH


@dataclass(frozen=True, slots=True, eq=False)
class LawBook:
    """All law files read together; `digest` is the version that every verdict names."""

    texts: Mapping[str, tuple[Article, ...]]
    values: Mapping[str, tuple[Value, ...]]
    visas: Mapping[str, tuple[VisaIndex, ...]]
    holidays: Mapping[date, Holiday]
    calendar_years: frozenset[int]
    digest: str

    def versions(self, cite: str) -> tuple[Article, ...]:
        """Return every version of the article, oldest first."""
        found = self.texts.get(cite)
        if found is None:
            raise ArticleUnknown(cite)
        return found

    def article(self, cite: str, *, on: date) -> Article:
        """Return the version in force on the day; refuse one that was not."""
        holding = holding_on(self.versions(cite), on)
        if not holding:
            raise ArticleNotInForce(cite, on)
        return holding[0]

    def in_force(self, cites: Iterable[str], *, on: date) -> tuple[str, ...]:
        """Return those of the cites that were in force on the day, in the order given."""
        return tuple(cite for cite in cites if holding_on(self.versions(cite), on))

    def first_in_force(self, cites: tuple[str, ...], *, on: date) -> str:
        """Return the first of several successive bases that was in force on the day."""
        holding = self.in_force(cites, on=on)
        if not holding:
            raise ArticleNotInForce(" / ".join(cites), on)
        return holding[0]

    def resolve(self, cites: Iterable[str], *, on: date | None = None) -> tuple[Article, ...]:
        """Return the articles behind stored cites: as of the day, or the newest versions."""
        if on is None:
            return tuple(self.versions(cite)[-1] for cite in cites)
        return tuple(self.article(cite, on=on) for cite in cites)

    def holding(self, cites: Iterable[str], *, on: date) -> tuple[Article, ...]:
        """Return the versions in force on the day, leaving out what was not in force then."""
        return self.resolve(self.in_force(cites, on=on), on=on)

    def value(self, name: str, *, on: date) -> Value:
        """Return the number that holds on the day."""
        holding = holding_on(self.values.get(name, ()), on)
        if not holding:
            raise ValueUnknown(name, on)
        return holding[0]

    def visa(self, code: str, *, on: date) -> VisaIndex | None:
        """Return the visa index as classified on the day; None where the table is silent."""
        holding = holding_on(self.visas.get(code, ()), on)
        return holding[0] if holding else None
