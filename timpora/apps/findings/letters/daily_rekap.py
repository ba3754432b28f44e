"""Rekap harian: the counts of one day of an operation on paper, with the running totals beside them."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from timpora.kernel.documents.letter import Label, Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class RekapRow:
    """One line of a count; `role` is `sisa` for what is left over and `jumlah` for the whole.

    `total` is missing where a running total says nothing.
    """

    label: Annotated[str, Label("Uraian")]
    day: Annotated[int, Label("Hari ini")]
    total: Annotated[int | None, Label("Seluruhnya", optional=True)] = None
    role: Annotated[str, Label("Peran baris", optional=True)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RekapTable:
    """A count in one unit: its lines and its remainder add up to its last line.

    Not so where one report counts in several lines, as the title then says.
    """

    title: Annotated[str, Label("Judul")]
    unit: Annotated[str, Label("Satuan")]
    rows: Annotated[tuple[RekapRow, ...], Label("Baris")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RekapOffices:
    """The offices in one state on that day, by name."""

    state: Annotated[str, Label("Keadaan")]
    names: Annotated[tuple[str, ...], Label("Kantor", optional=True)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyRekap(Letter):
    """Counts, offices and hours; nobody who was met can be named from it. It has no number and no seal."""

    kind: ClassVar[str] = "rekap-harian"
    name: ClassVar[str] = "Rekap Harian Posko"
    classification: ClassVar[str] = ""

    operation: Annotated[str, Label("Operasi")]
    day: Annotated[str, Label("Hari")]
    as_of: Annotated[str, Label("Keadaan per")]
    day_period: Annotated[str, Label("Jangka hari ini")]
    total_period: Annotated[str, Label("Jangka seluruhnya")]
    source: Annotated[str, Label("Sumber")]
    scope: Annotated[str, Label("Cakupan")]
    taken_by: Annotated[str, Label("Diambil oleh")]
    tables: Annotated[tuple[RekapTable, ...], Label("Angka")]
    offices: Annotated[tuple[RekapOffices, ...], Label("Kantor")]
    notes: Annotated[tuple[str, ...], Label("Catatan", optional=True)] = ()

    def table(self, title: str) -> RekapTable:
        """Return one count by its title."""
        return next(table for table in self.tables if table.title == title)
