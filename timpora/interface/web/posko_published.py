"""What was published of the real operation, beside the figures on the screen: reference, never a sum."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from timpora.apps.findings.types import Board
from timpora.apps.operations.types import OperationView
from timpora.apps.wilayah import queries as wilayah
from timpora.apps.wilayah.types import PublishedFigure

NATIONAL = "nasional"


@dataclass(frozen=True, slots=True)
class Published:
    """A published total of the whole nation; `ours` is the like on this screen, where there is a like."""

    label: str
    value: int
    ours: int | None
    starts: date
    ends: date
    note: str
    source: str
    url: str


def published_of(operation: OperationView, board: Board) -> list[Published]:
    """Return the published national totals of the operation of the same name and first day."""
    if not operation.phases:
        return []
    first = min(phase.starts_local for phase in operation.phases).date().isoformat()
    named = operation.name.casefold()
    rows = wilayah.published_figures("operations", start=first, scope=NATIONAL, dimension="total")
    return [_published(row, board) for row in rows if row.values["operation"].split()[0].casefold() in named]


def _published(row: PublishedFigure, board: Board) -> Published:
    labels = {
        "examined": _("orang diperiksa"),
        "needs further action": _("orang perlu tindak lanjut"),
        "netted": _("orang terjaring"),
        "points": _("titik"),
        "processed": _("orang diproses"),
    }
    likes = {"examined": "orang", "points": "titik"}
    key = row.values["key"]
    return Published(
        label=labels.get(key, key),
        value=int(row.value),
        ours=board.figure(likes[key]).value if key in likes else None,
        starts=date.fromisoformat(row.values["start"]),
        ends=date.fromisoformat(row.values["end"]),
        note=row.values["note"],
        source=urlsplit(row.source).hostname or row.source,
        url=row.source,
    )
