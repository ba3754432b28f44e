"""What offices have against what they need: the numbers of the readiness page, and the office's own list."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias
from uuid import UUID

from django.db.models import Count, QuerySet
from psycopg.types.range import TimestamptzRange

from timpora.apps.identity import queries as identity
from timpora.apps.operations.bookings import booking_view, standing
from timpora.apps.operations.means_acts import GONE
from timpora.apps.operations.models import Asset, Booking, Need, Participation
from timpora.apps.operations.plan_types import (
    AssetView,
    BookingView,
    Means,
    NeedView,
    OfficeSupply,
    StaffView,
)
from timpora.apps.operations.posko_types import target_code
from timpora.apps.operations.types import PhaseView
from timpora.domain.supply import Resource, Supply, overlaps
from timpora.domain.territory import WIB, WIT
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, scope
from timpora.kernel.access.roles import HUMAN_ROLES

# Whoever may carry a task into the field is counted among the officers an office can send.
FIELD_ROLES: Final = tuple(role.slug for role in HUMAN_ROLES if P.OPERATIONS_TASK_READ in role.permissions)
Numbers: TypeAlias = Mapping[tuple[str, Resource], int]
Taken: TypeAlias = Mapping[tuple[str, Resource], set[UUID]]


def supply_list(actor: Actor, operation_id: UUID, phase: PhaseView) -> dict[str, OfficeSupply]:
    """Return, by office within the actor's territory, what a phase needs against what is there.

    Five statements, however many offices. An officer or a thing that is elsewhere or away for any part of
    the phase is not there for it; what teams of this phase have is.
    """
    rows = scope(actor, P.OPERATIONS_OPERATION_READ, Participation.objects.all())
    zones = dict(rows.filter(operation_id=operation_id).values_list("unit_code", "zone"))
    officers = identity.officer_ids(zones, roles=FIELD_ROLES)
    needed = _needed(actor, phase, zones)
    held = _held(actor, zones)
    taken = _taken(actor, phase, zones)
    return {
        unit: OfficeSupply(unit, tuple(_supplies(unit, officers.get(unit, frozenset()), needed, held, taken)))
        for unit in zones
    }


def _supplies(
    unit: str, officers: frozenset[UUID], needed: Numbers, held: Numbers, taken: Taken
) -> Iterable[Supply]:
    for resource in Resource:
        key = (unit, resource)
        if resource is Resource.PERSONNEL:
            # An officer in a team who has left the office since counts neither here nor there.
            yield Supply(resource, needed.get(key, 0), len(officers), len(taken.get(key, set()) & officers))
        else:
            yield Supply(resource, needed.get(key, 0), held.get(key, 0), len(taken.get(key, ())))


def _needed(actor: Actor, phase: PhaseView, units: Iterable[str]) -> Numbers:
    rows = scope(actor, P.OPERATIONS_OPERATION_READ, Need.objects.filter(phase_id=phase.id))
    found: defaultdict[tuple[str, Resource], int] = defaultdict(int)
    for unit, resource, number in (
        rows.filter(unit_code__in=list(units))
        .exclude(target__state__in=GONE)
        .values_list("unit_code", "resource", "number")
    ):
        found[unit, Resource(resource)] += number
    return found


def _held(actor: Actor, units: Iterable[str]) -> Numbers:
    rows = scope(actor, P.OPERATIONS_OPERATION_READ, Asset.objects.filter(is_usable=True))
    counted = (
        rows.filter(unit_code__in=list(units)).values_list("unit_code", "resource").annotate(n=Count("pk"))
    )
    return {(unit, Resource(resource)): number for unit, resource, number in counted}


def _taken(actor: Actor, phase: PhaseView, zones: Mapping[str, str]) -> Taken:
    """Return what is not there for the whole phase: in teams of others, or away; unusable things aside."""
    widest = TimestamptzRange(phase.starts_at(WIT), phase.ends_at(WIB))
    rows = scope(actor, P.OPERATIONS_OPERATION_READ, standing().filter(during__overlap=widest))
    unusable = scope(actor, P.OPERATIONS_OPERATION_READ, Asset.objects.filter(is_usable=False))
    elsewhere = rows.filter(unit_code__in=list(zones)).exclude(team__phase_id=phase.id)
    found: defaultdict[tuple[str, Resource], set[UUID]] = defaultdict(set)
    for row in elsewhere.exclude(thing_id__in=unusable.values("pk")):
        zone = zones[row.unit_code]
        span = (phase.starts_at(zone), phase.ends_at(zone))
        if overlaps((row.during.lower, row.during.upper), span):
            found[row.unit_code, Resource(row.resource)].add(row.thing_id)
    return found


def means_get(actor: Actor, unit: str = "") -> Means:
    """Return the officers, vehicles and kit of the actor's office, with their coming bookings."""
    grants = actor.grants_for(P.OPERATIONS_RESOURCE_KEEP)
    code = next((grant.unit_code for grant in grants if unit in {"", grant.unit_code}), "")
    office = identity.unit_get(code)
    if office is None:
        raise AccessDenied
    booked = _bookings(scope(actor, P.OPERATIONS_RESOURCE_KEEP, standing().filter(unit_code=code)))
    officers = identity.officer_list(actor, unit=code, roles=FIELD_ROLES)
    assets = scope(actor, P.OPERATIONS_RESOURCE_KEEP, Asset.objects.filter(unit_code=code))
    order = list(Resource)
    views = [_asset_view(row, booked) for row in assets]
    return Means(
        unit_code=code,
        unit_name=office.name,
        zone=office.zone,
        staff=tuple(
            StaffView(o.id, o.name, o.title, booked.get(o.id, ()))
            for o in {o.id: o for o in officers}.values()
        ),
        assets=tuple(sorted(views, key=lambda a: (order.index(a.resource), a.name, a.mark))),
    )


