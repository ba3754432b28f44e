"""What every change of an order shares: holding it, its subject in the log, its row of history."""

from uuid import UUID

from timpora.apps.operations.models import Order, OrderStep
from timpora.domain.states import OrderState
from timpora.kernel.access import AccessDenied, scope
from timpora.kernel.act import Act
from timpora.kernel.audit.entry import Subject


def order_held(act: Act, order_id: UUID) -> Order:
    """Return the order, locked until the deed ends; foreign and absent ones are the same."""
    rows = Order.objects.select_related("team", "encounter").select_for_update(of=["self"])
    order = scope(act.actor, act.permission, rows).filter(pk=order_id).first()
    if order is None:
        raise AccessDenied
    return order


def subject_of(order: Order) -> Subject:
    """Return the order as the log names it."""
    return Subject(kind="order", id=str(order.id), places=(order.wilayah,), unit=order.unit_code)


def order_step(
    act: Act, order: Order, after: OrderState, *, because: str = "", cites: tuple[str, ...] = ()
) -> None:
    """Write the row of a change; the order still holds the state before it."""
    number = OrderStep.objects.filter(order=order).count() + 1
    row = OrderStep(
        order=order,
        number=number,
        before=order.state if number > 1 else "",
        after=after.value,
        by_id=act.actor.id,
        by=act.actor.name,
        at=act.at,
        because=because,
        cites=list(cites),
    )
    row.save(force_insert=True)
