"""The faulty rows back to the agency: the same columns, what is wrong, and nothing that executes.

The titles are repeated as they were, so that the mended file is read with the same plan.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import xlsxwriter

from timpora.apps.intake.mapping import ERROR_TITLE
from timpora.apps.intake.reading.table import Row
from timpora.apps.intake.titles import title_key
from timpora.apps.intake.validation import FieldError

MAX_CELL: Final = 32_000
WIDTHS: Final = (18, 60)
# Texts stay texts whatever sign they begin with (CWE-1236).
OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_errors(
    path: Path, headers: tuple[str, ...], faults: Iterable[tuple[Row, tuple[FieldError, ...]]]
) -> int:
    """Write the faulty rows as XLSX and return how many there were."""
    kept = [index for index, header in enumerate(headers) if title_key(header) != title_key(ERROR_TITLE)]
    with xlsxwriter.Workbook(path, OPTIONS) as book:
        sheet = book.add_worksheet("Perbaikan")
        bold = book.add_format({"bold": True, "text_wrap": True})
        wrapped = book.add_format({"text_wrap": True, "font_color": "#9C0006"})
        text = book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(kept) - 1, WIDTHS[0], text)
        sheet.set_column(len(kept), len(kept), WIDTHS[1])
        for column, index in enumerate(kept):
            sheet.write_string(0, column, headers[index], bold)
        sheet.write_string(0, len(kept), ERROR_TITLE, bold)
        count = 0
        for count, (row, errors) in enumerate(faults, start=1):
            for column, index in enumerate(kept):
                sheet.write_string(count, column, row.cells[index][:MAX_CELL], text)
            sheet.write_string(count, len(kept), sentence_of(row, errors)[:MAX_CELL], wrapped)
    return count


def sentence_of(row: Row, errors: tuple[FieldError, ...]) -> str:
    """Return what is wrong with a row in one line."""
    found = f"Baris {row.number}: " + " · ".join(error.sentence for error in errors)
    return f"{found} Isian berlebih: {' | '.join(row.surplus)}" if row.surplus else found
