"""What a rule is, and what it says when it fires."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from timpora.domain.law.cite import LawBook
from timpora.domain.rules.facts import FactRef, FactSheet


class RuleUse(StrEnum):
    """What a discrepancy may lead to: a look by an officer, or only a note on record-keeping."""

    INDICATION = "indikasi"
    RECORD_KEEPING = "catatan"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact, and what it shows, in a sentence."""

    fact: FactRef
    says: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a rule found: the sentence and the facts it compares."""

    because: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Facts that do not agree (indikasi). It ranks nothing and accuses nobody.

    `innocent` are the explanations an officer must rule out first; `law` is the digest of the law
    book by which it was found.
    """

    rule_id: str
    rule_version: int
    use: RuleUse
    because: str
    evidence: tuple[Evidence, ...]
    cites: tuple[str, ...]
    innocent: tuple[str, ...]
    law: str


Find: TypeAlias = Callable[[FactSheet, date, LawBook], Grounds | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A comparison of facts with the articles it serves; a change of meaning raises the version."""

    id: str
    version: int
    title: str
    use: RuleUse
    articles: tuple[str, ...]
    innocent: tuple[str, ...]
    find: Find

    def evaluate(self, sheet: FactSheet, *, on: date, book: LawBook) -> Discrepancy | None:
        """Return the discrepancy on the day, or None.

        A rule none of whose articles was in force on the day has no ground and stays silent.
        """
        cites = book.in_force(self.articles, on=on)
        grounds = self.find(sheet, on, book) if cites else None
        if grounds is None:
            return None
        return Discrepancy(
            rule_id=self.id,
            rule_version=self.version,
            use=self.use,
            because=grounds.because,
            evidence=grounds.evidence,
            cites=cites,
            innocent=self.innocent,
            law=book.digest,
        )
