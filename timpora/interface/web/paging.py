"""Pages of a long list: which one is asked for, and what the pager shows."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

LAST = 100_000
LONGEST = 6


@dataclass(frozen=True, slots=True)
class Page:
    """The rows shown, of how many, and the addresses of the neighbours."""

    first: int
    last: int
    total: int
    previous_url: str
    next_url: str


def page_number(request: HttpRequest) -> int:
    """Read the number of the page asked for; anything unreadable is the first."""
    asked = request.GET.get("hal", "1")
    return (
        min(max(int(asked), 1), LAST) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST else 1
    )


def page_of(number: int, *, size: int, shown: int, total: int, address: Callable[[int], str]) -> Page:
    """Return the pager of page `number`, whose neighbours have the addresses that `address` gives."""
    before = (number - 1) * size
    return Page(
        first=min(before + 1, total) if shown else 0,
        last=before + shown if shown else 0,
        total=total,
        previous_url=address(number - 1) if number > 1 else "",
        next_url=address(number + 1) if before + shown < total and shown else "",
    )
