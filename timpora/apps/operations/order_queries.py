"""What is told of orders, and of the SOP they run on."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from timpora.apps.identity import queries as identity
from timpora.apps.operations import errors
from timpora.apps.operations.encounter_queries import (
    reads_words,
)
from timpora.apps.operations.models import (
    Operation,
    Order,
)
from timpora.apps.operations.order_views import order_view
from timpora.apps.operations.sop import sop_get
from timpora.apps.operations.types import (
    OrderView,
    SopView,
)
from timpora.domain.states import OrderState
from timpora.domain.territory import WIB
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, holds, scope
from timpora.kernel.documents import queries as documents
from timpora.kernel.documents.types import LetterFile
from timpora.kernel.lawbook.store import lawbook


def order_file(actor: Actor, order_id: UUID) -> LetterFile:
    """Return the issued order as the members of its team show it at the door; nobody else's team's.

    It opens from its issue until the days named `order_show_days` after its last one, at the place of the
    office. Raises `OrderOver` from then on and for one that was taken back, `AccessDenied` for all others.
    """
    mine = Order.objects.filter(team__members__officer_id=actor.id, letter_id__isnull=False)
    row = scope(actor, P.OPERATIONS_TASK_READ, mine).filter(pk=order_id).first()
    if row is None or row.letter_id is None:
        raise AccessDenied
    _require_shown(row)
    return documents.letter_get(actor, row.letter_id, permission=P.OPERATIONS_TASK_READ)


def _require_shown(row: Order) -> None:
    unit = identity.unit_get(row.unit_code)
    days = lawbook().value("order_show_days", on=row.last_day).value
    is_over = clock.today(unit.zone if unit else WIB) > row.last_day + timedelta(days=int(days))
    if is_over or row.state in {OrderState.CANCELLED, OrderState.WITHDRAWN}:
        raise errors.OrderOver


def sop_of(operation_id: UUID) -> SopView:
    """Return the SOP on which an operation runs."""
    return sop_get(Operation.objects.values_list("sop_version", flat=True).get(pk=operation_id))


def order_is_withdrawn(target_id: UUID) -> bool:
    """Tell whether the order on which a target was given was taken back and no other came."""
    states = Order.objects.filter(team__targets__target=target_id, encounter=None, letter_id__isnull=False)
    found = set(states.values_list("state", flat=True))
    return found == {OrderState.WITHDRAWN.value}


def order_get(actor: Actor, order_id: UUID) -> OrderView:
    """Return an order: for readers of targets, and for the members of its team once it is issued."""
    rows = Order.objects.select_related("encounter__team").prefetch_related(
        "team__members", "team__targets", "team__orders", "steps"
    )
    if holds(actor, P.OPERATIONS_TARGET_READ):
        mine = scope(actor, P.OPERATIONS_TARGET_READ, rows)
    else:
        is_own = Q(team__members__officer_id=actor.id, letter_id__isnull=False)
        mine = scope(actor, P.OPERATIONS_TASK_READ, rows).filter(is_own)
    row = mine.filter(pk=order_id).first()
    if row is None:
        raise AccessDenied
    unit = identity.unit_get(row.unit_code)
    is_masked = row.encounter is None or not reads_words(actor, row.encounter)
    return order_view(row, row.team, unit.name if unit else row.unit_code, is_masked=is_masked)
