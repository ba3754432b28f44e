"""The rekap as a spreadsheet and as a message: texts stay texts, and nobody who was met is in them."""

from io import BytesIO
from typing import Any, Final

import xlsxwriter

from timpora.apps.findings.queries import DailyRekap, RekapRow, RekapTable
from timpora.interface.web.templatetags.office import number

WIDTHS: Final = (46, 14, 14, 14)
TITLES: Final = ("Uraian", "Hari ini", "Seluruhnya", "Satuan")
# Texts stay texts whatever sign they begin with (CWE-1236).
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def rekap_spreadsheet(sheet: DailyRekap) -> bytes:
    """Return the rekap as XLSX: counts as numbers, everything else as text, without a formula."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, OPTIONS) as book:
        book.set_properties({"title": f"{sheet.name} {sheet.operation}", "author": sheet.taken_by})
        styles = {
            "": book.add_format({}),
            "sisa": book.add_format({"font_color": "#6B6B6B"}),
            "jumlah": book.add_format({"bold": True, "top": 1}),
            "judul": book.add_format({"bold": True}),
        }
        page = book.add_worksheet("Rekap")
        for column, width in enumerate(WIDTHS):
            page.set_column(column, column, width)
        at = _head(page, sheet, styles)
        for part in sheet.tables:
            at = _count(page, at + 1, part, styles)
        at = _offices(page, at + 1, sheet, styles)
        for note in sheet.notes:
            at += 1
            page.write_string(at, 0, note)
    return made.getvalue()


def _head(page: Any, sheet: DailyRekap, styles: dict[str, Any]) -> int:
    page.write_string(0, 0, f"Rekap harian {sheet.operation}", styles["judul"])
    facts = (
        ("Hari", f"{sheet.day}, {sheet.as_of}"),
        ("Jangka hari ini", sheet.day_period),
        ("Jangka seluruhnya", sheet.total_period),
        ("Sumber", sheet.source),
        ("Cakupan", sheet.scope),
        ("Diambil oleh", sheet.taken_by),
    )
    for at, (label, value) in enumerate(facts, start=1):
        page.write_string(at, 0, label)
        page.write_string(at, 1, value)
    return len(facts)


def _count(page: Any, at: int, part: RekapTable, styles: dict[str, Any]) -> int:
    at += 1
    page.write_string(at, 0, part.title, styles["judul"])
    for column, title in enumerate(TITLES[1:], start=1):
        page.write_string(at, column, title, styles["judul"])
    for row in part.rows:
        at += 1
        style = styles[row.role]
        page.write_string(at, 0, row.label, style)
        page.write_number(at, 1, row.day, style)
        if row.total is not None:
            page.write_number(at, 2, row.total, style)
        page.write_string(at, 3, part.unit, style)
    return at


def _offices(page: Any, at: int, sheet: DailyRekap, styles: dict[str, Any]) -> int:
    for part in sheet.offices:
        at += 1
        page.write_string(at, 0, f"Kantor: {part.state}", styles["judul"])
        page.write_number(at, 1, len(part.names), styles["judul"])
        for name in part.names:
            at += 1
            page.write_string(at, 0, name)
    return at


def rekap_message(sheet: DailyRekap) -> str:
    """Return the rekap as a message to send on: short lines, and of the kinds only those that were met."""
    lines = [f"*Rekap harian {sheet.operation}*", f"{sheet.day}, {sheet.as_of}", ""]
    for part in sheet.tables:
        shown = [row for row in part.rows if row.role == "jumlah" or row.day or row.total]
        lines += [f"*{part.title}* ({part.unit})", *(_line(row) for row in shown), ""]
    silent = next(part for part in sheet.offices if part.state == "Diam")
    if silent.names:
        lines += ["*Kantor yang diam*", *(f"- {name}" for name in silent.names), ""]
    lines += [
        "Angka: hari ini / seluruhnya.",
        f"Hari ini: {sheet.day_period}.",
        f"Seluruhnya: {sheet.total_period}.",
        f"Sumber: {sheet.source}. Cakupan: {sheet.scope}.",
        f"Diambil oleh {sheet.taken_by}.",
    ]
    return "\n".join(lines)


def _line(row: RekapRow) -> str:
    figure = number(row.day) if row.total is None else f"{number(row.day)} / {number(row.total)}"
    return f"- {row.label}: {figure}"
