"""The officers' pages: the form that opens without network, what it takes along, and a receipt."""

import gzip
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from typing import Final
from uuid import UUID

import segno
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from timpora.apps.findings import actions as findings_actions
from timpora.apps.findings import queries as findings
from timpora.apps.operations import actions as operations_actions
from timpora.apps.operations import queries as operations
from timpora.domain.states import TeamState
from timpora.interface.field import encounters
from timpora.interface.field.pack import pack
from timpora.interface.field.shell import language_of, shell_of, worker_text
from timpora.interface.gate import needs, public
from timpora.interface.parking import PROOF_MOST, digest_of, is_parked, park, unpark
from timpora.interface.requests import SESSION_DEVICE, OfficerRequest, devices_of, with_device
from timpora.interface.sessions import session_change
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.errors import Refusal

UNPROCESSABLE = 422
HTML: Final = "text/html; charset=utf-8"
SCRIPT: Final = "text/javascript; charset=utf-8"
ASKED_ANEW: Final = "private, no-cache"
# The form alone may ask for the camera; every other page is refused it (edge.py).
CAMERA_HERE: Final = "camera=(self), microphone=()"
COLOUR: Final = "#0c2f37"
LONGEST_NUMBER: Final = 16
# A phone goes by one identifier for each officer, and begins another when its lock was lost.
MOST_NAMES: Final = 8
# Officers who share one phone, at the most.
MOST_DEVICES: Final = 20
# Sizes of the mark for home screens; the last may be cut to any shape.
ICONS: Final = (
    ("mark.svg", "any", "image/svg+xml", "any"),
    ("field/icons/mark-192.png", "192x192", "image/png", "any"),
    ("field/icons/mark-512.png", "512x512", "image/png", "any"),
    ("field/icons/mark-whole-512.png", "512x512", "image/png", "maskable"),
)


def _packed(request: HttpRequest, text: str, kind: str) -> HttpResponse:
    """Answer a text that is the same for everybody, packed: it holds no secret that its length could tell."""
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(gzip.compress(text.encode(), mtime=0) if takes_gzip else text, content_type=kind)
    if takes_gzip:
        answer["Content-Encoding"] = "gzip"
    patch_vary_headers(answer, ["Accept-Encoding"])
    answer["Cache-Control"] = ASKED_ANEW
    return answer


@needs(P.OPERATIONS_TASK_READ, P.FINDINGS_OFFICE_NIL)
@require_GET
def home(request: OfficerRequest) -> HttpResponse:
    """Show the form; what it works with it fetches itself (`take_along`)."""
    answer = _packed(request, shell_of(language_of(request.LANGUAGE_CODE)).page, HTML)
    answer["Permissions-Policy"] = CAMERA_HERE
    answer["Cache-Control"] = "no-store"  # What the phone keeps of it is the worker's, and open to everybody.
    return answer


@public
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """Give the page of the form as every phone keeps it: without a word about anybody."""
    answer = _packed(request, shell_of(language_of(request.GET.get("bahasa", ""))).page, HTML)
    answer["Permissions-Policy"] = CAMERA_HERE
    return answer


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker of a language; the browser asks for it anew at every opening."""
    answer = _packed(request, worker_text(shell_of(language_of(request.GET.get("bahasa", "")))), SCRIPT)
    answer["Service-Worker-Allowed"] = reverse("field:home")
    return answer


@public
@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """Say how the form looks among a phone's applications."""
    icons = [
        {"src": static(name), "sizes": sizes, "type": kind, "purpose": purpose}
        for name, sizes, kind, purpose in ICONS
    ]
    told = {
        "id": reverse("field:home"),
        "name": "Timpora Lapangan",
        "short_name": "Timpora",
        "lang": settings.LANGUAGE_CODE,
        "start_url": reverse("field:home"),
        "scope": "/",
        "display": "standalone",
        "background_color": COLOUR,
        "theme_color": COLOUR,
        "icons": icons,
    }
    answer = JsonResponse(told, content_type="application/manifest+json")
    answer["Cache-Control"] = ASKED_ANEW
    return answer


@needs(P.OPERATIONS_TASK_READ, P.FINDINGS_OFFICE_NIL)
@require_GET
def take_along(request: OfficerRequest) -> HttpResponse:
    """Give what the form takes into the field: the own tasks and teams, no one else's; never cached."""
    get_token(request)  # A page kept on the phone brings no cookie for sending, so this does.
    is_out = findings.devices_revoked(_devices_of(request.GET.getlist("ponsel"))) is not None
    answer = JsonResponse(_out(request) if is_out else pack(request.actor))
    answer["Cache-Control"] = "no-store"
    return answer


def _devices_of(texts: Iterable[str]) -> list[UUID]:
    """Return the identifiers that a phone goes by, one for each officer who uses it."""
    found = []
    for text in islice(texts, MOST_DEVICES):
        with suppress(ValueError):
            found.append(UUID(text))
    return found


def _out(request: OfficerRequest) -> dict[str, object]:
    """Tell a revoked phone so; it hands over its queue as it lies, so no key goes to whoever holds it."""
    return {"officer": str(request.actor.id), "is_revoked": True}


class ContactForm(forms.Form):
    """Which phone it is, and how many reports wait on it."""

    ponsel = forms.UUIDField()
    antre = forms.IntegerField(min_value=0, max_value=100_000)


