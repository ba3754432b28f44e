"""What operations answers: its door for reading."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from timpora.apps.identity import queries as identity
from timpora.apps.operations import errors
from timpora.apps.operations.encounter_queries import (
    encounter_cites,
    encounter_get,
    encounter_list,
    encounter_tasks,
    encounters_waiting,
    orders_due,
    own_encounter_teams,
    own_encounters,
    reads_words,
)
from timpora.apps.operations.journal import journal_list, journal_require
from timpora.apps.operations.means import (
    asset_list,
    booking_list,
    means_get,
    need_list,
    supply_list,
    team_things,
)
from timpora.apps.operations.models import (
    Answer,
    Operation,
    Order,
    Participation,
    Phase,
    Target,
    TargetStep,
    Team,
)
from timpora.apps.operations.movements import movement_list, own_teams, team_require, team_states
from timpora.apps.operations.order_views import order_view
from timpora.apps.operations.periods import period_list, periods_of
from timpora.apps.operations.preview import OrderPreview, order_preview
from timpora.apps.operations.registers import (
    register_get,
    register_list,
    register_offices,
    register_operations,
)
from timpora.apps.operations.sop import sop_get
from timpora.apps.operations.tasks import task_list
from timpora.apps.operations.twins import twins_among
from timpora.apps.operations.types import (
    OfficeState,
    OperationRow,
    OperationView,
    OrderView,
    PhaseView,
    Readiness,
    SopView,
    StepView,
    TargetPoint,
    TargetView,
    TeamView,
    Twin,
    Waiting,
    WaitingOrder,
)
from timpora.apps.operations.views import (
    OPEN,
    answered_for,
    office_state,
    operation_view,
    own_team_targets,
    target_view,
    team_view,
)
from timpora.apps.registry import queries as registry
from timpora.apps.registry.types import PersonRow
from timpora.domain.states import OrderState, TargetState
from timpora.domain.territory import NATION, WIB
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, holds, scope
from timpora.kernel.documents import queries as documents
from timpora.kernel.documents.types import LetterFile
from timpora.kernel.lawbook.store import lawbook

__all__ = [
    "OrderPreview",
    "answer_list",
    "asset_list",
    "booking_list",
    "encounter_cites",
    "encounter_get",
    "encounter_list",
    "encounter_tasks",
    "encounters_waiting",
    "journal_list",
    "journal_require",
    "means_get",
    "movement_list",
    "need_list",
    "office_list",
    "operation_get",
    "operation_list",
    "order_get",
    "order_preview",
    "orders_due",
    "own_encounter_teams",
    "own_encounters",
    "own_teams",
    "period_list",
    "periods_of",
    "phase_now",
    "register_get",
    "register_list",
    "register_offices",
    "register_operations",
    "sop_get",
    "supply_list",
    "target_get",
    "target_list",
    "target_persons",
    "target_points",
    "target_steps",
    "target_twins",
    "targets_for_indications",
    "task_list",
    "team_clashes",
    "team_list",
    "team_require",
    "team_states",
    "team_things",
    "waiting_get",
]
# Somebody goes there, or has been.
GOING = {TargetState.APPROVED, TargetState.ASSIGNED, TargetState.VISITED}
GONE = (TargetState.REFUSED.value, TargetState.RETRACTED.value, TargetState.WITHDRAWN.value)


def operation_list(actor: Actor) -> list[OperationRow]:
    """Return the operations the actor's offices take part in (the centre: all), newest first.

    Counts are of what lies within the actor's territory.
    """
    rows = _visible(actor).prefetch_related("phases").order_by("-opened_at", "id")
    offices = scope(actor, P.OPERATIONS_OPERATION_READ, Participation.objects.all())
    targets = scope(actor, P.OPERATIONS_TARGET_READ, Target.objects.all())
    counted = rows.annotate(
        offices_count=_count(offices),
        answered_count=_count(offices.exclude(readiness=Readiness.SILENT.value)),
        targets_count=_count(targets.exclude(state__in=GONE)),
        waiting_count=_count(targets.filter(state=TargetState.PROPOSED.value)),
    )
    return [
        OperationRow(
            operation=operation_view(row),
            offices=row.offices_count,
            offices_answered=row.answered_count,
            targets=row.targets_count,
            targets_waiting=row.waiting_count,
        )
        for row in counted
    ]


def _visible(actor: Actor) -> QuerySet[Operation]:
    """Return operations in which an office of the actor's territory takes part; the centre sees all."""
    rows = scope(actor, P.OPERATIONS_OPERATION_READ, Operation.objects.all())
    if any(NATION in grant.territories for grant in actor.grants_for(P.OPERATIONS_OPERATION_READ)):
        return rows
    offices = scope(actor, P.OPERATIONS_OPERATION_READ, Participation.objects.all())
    return rows.filter(pk__in=offices.values("operation_id"))


