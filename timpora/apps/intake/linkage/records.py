"""What goes into linkage and what comes out: plain values."""

from dataclasses import dataclass
from enum import StrEnum

from timpora.domain.territory import NATION


@dataclass(frozen=True, slots=True)
class Document:
    """A document number and who issued it; the issuer is empty where no list says."""

    number: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """One record or one known person, as far as identity goes.

    `birth` is YYYY, YYYY-MM or YYYY-MM-DD, empty where unknown. `is_known` marks persons of the
    register: known persons are never compared with one another again (F27). Nationality serves to
    tell persons apart and for nothing else. `places` are where the register knows a person, with all
    that contains them; of a new record, the places for which its list speaks (`ID`: for everywhere).
    `is_guess` marks a new record whose sender tells its number with more than one full birth date.
    """

    id: str
    names: tuple[str, ...]
    birth: str = ""
    sex: str = ""
    nationality: str = ""
    birth_place: str = ""
    documents: tuple[Document, ...] = ()
    is_known: bool = False
    places: tuple[str, ...] = (NATION,)
    is_guess: bool = False


class Verdict(StrEnum):
    """What is to be done with a pair: join, ask two eyes, or leave apart (not reported)."""

    SAME = "sama"
    DOUBTFUL = "ragu"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against, in a sentence; `weight` is log2 of the odds it multiplies."""

    field: str
    sentence: str
    weight: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person, `left` before `right` in the order of their ids."""

    left: str
    right: str
    probability: float
    match_weight: float
    verdict: Verdict
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """The pairs worth reporting, strongest first; `model` names the parameters that were used."""

    pairs: tuple[Pair, ...]
    model: str

    @property
    def same(self) -> tuple[Pair, ...]:
        """Return the pairs that may be joined without asking."""
        return tuple(pair for pair in self.pairs if pair.verdict is Verdict.SAME)

    @property
    def doubtful(self) -> tuple[Pair, ...]:
        """Return the pairs for two eyes."""
        return tuple(pair for pair in self.pairs if pair.verdict is Verdict.DOUBTFUL)
