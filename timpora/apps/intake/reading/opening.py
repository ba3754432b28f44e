"""One door: `open_table`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from timpora.apps.intake.errors import NoRows
from timpora.apps.intake.reading import delimited, header, sheet
from timpora.apps.intake.reading.header import Layout
from timpora.apps.intake.reading.raw import RawSource
from timpora.apps.intake.reading.sniff import FileKind, file_kind
from timpora.apps.intake.reading.table import SAMPLE_ROWS, Notice, Row, Table

TOTAL: Final = re.compile(r"(?:sub ?)?(?:jumlah|total)(?: keseluruhan| seluruhnya)?[ :.]*", re.IGNORECASE)
TOTAL_CELLS: Final = 3


@dataclass(slots=True)
class Skipped:
    """Rows left out because they are no data; they are told, never dropped in silence."""

    titles: int = 0
    totals: int = 0

    def notices(self) -> tuple[Notice, ...]:
        """Return what was left out so far."""
        found = []
        if self.titles:
            found.append(Notice("titles-repeated", f"{self.titles} baris judul yang berulang dilewati."))
        if self.totals:
            found.append(Notice("totals", f"{self.totals} baris jumlah dilewati."))
        return tuple(found)


def open_table(path: Path, name: str) -> Table:
    """Open a list for reading, or refuse it by a named error.

    `name` is what the sender called the file: shown, never trusted.
    """
    source = (
        sheet.open_sheet(path) if file_kind(path) is FileKind.WORKBOOK else delimited.open_delimited(path)
    )
    layout = header.find(list(islice(source.rows(), header.LOOK)))

    skipped = Skipped()

    def opener() -> Iterator[Row]:
        skipped.titles = skipped.totals = 0
        return _data_rows(source, layout, skipped)

    sample = tuple(islice(opener(), SAMPLE_ROWS))
    if not sample:
        raise NoRows

    def noticer() -> tuple[Notice, ...]:
        return (
            *source.notices(layout.headers),
            *layout.notices,
            *_unnamed(layout, sample),
            *skipped.notices(),
        )

    return Table(name=name, headers=layout.headers, sample=sample, opener=opener, noticer=noticer)


def _data_rows(source: RawSource, layout: Layout, skipped: Skipped) -> Iterator[Row]:
    width = len(layout.headers)
    blank = ("",) * width
    for number, cells in islice(source.rows(), layout.data_from, None):
        row = tuple(cells[:width]) if len(cells) >= width else (*cells, *blank[len(cells) :])
        surplus = tuple(cell for cell in cells[width:] if cell)
        if row == blank and not surplus:
            continue
        if row == layout.title_row:
            skipped.titles += 1
            continue
        if row.count("") >= width - TOTAL_CELLS and _is_total(row):
            skipped.totals += 1
            continue
        yield Row(number, row, surplus)


def _is_total(row: tuple[str, ...]) -> bool:
    """Tell the line under a table that only counts it ("JUMLAH", 45)."""
    filled = [cell for cell in row if cell]
    return any(TOTAL.fullmatch(cell) for cell in filled) and all(
        TOTAL.fullmatch(cell) or cell.replace(".", "").isdigit() for cell in filled
    )


def _unnamed(layout: Layout, sample: tuple[Row, ...]) -> tuple[Notice, ...]:
    filled = [layout.headers[index] for index in layout.untitled if any(row.cells[index] for row in sample)]
    if not filled:
        return ()
    return (Notice("untitled-columns", f"Kolom tanpa judul: {', '.join(filled)}."),)
