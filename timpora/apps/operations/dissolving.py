"""A team that does not go is dissolved: its officers, things and targets are free again."""

from typing import Final
from uuid import UUID

from psycopg.types.range import TimestamptzRange

from timpora.apps.operations import errors
from timpora.apps.operations.bookings import release, standing
from timpora.apps.operations.desks import desk_at
from timpora.apps.operations.models import Encounter, Order, Target, Team, TeamMember, TeamTarget
from timpora.apps.operations.targets import news_of, steps_add, subject_of
from timpora.domain.states import EncounterState, OrderState, TargetState
from timpora.kernel.access import AccessDenied, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

TEXT_MAX: Final = 1_000
OVER: Final = (OrderState.CANCELLED.value, OrderState.WITHDRAWN.value)
# Checks without an order for which the team is still asked something.
OPEN_CHECKS: Final = (EncounterState.REPORTED.value, EncounterState.APPROVED.value)


@deed(P.OPERATIONS_TEAM_FORM, tag=Tag.OPERATIONS_TEAM_DISSOLVED)
def team_dissolve(act: Act, *, team_id: UUID, because: str) -> None:
    """Dissolve a team of the own office, with the reason; that it was there stays written.

    Raises `TeamBound` where an order of it lives or a check of it is undecided, `TeamDissolved` for whoever
    comes second, `ReasonMissing`, `AccessDenied`.
    """
    rows = Team.objects.select_for_update()
    team = scope(act.actor, act.permission, rows).filter(pk=team_id).first()
    if team is None:
        raise AccessDenied
    desk_at(act.actor, act.permission, unit=team.unit_code)
    because = cleaned(because)[:TEXT_MAX]
    if not because:
        raise errors.ReasonMissing
    if team.dissolved_at is not None:
        raise errors.TeamDissolved
    _require_free(team)
    subject = Subject(kind="team", id=str(team.pk), places=(team.wilayah,), unit=team.unit_code)
    act.upon(subject, refs={"operation": str(team.operation_id)}, payload=because)
    release(act, standing().filter(team=team))
    # Nobody is in it at any time any more; who had been chosen stays written.
    TeamMember.objects.filter(team=team).update(during=TimestamptzRange(empty=True))
    _targets_free(act, team)
    Team.objects.filter(pk=team.pk).update(
        dissolved_at=act.at, dissolved_by=act.actor.name, dissolved_because=because
    )
    act.publish(subject, {"operation": str(team.operation_id), "unit": team.unit_code})


def _require_free(team: Team) -> None:
    orders = Order.objects.filter(team=team).exclude(state__in=OVER)
    if orders.filter(encounter=None).exists():
        raise errors.TeamBound
    owed = orders.filter(state=OrderState.TO_FOLLOW.value).exists()
    if owed or Encounter.objects.filter(team=team, state__in=OPEN_CHECKS).exists():
        raise errors.TeamBound(
            "Pemeriksaan langsung regu ini belum selesai: putuskan atau terbitkan suratnya."
        )


def _targets_free(act: Act, team: Team) -> None:
    mine = Target.objects.filter(assignment__team=team, state=TargetState.ASSIGNED.value)
    freed = list(mine.select_for_update(of=["self"]).order_by("id"))
    TeamTarget.objects.filter(team=team, target__in=freed).delete()
    Target.objects.filter(pk__in=[target.pk for target in freed]).update(state=TargetState.APPROVED.value)
    steps_add(act, [(target.pk, TargetState.ASSIGNED) for target in freed], TargetState.APPROVED)
    for target in freed:
        act.note(subject_of(target), refs={"team": str(team.pk)})
        act.publish(subject_of(target), news_of(target, TargetState.APPROVED))
