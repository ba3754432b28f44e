"""A field officer's tasks: approved targets on an issued order of the own team, and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from timpora.apps.identity import queries as identity
from timpora.apps.operations.models import Order, Participation, Target
from timpora.apps.operations.sop import sop_steps
from timpora.apps.operations.target_queries import task_clashes
from timpora.apps.operations.types import TargetView, TaskPerson, TaskTarget
from timpora.apps.operations.views import target_view
from timpora.apps.registry import queries as registry
from timpora.apps.registry.types import PersonBrief
from timpora.domain.states import OrderState, TargetState
from timpora.domain.territory import WIB
from timpora.kernel import clock
from timpora.kernel.access import Actor, P, Purpose, scope

# The device forgets a day after the operation; until then a late report still finds its target.
GRACE = timedelta(days=1)


def task_list(actor: Actor) -> list[TaskTarget]:
    """Return what the actor's teams may check now: approved targets, on an order issued and not expired.

    Each person shown is logged, with the order as purpose. Nothing is shown that the field does not need.
    """
    orders = _orders(actor)
    if not orders:
        return []
    by_team = {order.team_id: order for order in orders}
    targets = list(
        Target.objects.filter(
            assignment__team_id__in=list(by_team),
            state__in=[TargetState.ASSIGNED.value, TargetState.VISITED.value],
        )
        .select_related("assignment")
        .prefetch_related("persons")
        .order_by("unit_code", "number"),
    )
    names = {u.code: u.name for u in identity.unit_list(codes={t.unit_code for t in targets})}
    zones = _zones(orders)
    listed = {row.pk: _listed(actor, row) for row in targets}
    briefs = _briefs(actor, orders, targets, listed)
    views = {row.pk: target_view(row, names) for row in targets}
    clashes = task_clashes(actor, views.values())
    return [
        replace(
            _task(views[row.pk], by_team[row.assignment.team_id], zones, briefs),
            workers=tuple(_person(briefs[one]) for one in listed[row.pk] if one in briefs),
            clashes=clashes.get(row.pk, ()),
        )
        for row in targets
    ]


def _own_orders(actor: Actor) -> QuerySet[Order]:
    return Order.objects.filter(team__members__officer_id=actor.id, encounter=None)


def _orders(actor: Actor) -> list[Order]:
    rows = scope(actor, P.OPERATIONS_TASK_READ, _own_orders(actor))
    living = rows.filter(
        state__in=[OrderState.ISSUED.value, OrderState.CARRIED_OUT.value],
        last_day__gte=(clock.now() - GRACE).date() - timedelta(days=1),
    )
    zone = actor.main.zone if actor.main else WIB
    limit = clock.today(zone) - GRACE
    found = (
        living.select_related("team__operation").prefetch_related("team__members").order_by("first_day", "id")
    )
    return [order for order in found if order.last_day >= limit]


def _zones(orders: Iterable[Order]) -> Mapping[tuple[UUID, str], str]:
    rows = Participation.objects.filter(operation_id__in={order.team.operation_id for order in orders})
    return {(row.operation_id, row.unit_code): row.zone for row in rows}


def _listed(actor: Actor, target: Target) -> list[UUID]:
    """Return whom the lists of workers name at the company that is visited; the named persons stand apart."""
    kabupaten = ".".join(target.wilayah.split(".")[:2])
    on = clock.today(actor.main.zone if actor.main else WIB)
    named = {link.person_id for link in target.persons.all()}
    found = registry.workers_of(
        actor, P.OPERATIONS_TASK_READ, employer=target.employer, within_code=kabupaten, on=on
    )
    return [person for person in found if person not in named]


def _briefs(
    actor: Actor, orders: list[Order], targets: Iterable[Target], listed: Mapping[UUID, list[UUID]]
) -> Mapping[UUID, PersonBrief]:
    numbers = ", ".join(order.number for order in orders)
    working = actor if actor.purpose else actor.for_purpose(Purpose("operasi", f"Surat perintah {numbers}"))
    persons = {link.person_id for target in targets for link in target.persons.all()}
    persons = persons.union(*listed.values())
    return registry.person_briefs(working, P.OPERATIONS_TASK_READ, persons, what="tugas lapangan")


def _task(
    target: TargetView,
    order: Order,
    zones: Mapping[tuple[UUID, str], str],
    briefs: Mapping[UUID, PersonBrief],
) -> TaskTarget:
    operation = order.team.operation
    return TaskTarget(
        target=target,
        ground=target.ground_words.label,
        persons=tuple(_person(briefs[person]) for person in target.person_ids if person in briefs),
        steps=sop_steps(operation.sop_version),
        sop_version=operation.sop_version,
        team_name=order.team.name,
        order_id=order.id,
        order_number=order.number,
        order_token=order.token,
        first_day=order.first_day,
        last_day=order.last_day,
        zone=zones.get((operation.id, order.unit_code), WIB),
        officers=tuple(member.name for member in order.team.members.all()),
    )


def _person(brief: PersonBrief) -> TaskPerson:
    return TaskPerson(
        id=brief.id,
        name=brief.name,
        document=brief.document,
        birth=brief.birth,
        permit=_permit(brief),
        as_of=brief.permit_as_of,
    )


def _permit(brief: PersonBrief) -> str:
    """Say the newest known permit in a few words; what is unknown is said to be unknown."""
    if brief.permit_as_of is None:
        return "izin tinggal tidak ada dalam data"
    kind = brief.permit_kind or "izin tinggal"
    if brief.permit_ends is None:
        return f"{kind}, masa berlaku tidak diketahui"
    # `ends` is the first day without the permit; people say the last day with it.
    return f"{kind} s.d. {brief.permit_ends - timedelta(days=1):%d-%m-%Y}"
