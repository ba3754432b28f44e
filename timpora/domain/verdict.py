"""What a rule of law concludes: an outcome, the reason in a sentence, and the articles it rests on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Outcome = TypeVar("Outcome", bound=StrEnum)


class VerdictUngrounded(ValueError):
    """A verdict without a reason or without an article would be a bare opinion."""

    code = "verdict.ungrounded"
    message = "Kesimpulan wajib menyebut alasan dan paling sedikit satu pasal."


@dataclass(frozen=True, slots=True)
class Verdict(Generic[Outcome]):
    """The conclusion of a pure rule; a human still decides.

    `doubts` are sentences about what the law leaves open; while any is there, a legal decision is needed.
    """

    outcome: Outcome
    because: str
    cites: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.because.strip() or not self.cites:
            raise VerdictUngrounded(VerdictUngrounded.message)

    @property
    def needs_legal_decision(self) -> bool:
        """Tell whether a legal officer must settle something the law leaves open."""
        return bool(self.doubts)
