"""Writes tables as CSV and XLSX bytes that are the same on every run."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

import xlsxwriter

Cell: TypeAlias = str | int | date

CREATED = datetime(2024, 8, 15, 8, 0)  # noqa: DTZ001  A workbook stores its date of making without a zone.


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list; `fault` says why an importer must set it aside, blank when it is sound."""

    cells: tuple[Cell, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands above and below the rows: title lines, one or two header rows, a closing line."""

    headers: tuple[tuple[str, ...], ...]
    titles: tuple[str, ...] = ()
    merged: tuple[tuple[int, int], ...] = ()
    closing: tuple[Cell, ...] = ()

    @property
    def first_row(self) -> int:
        """The 1-based line of the first data row."""
        gap = 1 if self.titles else 0
        return len(self.titles) + gap + len(self.headers) + 1


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one sender exports CSV."""

    delimiter: str = ","
    encoding: str = "utf-8"
    line_end: str = "\r\n"


def csv_bytes(layout: Layout, rows: tuple[Row, ...], dialect: Dialect) -> bytes:
    """Write rows under their header in a sender's dialect."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=dialect.delimiter, lineterminator=dialect.line_end)
    writer.writerows(layout.headers)
    writer.writerows(row.cells for row in rows)
    return text.getvalue().encode(dialect.encoding)


def xlsx_bytes(layout: Layout, rows: tuple[Row, ...]) -> bytes:
    """Write a workbook with title lines, merged header cells, rows and a closing line."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": CREATED, "author": "Demonstrasi"})
    sheet = book.add_worksheet("Data")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    bold = book.add_format({"bold": True, "align": "center"})
    for line, title in enumerate(layout.titles):
        sheet.write_string(line, 0, title, bold)
    top = layout.first_row - 1 - len(layout.headers)
    for line, header in enumerate(layout.headers):
        for column, name in enumerate(header):
            sheet.write_string(top + line, column, name, bold)
    for first, last in layout.merged:
        sheet.merge_range(top, first, top, last, layout.headers[0][first], bold)
    for line, row in enumerate((*rows, Row(layout.closing)), start=layout.first_row - 1):
        for column, cell in enumerate(row.cells):
            if isinstance(cell, date):
                sheet.write_datetime(line, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
            else:
                sheet.write(line, column, cell)
    book.close()
    return out.getvalue()