def _last_of(request: OfficerRequest, device: UUID) -> int:
    """Return the last number that a phone says it gave under one of its identifiers, or 0."""
    said = dict(zip(request.POST.getlist("ponsel"), request.POST.getlist("nomor"), strict=False))
    number = said.get(str(device), "")
    return int(number) if number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER else 0


@require_POST
@needs(P.OPERATIONS_TASK_READ, P.FINDINGS_OFFICE_NIL)
def contact(request: OfficerRequest) -> HttpResponse:
    """Hear from a phone, and tell it whether it was revoked; from now on the session is this phone's.

    A phone goes by an identifier for each officer who uses it; one that is another's is told to be foreign.
    """
    form = ContactForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=UNPROCESSABLE)
    met = devices_of(request.session)
    if findings.devices_revoked(met):
        # A revoked phone that calls itself another is the same one: only a sign-in begins anew.
        return JsonResponse(_out(request))
    devices = _devices_of(request.POST.getlist("ponsel"))
    lost = findings.devices_revoked(devices)
    device = lost or findings.device_of(request.actor.id, devices) or form.cleaned_data["ponsel"]
    if device not in met and len(met) >= MOST_NAMES:
        return JsonResponse(
            {"errors": gettext("Terlalu banyak ponsel dalam satu sesi. Masuk lagi.")}, status=UNPROCESSABLE
        )
    if device not in met:
        session_change(request.session, SESSION_DEVICE, lambda told: with_device(told, device))
    if lost:
        return JsonResponse(_out(request))
    queue, last = form.cleaned_data["antre"], _last_of(request, device)
    is_own = findings_actions.device_meet(request.actor, device_id=device, queue=queue, last=last)
    _lock_follow(request)
    told = {"officer": str(request.actor.id), "now": clock.now().isoformat(), "is_revoked": False}
    return JsonResponse({**told, "is_parked": is_parked(request.session), "is_foreign": not is_own})


def _lock_follow(request: OfficerRequest) -> None:
    """Park or open the session as the form says that it is: `bukti` is what only an open one can tell."""
    proof, digest = request.POST.get("bukti", ""), digest_of(request.actor.id, request.POST.getlist("sidik"))
    if proof and len(proof) <= PROOF_MOST:
        unpark(request.session, proof)
    elif digest:
        park(request.session, digest, is_leaving=request.POST.get("pergi") == "1")


@needs(P.OPERATIONS_TASK_READ, P.FINDINGS_OFFICE_NIL)
@require_GET
def who(request: OfficerRequest) -> HttpResponse:
    """Say whose session this phone has, so that no report goes out under another's name."""
    return JsonResponse({"officer": str(request.actor.id), "now": clock.now().isoformat()})


@needs(P.OPERATIONS_TASK_READ)
@require_GET
def order(request: OfficerRequest, order_id: UUID) -> HttpResponse:
    """Give an order of the own team as the officer shows it at the door, byte for byte as issued."""
    file = operations.order_file(request.actor, order_id)
    name = "".join(c if c.isalnum() else "-" for c in f"surat-perintah-{file.letter.number}")
    answer = HttpResponse(file.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


@needs(P.FINDINGS_REPORT_SUBMIT)
@require_GET
def receipt(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Show the receipt of a report to whoever sent it; it names nobody who was met (U5)."""
    found = findings.receipt_get(request.actor, report_id)
    verify_at = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('field:receipt', args=[report_id])}"
    qr = segno.make(verify_at, error="m", micro=False).svg_data_uri(scale=4, border=2)
    main = request.actor.main
    page = {"receipt": found, "qr": qr, "zone": main.zone if main else "Asia/Jakarta"}
    return render(request, "field/receipt.html", page)


class MoveForm(forms.Form):
    """Where the team is now."""

    after = forms.TypedChoiceField(choices=[(s.value, s.value) for s in TeamState], coerce=TeamState)


@require_POST
@needs(P.OPERATIONS_TASK_READ)
def team_move(request: OfficerRequest, team_id: UUID) -> HttpResponse:
    """Take a movement of the own team from the phone: departed, arrived, returned."""
    operations.team_require(request.actor, team_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        wrong = " ".join(str(one) for one in form.errors["after"])
        return JsonResponse({"message": wrong}, status=UNPROCESSABLE)
    try:
        state = operations_actions.team_move(request.actor, team_id=team_id, after=form.cleaned_data["after"])
    except AccessDenied:
        raise
    except Refusal as refusal:
        return JsonResponse({"code": refusal.code, "message": str(refusal)}, status=UNPROCESSABLE)
    return JsonResponse({"state": state.value})


app_name = "field"
urlpatterns = [
    path("manifest.webmanifest", manifest, name="manifest"),
    path("sw.js", worker, name="worker"),
    path("tugas", home, name="home"),
    *encounters.paths,
    path("tugas/bekal", take_along, name="pack"),
    path("tugas/bentuk", shell, name="shell"),
    path("tugas/kontak", contact, name="contact"),
    path("tugas/siapa", who, name="who"),
    path("tugas/regu/<uuid:team_id>", team_move, name="team-move"),
    path("tugas/surat/<uuid:order_id>", order, name="order"),
    path("tugas/tanda-terima/<uuid:report_id>", receipt, name="receipt"),
]
