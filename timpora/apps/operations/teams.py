"""Teams: who goes together in a phase, in what, and to which targets."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from psycopg.types.range import TimestamptzRange

from timpora.apps.identity import queries as identity
from timpora.apps.identity.types import OfficerView
from timpora.apps.operations import errors
from timpora.apps.operations.desks import constraint_of, desk_at
from timpora.apps.operations.models import (
    Operation,
    Order,
    Participation,
    Phase,
    Target,
    Team,
    TeamMember,
    TeamTarget,
)
from timpora.apps.operations.targets import news_of, steps_add, subject_of
from timpora.apps.operations.views import phase_view, require_open
from timpora.domain.states import OrderState, TargetState
from timpora.kernel.access import AccessDenied, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

NAME_MAX = 100
TEXT_MAX = 1_000
LIVING = (OrderState.ISSUED.value, OrderState.CARRIED_OUT.value, OrderState.REPORTED.value)


@deed(P.OPERATIONS_TEAM_FORM, tag=Tag.OPERATIONS_TEAM_FORMED)
def team_form(  # noqa: PLR0913 - the fields of one form; a bundle of them would only be unpacked here
    act: Act,
    *,
    operation_id: UUID,
    name: str,
    leader_id: UUID,
    member_ids: Sequence[UUID],
    target_ids: Sequence[UUID] = (),
    vehicles: str = "",
    phase_id: UUID | None = None,
    unit: str = "",
) -> UUID:
    """Form a team of the own office for a phase (the present or next one if none is named).

    Raises `OfficerBooked` where an officer is in another team at that time, `TargetNotFree` where a
    target is not approved or has a team already, `TeamUnreadable`.
    """
    office = _office(act, operation_id, unit)
    phase = _phase(act, office, phase_id)
    wanted = list(dict.fromkeys([leader_id, *member_ids]))
    officers = {o.id: o for o in identity.officer_list(act.actor, unit=office.unit_code)}
    name = cleaned(name)[:NAME_MAX]
    if not name or not set(wanted) <= officers.keys():
        raise errors.TeamUnreadable
    team = Team(
        operation_id=operation_id,
        phase=phase,
        unit_code=office.unit_code,
        wilayah=office.wilayah,
        name=name,
        vehicles=cleaned(vehicles)[:TEXT_MAX],
        formed_by_id=act.actor.id,
        formed_at=act.at,
    )
    subject = Subject(kind="team", id=str(team.id), places=(team.wilayah,), unit=team.unit_code)
    members = [str(officer) for officer in wanted]
    act.upon(subject, refs={"operation": str(operation_id), "members": members})
    span = phase_view(phase)
    during = TimestamptzRange(span.starts_at(office.zone), span.ends_at(office.zone))
    _store(team, [_member(team, officers[o], during, leader_id) for o in wanted])
    _assign(act, team, target_ids)
    act.publish(subject, {"operation": str(operation_id), "unit": team.unit_code})
    return team.id


@deed(P.OPERATIONS_TEAM_FORM, tag=Tag.OPERATIONS_TEAM_FORMED)
def team_assign(act: Act, *, team_id: UUID, target_ids: Sequence[UUID]) -> None:
    """Give a team more approved targets, as long as its order is not issued: an order names its places."""
    team = scope(act.actor, act.permission, Team.objects.select_for_update()).filter(pk=team_id).first()
    if team is None:
        raise AccessDenied
    desk_at(act.actor, act.permission, unit=team.unit_code)
    if Order.objects.filter(team=team, encounter=None, state__in=LIVING).exists():
        raise errors.OrderDecided("Surat perintah regu ini sudah terbit; sasaran baru memerlukan surat baru.")
    act.upon(Subject(kind="team", id=str(team.id), places=(team.wilayah,), unit=team.unit_code))
    _assign(act, team, target_ids)


def _office(act: Act, operation_id: UUID, unit: str) -> Participation:
    desk = desk_at(act.actor, act.permission, unit=unit)
    operation = Operation.objects.filter(pk=operation_id).first()
    if operation is None:
        raise AccessDenied
    require_open(operation)
    row = Participation.objects.filter(operation=operation, unit_code=desk.unit_code).first()
    if row is None:
        raise errors.OfficeNotInOperation
    return row


def _phase(act: Act, office: Participation, phase_id: UUID | None) -> Phase:
    """Return the named phase, or the first that has not ended at the office's place."""
    rows = Phase.objects.filter(operation_id=office.operation_id).order_by("starts_on", "starts_time")
    for row in rows.filter(pk=phase_id) if phase_id else rows:
        if phase_id or act.at < phase_view(row).ends_at(office.zone):
            return row
    raise errors.OperationClosed("Tidak ada tahap yang sedang atau akan berjalan.")


def _member(team: Team, officer: OfficerView, during: TimestamptzRange, leader_id: UUID) -> TeamMember:
    return TeamMember(
        team=team,
        officer_id=officer.id,
        name=officer.name,
        nip=officer.nip,
        rank=officer.rank,
        title=officer.title,
        is_leader=officer.id == leader_id,
        during=during,
    )


def _store(team: Team, members: list[TeamMember]) -> None:
    try:
        with transaction.atomic():
            team.save(force_insert=True)
            TeamMember.objects.bulk_create(members)
    except IntegrityError as error:
        if constraint_of(error) == "officer_in_one_team_at_a_time":
            raise errors.OfficerBooked(_booked(members)) from error
        raise errors.TeamUnreadable(
            "Nama regu ini sudah dipakai kantor Anda pada tahap yang sama."
        ) from error


def _booked(members: list[TeamMember]) -> str:
    """Name who is in which other team meanwhile; empty where that team is not for these eyes."""
    taken = TeamMember.objects.filter(
        officer_id__in=[one.officer_id for one in members], during__overlap=members[0].during
    )
    named = [f"{one.name} ({one.team.name})" for one in taken.select_related("team").order_by("name")]
    if not named:
        return ""
    told = ", ".join(named)
    return f"Sudah bertugas di regu lain pada waktu yang sama: {told}. Pilih petugas lain."


def _assign(act: Act, team: Team, target_ids: Sequence[UUID]) -> None:
    wanted = list(dict.fromkeys(target_ids))
    mine = Target.objects.filter(pk__in=wanted, operation_id=team.operation_id, unit_code=team.unit_code)
    # Whoever asks for a target second finds it no longer approved-and-free, and gets nothing at all.
    changed = mine.filter(state=TargetState.APPROVED.value).update(state=TargetState.ASSIGNED.value)
    if changed != len(wanted):
        raise errors.TargetNotFree
    TeamTarget.objects.bulk_create(TeamTarget(team=team, target_id=target) for target in wanted)
    steps_add(act, [(target, TargetState.APPROVED) for target in wanted], TargetState.ASSIGNED)
    for target in mine:
        act.note(subject_of(target), refs={"team": str(team.id)})
        act.publish(subject_of(target), news_of(target, TargetState.ASSIGNED))
