"""What both forms of file hand over before titles are found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol

from timpora.apps.intake.reading.table import Notice

# C0 controls other than tab and line breaks; lone surrogates; the two non-characters of the plane.
UNWANTED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class RawSource(Protocol):
    """A file opened, its rows as text from the first line."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield (row number as shown, cells), starting afresh."""
        ...

    def notices(self, headers: tuple[str, ...]) -> tuple[Notice, ...]:
        """Return what the sender should know about the file."""
        ...


@dataclass(slots=True)
class Cleaner:
    """Takes out what no database or screen can hold, and counts it."""

    cleaned: int = field(default=0)

    def row(self, cells: list[str]) -> list[str]:
        """Return the cells without NUL, control characters and lone surrogates, trimmed."""
        # One search over the whole row: almost no row has anything to take out.
        if UNWANTED.search("\n".join(cells)):
            self.cleaned += 1
            cells = [UNWANTED.sub("", cell) for cell in cells]
        return [cell.strip() for cell in cells]
