"""What is told of targets and of the teams that go there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db.models import Q, QuerySet

from timpora.apps.identity import queries as identity
from timpora.apps.operations.models import (
    Phase,
    Target,
    TargetStep,
    Team,
)
from timpora.apps.operations.twins import twins_among
from timpora.apps.operations.types import (
    StepView,
    TargetPlace,
    TargetPoint,
    TargetView,
    TeamView,
    Twin,
)
from timpora.apps.operations.views import (
    OPEN,
    own_team_targets,
    target_view,
    team_view,
)
from timpora.apps.registry import queries as registry
from timpora.apps.registry.types import PersonRow
from timpora.domain.states import TargetState
from timpora.kernel.access import AccessDenied, Actor, P, holds, scope

# Somebody goes there, or has been.
GOING = {TargetState.APPROVED, TargetState.ASSIGNED, TargetState.VISITED}
GONE = (TargetState.REFUSED.value, TargetState.RETRACTED.value, TargetState.WITHDRAWN.value)


def target_list(
    actor: Actor, *, operation_id: UUID, state: TargetState | None = None, unit: str | None = None
) -> list[TargetView]:
    """Return the targets of an operation within the actor's territory, by office and number."""
    rows = _targets(actor).filter(operation_id=operation_id).order_by("unit_code", "number")
    if state is not None:
        rows = rows.filter(state=state.value)
    return target_views(rows.filter(unit_code=unit) if unit else rows)


def target_get(actor: Actor, target_id: UUID) -> TargetView:
    """Return one target: for readers of targets, and for the team that has it on an issued order."""
    found = target_views(_target(actor, target_id))
    if not found:
        raise AccessDenied
    return found[0]


def target_place(actor: Actor, target_id: UUID) -> TargetPlace:
    """Return where a target lies and whose it is, to whoever `target_get` would show it; one statement."""
    row = _target(actor, target_id).values_list("operation_id", "unit_code", "wilayah").first()
    if row is None:
        raise AccessDenied
    return TargetPlace(*row)


def _target(actor: Actor, target_id: UUID) -> QuerySet[Target]:
    if holds(actor, P.OPERATIONS_TARGET_READ):
        return _targets(actor).filter(pk=target_id)
    mine = own_team_targets(actor.id, [target_id])
    return scope(actor, P.OPERATIONS_TASK_READ, Target.objects.filter(pk__in=mine))


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
    for view in target_views(rows.order_by("proposed_at")):
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
    found = twins_among([*mine, *(target_views(others) if names else ())])
    return {
        target.id: tuple(
            replace(twin, operation_name=names.get(twin.target.operation_id, "")) for twin in found[target.id]
        )
        for target in mine
        if target.id in found
    }


def task_clashes(actor: Actor, mine: Iterable[TargetView]) -> dict[UUID, tuple[Twin, ...]]:
    """Return for targets of the actor's own teams what other teams may visit there; told before they leave.

    Of the same operation, or of one that runs on the same days, as far as his tasks let him see.
    """
    own = {target.id: target for target in mine}
    here = {target.operation_id for target in own.values()}
    operations = here.union(*(_meanwhile(operation) for operation in here))
    rows = scope(actor, P.OPERATIONS_TASK_READ, Target.objects.filter(operation_id__in=operations))
    others = rows.filter(state__in=[state.value for state in GOING]).exclude(pk__in=list(own))
    found = twins_among([*own.values(), *(target_views(others) if own else ())])
    return {
        target: told
        for target in own
        if (told := tuple(twin for twin in found.get(target, ()) if twin.target.id not in own))
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


def _targets(actor: Actor) -> QuerySet[Target]:
    return scope(actor, P.OPERATIONS_TARGET_READ, Target.objects.all())


def target_views(rows: QuerySet[Target]) -> list[TargetView]:
    """Return rows of targets as values, each with the name of its office."""
    found = list(rows.prefetch_related("persons", "assignment"))
    names = {u.code: u.name for u in identity.unit_list(codes={row.unit_code for row in found})}
    return [target_view(row, names) for row in found]


def target_persons(actor: Actor, target: TargetView) -> list[PersonRow]:
    """Return the persons a target's ground concerns, after logging that each was shown (B4)."""
    return registry.person_lines(actor, target.person_ids, what=f"sasaran {target.code}")


def team_list(actor: Actor, operation_id: UUID, unit: str | None = None) -> list[TeamView]:
    """Return the teams of an operation within the actor's territory, by office and name."""
    living = Team.objects.filter(operation_id=operation_id, dissolved_at=None)
    rows = scope(actor, P.OPERATIONS_TARGET_READ, living)
    if unit:
        rows = rows.filter(unit_code=unit)
    rows = rows.prefetch_related("members", "targets", "orders")
    return [team_view(row) for row in rows.order_by("unit_code", "name")]
