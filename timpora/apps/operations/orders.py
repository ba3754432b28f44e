"""Orders (surat perintah): drafted by one, issued and numbered by the head before the check (Pasal 30)."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from timpora.apps.operations import errors
from timpora.apps.operations.desks import desk_at
from timpora.apps.operations.models import Order, Team
from timpora.apps.operations.order_letter import (
    CONSIDERING,
    COPIES,
    TASKS,
)
from timpora.apps.operations.order_steps import order_held, order_step, subject_of
from timpora.apps.operations.order_types import NATURES
from timpora.apps.operations.types import OrderWords
from timpora.apps.operations.views import phase_view
from timpora.domain.states import OrderState
from timpora.kernel.access import AccessDenied, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

TEXT_MAX = 1_000
LINES_MAX = 20


@deed(P.OPERATIONS_ORDER_DRAFT, tag=Tag.OPERATIONS_ORDER_DRAFTED)
def order_draft(act: Act, *, team_id: UUID, words: OrderWords | None = None) -> UUID:
    """Draft the order of a team; what is left empty follows from the operation and the team's phase.

    Drafting again replaces the words of a draft of the team. Raises `OrderExists` once it is issued.
    """
    rows = scope(
        act.actor, act.permission, Team.objects.select_related("phase").select_for_update(of=["self"])
    )
    team = rows.filter(pk=team_id, dissolved_at=None).first()
    if team is None:
        raise AccessDenied
    desk_at(act.actor, act.permission, unit=team.unit_code)
    filled = _filled(team, words or OrderWords())
    who = {"drafted_by_id": act.actor.id, "drafted_by": act.actor.name, "drafted_at": act.at}
    order = (
        Order.objects.filter(team=team, encounter=None)
        .exclude(state__in=[OrderState.CANCELLED, OrderState.WITHDRAWN])
        .first()
    )
    if order is None:
        order = Order(team=team, unit_code=team.unit_code, wilayah=team.wilayah, **who, **filled)
        _insert(order)
        order_step(act, order, OrderState.DRAFTED)
    elif order.state != OrderState.DRAFTED:
        raise errors.OrderExists
    else:
        Order.objects.filter(pk=order.pk, state=OrderState.DRAFTED.value).update(**who, **filled)
    subject = subject_of(order)
    act.upon(subject, refs={"team": str(team.id), "operation": str(team.operation_id)})
    act.publish(subject, {"operation": str(team.operation_id), "unit": team.unit_code})
    return order.id


@deed(P.OPERATIONS_ORDER_DRAFT, tag=Tag.OPERATIONS_ORDER_DRAFTED)
def order_reword(act: Act, *, order_id: UUID, words: OrderWords) -> None:
    """Write the words of an order that follows a check; whoever did so does not issue it.

    Raises `OrderDecided` once it is issued.
    """
    order = order_held(act, order_id)
    desk_at(act.actor, act.permission, unit=order.unit_code)
    if order.state != OrderState.TO_FOLLOW:
        raise errors.OrderDecided
    who = {"drafted_by_id": act.actor.id, "drafted_by": act.actor.name, "drafted_at": act.at}
    filled = _filled(order.team, words)
    Order.objects.filter(pk=order.pk).update(**who, **filled)
    act.upon(subject_of(order), refs={"operation": str(order.team.operation_id)})


def _insert(order: Order) -> None:
    try:
        with transaction.atomic():
            order.save(force_insert=True)
    except IntegrityError as error:
        raise errors.OrderExists from error


def _filled(team: Team, words: OrderWords) -> dict[str, object]:
    phase = phase_view(team.phase)
    first = words.first_day or phase.starts_local.date()
    # A phase that ends at midnight has its last day before it.
    last = words.last_day or (phase.ends_local - timedelta(microseconds=1)).date()
    if first > last:
        raise errors.OrderUnreadable("Hari terakhir tidak boleh sebelum hari pertama.")
    return {
        "considering": _lines(words.considering) or list(CONSIDERING),
        "tasks": _lines(words.tasks) or list(TASKS),
        "funding": cleaned(words.funding)[:TEXT_MAX],
        "copies": _lines(words.copies) or list(COPIES),
        "nature": words.nature if words.nature in NATURES else NATURES[0],
        "is_pen_signed": words.is_pen_signed,
        "first_day": first,
        "last_day": last,
    }


def _lines(lines: tuple[str, ...]) -> list[str]:
    kept = [cleaned(line)[:TEXT_MAX] for line in lines]
    return [line for line in kept if line][:LINES_MAX]


@deed(P.OPERATIONS_ORDER_DRAFT, tag=Tag.OPERATIONS_ORDER_CANCELLED)
def order_cancel(act: Act, *, order_id: UUID, because: str) -> None:
    """Drop a draft, with the reason; an issued order, or one that must follow, is never dropped this way."""
    order = order_held(act, order_id)
    desk_at(act.actor, act.permission, unit=order.unit_code)
    because = cleaned(because)[:TEXT_MAX]
    if not because:
        raise errors.ReasonMissing
    if order.state != OrderState.DRAFTED:
        raise errors.OrderDecided
    order_step(act, order, OrderState.CANCELLED, because=because)
    Order.objects.filter(pk=order.pk).update(state=OrderState.CANCELLED.value)
    subject = subject_of(order)
    act.upon(subject, payload=because)
    act.publish(subject, {"operation": str(order.team.operation_id), "unit": order.unit_code})
