"""An order that did not follow its check in time is announced, once, to whoever can see it (Pasal 30)."""

from zoneinfo import ZoneInfo

from timpora.apps.operations.models import Order
from timpora.domain.states import OrderState
from timpora.kernel import clock
from timpora.kernel.access import Actor, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs, Subject
from timpora.kernel.audit.tags import Tag


def orders_announce(actor: Actor) -> int:
    """Announce the orders whose last day is over where their office is; return how many."""
    waiting = Order.objects.filter(state=OrderState.TO_FOLLOW.value, overdue_at=None, encounter__isnull=False)
    rows = scope(actor, P.OPERATIONS_ORDER_ANNOUNCE, waiting.select_related("encounter"))
    late = [row for row in rows.order_by("due_on", "id") if _is_late(row)]
    for row in late:
        _announce(actor, row=row)
    return len(late)


def _is_late(row: Order) -> bool:
    zone = row.encounter.zone if row.encounter else "Asia/Jakarta"
    return row.due_on is not None and clock.now().astimezone(ZoneInfo(zone)).date() > row.due_on


@deed(P.OPERATIONS_ORDER_ANNOUNCE, tag=Tag.OPERATIONS_ORDER_OVERDUE)
def _announce(act: Act, *, row: Order) -> None:
    subject = Subject(kind="order", id=str(row.pk), places=(row.wilayah,), unit=row.unit_code)
    operation = str(row.encounter.operation_id) if row.encounter else ""
    refs: Refs = {"operation": operation, "unit": row.unit_code, "due": f"{row.due_on}"}
    act.upon(subject, refs=refs)
    Order.objects.filter(pk=row.pk, overdue_at=None).update(overdue_at=act.at)
    act.publish(subject, refs)
