"""Values of the indications that cross their doors."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """Where an indication stands."""

    OPEN = "terbuka"
    CONFIRMED = "terverifikasi"
    EXPLAINED = "dijelaskan"
    WRONG_DATA = "data_keliru"
    GONE = "tidak_lagi"


STATE_NAMES = {
    State.OPEN: "Terbuka",
    State.CONFIRMED: "Terverifikasi",
    State.EXPLAINED: "Ada penjelasan",
    State.WRONG_DATA: "Data keliru",
    State.GONE: "Tidak lagi ditemukan",
}


class VerdictKind(StrEnum):
    """What a human can say of an indication."""

    CONFIRMED = "terverifikasi"
    EXPLAINED = "dijelaskan"
    WRONG_DATA = "data_keliru"


VERDICT_NAMES = {
    VerdictKind.CONFIRMED: "Ketidaksesuaian nyata; penjelasan wajar sudah disingkirkan",
    VerdictKind.EXPLAINED: "Ada penjelasan yang wajar",
    VerdictKind.WRONG_DATA: "Data sumber keliru",
}


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A fact that an indication stands on: its source in words, the day it was recorded, what it shows."""

    fact_id: str
    label: str
    recorded_on: str
    says: str


@dataclass(frozen=True, slots=True)
class VerdictView:
    """What a named human said, when and why."""

    kind: VerdictKind
    because: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IndicationView:
    """An indication with its evidence, articles and the innocent explanations to rule out first."""

    id: UUID
    rule_id: str
    rule_version: int
    title: str
    person_id: UUID
    person_name: str
    person_line: str
    territories: tuple[str, ...]
    because: str
    evidence: tuple[EvidenceView, ...]
    cites: tuple[str, ...]
    innocent: tuple[str, ...]
    law_digest: str
    found_on: date
    found_at: datetime
    seen_on: date
    state: State
    verdicts: tuple[VerdictView, ...]

    @property
    def wilayah(self) -> str:
        """The most exact place the indication belongs to."""
        return max(self.territories, key=lambda code: (len(code), code)) if self.territories else "ID"


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run of the rules did: persons looked at, indications found anew, seen again, gone."""

    persons: int
    found: int
    seen_again: int
    gone: int
    stopped_rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleStanding:
    """A rule with its record: how many verdicts upheld it, with the interval (Wilson, 95 %)."""

    rule_id: str
    version: int
    title: str
    use: str
    articles: tuple[str, ...]
    innocent: tuple[str, ...]
    open_count: int
    upheld: int
    overturned: int
    precision: float | None
    low: float | None
    high: float | None
    stopped_because: str
