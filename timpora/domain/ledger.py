"""The error ledger: how often humans upheld what a rule, list or threshold claimed, with its interval."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

Z_95: Final = 1.959964
FEWEST_VERDICTS: Final = 20
LEAST_PRECISION: Final = 0.5


@dataclass(frozen=True, slots=True)
class Interval:
    """A share between 0 and 1 with its 95 % interval by Wilson (1927)."""

    share: float
    low: float
    high: float


def interval(*, upheld: int, overturned: int) -> Interval | None:
    """Return the share of verdicts that upheld the claim; None while there is no verdict."""
    total = upheld + overturned
    if total == 0:
        return None
    share = upheld / total
    spread = 1 + Z_95**2 / total
    middle = (share + Z_95**2 / (2 * total)) / spread
    half = Z_95 * sqrt(share * (1 - share) / total + Z_95**2 / (4 * total**2)) / spread
    # Rounding may not push the bounds past the share itself.
    low, high = min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))
    return Interval(share=share, low=low, high=high)


def must_stop(*, upheld: int, overturned: int) -> bool:
    """Tell whether a claim is proven worse than a coin's throw, so that it stops by itself (B14)."""
    found = interval(upheld=upheld, overturned=overturned)
    return found is not None and upheld + overturned >= FEWEST_VERDICTS and found.high < LEAST_PRECISION