def _count(rows: QuerySet[Participation] | QuerySet[Target]) -> Coalesce:
    # One sub-select a figure: joining the tables instead would multiply the counts.
    mine = rows.filter(operation_id=OuterRef("pk")).order_by().values("operation_id")
    found = mine.annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(found, output_field=IntegerField()), Value(0))


def operation_get(actor: Actor, operation_id: UUID) -> OperationView:
    """Return one operation; raises `AccessDenied` for an absent or foreign one alike."""
    row = _visible(actor).prefetch_related("phases").filter(pk=operation_id).first()
    if row is None:
        raise AccessDenied
    return operation_view(row)


def phase_now(operation: OperationView, zone: str, at: datetime) -> PhaseView | None:
    """Return the phase that runs at `at` for an office in `zone`, if one does."""
    return next((phase for phase in operation.phases if phase.holds_at(at, zone)), None)


def office_list(actor: Actor, operation_id: UUID) -> list[OfficeState]:
    """Return the offices of an operation within the actor's territory, by name, with their newest answers."""
    rows = scope(actor, P.OPERATIONS_OPERATION_READ, Participation.objects.all())
    return [office_state(row) for row in rows.filter(operation_id=operation_id).order_by("name", "id")]


def answer_list(actor: Actor, operation_id: UUID, phase_id: UUID) -> list[OfficeState]:
    """Return the offices of an operation with what each last answered for one phase: two statements."""
    rows = scope(actor, P.OPERATIONS_OPERATION_READ, Answer.objects.filter(phase_id=phase_id))
    last = {row.unit_code: row for row in rows.order_by("at", "id")}
    return [answered_for(office, last.get(office.unit_code)) for office in office_list(actor, operation_id)]


def target_list(
    actor: Actor, *, operation_id: UUID, state: TargetState | None = None, unit: str | None = None
) -> list[TargetView]:
    """Return the targets of an operation within the actor's territory, by office and number."""
    rows = _targets(actor).filter(operation_id=operation_id).order_by("unit_code", "number")
    if state is not None:
        rows = rows.filter(state=state.value)
    return _target_views(rows.filter(unit_code=unit) if unit else rows)


def target_get(actor: Actor, target_id: UUID) -> TargetView:
    """Return one target: for readers of targets, and for the team that has it on an issued order."""
    if holds(actor, P.OPERATIONS_TARGET_READ):
        rows = _targets(actor)
    else:
        mine = own_team_targets(actor.id, [target_id])
        rows = scope(actor, P.OPERATIONS_TASK_READ, Target.objects.filter(pk__in=mine))
    found = _target_views(rows.filter(pk=target_id))
    if not found:
        raise AccessDenied
    return found[0]


def target_points(actor: Actor, operation_id: UUID) -> list[TargetPoint]:
    """Return the targets of an operation as a map shows them: one statement, no persons."""
    rows = _targets(actor).filter(operation_id=operation_id).order_by("unit_code", "number")
    shown = rows.values_list("id", "unit_code", "number", "name", "lat", "lng", "state")
    return [TargetPoint(*row[:-1], state=TargetState(row[-1])) for row in shown]


def targets_for_indications(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, list[TargetView]]:
    """Return the living targets that rest on these indications, by indication."""
    wanted = set(ids)
    rows = _targets(actor).exclude(state__in=GONE).filter(indication_ids__overlap=list(wanted))
    found: dict[UUID, list[TargetView]] = defaultdict(list)
    for view in _target_views(rows.order_by("proposed_at")):
        for indication in wanted.intersection(view.indication_ids):
            found[indication].append(view)
    return dict(found)


