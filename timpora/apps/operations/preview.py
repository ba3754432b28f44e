"""The order as it would be printed now, and what is still missing."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from timpora.apps.operations.letters.assignment_order import AssignmentOrder
from timpora.apps.operations.models import Order
from timpora.apps.operations.order_letter import order_letter
from timpora.apps.operations.papers import NOBODY, papers_of, signer_of
from timpora.domain.territory import zone_of
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, scope
from timpora.kernel.documents.letter import MissingField, missing


@dataclass(frozen=True, slots=True)
class OrderPreview:
    """A letter not yet issued, with the names of its holes; the signer is known only to the signer."""

    letter: AssignmentOrder
    missing: tuple[MissingField, ...]


def order_preview(actor: Actor, order_id: UUID) -> OrderPreview:
    """Return what the order prints: dated as issued, a draft today; signed for whoever may sign it."""
    row = scope(actor, P.OPERATIONS_TARGET_READ, Order.objects.all()).filter(pk=order_id).first()
    if row is None:
        raise AccessDenied
    desks = [g for g in actor.grants_for(P.OPERATIONS_ORDER_ISSUE) if g.unit_code == row.unit_code]
    signer = signer_of(actor, desks[0]) if desks else NOBODY
    zone = zone_of(row.wilayah)
    dated = row.issued_at.astimezone(ZoneInfo(zone)).date() if row.issued_at else clock.today(zone)
    letter = order_letter(papers_of(row, signer=signer, dated=dated))
    holes = missing(letter)
    if not desks:
        holes = tuple(hole for hole in holes if not hole.path.startswith("signatory"))
    return OrderPreview(letter, holes)