def asset_list(actor: Actor, unit: str) -> list[AssetView]:
    """Return the vehicles and kit of an office that can be used, for whoever forms its teams."""
    rows = scope(actor, P.OPERATIONS_TEAM_FORM, Asset.objects.filter(unit_code=unit, is_usable=True))
    booked = _bookings(scope(actor, P.OPERATIONS_TEAM_FORM, standing().filter(unit_code=unit)))
    order = list(Resource)
    views = [_asset_view(row, booked) for row in rows]
    return sorted(views, key=lambda a: (order.index(a.resource), a.name, a.mark))


def booking_list(actor: Actor, unit: str) -> dict[UUID, tuple[BookingView, ...]]:
    """Return the bookings of an office that have not ended, by officer or thing, for who forms its teams."""
    return _bookings(scope(actor, P.OPERATIONS_TEAM_FORM, standing().filter(unit_code=unit)))


def _bookings(rows: QuerySet[Booking]) -> dict[UUID, tuple[BookingView, ...]]:
    found: defaultdict[UUID, list[BookingView]] = defaultdict(list)
    coming = rows.filter(during__endswith__gt=clock.now()).select_related("team__operation")
    for row in coming.order_by("during", "id"):
        found[row.thing_id].append(booking_view(row))
    return {thing: tuple(views) for thing, views in found.items()}


def _asset_view(row: Asset, booked: Mapping[UUID, tuple[BookingView, ...]]) -> AssetView:
    return AssetView(
        id=row.pk,
        resource=Resource(row.resource),
        name=row.name,
        mark=row.mark,
        is_usable=row.is_usable,
        because=row.because,
        bookings=booked.get(row.pk, ()),
    )


def need_list(actor: Actor, operation_id: UUID, unit: str) -> list[NeedView]:
    """Return what an office said it needs in an operation: for phases first, then for targets by number."""
    rows = scope(actor, P.OPERATIONS_RESOURCE_KEEP, Need.objects.filter(phase__operation_id=operation_id))
    found: defaultdict[tuple[UUID, UUID | None], list[Need]] = defaultdict(list)
    living = rows.filter(unit_code=unit).exclude(target__state__in=GONE).select_related("target", "phase")
    for row in living.order_by("phase__number", "target__number", "id"):
        found[row.phase_id, row.target_id].append(row)
    views = [_need_view(group) for group in found.values()]
    return sorted(views, key=lambda view: view.target_id is not None)


def _need_view(rows: list[Need]) -> NeedView:
    numbers = {Resource(row.resource): row.number for row in rows}
    first, target = rows[0], rows[0].target
    return NeedView(
        phase_id=first.phase_id,
        target_id=first.target_id,
        target_code=target_code(target.unit_code, target.number) if target else "",
        target_name=target.name if target else "",
        numbers=tuple((resource, numbers[resource]) for resource in Resource if resource in numbers),
        by=first.by,
        at=first.at,
    )


def team_things(actor: Actor, operation_id: UUID) -> dict[UUID, tuple[BookingView, ...]]:
    """Return the vehicles and kit of the teams of an operation, by team: one statement."""
    mine = standing().filter(team__operation_id=operation_id).exclude(resource=Resource.PERSONNEL.value)
    rows = scope(actor, P.OPERATIONS_TARGET_READ, mine).select_related("team__operation")
    found: defaultdict[UUID, list[BookingView]] = defaultdict(list)
    for row in rows.order_by("resource", "name"):
        view = booking_view(row)
        if view.team_id is not None:
            found[view.team_id].append(view)
    return {team: tuple(views) for team, views in found.items()}
