"""What an opened list is: titles, a sample, and rows that can be read again and again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

SAMPLE_ROWS = 20


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the sender should know, though nothing was refused."""

    code: str
    text: str


class Row(NamedTuple):
    """One row as written: every cell as text, none executed, none interpreted.

    `number` is the row number that a spreadsheet shows. `surplus` holds cells beyond the
    last titled column, which validation refuses rather than drop them silently.
    """

    number: int
    cells: tuple[str, ...]
    surplus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """An opened list. `rows()` starts a fresh pass each time it is called."""

    name: str
    headers: tuple[str, ...]
    sample: tuple[Row, ...]
    opener: Callable[[], Iterator[Row]]
    noticer: Callable[[], tuple[Notice, ...]]

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Return what the sender should know; complete once every row was read."""
        return self.noticer()

    def rows(self) -> Iterator[Row]:
        """Yield every row of data from the first; blank and repeated title rows left out."""
        return self.opener()


def letters_of(index: int) -> str:
    """Return the spreadsheet name of a column (0 is A, 26 is AA)."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
