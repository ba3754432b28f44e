"""Where the column titles are, in files that begin with a letterhead.

Agencies write a title, an office and a date above the table, merge cells over groups of
columns, number the columns under the titles, and leave columns blank.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from timpora.apps.intake.errors import FileEmpty, NoHeader
from timpora.apps.intake.reading.table import Notice, letters_of
from timpora.apps.intake.titles import is_known_title

LOOK: Final = 40
NUMBERED: Final = re.compile(r"\(?\s*\d{1,3}\s*\)?\.?")
HAS_DIGITS: Final = re.compile(r"\d{3,}")
MAX_TITLE: Final = 120
# Two titles that offices use make a title row; three running numbers make a numbering row.
ENOUGH_KNOWN: Final = 2
ENOUGH_NUMBERED: Final = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """Titles, and from which row on there is data (counted from the first row of the file)."""

    headers: tuple[str, ...]
    title_row: tuple[str, ...]
    data_from: int
    untitled: tuple[int, ...]
    notices: tuple[Notice, ...]


def find(rows: list[tuple[int, list[str]]]) -> Layout:
    """Find the titles among the first rows, or refuse the list."""
    cells = [row for _, row in rows]
    if not any(any(row) for row in cells):
        raise FileEmpty
    at = _title_index(cells)
    titles = _trimmed(cells[at])
    data_from = at + 1
    if data_from < len(cells) and _is_second_line(titles, cells[data_from]):
        titles = _joined(titles, cells[data_from])
        data_from += 1
    if data_from < len(cells) and _is_numbering(cells[data_from]):
        data_from += 1
    headers, notices = _named(titles + [""] * (_usual_width(cells[data_from:]) - len(titles)))
    if at:
        notices = (Notice("rows-above", f"{at} baris di atas judul kolom dilewati."), *notices)
    untitled = tuple(index for index in range(len(headers)) if not _cell(titles, index))
    return Layout(headers, tuple(_padded(cells[at], len(headers))), data_from, untitled, notices)


def _title_index(rows: list[list[str]]) -> int:
    known = [sum(1 for cell in row if cell and is_known_title(cell)) for row in rows]
    best = max(known)
    if best >= ENOUGH_KNOWN:
        return known.index(best)
    widest = max(sum(1 for cell in row if cell) for row in rows)
    for index, row in enumerate(rows):
        filled = [cell for cell in row if cell]
        if len(filled) >= max(2, widest * 0.6) and all(_reads_as_title(cell) for cell in filled):
            return index
    if best == 1 and widest == 1:
        return known.index(1)
    raise NoHeader(looked=len(rows))


def _reads_as_title(cell: str) -> bool:
    return len(cell) <= MAX_TITLE and not HAS_DIGITS.search(cell) and any(letter.isalpha() for letter in cell)


def _is_second_line(titles: list[str], below: list[str]) -> bool:
    """Tell sub-titles under merged groups ("PASPOR" over "NOMOR", "BERLAKU") from a first data row."""
    below = _padded(below, len(titles))
    filled = [index for index, cell in enumerate(below) if cell]
    if not filled or not all(_reads_as_title(below[index]) for index in filled):
        return False
    fills_gap = any(not _cell(titles, index) for index in filled)
    leaves_gap = any(title and not below[index] for index, title in enumerate(titles))
    return (
        fills_gap and leaves_gap and sum(is_known_title(below[index]) for index in filled) * 2 >= len(filled)
    )


def _joined(titles: list[str], below: list[str]) -> list[str]:
    joined: list[str] = []
    group = ""
    for index in range(max(len(titles), len(_trimmed(below)))):
        title, leaf = _cell(titles, index), _cell(below, index)
        group = title or (group if leaf else "")
        joined.append(f"{group} {leaf}".strip() if leaf else title)
    return joined


def _is_numbering(row: list[str]) -> bool:
    """Tell the row (1) (2) (3) that official tables carry under their titles."""
    filled = [cell for cell in row if cell]
    if len(filled) < ENOUGH_NUMBERED or not all(NUMBERED.fullmatch(cell) for cell in filled):
        return False
    numbers = [int(re.sub(r"\D", "", cell)) for cell in filled]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _named(titles: list[str]) -> tuple[tuple[str, ...], tuple[Notice, ...]]:
    names: list[str] = []
    seen: Counter[str] = Counter()
    twice: list[str] = []
    for index, title in enumerate(titles):
        name = " ".join(title.split())[:MAX_TITLE] or f"(kolom {letters_of(index)})"
        seen[name.upper()] += 1
        count = seen[name.upper()]
        if count > 1:
            twice.append(name)
            name = f"{name} ({count})"
        names.append(name)
    if not twice:
        return tuple(names), ()
    return tuple(names), (Notice("duplicate-titles", f"Judul kolom dobel: {', '.join(twice)}."),)


def _usual_width(rows: list[list[str]]) -> int:
    """Return how far most rows reach: a filled column without a title is a column all the same."""
    widths = sorted(len(_trimmed(row)) for row in rows if any(row))
    return widths[len(widths) // 2] if widths else 0


def _trimmed(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def _padded(row: list[str], width: int) -> list[str]:
    return row[:width] if len(row) >= width else row + [""] * (width - len(row))


def _cell(row: list[str], index: int) -> str:
    return row[index] if index < len(row) else ""
