"""Typed reading of the environment: every variable is declared once, and an unknown one is an error."""

import os
from collections.abc import Mapping
from pathlib import Path

PREFIX = "TIMPORA_"


class SettingUnreadable(Exception):
    """A variable of the environment is unknown or malformed; the message says what to write."""


class Environment:
    """Reads `TIMPORA_…` variables; `refuse_unknown` is called once all are declared."""

    def __init__(self, source: Mapping[str, str] | None = None) -> None:
        self._source = os.environ if source is None else source
        self._known: set[str] = set()

    def text(self, name: str, default: str = "") -> str:
        """Return the variable as written, or `default` where it is not set."""
        self._known.add(PREFIX + name)
        return self._source.get(PREFIX + name, default)

    def flag(self, name: str) -> bool:
        """Return whether the variable is `1`; unset and `0` are no, all else is an error."""
        found = self.text(name, "0")
        if found not in {"0", "1"}:
            raise SettingUnreadable(f"{PREFIX}{name} harus 0 atau 1, bukan {found!r}.")
        return found == "1"

    def integer(self, name: str, default: int) -> int:
        """Return the variable as a whole number."""
        found = self.text(name, str(default))
        try:
            return int(found)
        except ValueError as error:
            raise SettingUnreadable(f"{PREFIX}{name} harus bilangan bulat, bukan {found!r}.") from error

    def path(self, name: str, default: Path) -> Path:
        """Return the variable as an absolute path."""
        return Path(self.text(name, str(default))).absolute()

    def names(self, name: str, default: str = "") -> list[str]:
        """Return a comma-separated list."""
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]

    def refuse_unknown(self) -> None:
        """Refuse variables nobody declared, so that a misspelt safety switch cannot pass unseen."""
        unknown = sorted(n for n in self._source if n.startswith(PREFIX) and n not in self._known)
        if unknown:
            known = ", ".join(sorted(self._known))
            raise SettingUnreadable(f"Variabel tidak dikenal: {', '.join(unknown)}. Yang dikenal: {known}.")
