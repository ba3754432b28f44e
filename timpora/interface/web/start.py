"""The start page: what waits for me, what is due, what is live."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.start_items import DUE, WAITING, items_of, live_operations, teaches
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel.access import P


@needs(P.IDENTITY_SESSION_OPEN)
def home(request: OfficerRequest) -> HttpResponse:
    """Show the officer's day."""
    actor = request.actor
    page = {
        "waiting": items_of(actor, WAITING),
        "teaches": teaches(actor),
        "due": items_of(actor, DUE),
        "live": live_operations(actor),
        "grants": actor.grants,
        "zone": zone_of_actor(actor),
    }
    return render(request, "start/home.html", page)


app_name = "start"
urlpatterns = [path("", home, name="home")]
