"""What every part of an operation's page shows: head, phases, tabs."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from timpora.apps.operations import queries
from timpora.apps.operations.types import (
    OperationView,
)
from timpora.domain.territory import WIB, WIT, WITA
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.operation_forms import ReasonForm
from timpora.interface.web.operation_words import (
    OPERATION_SAID,
    phase_lines,
)
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel.access import Actor, P, holds

NATION = "ID"


def is_national_at(actor: Actor, permission: P) -> bool:
    """Tell whether the actor holds a right for the whole country."""
    return any(NATION in grant.territories for grant in actor.grants_for(permission))


def part_shown(
    request: OfficerRequest,
    view: OperationView,
    template: str,
    part: str,
    page: dict[str, object],
    *,
    status: int = 200,
) -> HttpResponse:
    """Show one part of an operation under its head and tabs."""
    is_national = is_national_at(request.actor, P.OPERATIONS_OPERATION_READ)
    own = zone_of_actor(request.actor)
    about = {
        "operation": view,
        "said": OPERATION_SAID[view.state],
        "periods": queries.periods_of(request.actor, view),
        "phases": phase_lines(view, (WIB, WITA, WIT) if is_national else (own,)),
        "tabs": _tabs(request.actor, view, part),
        "close_form": ReasonForm(),
        "may_close": view.is_open and holds(request.actor, P.OPERATIONS_OPERATION_OPEN),
        "zone": own,
    }
    return render(request, template, about | page, status=status)


def _tabs(actor: Actor, view: OperationView, part: str) -> list[dict[str, object]]:
    named = [("sasaran", _("Sasaran"), "operations:operation"), ("kantor", _("Kantor"), "operations:offices")]
    if holds(actor, P.OPERATIONS_TARGET_READ):
        named.append(("regu", _("Regu dan surat perintah"), "operations:teams"))
        named.append(("langsung", _("Pemeriksaan langsung"), "operations:encounters"))
    if holds(actor, P.OPERATIONS_REGISTER_READ):
        named.append(("register", _("Register"), "operations:register"))
    named.append(("templat", _("SOP dan formulir"), "operations:operation-template"))
    return [
        {"label": label, "url": reverse(route, args=[view.id]), "is_here": key == part, "count": None}
        for key, label, route in named
    ]
