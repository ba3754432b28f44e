"""Gathering what an order is printed from: its team, places, office, signer."""

from datetime import date
from typing import Final

from timpora.apps.identity import queries as identity
from timpora.apps.operations.models import Order, Target, Team
from timpora.apps.operations.order_letter import Papers, Signer
from timpora.apps.operations.order_views import order_view
from timpora.apps.operations.views import operation_view, target_view
from timpora.apps.wilayah import queries as wilayah
from timpora.kernel.access import Actor, Grant
from timpora.kernel.lawbook.store import lawbook

TEAM_ROWS = Team.objects.select_related("operation").prefetch_related(
    "members", "targets", "orders", "operation__phases"
)


def signer_of(actor: Actor, grant: Grant) -> Signer:
    """Return the head who signs by `grant`."""
    known = identity.officer_names([actor.id]).get(actor.id)
    return Signer(
        actor.name, actor.nip or (known.nip if known else ""), known.rank if known else "", grant.acting
    )


NOBODY: Final = Signer("", "", "", "")


def papers_of(order: Order, *, signer: Signer, dated: date) -> Papers:
    """Return all that the order's letter is made of, in a handful of queries."""
    team = TEAM_ROWS.get(pk=order.team_id)
    rows = (
        Target.objects.filter(assignment__team=team).prefetch_related("persons").select_related("assignment")
    )
    unit = identity.unit_list(codes=[order.unit_code])[0]
    targets = [target_view(row, {}) for row in rows.order_by("number")]
    areas = wilayah.regions_by_code({order.wilayah, *(t.wilayah for t in targets)})
    names = {code: region.chain for code, region in areas.items()}
    return Papers(
        order=order_view(order, team, unit.name),
        operation=operation_view(team.operation),
        targets=targets,
        unit=unit,
        office=identity.letter_office(unit),
        area_names=names,
        signer=signer,
        dated=dated,
        book=lawbook(),
    )
