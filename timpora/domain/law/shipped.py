"""The law files that come with the project."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from timpora.domain.law.cite import LawBook
from timpora.domain.law.reading import lawbook_filled, lawbook_read

FOLDERS: Final = ("texts", "values", "visas", "calendar")


def shipped_files() -> dict[str, str]:
    """Return every law file of the project, name (`values/overstay.toml`) to text."""
    home = files("timpora.domain.law")
    return {
        f"{folder}/{file.name}": file.read_text(encoding="utf-8")
        for folder in FOLDERS
        for file in home.joinpath(folder).iterdir()
        if file.name.endswith(".toml")
    }


@cache
def lawbook_shipped() -> LawBook:
    """Return the book as the project ships it, read once."""
    return lawbook_read(shipped_files())


def lawbook_with(extra: Mapping[str, str]) -> LawBook:
    """Return the book with an office's files on top; the same name replaces, a new one adds.

    A number that none of them knows, as when a file was loaded before a release added it, holds as shipped,
    and the digest covers it: verdicts of two releases that ship different numbers name different books.
    """
    book = lawbook_read({**shipped_files(), **extra})
    absent = {name: rows for name, rows in lawbook_shipped().values.items() if name not in book.values}
    known = {name: rows for name, rows in absent.items() if all(row.cite in book.texts for row in rows)}
    return lawbook_filled(book, known)
