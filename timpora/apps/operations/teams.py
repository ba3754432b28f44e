"""Teams: who goes together in a phase, in what, and to which targets."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError
from psycopg.types.range import TimestamptzRange

from timpora.apps.identity import queries as identity
from timpora.apps.identity.types import OfficerView
from timpora.apps.operations import errors
from timpora.apps.operations.bookings import (
    book,
    booking_of,
    officer_booked,
    release,
    standing,
    thing_booked,
)
from timpora.apps.operations.desks import desk_at
from timpora.apps.operations.models import (
    Asset,
    Booking,
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
from timpora.domain.supply import Resource
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
    asset_ids: Sequence[UUID] = (),
    vehicles: str = "",
    phase_id: UUID | None = None,
    unit: str = "",
) -> UUID:
    """Form a team of the own office for a phase (the present or next one if none is named).

    `asset_ids` are vehicles and kit of the office, `vehicles` words for others. Raises `ThingBooked` where
    an officer or a thing is booked at that time, `TargetNotFree` where a target is not approved or has a
    team already, `TeamMute` where nobody of it may report, `TeamUnreadable`.
    """
    office = _office(act, operation_id, unit)
    phase = _phase(act, office, phase_id)
    wanted = list(dict.fromkeys([leader_id, *member_ids]))
    officers = _officers(act, office, wanted)
    name = cleaned(name)[:NAME_MAX]
    if not name:
        raise errors.TeamUnreadable
    assets = _assets(act, office.unit_code, asset_ids)
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
    things = [str(asset.pk) for asset in assets]
    act.upon(subject, refs={"operation": str(operation_id), "members": members, "things": things})
    during = _during(phase, office.zone)
    base = booking_of(act, team=team, during=during)
    booked = [officer_booked(base, o, officers[o].name) for o in wanted]
    rows = [_member(team, officers[o], during, leader_id) for o in wanted]
    _store(team, rows, [*booked, *(thing_booked(base, asset) for asset in assets)], office.zone)
    _assign(act, team, target_ids)
    act.publish(subject, {"operation": str(operation_id), "unit": team.unit_code})
    return team.id


@deed(P.OPERATIONS_TEAM_FORM, tag=Tag.OPERATIONS_TEAM_FORMED)
def team_assign(act: Act, *, team_id: UUID, target_ids: Sequence[UUID]) -> None:
    """Give a team more approved targets, as long as its order is not issued: an order names its places."""
    rows = Team.objects.select_for_update().filter(dissolved_at=None)
    team = scope(act.actor, act.permission, rows).filter(pk=team_id).first()
    if team is None:
        raise AccessDenied
    desk_at(act.actor, act.permission, unit=team.unit_code)
    if Order.objects.filter(team=team, encounter=None, state__in=LIVING).exists():
        raise errors.OrderDecided("Surat perintah regu ini sudah terbit; sasaran baru memerlukan surat baru.")
    act.upon(Subject(kind="team", id=str(team.id), places=(team.wilayah,), unit=team.unit_code))
    _assign(act, team, target_ids)


def _officers(act: Act, office: Participation, wanted: Sequence[UUID]) -> dict[UUID, OfficerView]:
    """Return those of the office who go; one of them at least has to be able to report."""
    known = identity.officer_list(act.actor, unit=office.unit_code)
    officers = {one.id: one for one in known}
    if not set(wanted) <= officers.keys():
        raise errors.TeamUnreadable
    if not set(wanted) & {one.id for one in known if one.can_report}:
        raise errors.TeamMute
    return officers


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


def _store(team: Team, members: list[TeamMember], bookings: list[Booking], zone: str) -> None:
    try:
        book(bookings, zone=zone, first=[team, *members])
    except IntegrityError as error:
        raise errors.TeamUnreadable(
            "Nama regu ini sudah dipakai kantor Anda pada tahap yang sama."
        ) from error


def _during(phase: Phase, zone: str) -> TimestamptzRange:
    span = phase_view(phase)
    return TimestamptzRange(span.starts_at(zone), span.ends_at(zone))


def _assets(act: Act, unit: str, ids: Sequence[UUID]) -> list[Asset]:
    wanted = set(ids)
    rows = scope(act.actor, act.permission, Asset.objects.filter(unit_code=unit, is_usable=True))
    found = list(rows.filter(pk__in=wanted).order_by("resource", "mark"))
    if len(found) != len(wanted):
        raise errors.TeamUnreadable("Pilih kendaraan dan perlengkapan kantor ini yang dapat dipakai.")
    return found


@deed(P.OPERATIONS_TEAM_FORM, tag=Tag.OPERATIONS_TEAM_EQUIPPED)
def team_equip(act: Act, *, team_id: UUID, asset_ids: Sequence[UUID], vehicles: str = "") -> None:
    """Give a team other vehicles and kit for its phase; what it had and is not named goes back.

    Raises `ThingBooked`, `TeamUnreadable`, `OperationClosed`, `AccessDenied` for a team of another office.
    """
    rows = Team.objects.select_for_update(of=["self"]).select_related("phase", "operation")
    team = scope(act.actor, act.permission, rows).filter(pk=team_id, dissolved_at=None).first()
    if team is None:
        raise AccessDenied
    office = _office(
        act, team.operation_id, desk_at(act.actor, act.permission, unit=team.unit_code).unit_code
    )
    assets = _assets(act, team.unit_code, asset_ids)
    subject = Subject(kind="team", id=str(team.id), places=(team.wilayah,), unit=team.unit_code)
    things = [str(asset.pk) for asset in assets]
    act.upon(subject, refs={"operation": str(team.operation_id), "things": things})
    had = standing().filter(team=team).exclude(resource=Resource.PERSONNEL.value)
    release(act, had.exclude(thing_id__in=things))
    kept = set(had.values_list("thing_id", flat=True))
    base = booking_of(act, team=team, during=_during(team.phase, office.zone))
    book([thing_booked(base, asset) for asset in assets if asset.pk not in kept], zone=office.zone)
    Team.objects.filter(pk=team.pk).update(vehicles=cleaned(vehicles)[:TEXT_MAX])
    act.publish(subject, {"operation": str(team.operation_id), "unit": team.unit_code})


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
