"""Numbers of reports that never arrived: which are missing, which were closed by hand, and closing one."""

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
from timpora.apps.operations import queries as operations
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.posko_gaps import numbers_said
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel.access import AccessDenied, P, holds
from timpora.kernel.errors import Refusal

UNPROCESSABLE: Final = 422
LONG: Final = 1_000


class CloseForm(forms.Form):
    """Why these numbers will never arrive."""

    because = forms.CharField(
        label=gettext_lazy("Alasan"),
        help_text=gettext_lazy("Misalnya ponsel hilang, dan apa kata petugasnya tentang laporannya."),
        max_length=LONG,
        widget=forms.Textarea({"rows": 3}),
    )


@needs(P.OPERATIONS_POSKO_WATCH)
@require_GET
def numbers(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """List the gaps that are open, red or still on their way, and those that were closed."""
    actor = request.actor
    page = {
        "operation": operations.operation_get(actor, operation_id),
        "open": [(gap, numbers_said(gap)) for gap in findings.gap_list(actor, operation_id)],
        "closed": [(row, numbers_said(row)) for row in findings.closure_list(actor, operation_id)],
        "zone": zone_of_actor(actor),
        "can_close": holds(actor, P.FINDINGS_GAP_CLOSE),
    }
    return render(request, "posko/numbers.html", page)


@needs(P.FINDINGS_GAP_CLOSE)
@require_http_methods(["GET", "POST"])
def close(
    request: OfficerRequest, operation_id: UUID, device_id: UUID, first: int, last: int
) -> HttpResponse:
    """Close one gap with a reason, after what to try before."""
    actor = request.actor
    gap = findings.gap_get(actor, operation_id, device_id=device_id, first=first, last=last)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.gap_close(
                actor,
                operation_id=operation_id,
                device_id=device_id,
                first=first,
                last=last,
                because=form.cleaned_data["because"],
            )
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Nomor ditutup. Yang masih tiba tetap diterima."))
            return redirect("posko:numbers", operation_id)
    page = {
        "operation": operations.operation_get(actor, operation_id),
        "gap": gap,
        "said": numbers_said(gap),
        "form": form,
        "zone": zone_of_actor(actor),
        "is_own": gap.officer_id == actor.id,
    }
    return render(request, "posko/number_close.html", page, status=UNPROCESSABLE if form.is_bound else 200)


paths = [
    path("posko/<uuid:operation_id>/nomor", numbers, name="numbers"),
    path(
        "posko/<uuid:operation_id>/nomor/<uuid:device_id>/<int:first>/<int:last>", close, name="number-close"
    ),
]
