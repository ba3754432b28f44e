"""The officers' pages: the form that works without network once it is open, and a receipt."""

from uuid import UUID

import segno
from django import forms
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from timpora.apps.findings import queries as findings
from timpora.apps.operations import actions as operations_actions
from timpora.apps.operations import queries as operations
from timpora.domain.states import TeamState
from timpora.interface.field import encounters
from timpora.interface.field.pack import pack
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.errors import Refusal

UNPROCESSABLE = 422


@needs(P.OPERATIONS_TASK_READ, P.FINDINGS_OFFICE_NIL)
@require_GET
def home(request: OfficerRequest) -> HttpResponse:
    """Show the form with everything it needs for the shift: the own tasks and the words, no one else's."""
    return render(request, "field/home.html", {"pack": pack(request.actor)})


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
    path("tugas", home, name="home"),
    *encounters.paths,
    path("tugas/regu/<uuid:team_id>", team_move, name="team-move"),
    path("tugas/surat/<uuid:order_id>", order, name="order"),
    path("tugas/tanda-terima/<uuid:report_id>", receipt, name="receipt"),
]
