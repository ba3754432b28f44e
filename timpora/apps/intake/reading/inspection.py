"""A workbook looked over before it is read: how far it reaches, what it hides.

The spreadsheet reader holds a sheet as a dense grid, so one stray cell in the last corner would
ask for gigabytes; and it repeats a shared text for each cell that names it. Both are weighed
here, in one pass over the parts, with constant memory.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from timpora.apps.intake.errors import WorkbookBomb, WorkbookTooLarge
from timpora.apps.intake.reading.archive import inflate, parts_of

MAX_CELLS: Final = 8_000_000
MAX_COLUMNS: Final = 512
MAX_TEXT: Final = 256_000_000
MAX_ONE_TEXT: Final = 400_000
MAX_RUN: Final = 4 << 20

# Element names may carry a namespace prefix, which the spreadsheet reader ignores. A tag is read only where
# its end is in sight, and once: an end that never comes would otherwise be looked for from every place.
CELL: Final = re.compile(
    rb"""<(?:\w+:)?c(?=\s[^<>]*>)(?>(?:[^<>]*?\sr\s*+=\s*+["']([A-Za-z]{1,4})(\d{1,9})["'])?)([^<>]*)>"""
)
ROW: Final = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
ROW_OPENS: Final = re.compile(rb"<(?:\w+:)?row\b")
COLUMN: Final = re.compile(rb"<(?:\w+:)?col\s([^<>]*)>")
FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
SHARED_REFERENCE: Final = re.compile(
    rb"""<(?:\w+:)?c(?=\s[^<>]*>)(?>[^<>]*?\st\s*+=\s*+["']s["'])[^<>]*>\s*+<(?:\w+:)?v[^<>]*>\s*+(\d{1,9})"""
)
SHARED_END: Final = re.compile(rb"</(?:\w+:)?si>")
HIDDEN: Final = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")
BOUNDS: Final = re.compile(rb"""\b(min|max)\s*=\s*["'](\d{1,6})["']""")
DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(slots=True)
class PartScan:
    """What one part of the workbook holds."""

    rows: int = 0
    columns: int = 0
    formulas: int = 0
    hidden_rows: int = 0
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    references: "array[int]" = field(default_factory=lambda: array("L"))
    text_sizes: "array[int]" = field(default_factory=lambda: array("L"))

    def take(self, text: bytes) -> None:
        """Count one run of whole elements."""
        if DOCTYPE.search(text):
            raise WorkbookBomb
        self._take_cells(text)
        self._take_shared(text)
        self.formulas += len(FORMULA.findall(text))
        for attributes in COLUMN.findall(text):
            if HIDDEN.search(b" " + attributes):
                bounds = {name: int(value) for name, value in BOUNDS.findall(attributes)}
                self.hidden_columns.append((bounds.get(b"min", 0), bounds.get(b"max", 0)))

    def _take_cells(self, text: bytes) -> None:
        rows = ROW.findall(text)
        self.hidden_rows += sum(1 for attributes in rows if HIDDEN.search(attributes))
        filled = [cell for cell in CELL.findall(text) if not cell[2].endswith(b"/")]
        names = {letters for letters, _, _ in filled}
        if b"" in names:
            # Cells without a place follow one another; the widest row bounds them.
            self.rows += len(rows)
            self.columns += max(len(CELL.findall(piece)) for piece in ROW_OPENS.split(text))
        placed = [int(digits) for _, digits, _ in filled if digits]
        self.rows = max(self.rows, max(placed, default=0))
        self.columns = max(self.columns, max(map(_column_number, names), default=0))
        self.references.extend(map(int, SHARED_REFERENCE.findall(text)))

    def _take_shared(self, text: bytes) -> None:
        sizes = [len(piece) for piece in SHARED_END.split(text)[:-1]]
        if sizes and max(sizes) > MAX_ONE_TEXT:
            raise WorkbookBomb
        self.text_sizes.extend(sizes)


def inspect(path: Path) -> dict[str, PartScan]:
    """Look over every part; refuse what would cost too much to read."""
    parts = parts_of(path)
    scans: dict[str, PartScan] = {}
    with path.open("rb") as stream:
        for part in parts:
            scan = scans[part.filename] = PartScan()
            for text in _whole_elements(inflate(stream, part)):
                scan.take(text)
                _check_reach(scan)
    _check_repeated_text(list(scans.values()))
    return scans


def _whole_elements(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut the stream where a value or a text ends, so that none is split between two runs."""
    left = b""
    for chunk in chunks:
        left += chunk
        cut = max(left.rfind(end) + len(end) if end in left else 0 for end in (b"</v>", b"</si>"))
        if not cut:
            if len(left) < MAX_RUN:
                continue
            cut = left.rfind(b">") + 1 or len(left)
        yield left[:cut]
        left = left[cut:]
    yield left


def _check_reach(scan: PartScan) -> None:
    rows, columns = scan.rows, scan.columns
    if columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise WorkbookTooLarge(rows=rows, columns=columns, limit=MAX_CELLS)


def _check_repeated_text(scans: list[PartScan]) -> None:
    sizes = array("L")
    for scan in scans:
        sizes.extend(scan.text_sizes)
    references = sum(len(scan.references) for scan in scans)
    if not sizes or max(sizes) * references <= MAX_TEXT:
        return
    total = 0
    for scan in scans:
        total += sum(sizes[index] for index in scan.references if index < len(sizes))
        if total > MAX_TEXT:
            raise WorkbookBomb


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
