"""Typed reading of one TOML row, with refusals that say which field of which row to mend."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from timpora.domain.law.errors import FieldMissing, FieldUnknown, FieldWrong
from timpora.domain.periods import Period, PeriodReversed

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Row:
    """A table of a law file, and how to name it to the person who wrote it."""

    file: str
    label: str
    data: Mapping[str, object]

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return a text; without a default it must be there and not blank."""
        found = self._get(key, default)
        if not isinstance(found, str):
            raise FieldWrong(self.file, f"{self._name(key)} harus teks dalam tanda kutip.")
        if default is None and not found.strip():
            raise FieldMissing(self.file, self._name(key))
        return found

    def number(self, key: str) -> int:
        """Return a whole number that is not negative."""
        found = self._get(key, None)
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            raise FieldWrong(self.file, f"{self._name(key)} harus bilangan bulat nol atau lebih.")
        return found

    def number_or_none(self, key: str) -> int | None:
        """Return a whole number, or None where the row is silent."""
        return self.number(key) if key in self.data else None

    def day(self, key: str) -> date:
        """Return a day, written in TOML without quotes: 2024-08-21."""
        found = self._get(key, None)
        # A TOML instant is a date to Python too, but law counts days.
        if type(found) is not date:
            raise FieldWrong(self.file, f"{self._name(key)} harus tanggal tanpa kutip: 2024-08-21.")
        return found

    def period(self) -> Period:
        """Return [from, to); without `to` it is still in force."""
        ends = self.day("to") if "to" in self.data else None
        try:
            return Period(self.day("from"), ends)
        except PeriodReversed as refusal:
            raise FieldWrong(self.file, f"{self._name('to')}: {refusal}") from refusal

    def choice(self, key: str, kinds: type[Choice]) -> Choice:
        """Return one of the named choices."""
        found = self.text(key)
        if found not in list(kinds):
            raise FieldWrong(self.file, f"{self._name(key)} harus salah satu dari: {', '.join(kinds)}.")
        return kinds(found)

    def only(self, keys: Iterable[str]) -> None:
        """Refuse fields that nobody reads."""
        unknown = sorted(set(self.data) - set(keys))
        if unknown:
            raise FieldUnknown(self.file, self._name(", ".join(unknown)))

    def _get(self, key: str, default: str | None) -> object:
        found = self.data.get(key, default)
        if found is None:
            raise FieldMissing(self.file, self._name(key))
        return found

    def _name(self, key: str) -> str:
        return f"[{self.label}] `{key}`"


def rows_of(file: str, table: str, found: object) -> tuple[Row, ...]:
    """Return the rows of `[[table]]`, numbered as they stand in the file."""
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise FieldWrong(file, f"`{table}` harus ditulis sebagai [[{table}]].")
    return tuple(Row(file, f"{table} {place}", row) for place, row in enumerate(found, start=1))


def row_of(file: str, table: str, found: object) -> Row:
    """Return the single table `[table]`."""
    if not isinstance(found, dict):
        raise FieldMissing(file, f"`[{table}]`")
    return Row(file, table, found)
