"""Where the teams are: read from their movements, which the team says by phone or the posko for it."""

from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from timpora.apps.operations.models import Team, TeamMovement
from timpora.apps.operations.posko_types import MovementView, TeamNow
from timpora.domain.states import OrderState, TeamState
from timpora.kernel.access import AccessDenied, Actor, P, scope
from timpora.kernel.carriage import carriage_of

# By their hours: what was said at a post is counted there, and stands among what was said here.
LOGGED = ("at", "number", "uid")
LATEST = ("-at", "-number", "-uid")
ORDERED = (OrderState.ISSUED.value, OrderState.CARRIED_OUT.value)


def moving_teams(actor: Actor) -> QuerySet[Team]:
    """Return the teams the actor may speak for: those in sight of readers of targets, else the own ones."""
    rows = scope(actor, P.OPERATIONS_TEAM_MOVE, Team.objects.all())
    # Asked of one place: a desk in one office does not speak for the teams of another that one goes out with.
    in_sight = scope(actor, P.OPERATIONS_TARGET_READ, Team.objects.all()).values("pk")
    own = Team.objects.filter(members__officer_id=actor.id).values("pk")
    return rows.filter(Q(pk__in=in_sight) | Q(pk__in=own))


def team_require(actor: Actor, team_id: UUID, *, operation_id: UUID | None = None) -> None:
    """Raise `AccessDenied` unless this is a team the actor may speak for; absent and foreign alike.

    With `operation_id` it has to be a team of that operation.
    """
    rows = moving_teams(actor).filter(pk=team_id)
    if operation_id is not None:
        rows = rows.filter(operation_id=operation_id)
    if not rows.exists():
        raise AccessDenied


def team_states(actor: Actor, operation_id: UUID) -> list[TeamNow]:
    """Return the teams of an operation that have an order, by office and name, with where they are."""
    rows = scope(actor, P.OPERATIONS_TARGET_READ, Team.objects.filter(operation_id=operation_id))
    return _now(rows)


def own_teams(actor: Actor) -> list[TeamNow]:
    """Return the teams in which the actor goes, with where they are: what his phone shows."""
    rows = scope(actor, P.OPERATIONS_TEAM_MOVE, Team.objects.all())
    return _now(rows.filter(pk__in=Team.objects.filter(members__officer_id=actor.id).values("pk")))


def movement_list(actor: Actor, team_id: UUID) -> list[MovementView]:
    """Return the movements of a team, oldest first."""
    teams = scope(actor, P.OPERATIONS_TARGET_READ, Team.objects.filter(pk=team_id))
    rows = TeamMovement.objects.filter(team__in=teams).select_related("target").order_by(*LOGGED)
    return [
        MovementView(
            team_id=row.team_id,
            before=TeamState(row.before),
            after=TeamState(row.after),
            place=row.target.name if row.target else "",
            by=row.by,
            at=row.at,
            because=row.because,
            brought=row.carriage,
        )
        for row in rows
    ]


def _now(rows: QuerySet[Team]) -> list[TeamNow]:
    last = TeamMovement.objects.filter(team=OuterRef("pk")).order_by(*LATEST)
    found = (
        rows.filter(orders__state__in=(*ORDERED, OrderState.REPORTED.value), orders__encounter=None)
        .annotate(
            order=F("orders__id"),
            order_number=F("orders__number"),
            order_state=F("orders__state"),
            now=Subquery(last.values("after")[:1]),
            since=Subquery(last.values("at")[:1]),
            place=Subquery(last.values("target__name")[:1]),
            said_by=Subquery(last.values("by")[:1]),
            said_brought_by=Subquery(last.values("brought_by")[:1]),
            said_brought_at=Subquery(last.values("brought_at")[:1]),
            said_doubtful=Subquery(last.values("brought_doubtful")[:1]),
        )
        .order_by("unit_code", "name", "id")
    )
    return [
        TeamNow(
            id=row.pk,
            operation_id=row.operation_id,
            unit_code=row.unit_code,
            name=row.name,
            order_id=row.order,
            order_number=row.order_number,
            order_state=OrderState(row.order_state),
            state=TeamState(row.now) if row.now else TeamState.AT_OFFICE,
            since=row.since,
            place=row.place or "",
            said_by=row.said_by or "",
            brought=carriage_of(
                row.said_brought_by or "", row.said_brought_at, is_doubtful=bool(row.said_doubtful)
            ),
        )
        for row in found
    ]
