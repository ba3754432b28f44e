"""The start page: what waits for me, what is due, what is live."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.kernel.access import P


@needs(P.IDENTITY_SESSION_OPEN)
def home(request: OfficerRequest) -> HttpResponse:
    """Show the officer's day."""
    return render(request, "start/home.html", {})


app_name = "start"
urlpatterns = [path("", home, name="home")]
