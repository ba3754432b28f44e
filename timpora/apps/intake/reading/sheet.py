"""An XLSX workbook as rows of text, read by calamine after it was looked over."""

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as Xml

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from timpora.apps.intake.errors import FileEmpty, FileUnreadable, WorkbookEncrypted
from timpora.apps.intake.reading.inspection import PartScan, inspect
from timpora.apps.intake.reading.raw import Cleaner
from timpora.apps.intake.reading.table import Notice, letters_of

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Cell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(slots=True)
class SheetSource:
    """The first visible sheet that holds anything."""

    sheet: CalamineSheet
    scan: PartScan
    others: tuple[str, ...]
    cleaner: Cleaner = field(default_factory=Cleaner)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield every row from the first of the sheet, cells as text."""
        cleaner = self.cleaner = Cleaner()
        for number, cells in enumerate(self.sheet.iter_rows(), start=1):
            yield number, cleaner.row([cell if isinstance(cell, str) else as_text(cell) for cell in cells])

    def notices(self, headers: tuple[str, ...]) -> tuple[Notice, ...]:
        """Name what a reader of the screen would not have seen."""
        found = []
        if self.others:
            found.append(Notice("other-sheets", f"Lembar lain tidak dibaca: {', '.join(self.others)}."))
        if hidden := self._hidden(headers):
            found.append(Notice("hidden-columns", f"Kolom tersembunyi ikut dibaca: {', '.join(hidden)}."))
        if self.scan.hidden_rows:
            found.append(Notice("hidden-rows", f"{self.scan.hidden_rows} baris tersembunyi ikut dibaca."))
        if self.scan.formulas:
            found.append(
                Notice(
                    "formulas",
                    f"{self.scan.formulas} sel berisi rumus; yang dibaca nilai yang tersimpan terakhir.",
                )
            )
        if self.cleaner.cleaned:
            found.append(Notice("control-characters", "Karakter kendali (NUL dan sejenisnya) dibuang."))
        return tuple(found)

    def _hidden(self, headers: tuple[str, ...]) -> list[str]:
        start = self.sheet.start[1] if self.sheet.start else 0
        places = (
            index
            for first, last in self.scan.hidden_columns
            for index in range(first - 1, last)
            if 0 <= index - start < len(headers)
        )
        return [f"{headers[index - start]} ({letters_of(index)})" for index in places]


def as_text(cell: Cell) -> str:
    """Return a cell as the text that our own reader of dates and numbers takes back."""
    return WRITERS.get(type(cell), str)(cell)


def _number_text(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


# A whole number written by Excel is a number of something, mostly a document: no ".0".
WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    bool: lambda value: "YA" if value else "TIDAK",
    float: _number_text,
    datetime: lambda value: value.isoformat(sep=" ", timespec="minutes"),
    date: date.isoformat,
    time: time.isoformat,
}


def open_sheet(path: Path) -> SheetSource:
    """Look the workbook over, then open its first visible sheet with content."""
    scans = inspect(path)
    try:
        workbook = CalamineWorkbook.from_path(path)
        targets = _targets(path)
        visible = [
            meta.name
            for meta in workbook.sheets_metadata
            if meta.visible is SheetVisibleEnum.Visible and meta.typ is SheetTypeEnum.WorkSheet
        ]
        for name in visible:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.end is not None:
                others = tuple(other for other in visible if other != name)
                return SheetSource(sheet, scans.get(targets.get(name, ""), PartScan()), others)
    except PasswordError as error:
        raise WorkbookEncrypted from error
    except (CalamineError, Xml.ParseError, KeyError, zipfile.BadZipFile) as error:
        raise FileUnreadable from error
    raise FileEmpty


def _targets(path: Path) -> dict[str, str]:
    """Return which part holds which sheet, for the notices about hidden columns."""
    with zipfile.ZipFile(path) as archive:
        names = {name.lower(): name for name in archive.namelist()}
        relations = names.get("xl/_rels/workbook.xml.rels")
        if relations is None:
            return {}
        # Both parts were looked over: no DOCTYPE, so no entity can expand.
        book = Xml.fromstring(archive.read(names["xl/workbook.xml"]))  # noqa: S314
        links = Xml.fromstring(archive.read(relations))  # noqa: S314
    places = {link.get("Id"): link.get("Target", "") for link in links}
    return {
        sheet.get("name", ""): _part(places.get(sheet.get(RELATION), ""), names)
        for sheet in book.iter()
        if sheet.tag.endswith("}sheet")
    }


def _part(target: str, names: dict[str, str]) -> str:
    full = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    return names.get(full.lower(), full)
