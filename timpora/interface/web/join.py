"""The page that the laptop of a post shows its team: how a phone comes to trust it (F42, ADR 0021)."""

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

from timpora.interface.gate import public
from timpora.kernel.authority import fingerprint_of

LINE = 16  # pairs of the fingerprint a line, as phones show them


@public
@require_GET
def join(request: HttpRequest) -> HttpResponse:
    """Show the codes to scan and the fingerprint to compare; nothing of it is secret."""
    address = settings.LAN_ADDRESS
    first = f"http://{address}:{settings.LAN_PORT + 1}/" if address else ""
    pairs = fingerprint_of(settings.DATA / "lan").split(":")
    page = {
        "join_url": first,
        "url": settings.LAN_URL,
        "join_code": _code(first),
        "code": _code(settings.LAN_URL),
        "lines": [":".join(pairs[at : at + LINE]) for at in range(0, len(pairs), LINE)],
    }
    answer = render(request, "join/page.html", page)
    answer["Cache-Control"] = "no-store"
    return answer


def _code(address: str) -> SafeString:
    drawn = segno.make(address or "-", error="m", micro=False)
    return mark_safe(drawn.svg_inline(border=3, omitsize=True, dark="#000", light="#fff"))  # noqa: S308


app_name = "join"
urlpatterns = [path("gabung", join, name="page")]