def target_twins(actor: Actor, operation_id: UUID) -> dict[UUID, tuple[Twin, ...]]:
    """Return for each target those that may be the same place or concern the same person (F43).

    Targets of other offices within sight count too, and those of other operations that run on the same
    days: two units on one target must know of each other. What the actor may not see is not told.
    """
    mine = [t for t in target_list(actor, operation_id=operation_id) if t.state not in GONE]
    names = _meanwhile(operation_id)
    others = _targets(actor).filter(operation_id__in=names).exclude(state__in=GONE)
    found = twins_among([*mine, *(_target_views(others) if names else ())])
    return {
        target.id: tuple(
            replace(twin, operation_name=names.get(twin.target.operation_id, "")) for twin in found[target.id]
        )
        for target in mine
        if target.id in found
    }


def _meanwhile(operation_id: UUID) -> dict[UUID, str]:
    """Return the other operations, not ended by anybody, of which a phase shares a day with one of this."""
    shared = Q(pk__in=[])
    for starts, ends in Phase.objects.filter(operation_id=operation_id).values_list("starts_on", "ends_on"):
        shared |= Q(starts_on__lt=ends, ends_on__gt=starts)
    rows = Phase.objects.filter(shared, operation__state__in=OPEN).exclude(operation_id=operation_id)
    return dict(rows.values_list("operation_id", "operation__name"))


def team_clashes(actor: Actor, operation_id: UUID) -> dict[UUID, tuple[Twin, ...]]:
    """Return for each team what others may visit of the places it is sent to: to be told before it leaves."""
    twins = target_twins(actor, operation_id)
    found: dict[UUID, tuple[Twin, ...]] = {}
    for team in team_list(actor, operation_id):
        met = {t.target.id: t for target in team.target_ids for t in twins.get(target, ())}
        told = [t for t in met.values() if t.target.id not in team.target_ids and t.target.state in GOING]
        if told:
            found[team.id] = tuple(told)
    return found


def target_steps(actor: Actor, target_id: UUID) -> list[StepView]:
    """Return every change of a target's state, oldest first."""
    mine = scope(actor, P.OPERATIONS_TARGET_READ, Target.objects.filter(pk=target_id))
    rows = TargetStep.objects.filter(target__in=mine).order_by("at", "id")
    return [StepView(row.before, row.after, row.by, row.at, row.because) for row in rows]


def waiting_get(actor: Actor) -> Waiting:
    """Return what waits for the actor: proposals of others at his office, and drafts of others."""
    units = [grant.unit_code for grant in actor.grants_for(P.OPERATIONS_TARGET_APPROVE)]
    proposals = scope(actor, P.OPERATIONS_TARGET_APPROVE, Target.objects.all()).filter(
        state=TargetState.PROPOSED.value, unit_code__in=units
    )
    desks = [grant.unit_code for grant in actor.grants_for(P.OPERATIONS_ORDER_ISSUE)]
    drafts = scope(actor, P.OPERATIONS_ORDER_ISSUE, Order.objects.all()).filter(
        state__in=[OrderState.DRAFTED.value, OrderState.TO_FOLLOW.value], unit_code__in=desks
    )
    orders = drafts.exclude(drafted_by_id=actor.id).select_related("team__operation").order_by("drafted_at")
    return Waiting(
        targets=tuple(
            _target_views(proposals.exclude(proposed_by_id=actor.id).order_by("proposed_at", "number"))
        ),
        orders=tuple(
            WaitingOrder(o.id, o.team.name, o.team.operation.name, o.drafted_by, o.first_day) for o in orders
        ),
    )


def _targets(actor: Actor) -> QuerySet[Target]:
    return scope(actor, P.OPERATIONS_TARGET_READ, Target.objects.all())


def _target_views(rows: QuerySet[Target]) -> list[TargetView]:
    found = list(rows.prefetch_related("persons", "assignment"))
    names = {u.code: u.name for u in identity.unit_list(codes={row.unit_code for row in found})}
    return [target_view(row, names) for row in found]


def target_persons(actor: Actor, target: TargetView) -> list[PersonRow]:
    """Return the persons a target's ground concerns, after logging that each was shown (B4)."""
    return registry.person_lines(actor, target.person_ids, what=f"sasaran {target.code}")


def team_list(actor: Actor, operation_id: UUID, unit: str | None = None) -> list[TeamView]:
    """Return the teams of an operation within the actor's territory, by office and name."""
    rows = scope(actor, P.OPERATIONS_TARGET_READ, Team.objects.filter(operation_id=operation_id))
    if unit:
        rows = rows.filter(unit_code=unit)
    rows = rows.prefetch_related("members", "targets", "orders")
    return [team_view(row) for row in rows.order_by("unit_code", "name")]


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
