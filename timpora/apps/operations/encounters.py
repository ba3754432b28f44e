"""Checks without an order: reported first, decided by another, followed by an order (Pasal 30)."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from timpora.apps.operations import errors
from timpora.apps.operations.desks import desk_at
from timpora.apps.operations.models import Encounter, EncounterStep, Order, Participation, Team
from timpora.apps.operations.order_letter import COPIES, FOLLOWING, FOLLOWING_TASKS, ORDER_BASES
from timpora.apps.operations.order_steps import order_step
from timpora.apps.operations.order_types import NATURES, Exemption, NewEncounter
from timpora.apps.operations.views import require_open
from timpora.domain.orders import check_day, order_clock
from timpora.domain.states import EncounterState, OrderState, may_step
from timpora.domain.territory import WIB
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.lawbook.store import lawbook
from timpora.kernel.text import cleaned

TEXT_MAX = 1_000
LINE_MAX = 200


@deed(P.OPERATIONS_ENCOUNTER_REPORT, tag=Tag.OPERATIONS_ENCOUNTER_REPORTED)
def encounter_report(act: Act, *, new: NewEncounter) -> UUID:
    """Report a foreigner met directly, before any check: which exception, why, who, where.

    Members of the team report; the head of the section may for them, as heard by telephone or radio. The
    same report sent again while nobody has decided is the same. Raises `EncounterUnreadable`.
    """
    team = _team(act, new.team_id)
    said = _words(new)
    held = Encounter.objects.filter(
        team=team, reported_by_id=act.actor.id, state=EncounterState.REPORTED.value, **said
    ).first()
    row = held or Encounter(
        operation_id=team.operation_id,
        team=team,
        unit_code=team.unit_code,
        wilayah=team.wilayah,
        zone=_zone(team),
        reported_by_id=act.actor.id,
        reported_by=act.actor.name,
        reported_at=act.at,
        **said,
    )
    subject = subject_of(row)
    cite = lawbook().first_in_force(ORDER_BASES, on=clock.today(row.zone))
    refs = {"operation": str(row.operation_id), "team": str(team.id), "exemption": row.exemption}
    act.upon(subject, refs=refs, payload=f"{row.met}\n{row.because}", cites=(cite,))
    if held is None:
        row.save(force_insert=True)
        _step(act, row, EncounterState.REPORTED, before="")
        act.publish(subject, _news(row, EncounterState.REPORTED))
    return row.id


def _team(act: Act, team_id: UUID) -> Team:
    rows = scope(act.actor, act.permission, Team.objects.select_related("operation"))
    team = rows.filter(pk=team_id, dissolved_at=None).first()
    if team is None:
        raise AccessDenied
    if not team.members.filter(officer_id=act.actor.id).exists():
        desk_at(act.actor, P.OPERATIONS_ORDER_DRAFT, unit=team.unit_code)
    require_open(team.operation)
    return team


def _words(new: NewEncounter) -> dict[str, str]:
    said = {
        "because": cleaned(new.because)[:TEXT_MAX],
        "met": cleaned(new.met)[:LINE_MAX],
        "place": cleaned(new.place)[:LINE_MAX],
        "address": cleaned(new.address)[:LINE_MAX],
    }
    if not all(said.values()) or new.exemption not in {e.value for e in Exemption}:
        raise errors.EncounterUnreadable
    return said | {"exemption": new.exemption}


def _zone(team: Team) -> str:
    office = Participation.objects.filter(operation=team.operation_id, unit_code=team.unit_code).first()
    return office.zone if office else WIB


@deed(P.OPERATIONS_ENCOUNTER_DECIDE, tag=Tag.OPERATIONS_ENCOUNTER_APPROVED, is_decision=True)
def encounter_decide(act: Act, *, encounter_id: UUID, is_approved: bool, because: str) -> None:
    """Approve or refuse a check without an order, with the reason, before it goes on.

    Raises `OwnEncounter` for the reporter and whoever goes with the team, `ReasonMissing`,
    `EncounterDecided` for whoever comes second.
    """
    rows = Encounter.objects.select_related("team").select_for_update(of=["self"])
    row = scope(act.actor, act.permission, rows).filter(pk=encounter_id).first()
    if row is None:
        raise AccessDenied
    desk_at(act.actor, act.permission, unit=row.unit_code)
    because = cleaned(because)[:TEXT_MAX]
    if not because:
        raise errors.ReasonMissing
    if row.reported_by_id == act.actor.id or row.team.members.filter(officer_id=act.actor.id).exists():
        raise errors.OwnEncounter
    after = EncounterState.APPROVED if is_approved else EncounterState.REFUSED
    if not may_step(EncounterState(row.state), after):
        raise errors.EncounterDecided
    tag = Tag.OPERATIONS_ENCOUNTER_APPROVED if is_approved else Tag.OPERATIONS_ENCOUNTER_REFUSED
    cite = lawbook().first_in_force(ORDER_BASES, on=clock.today(row.zone))
    subject = subject_of(row)
    refs = {"operation": str(row.operation_id), "exemption": row.exemption}
    act.upon(subject, refs=refs, payload=because, cites=(cite,), tag=tag)
    _step(act, row, after, before=row.state, because=because)
    Encounter.objects.filter(pk=row.pk).update(
        state=after.value,
        decided_by_id=act.actor.id,
        decided_by=act.actor.name,
        decided_at=act.at,
        decided_because=because,
    )
    act.publish(subject, _news(row, after), tag=tag)


@deed(P.FINDINGS_REPORT_SUBMIT, tag=Tag.OPERATIONS_ENCOUNTER_CHECKED)
def encounter_check(
    act: Act, *, encounter_id: UUID, captured_at: datetime, has_finding: bool, officer_id: UUID | None = None
) -> None:
    """Note that an approved check was reported; with a finding its order must follow from now on.

    For `findings`, within the deed that takes the report. Raises `AccessDenied` where the check is not
    approved or not of a team of the actor, or of `officer_id`, whose report somebody else brings in.
    """
    officer = officer_id or act.actor.id
    mine = Q(team__members__officer_id=officer) | Q(reported_by_id=officer)
    own = Encounter.objects.filter(mine, decided_at__isnull=False).values("pk")
    rows = Encounter.objects.select_for_update().filter(pk=encounter_id, pk__in=own)
    row = scope(act.actor, act.permission, rows).exclude(state=EncounterState.REFUSED.value).first()
    if row is None or row.decided_at is None:
        raise AccessDenied
    after = EncounterState.FOUND if has_finding else EncounterState.NIL
    is_new = may_step(EncounterState(row.state), after)
    subject = subject_of(row)
    act.upon(subject, refs={"operation": str(row.operation_id), "state": after.value, "new": is_new})
    if not is_new:
        return
    day = check_day(captured_at, approved_at=row.decided_at, received_at=act.at, zone=row.zone)
    _step(act, row, after, before=row.state)
    Encounter.objects.filter(pk=row.pk).update(state=after.value, check_on=day)
    row.check_on = day
    if has_finding:
        owe_order(act, row)
    act.publish(subject, _news(row, after))


def owe_order(act: Act, row: Encounter) -> None:
    """Let the order follow a check with a finding: its clock runs from the day of the check."""
    assert row.check_on is not None  # noqa: S101 - set by the callers
    due = order_clock(row.check_on, at=act.at, zone=row.zone, book=lawbook())
    order = Order(
        team_id=row.team_id,
        encounter=row,
        unit_code=row.unit_code,
        wilayah=row.wilayah,
        state=OrderState.TO_FOLLOW.value,
        considering=list(FOLLOWING),
        tasks=list(FOLLOWING_TASKS),
        copies=list(COPIES),
        nature=NATURES[1],
        first_day=row.check_on,
        last_day=row.check_on,
        due_on=due.last_day,
        drafted_by_id=act.actor.id,
        drafted_by=act.actor.name,
        drafted_at=act.at,
    )
    order.save(force_insert=True)
    order_step(act, order, OrderState.TO_FOLLOW, cites=due.cites)
    subject = Subject(kind="order", id=str(order.id), places=(row.wilayah,), unit=row.unit_code)
    refs = {"operation": str(row.operation_id), "encounter": str(row.id), "due": f"{due.last_day}"}
    act.note(subject, refs=refs, cites=due.cites, tag=Tag.OPERATIONS_ORDER_OWED)
    act.publish(subject, refs | {"unit": row.unit_code}, tag=Tag.OPERATIONS_ORDER_OWED)


def _step(act: Act, row: Encounter, after: EncounterState, *, before: str, because: str = "") -> None:
    step = EncounterStep(
        encounter=row,
        before=before,
        after=after.value,
        by_id=act.actor.id,
        by=act.actor.name,
        at=act.at,
        because=because,
    )
    step.save(force_insert=True)


def subject_of(row: Encounter) -> Subject:
    """Return the check as the log names it."""
    return Subject(kind="encounter", id=str(row.id), places=(row.wilayah,), unit=row.unit_code)


def _news(row: Encounter, state: EncounterState) -> dict[str, str | int]:
    return {"operation": str(row.operation_id), "unit": row.unit_code, "state": state.value}
