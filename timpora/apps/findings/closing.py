"""Numbers that will never arrive: closed by hand with a reason, so that a red line means something."""

from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from timpora.apps.findings.errors import BecauseMissing, GapMoved, GapTooWide, OwnPhone
from timpora.apps.findings.gap_types import ClosureView, GapView
from timpora.apps.findings.numbers import DEVICE_SHOWN, gaps
from timpora.apps.findings.phone_models import GapClosure
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs, Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

BECAUSE_MAX: Final = 1_000
SHOWN: Final = 200
# A closed gap covers every later hole within it. A phone gives fewer numbers than this in a year; a wider gap
# comes from a number that somebody made up.
WIDEST: Final = 1_000


@deed(P.FINDINGS_GAP_CLOSE, tag=Tag.FINDINGS_GAP_CLOSED, is_decision=True)
def gap_close(act: Act, *, operation_id: UUID, device_id: UUID, first: int, last: int, because: str) -> None:
    """Close a red gap exactly as it is: what still arrives of it is taken like any report.

    Raises `GapMoved` where it is no red gap (any more), `OwnPhone` for whoever's reports are beside it,
    `GapTooWide`, `BecauseMissing`.
    """
    gap = _found(act.actor, operation_id, (device_id, first, last))
    if gap is None:
        raise GapMoved
    if gap.officer_id == act.actor.id:
        raise OwnPhone
    if last - first >= WIDEST:
        raise GapTooWide
    because = cleaned(because)[:BECAUSE_MAX]
    if not because:
        raise BecauseMissing
    subject = Subject(kind="device", id=str(device_id), places=(gap.wilayah,), unit=gap.unit_code)
    refs: Refs = {"operation": str(operation_id), "first": first, "last": last}
    act.upon(subject, refs=refs, payload=because)
    row = GapClosure(
        operation_id=operation_id,
        device_id=device_id,
        first=first,
        last=last,
        officer_name=gap.officer_name,
        unit_code=gap.unit_code,
        unit_name=gap.unit_name,
        wilayah=gap.wilayah,
        because=because,
        by_id=act.actor.id,
        by=act.actor.name,
        at=act.at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise GapMoved from error
    act.publish(subject, {"operation": str(operation_id), "unit": gap.unit_code})


def _found(actor: Actor, operation_id: UUID, asked: tuple[UUID, int, int]) -> GapView | None:
    red = (gap for gap in gaps(actor, operation_id, clock.now()) if gap.is_red)
    return next((gap for gap in red if (gap.device_id, gap.first, gap.last) == asked), None)


def gap_list(actor: Actor, operation_id: UUID) -> tuple[GapView, ...]:
    """Return the gaps of an operation that nobody has closed, those known longest first."""
    return gaps(actor, operation_id, clock.now())


def gap_get(actor: Actor, operation_id: UUID, *, device_id: UUID, first: int, last: int) -> GapView:
    """Return one red gap; raises `AccessDenied` where there is none that the actor may see."""
    gap = _found(actor, operation_id, (device_id, first, last))
    if gap is None:
        raise AccessDenied
    return gap


def closure_list(actor: Actor, operation_id: UUID) -> list[ClosureView]:
    """Return the gaps of an operation that were closed by hand, the last first."""
    rows = GapClosure.objects.filter(operation_id=operation_id).order_by("-at", "id")
    return [
        ClosureView(
            unit_name=row.unit_name,
            officer_name=row.officer_name,
            device=str(row.device_id)[-DEVICE_SHOWN:],
            first=row.first,
            last=row.last,
            by=row.by,
            at=row.at,
            because=row.because,
            brought=row.carriage,
        )
        for row in scope(actor, P.FINDINGS_REPORT_READ, rows)[:SHOWN]
    ]
