"""A team departs, arrives, returns: said by the team's phone, or by the posko that heard it (F38)."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from timpora.apps.operations import errors
from timpora.apps.operations.desks import constraint_of
from timpora.apps.operations.models import Order, Participation, Team, TeamMovement, TeamTarget
from timpora.apps.operations.movements import LATEST, ORDERED, moving_teams
from timpora.domain.states import TeamState, may_step
from timpora.domain.territory import WIB
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.carriage import WRITTEN_HERE
from timpora.kernel.text import cleaned

TEXT_MAX = 1_000


@deed(P.OPERATIONS_TEAM_MOVE, tag=Tag.OPERATIONS_TEAM_MOVED)
def team_move(
    act: Act, *, team_id: UUID, after: TeamState, target_id: UUID | None = None, because: str = ""
) -> TeamState:
    """Record where a team is now, at which of its targets, and return it; the log of movements only grows.

    With `because` it corrects what was recorded before, and may lead from any state to any other. Raises
    `TeamElsewhere`, `TeamNotOrdered` (nobody departs without an order that holds today), `AccessDenied`.
    """
    team = moving_teams(act.actor).filter(pk=team_id).first()
    if team is None:
        raise AccessDenied
    because = cleaned(because)[:TEXT_MAX]
    last = TeamMovement.objects.filter(team=team).order_by(*LATEST).first()
    before = TeamState(last.after) if last else TeamState.AT_OFFICE
    if not because and not may_step(before, after):
        raise errors.TeamElsewhere
    if after is TeamState.UNDERWAY or (before is TeamState.AT_OFFICE and after is TeamState.ON_SITE):
        _require_order(team)
    target = _target(team, target_id) if after is TeamState.ON_SITE and target_id else None
    row = TeamMovement(
        team=team,
        number=_next_number(team),
        before=before.value,
        after=after.value,
        target_id=target,
        by_id=act.actor.id,
        by=act.actor.name,
        at=act.at,
        because=because,
    )
    _insert(row)
    subject = Subject(kind="team", id=str(team.pk), places=(team.wilayah,), unit=team.unit_code)
    refs = {"operation": str(team.operation_id), "before": before.value, "after": after.value}
    act.upon(subject, refs=refs, payload=because)
    act.publish(subject, {"operation": str(team.operation_id), "unit": team.unit_code, "state": after.value})
    return after


def _next_number(team: Team) -> int:
    """Return the number after the last that was given here; one that a post gave counts there."""
    given = TeamMovement.objects.filter(WRITTEN_HERE, team=team).aggregate(last=Max("number"))
    return (given["last"] or 0) + 1


def _require_order(team: Team) -> None:
    office = Participation.objects.filter(operation=team.operation_id, unit_code=team.unit_code).first()
    today = clock.today(office.zone if office else WIB)
    orders = Order.objects.filter(team=team, encounter=None, state__in=ORDERED)
    if not orders.filter(first_day__lte=today, last_day__gte=today).exists():
        raise errors.TeamNotOrdered


def _target(team: Team, target_id: UUID) -> UUID:
    if not TeamTarget.objects.filter(team=team, target=target_id).exists():
        raise AccessDenied
    return target_id


def _insert(row: TeamMovement) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if constraint_of(error) != "movement_once":
            raise
        raise errors.TeamElsewhere from error
