"""How deep the tests go: by day each thing once, by night all of each.

Every run asks every address, form, role and rule. Where it would only ask the same over again (a broken value
in every field of a hundred forms, another walk by chance through the same states), a run of the day asks a
share, drawn anew by the seed that pytest-randomly gives the run. `make nightly` asks all of it, and lets
chance try ten times as often.
"""

import os
import random
from collections.abc import Iterable
from math import ceil
from typing import TypeVar

T = TypeVar("T")
DEPTHS = {"": False, "nightly": True}
IS_NIGHTLY = DEPTHS[os.environ.get("TEST_DEPTH", "")]
TIMES = 10


def times(tries: int) -> int:
    """Return how often chance tries what it tries `tries` times by day."""
    return tries * TIMES if IS_NIGHTLY else tries


def share(items: Iterable[T], of: int) -> list[T]:
    """Return all items by night; by day one in `of`, at least one of them, in their order."""
    whole = list(items)
    if IS_NIGHTLY:
        return whole
    drawn = random.sample(range(len(whole)), ceil(len(whole) / of))
    return [whole[at] for at in sorted(drawn)]
