"""Typed reading of a report form, with refusals that name the question and say what to mend."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar

from timpora.domain.report_form_words import OF_PERSONS

TEXT_MOST: Final = 2_000
KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")

Kind = TypeVar("Kind", bound=StrEnum)


class FormFault(ValueError):
    """A form that cannot be asked: which question, and what is wrong with it."""

    code = "report-form.faulty"

    def __init__(self, label: str, because: str) -> None:
        self.message = f"{label}: {because}"
        super().__init__(self.message)


@dataclass(frozen=True, slots=True)
class Row:
    """One object of the form, and how to name it to whoever wrote it."""

    label: str
    data: object

    def named(self) -> "Row":
        """Return it under its own key, which says more than its number."""
        key = self._fields().get("key")
        return replace(self, label=f"{self.label} “{key}”") if isinstance(key, str) and key else self

    def only(self, names: Iterable[str]) -> None:
        """Refuse fields that nobody reads."""
        unknown = sorted(set(self._fields()) - set(names))
        if unknown:
            raise FormFault(self.label, f"isian {', '.join(unknown)} tidak dikenal.")

    def has(self, name: str) -> bool:
        """Tell whether a field says anything."""
        return self._fields().get(name) not in (None, [], "")

    def key(self) -> str:
        """Return the key, by which answers are told."""
        found = self._fields().get("key")
        if not isinstance(found, str) or not KEY.fullmatch(found):
            because = (
                "kunci diawali huruf kecil, lalu huruf kecil, angka, atau garis bawah, paling panjang 40."
            )
            raise FormFault(self.label, because)
        return found

    def words(self, name: str, *, most: int, may_lack: bool = False) -> str:
        """Return a text of one line, with single spaces and no sign that is not seen."""
        found = self._fields().get(name)
        if found is None and may_lack:
            return ""
        if not isinstance(found, str):
            raise FormFault(self.label, f"isi {name} dengan teks.")
        text = " ".join(found.split())
        if not (text or may_lack) or len(text) > most or not text.isprintable():
            fewest = 0 if may_lack else 1
            raise FormFault(self.label, f"{name} berisi {fewest} sampai {most} huruf yang terlihat.")
        return text

    def flag(self, name: str) -> bool:
        """Return a claim; left out it does not hold."""
        found = self._fields().get(name, False)
        if not isinstance(found, bool):
            raise FormFault(self.label, f"{name} hanya true atau false.")
        return found

    def number(self, name: str, least: int, most: int) -> int | None:
        """Return a whole number, or nothing where there is none."""
        found = self._fields().get(name)
        if found is None:
            return None
        if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= most:
            raise FormFault(self.label, f"{name} harus bilangan bulat dari {least} sampai {most}.")
        return found

    def choice(self, name: str, kinds: type[Kind]) -> Kind:
        """Return one of the named kinds."""
        found = self._fields().get(name)
        if not isinstance(found, str) or found not in list(kinds):
            raise FormFault(self.label, f"{name} harus salah satu dari: {', '.join(kinds)}.")
        return kinds(found)

    def some_of(self, name: str, known: Sequence[str]) -> tuple[str, ...]:
        """Return which of the known words are named, in their own order; left out, all."""
        found = self._fields().get(name)
        if found is None:
            return tuple(known)
        if not isinstance(found, list | tuple) or not found or any(one not in known for one in found):
            raise FormFault(self.label, f"{name} berisi sedikitnya satu dari: {', '.join(known)}.")
        return tuple(one for one in known if one in found)

    def list_of(self, name: str) -> Sequence[object]:
        """Return a list; left out it is empty."""
        found = self._fields().get(name, [])
        if not isinstance(found, list | tuple):
            raise FormFault(self.label, f"{name} harus berupa daftar.")
        return found

    def _fields(self) -> Mapping[str, object]:
        if not isinstance(self.data, dict):
            raise FormFault(self.label, "harus berupa objek dengan isian bernama.")
        return self.data


def rows_of(row: Row, name: str, label: str) -> tuple[Row, ...]:
    """Return the objects of a list, numbered as they stand in it."""
    return tuple(Row(f"{label} {at}", one) for at, one in enumerate(row.list_of(name), start=1))


def keys_are_once(label: str, keys: Sequence[str]) -> None:
    """Refuse a key that stands twice: one of two answers would be lost."""
    twice = next((key for at, key in enumerate(keys) if key in keys[:at]), None)
    if twice is not None:
        raise FormFault(label, f"kunci “{twice}” dipakai dua kali.")


def fault_of_words(texts: Iterable[str]) -> str:
    """Return why a question cannot be asked of a place, or nothing."""
    for text in texts:
        if found := OF_PERSONS.search(text):
            return (
                f"“{found.group()}” ditanyakan pada orangnya, bukan di formulir: "
                "jawabannya dibaca dan dihitung banyak orang."
            )
    return ""
