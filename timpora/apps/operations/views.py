"""From rows to values: what the other files of this room share when they read."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from timpora.apps.operations import errors
from timpora.apps.operations.grounds import Ground
from timpora.apps.operations.models import (
    Answer,
    Operation,
    Order,
    Participation,
    Phase,
    Target,
    Team,
    TeamTarget,
)
from timpora.apps.operations.types import (
    MemberView,
    OfficeState,
    OperationView,
    PhaseView,
    Readiness,
    TargetView,
    TeamView,
)
from timpora.domain.states import OperationState, OrderState, TargetState
from timpora.domain.territory import WIB, WIT
from timpora.kernel import clock

OPEN = {OperationState.PLANNED, OperationState.APPROVED, OperationState.RUNNING}
HELD = (
    OrderState.ISSUED.value,
    OrderState.CARRIED_OUT.value,
    OrderState.REPORTED.value,
    OrderState.WITHDRAWN.value,
)
LIFELESS = {OrderState.CANCELLED.value, OrderState.WITHDRAWN.value}


def phase_view(row: Phase) -> PhaseView:
    """Return a phase with its wall times as naive instants."""
    return PhaseView(
        id=row.id,
        number=row.number,
        name=row.name,
        starts_local=datetime.combine(row.starts_on, row.starts_time),
        ends_local=datetime.combine(row.ends_on, row.ends_time),
        answer_on=row.answer_on,
    )


def operation_view(row: Operation) -> OperationView:
    """Return an operation; its phases should be prefetched in lists."""
    phases = tuple(sorted((phase_view(phase) for phase in row.phases.all()), key=lambda p: p.number))
    return OperationView(
        id=row.id,
        code=row.code,
        name=row.name,
        kind=row.kind,
        state=_state(OperationState(row.state), phases),
        sop_version=row.sop_version,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        order_number=row.order_number,
        order_on=row.order_on,
        instruction=row.instruction,
        area=row.area,
        phases=phases,
        template_version=row.template_version,
        template_title=row.template_title,
    )


def _state(stored: OperationState, phases: tuple[PhaseView, ...]) -> OperationState:
    """Return what holds now: an approved operation runs from its first start in the east of the country.

    It ends with its last phase in the west, whether or not somebody has closed it by then.
    """
    if stored not in OPEN or not phases:
        return stored
    now = clock.now()
    if now >= max(phase.ends_at(WIB) for phase in phases):
        return OperationState.ENDED
    has_begun = now >= min(phase.starts_at(WIT) for phase in phases)
    return OperationState.RUNNING if has_begun and stored is OperationState.APPROVED else stored


def require_open(row: Operation) -> None:
    """Refuse to add to an operation that somebody has ended or called off.

    Time alone closes nothing: what an office could not send in time is still recorded.
    """
    if OperationState(row.state) not in OPEN:
        raise errors.OperationClosed


def office_state(row: Participation) -> OfficeState:
    """Return an office's part in an operation."""
    return OfficeState(
        unit_code=row.unit_code,
        name=row.name,
        zone=row.zone,
        wilayah=row.wilayah,
        lat=row.lat,
        lng=row.lng,
        readiness=Readiness(row.readiness),
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        note=row.note,
        reminders=row.reminders,
        reminded_at=row.reminded_at,
    )


def answered_for(office: OfficeState, answer: Answer | None) -> OfficeState:
    """Return an office with its answer for one phase, or without any."""
    return replace(
        office,
        readiness=Readiness(answer.readiness) if answer else Readiness.SILENT,
        answered_at=answer.at if answer else None,
        answered_by=answer.by if answer else "",
        note=answer.note if answer else "",
    )


def target_view(row: Target, unit_names: Mapping[str, str]) -> TargetView:
    """Return a target; its persons and assignment should be prefetched in lists."""
    assignment: TeamTarget | None = getattr(row, "assignment", None)
    return TargetView(
        id=row.id,
        operation_id=row.operation_id,
        number=row.number,
        unit_code=row.unit_code,
        unit_name=unit_names.get(row.unit_code, row.unit_code),
        wilayah=row.wilayah,
        name=row.name,
        address=row.address,
        lat=row.lat,
        lng=row.lng,
        ground=Ground(row.ground),
        ground_text=row.ground_text,
        checks=row.checks,
        employer=row.employer,
        state=TargetState(row.state),
        proposed_by=row.proposed_by,
        proposed_by_id=row.proposed_by_id,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by,
        decided_by_id=row.decided_by_id,
        decided_at=row.decided_at,
        because=row.because,
        person_ids=tuple(link.person_id for link in row.persons.all()),
        indication_ids=tuple(row.indication_ids),
        team_ids=(assignment.team_id,) if assignment else (),
    )


def team_view(row: Team) -> TeamView:
    """Return a team; members, targets and orders should be prefetched in lists."""
    members = [
        MemberView(m.officer_id, m.name, m.nip, m.rank, m.title, m.is_leader) for m in row.members.all()
    ]
    order = next((o for o in row.orders.all() if is_living(o)), None)
    return TeamView(
        id=row.id,
        operation_id=row.operation_id,
        phase_id=row.phase_id,
        unit_code=row.unit_code,
        wilayah=row.wilayah,
        name=row.name,
        vehicles=row.vehicles,
        members=tuple(sorted(members, key=lambda m: (not m.is_leader, m.name))),
        target_ids=tuple(link.target_id for link in row.targets.all()),
        order_id=order.id if order else None,
        order_state=OrderState(order.state) if order else None,
        order_number=order.number if order else "",
    )


def is_living(order: Order) -> bool:
    """Tell whether this is the team's order: neither dropped nor one that follows a check of its own."""
    return order.encounter_id is None and order.state not in LIFELESS


def own_team_targets(officer_id: UUID, targets: Iterable[UUID]) -> set[UUID]:
    """Return those targets of which the officer's team may report: assigned, on an order that was issued.

    What was visited before the order was taken back and arrives after it is still taken in (P3).
    """
    links = TeamTarget.objects.filter(
        target_id__in=list(targets),
        target__state__in=[TargetState.ASSIGNED.value, TargetState.VISITED.value],
        team__members__officer_id=officer_id,
        team__orders__state__in=HELD,
        team__orders__encounter=None,
    )
    return set(links.values_list("target_id", flat=True))
