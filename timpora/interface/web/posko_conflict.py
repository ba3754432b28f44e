"""Two contents under one identifier: side by side, and the decision which of them stands."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from timpora.apps.findings import actions
from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import Comparison
from timpora.apps.identity import queries as identity
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.conflict_rows import pair_rows
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.errors import Refusal

UNPROCESSABLE = 422
LONG = 2_000


class SettleForm(forms.Form):
    """Which content stands, and why; `seen` are those that were compared."""

    stands = forms.UUIDField()
    seen = forms.CharField(widget=forms.HiddenInput)
    because = forms.CharField(
        label=gettext_lazy("Alasan"),
        help_text=gettext_lazy("Misalnya hasil menanyakan kepada regu. Jangan menulis nama orang asing."),
        max_length=LONG,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_seen(self) -> set[UUID]:
        """Return the identifiers of the contents that were on the screen."""
        try:
            return {UUID(one) for one in self.cleaned_data["seen"].split()}
        except ValueError as error:
            raise forms.ValidationError(_("Muat ulang halaman ini.")) from error


@needs(P.FINDINGS_CONFLICT_SETTLE)
@require_http_methods(["GET", "POST"])
def conflict(request: OfficerRequest, operation_id: UUID, report_id: UUID) -> HttpResponse:
    """Show the contents of a report side by side and let one of them stand."""
    found = findings.comparison_get(request.actor, report_id, operation_id=operation_id)
    if request.method != "POST":
        return _page(request, found, SettleForm(initial={"seen": _seen(found)}))
    form = SettleForm(request.POST)
    if form.is_valid():
        try:
            actions.conflict_settle(request.actor, report_id=report_id, **form.cleaned_data)
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Putusan dicatat; angka posko mengikutinya, kedua isi tetap disimpan.")
            )
            return redirect("posko:report", operation_id, form.cleaned_data["stands"])
    return _page(request, found, form, status=UNPROCESSABLE)


def _seen(found: Comparison) -> str:
    return " ".join(str(content.id) for content in found.contents if content.id)


def _page(request: OfficerRequest, found: Comparison, form: SettleForm, *, status: int = 200) -> HttpResponse:
    first, *others = found.contents
    view = first.view
    unit = identity.unit_get(view.unit_code) if view else None
    zone = unit.zone if unit else zone_of_actor(request.actor)
    page = {
        "found": found,
        "form": form,
        "zone": zone,
        "unit_name": view.unit_name if view else "",
        "pairs": [(other, pair_rows(first, other, zone)) for other in others],
        "choices": [(content, number) for number, content in enumerate(found.contents, 1) if content.view],
        "is_own": request.actor.id in found.senders,
    }
    return render(request, "posko/conflict.html", page, status=status)


paths = [path("posko/<uuid:operation_id>/laporan/<uuid:report_id>/banding", conflict, name="conflict")]
