"""Reports that are kept and do not count: what is known of each, and the decision with its reason."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from timpora.apps.findings import actions
from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import KINDS, WITHHELD, QuarantineView
from timpora.apps.operations import queries as operations
from timpora.interface.gate import needs
from timpora.interface.report_body import report_of
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel.access import AccessDenied, Actor, P
from timpora.kernel.errors import Refusal

UNPROCESSABLE: Final = 422
LONG: Final = 1_000
SHOWN: Final = 4
RELEASE, REJECT = "lepas", "tolak"


class DecideForm(forms.Form):
    """Whether a report is counted after all, and why."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Putusan"),
        choices=[
            (RELEASE, gettext_lazy("Lepaskan: dihitung seperti laporan lain, atas nama petugasnya")),
            (REJECT, gettext_lazy("Tolak: tetap disimpan dan tidak dihitung")),
        ],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(
        label=gettext_lazy("Alasan"),
        help_text=gettext_lazy("Misalnya jawaban petugasnya. Jangan menulis nama orang asing."),
        max_length=LONG,
        widget=forms.Textarea({"rows": 3}),
    )


@dataclass(frozen=True, slots=True)
class QuarantineLine:
    """A report in quarantine in the words of the screen."""

    row: QuarantineView
    phone: str
    kind: str
    reason: str
    target: str


def _line(actor: Actor, row: QuarantineView) -> QuarantineLine:
    phone = f"…{str(row.device_id)[-SHOWN:]}"
    return QuarantineLine(row, phone, str(KINDS[row.kind]), str(WITHHELD[row.reason]), _target(actor, row))


def _target(actor: Actor, row: QuarantineView) -> str:
    if row.target_id is None:
        return _("tanpa sasaran")
    try:
        target = operations.target_get(actor, row.target_id)
    except AccessDenied:
        return _("sasaran tidak dikenal")
    return f"{target.code} {target.name}"


@needs(P.FINDINGS_QUARANTINE_DECIDE)
@require_GET
def quarantine(request: OfficerRequest) -> HttpResponse:
    """List what waits for a decision, and what was decided."""
    lines = [_line(request.actor, row) for row in findings.quarantine_list(request.actor)]
    page = {
        "waiting": [line for line in lines if line.row.decision is None],
        "decided": [line for line in lines if line.row.decision is not None],
        "zone": zone_of_actor(request.actor),
    }
    return render(request, "devices/quarantine.html", page)


@needs(P.FINDINGS_QUARANTINE_DECIDE)
@require_http_methods(["GET", "POST"])
def decide(request: OfficerRequest, quarantine_id: UUID) -> HttpResponse:
    """Show what is known of one report, and release or reject it."""
    row = findings.quarantine_get(request.actor, quarantine_id)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        is_released = form.cleaned_data["decision"] == RELEASE
        try:
            actions.quarantine_decide(
                request.actor,
                quarantine_id=quarantine_id,
                is_released=is_released,
                because=form.cleaned_data["because"],
                read=report_of,
            )
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Laporan dilepas.") if is_released else _("Laporan ditolak."))
            return redirect("devices:quarantine")
    page = {
        "line": _line(request.actor, row),
        "form": form,
        "zone": zone_of_actor(request.actor),
        "is_own": request.actor.id == row.officer_id,
    }
    return render(request, "devices/decide.html", page, status=UNPROCESSABLE if form.is_bound else 200)


paths = [
    path("ponsel/karantina", quarantine, name="quarantine"),
    path("ponsel/karantina/<uuid:quarantine_id>", decide, name="decide"),
]
