"""The rekap of a day: the board of that day and the board up to its end, and taking it away on paper."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from timpora.apps.findings.board import Span, board
from timpora.apps.findings.letters.daily_rekap import DailyRekap
from timpora.apps.findings.types import Board
from timpora.apps.operations import queries as operations
from timpora.kernel.access import Actor, P
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.documents.render import paper


class RekapForm(StrEnum):
    """In what form a rekap is taken away."""

    PAPER = "pdf"
    SHEET = "xlsx"
    MESSAGE = "pesan"


@dataclass(frozen=True, slots=True)
class Rekap:
    """The counts of a day beside all counts up to its end; the days of an operation add up to the latter.

    The offices' states of the day are those of `total`, which also knows when a silent one was last heard.
    """

    on: date
    day: Board
    total: Board


def rekap_get(actor: Actor, operation_id: UUID, on: date) -> Rekap:
    """Return the rekap of a day within the reader's territory, counted as the board counts.

    Raises `AccessDenied` where the operation is absent.
    """
    return Rekap(
        on=on,
        day=board(actor, operation_id, newest=0, span=Span(on)),
        total=board(actor, operation_id, newest=0, span=Span(on, is_running=True)),
    )


def rekap_pdf(sheet: DailyRekap) -> bytes:
    """Print a rekap; it is no letter: no number, no seal, nothing is kept of it."""
    return paper(sheet).pdf


@deed(P.OPERATIONS_POSKO_WATCH, tag=Tag.FINDINGS_REKAP_TAKEN)
def rekap_take(act: Act, *, operation_id: UUID, on: date, form: RekapForm) -> Rekap:
    """Hand out the rekap of a day, and write down who took it and in which form.

    Raises `AccessDenied` where the operation is absent.
    """
    operations.operation_get(act.actor, operation_id)
    grants = act.actor.grants_for(P.OPERATIONS_POSKO_WATCH)
    places = tuple(sorted({code for grant in grants for code in grant.territories}))
    subject = Subject(kind="operation", id=str(operation_id), places=places)
    act.upon(subject, refs={"day": on.isoformat(), "form": form.value})
    return rekap_get(act.actor, operation_id, on)
