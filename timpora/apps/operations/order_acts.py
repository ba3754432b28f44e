"""From an order's issue on: numbered and printed, taken back, carried out, reported. Each step says why."""

from datetime import date
from uuid import UUID

from timpora.apps.operations import errors
from timpora.apps.operations.desks import desk_at
from timpora.apps.operations.models import Order
from timpora.apps.operations.order_letter import Papers, order_cites, order_letter
from timpora.apps.operations.order_steps import order_held, order_step, subject_of
from timpora.apps.operations.papers import papers_of, signer_of
from timpora.domain.orders import OrderClock, order_clock
from timpora.domain.states import OrderState, may_step
from timpora.kernel import clock
from timpora.kernel.access import P
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.tags import Tag
from timpora.kernel.documents.actions import store
from timpora.kernel.documents.types import Issue, LetterView
from timpora.kernel.lawbook.store import lawbook
from timpora.kernel.text import cleaned

TEXT_MAX = 1_000


@deed(P.OPERATIONS_ORDER_ISSUE, tag=Tag.OPERATIONS_ORDER_ISSUED, is_decision=True)
def order_issue(act: Act, *, order_id: UUID, because: str = "") -> str:
    """Issue the order: number it without a gap, print it with its QR, keep it for good; return the number.

    From now on the team sees its tasks. One that follows a check and comes after its last day says so,
    with `because`, on the paper and in the log. Raises `OwnOrder` for the drafter, `OrderDecided`,
    `OrderTooLate`, `LateReasonMissing`, `LetterIncomplete` naming what is missing (no number is used up).
    """
    order = order_held(act, order_id)
    grant = desk_at(act.actor, act.permission, unit=order.unit_code)
    today = clock.today(grant.zone)
    late = _late_of(order)
    because = cleaned(because)[:TEXT_MAX]
    _check_issuable(act, order, today)
    if late.days_late if late else 0:
        if not because:
            raise errors.LateReasonMissing
        Order.objects.filter(pk=order.pk).update(late_because=because)
        order.late_because = because
    papers = papers_of(order, signer=signer_of(act.actor, grant), dated=today)
    stored = _printed(act, order, papers)
    _issued(act, order, stored)
    _told(act, order, stored, late)
    return stored.number


def _late_of(order: Order) -> OrderClock | None:
    """Return how the clock of an order that follows a check stands now; none for one issued before it."""
    if order.encounter is None or order.encounter.check_on is None:
        return None
    return order_clock(order.encounter.check_on, at=clock.now(), zone=order.encounter.zone, book=lawbook())


def _check_issuable(act: Act, order: Order, today: date) -> None:
    if order.drafted_by_id == act.actor.id:
        raise errors.OwnOrder
    if order.state not in {OrderState.DRAFTED, OrderState.TO_FOLLOW}:
        raise errors.OrderDecided
    # An order that follows a check is owed however late it is.
    if order.state == OrderState.DRAFTED and order.last_day < today:
        raise errors.OrderTooLate


def _printed(act: Act, order: Order, papers: Papers) -> LetterView:
    issue = Issue(
        about=subject_of(order),
        unit=order.unit_code,
        office_code=papers.office.words.code or order.unit_code,
        wilayah=order.wilayah,
        law_digest=papers.book.digest,
        cites=order_cites(papers.book, papers.dated),
    )
    return store(act, order_letter(papers), issue)


def _issued(act: Act, order: Order, stored: LetterView) -> None:
    order_step(act, order, OrderState.ISSUED, because=order.late_because, cites=stored.cites)
    Order.objects.filter(pk=order.pk).update(
        state=OrderState.ISSUED.value,
        issued_by_id=act.actor.id,
        issued_by=act.actor.name,
        issued_at=act.at,
        number=stored.number,
        letter_id=stored.id,
        token=stored.token,
    )


def _told(act: Act, order: Order, stored: LetterView, late: OrderClock | None) -> None:
    operation, subject = str(order.team.operation_id), subject_of(order)
    refs: dict[str, str | int] = {
        "operation": operation,
        "number": stored.number,
        "letter": str(stored.id),
    }
    if late is not None:
        refs |= {"encounter": str(order.encounter_id), "days_late": late.days_late}
    tag = Tag.OPERATIONS_ORDER_ISSUED_LATE if late and late.is_late else act.tag
    act.upon(subject, refs=refs, cites=stored.cites, payload=order.late_because, tag=tag)
    act.publish(subject, {"operation": operation, "unit": order.unit_code, "number": stored.number}, tag=tag)


@deed(P.OPERATIONS_ORDER_ISSUE, tag=Tag.OPERATIONS_ORDER_WITHDRAWN, is_decision=True)
def order_withdraw(act: Act, *, order_id: UUID, because: str) -> None:
    """Take an issued order back, with the reason: its team no longer sees the tasks, and may get a new one.

    What was visited before and arrives later is still taken in. Raises `ReasonMissing`, `OrderFollowed` for
    one that follows a check that has happened, `OrderMoved` where it is not in force.
    """
    order = order_held(act, order_id)
    if order.encounter_id is not None:
        raise errors.OrderFollowed
    _move(act, order, OrderState.WITHDRAWN, because)


@deed(P.OPERATIONS_ORDER_DRAFT, tag=Tag.OPERATIONS_ORDER_CARRIED_OUT)
def order_carry_out(act: Act, *, order_id: UUID, because: str) -> None:
    """Record that the team has carried the order out, and in words what was done.

    Raises `ReasonMissing`, `OrderMoved` where it is not in force.
    """
    _move(act, order_held(act, order_id), OrderState.CARRIED_OUT, because)


@deed(P.OPERATIONS_ORDER_DRAFT, tag=Tag.OPERATIONS_ORDER_REPORTED)
def order_report(act: Act, *, order_id: UUID, because: str) -> None:
    """Record that the result was reported to whoever gave the order, and how.

    Raises `ReasonMissing`, `OrderMoved` unless it was carried out.
    """
    _move(act, order_held(act, order_id), OrderState.REPORTED, because)


def _move(act: Act, order: Order, after: OrderState, because: str) -> None:
    desk_at(act.actor, act.permission, unit=order.unit_code)
    because = cleaned(because)[:TEXT_MAX]
    if not because:
        raise errors.ReasonMissing
    if not may_step(OrderState(order.state), after):
        raise errors.OrderMoved
    order_step(act, order, after, because=because)
    Order.objects.filter(pk=order.pk).update(state=after.value)
    subject, operation = subject_of(order), str(order.team.operation_id)
    act.upon(subject, refs={"operation": operation, "state": after.value}, payload=because)
    act.publish(subject, {"operation": operation, "unit": order.unit_code, "state": after.value})
