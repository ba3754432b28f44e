"""What is told of checks without an order, and of the orders that must follow them."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from timpora.apps.operations.models import Encounter, Order, Team
from timpora.apps.operations.order_letter import ORDER_BASES
from timpora.apps.operations.order_types import EncounterView, OrderDue, TaskEncounter, TeamView
from timpora.apps.operations.order_views import clock_of, encounter_view
from timpora.apps.operations.sop import sop_steps
from timpora.apps.operations.views import OPEN, team_view
from timpora.domain.states import EncounterState, OperationState, OrderState
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, may, scope
from timpora.kernel.lawbook.store import lawbook

# How long the phone offers the form of a check that was approved.
OFFERED = timedelta(days=2)
CHECKABLE = (EncounterState.APPROVED.value, EncounterState.NIL.value, EncounterState.FOUND.value)


def encounter_get(actor: Actor, encounter_id: UUID) -> EncounterView:
    """Return a check without an order: for readers of targets, and for its team."""
    row = _seen(actor).filter(pk=encounter_id).first()
    if row is None:
        raise AccessDenied
    return encounter_view(row, is_masked=not reads_words(actor, row))


def encounter_list(actor: Actor, operation_id: UUID) -> list[EncounterView]:
    """Return the checks without an order of an operation, those undecided first, then the newest."""
    rows = scope(actor, P.OPERATIONS_TARGET_READ, _rows().filter(operation_id=operation_id))
    found = [encounter_view(row, is_masked=not reads_words(actor, row)) for row in rows]
    return sorted(found, key=lambda v: (v.state is not EncounterState.REPORTED, -v.reported_at.timestamp()))


def encounter_cites(view: EncounterView) -> tuple[str, ...]:
    """Return the rule that a check without an order rests on, as of the day it was reported."""
    day = view.reported_at.astimezone(ZoneInfo(view.zone)).date()
    return (lawbook().first_in_force(ORDER_BASES, on=day),)


def own_encounter_teams(actor: Actor) -> list[TeamView]:
    """Return the teams with which the actor goes now, in operations that are not over."""
    rows = scope(actor, P.OPERATIONS_ENCOUNTER_REPORT, Team.objects.select_related("operation"))
    own = rows.filter(members__officer_id=actor.id, members__during__contains=clock.now())
    found = own.prefetch_related("members", "targets", "orders").order_by("name", "id")
    return [team_view(team) for team in found if OperationState(team.operation.state) in OPEN]


def encounters_waiting(actor: Actor) -> list[EncounterView]:
    """Return the checks that wait for the actor's approval, the oldest first."""
    desks = [grant.unit_code for grant in actor.grants_for(P.OPERATIONS_ENCOUNTER_DECIDE)]
    rows = scope(actor, P.OPERATIONS_ENCOUNTER_DECIDE, _rows()).filter(
        state=EncounterState.REPORTED.value, unit_code__in=desks
    )
    mine = Team.objects.filter(members__officer_id=actor.id).values("pk")
    rows = rows.exclude(reported_by_id=actor.id).exclude(team__in=mine)
    return [encounter_view(row, is_masked=False) for row in rows.order_by("reported_at")]


def encounter_tasks(actor: Actor) -> list[TaskEncounter]:
    """Return the approved checks of the actor's teams that may be reported on now."""
    since = clock.now() - OFFERED
    rows = _rows().filter(_is_own(actor), state__in=CHECKABLE, decided_at__gte=since)
    found = (
        scope(actor, P.OPERATIONS_TASK_READ, rows).select_related("operation").order_by("decided_at", "id")
    )
    return [
        TaskEncounter(
            encounter=encounter_view(row, is_masked=False),
            operation_id=row.operation_id,
            steps=sop_steps(row.operation.sop_version),
            sop_version=row.operation.sop_version,
        )
        for row in found
    ]


def own_encounters(actor: Actor) -> list[EncounterView]:
    """Return what the actor's teams have reported lately, decided or not, the newest first."""
    since = clock.now() - OFFERED
    rows = _rows().filter(_is_own(actor), reported_at__gte=since)
    found = scope(actor, P.OPERATIONS_ENCOUNTER_REPORT, rows).order_by("-reported_at", "id")
    return [encounter_view(row, is_masked=False) for row in found]


def orders_due(actor: Actor, operation_id: UUID | None = None) -> list[OrderDue]:
    """Return the orders that must still follow a check, the one due first first."""
    rows = Order.objects.filter(state=OrderState.TO_FOLLOW.value).select_related("encounter", "team")
    if operation_id is not None:
        rows = rows.filter(team__operation_id=operation_id)
    due = []
    for row in scope(actor, P.OPERATIONS_TARGET_READ, rows).order_by("due_on", "id"):
        stands = clock_of(row.encounter, None) if row.encounter else None
        if row.encounter and stands:
            due.append(
                OrderDue(
                    order_id=row.id,
                    encounter_id=row.encounter.id,
                    operation_id=row.team.operation_id,
                    unit_code=row.unit_code,
                    team_name=row.team.name,
                    zone=row.encounter.zone,
                    clock=stands,
                )
            )
    return due


def reads_words(actor: Actor, row: Encounter) -> bool:
    """Tell whether the free words are the actor's to read: of the office that works on it, and its team."""
    desks = (P.OPERATIONS_ENCOUNTER_DECIDE, P.OPERATIONS_ENCOUNTER_REPORT)
    if any(may(actor, desk, places=(row.wilayah,), unit=row.unit_code) for desk in desks):
        return True
    return row.reported_by_id == actor.id


def _rows() -> QuerySet[Encounter]:
    return Encounter.objects.select_related("team", "order").prefetch_related("steps")


def _seen(actor: Actor) -> QuerySet[Encounter]:
    if P.OPERATIONS_TARGET_READ in actor.permissions:
        return scope(actor, P.OPERATIONS_TARGET_READ, _rows())
    return scope(actor, P.OPERATIONS_ENCOUNTER_REPORT, _rows()).filter(_is_own(actor))


def _is_own(actor: Actor) -> Q:
    teams = Team.objects.filter(members__officer_id=actor.id).values("pk")
    return Q(team__in=teams) | Q(reported_by_id=actor.id)
