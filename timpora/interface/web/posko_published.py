"""What was published of the real operation, beside the figures on the screen: reference, never a sum."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from timpora.apps.findings.types import Board
from timpora.apps.operations.types import OperationView
from timpora.apps.wilayah import queries as wilayah
from timpora.apps.wilayah.types import PublishedFigure

NATIONAL = "nasional"


@dataclass(frozen=True, slots=True)
class PublishedTotal:
    """A published total of the whole nation; `ours` is the like on this screen, where there is a like."""

    label: str
    value: int
    ours: int | None


@dataclass(frozen=True, slots=True)
class Published:
    """The totals that one source gives, with what the source leaves in doubt."""

    totals: tuple[PublishedTotal, ...]
    starts: date
    ends: date
    note: str
    source: str
    url: str


def published_of(board: Board) -> list[Published]:
    """Return the published national totals of the operation of the same name and first day, by source."""
    rows = list(_rows(board.operation))
    return [_published(list(group), board) for _source, group in groupby(rows, key=lambda row: row.source)]


def _rows(operation: OperationView) -> Iterator[PublishedFigure]:
    if not operation.phases:
        return
    first = min(phase.starts_local for phase in operation.phases).date().isoformat()
    named = operation.name.casefold()
    for row in wilayah.published_figures("operations", start=first, scope=NATIONAL, dimension="total"):
        if row.values["operation"].split()[0].casefold() in named:
            yield row


def _published(rows: list[PublishedFigure], board: Board) -> Published:
    first = rows[0].values
    notes = dict.fromkeys(row.values["note"] for row in rows if row.values["note"])
    return Published(
        totals=tuple(_total(row, board) for row in rows),
        starts=date.fromisoformat(first["start"]),
        ends=date.fromisoformat(first["end"]),
        note="; ".join(_note(note) for note in notes),
        source=urlsplit(rows[0].source).hostname or rows[0].source,
        url=rows[0].source,
    )


def _total(row: PublishedFigure, board: Board) -> PublishedTotal:
    labels = {
        "examined": _("orang diperiksa"),
        "needs further action": _("orang perlu tindak lanjut"),
        "netted": _("orang terjaring"),
        "points": _("titik"),
        "processed": _("orang diproses"),
    }
    likes = {"examined": "orang", "points": "titik"}
    key = row.values["key"]
    ours = board.figure(likes[key]).value if key in likes else None
    return PublishedTotal(labels.get(key, key), int(row.value), ours)


def _note(note: str) -> str:
    """Write what the collector of the figures noted; the carried table has it in English."""
    said = {
        'article of 2 Oct 2024 gives the figure for "the operation"; dates from the news of 21 Aug 2024': _(
            "berita 2 Oktober 2024 menyebut angka ini untuk “operasi” tanpa menamai tahapnya; "
            "tanggal dari berita 21 Agustus 2024"
        ),
        "second hand; the source was not opened again": _("dikutip dari tangan kedua, belum diperiksa ulang"),
    }
    return said.get(note, note)
