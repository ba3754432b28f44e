"""Reading and replacing the law: checked as a whole, versioned, never edited in place."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from timpora.domain.law.cite import LawBook
from timpora.domain.law.errors import LawBookUnreadable
from timpora.domain.law.shipped import lawbook_shipped, lawbook_with
from timpora.kernel.access import P
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.errors import Refusal
from timpora.kernel.lawbook.models import LawFile


class LawFileRefused(Refusal):
    """The file cannot join the law book; the book in force stays as it is."""

    code = "law.file-refused"
    message = "Berkas hukum ditolak."


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A loaded version of a law file, for the page that lists them."""

    name: str
    book_digest: str
    loaded_at: datetime
    loaded_by: str


class _Shelf:
    newest: int | None = None
    book: LawBook = lawbook_shipped()


def lawbook() -> LawBook:
    """Return the law in force now; its `digest` is the version that every verdict names."""
    newest = LawFile.objects.aggregate(newest=Max("id"))["newest"]
    if newest != _Shelf.newest:
        _Shelf.book = lawbook_with(_loaded()) if newest else lawbook_shipped()
        _Shelf.newest = newest
    return _Shelf.book


def _loaded() -> dict[str, str]:
    return dict(LawFile.objects.order_by("id").values_list("name", "text"))


@deed(P.LAW_BOOK_LOAD, tag=Tag.LAW_LOADED)
def law_load(act: Act, *, name: str, text: str) -> str:
    """Add or replace one law file after checking the whole book with it; return the new digest.

    Raises `LawFileRefused`, which names the row and what to mend.
    """
    try:
        book = lawbook_with(_loaded() | {name: text})
    except LawBookUnreadable as error:
        raise LawFileRefused(str(error)) from error
    LawFile.objects.create(
        name=name, text=text, book_digest=book.digest, loaded_at=act.at, loaded_by=act.actor.name
    )
    act.upon(Subject(kind="law", id=name), refs={"book": book.digest}, payload=text)
    return book.digest


def law_files() -> list[LoadedFile]:
    """Return every loaded version, newest first."""
    rows = LawFile.objects.order_by("-id")
    return [LoadedFile(row.name, row.book_digest, row.loaded_at, row.loaded_by) for row in rows]
