"""What operations answers: its door for reading."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from timpora.apps.operations.annex_files import LARGEST as ANNEX_LARGEST
from timpora.apps.operations.encounter_queries import (
    encounter_cites,
    encounter_get,
    encounter_list,
    encounter_tasks,
    encounters_waiting,
    orders_due,
    own_encounter_teams,
    own_encounters,
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
    Target,
)
from timpora.apps.operations.movements import movement_list, own_teams, team_require, team_states
from timpora.apps.operations.note_taking import note_days, notes_get
from timpora.apps.operations.order_queries import order_file, order_get, order_is_withdrawn, sop_of
from timpora.apps.operations.periods import period_list, periods_of
from timpora.apps.operations.preview import OrderPreview, order_preview
from timpora.apps.operations.registers import (
    register_get,
    register_list,
    register_offices,
    register_operations,
)
from timpora.apps.operations.report_forms import form_of
from timpora.apps.operations.sop import SOP_IN_FORCE, sop_get, sop_versions
from timpora.apps.operations.target_queries import (
    GONE,
    target_get,
    target_list,
    target_persons,
    target_place,
    target_points,
    target_steps,
    target_twins,
    target_views,
    targets_for_indications,
    team_clashes,
    team_list,
)
from timpora.apps.operations.tasks import task_list
from timpora.apps.operations.template_queries import (
    annex_get,
    kept_annex,
    kept_template,
    template_get,
    template_kinds,
    template_list,
    templates_waiting,
    version_get,
    versions_offered,
)
from timpora.apps.operations.types import (
    AnnexFile,
    OfficeState,
    OperationRow,
    OperationTemplate,
    OperationView,
    PhaseView,
    Readiness,
    Waiting,
    WaitingOrder,
)
from timpora.apps.operations.views import (
    answered_for,
    office_state,
    operation_view,
)
from timpora.domain.states import OrderState, TargetState
from timpora.domain.territory import NATION
from timpora.kernel.access import AccessDenied, Actor, P, scope

__all__ = [
    "ANNEX_LARGEST",
    "SOP_IN_FORCE",
    "OrderPreview",
    "annex_get",
    "answer_list",
    "asset_list",
    "booking_list",
    "encounter_cites",
    "encounter_get",
    "encounter_list",
    "encounter_tasks",
    "encounters_waiting",
    "form_of",
    "journal_list",
    "journal_require",
    "means_get",
    "movement_list",
    "need_list",
    "note_days",
    "notes_get",
    "office_list",
    "operation_annex",
    "operation_get",
    "operation_list",
    "operation_template",
    "order_file",
    "order_get",
    "order_is_withdrawn",
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
    "sop_of",
    "sop_versions",
    "supply_list",
    "target_get",
    "target_list",
    "target_persons",
    "target_place",
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
    "template_get",
    "template_kinds",
    "template_list",
    "templates_waiting",
    "version_get",
    "versions_offered",
    "waiting_get",
]


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


def operation_template(actor: Actor, operation_id: UUID) -> OperationTemplate:
    """Return what an operation of the actor's was opened from and keeps: version, report form, annexes."""
    return kept_template(operation_get(actor, operation_id))


def operation_annex(actor: Actor, operation_id: UUID, annex_id: UUID) -> AnnexFile:
    """Return an annex of an operation of the actor's; whoever reads the operation has it."""
    return kept_annex(operation_get(actor, operation_id), annex_id)


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
            target_views(proposals.exclude(proposed_by_id=actor.id).order_by("proposed_at", "number"))
        ),
        orders=tuple(
            WaitingOrder(o.id, o.team.name, o.team.operation.name, o.drafted_by, o.first_day) for o in orders
        ),
    )
