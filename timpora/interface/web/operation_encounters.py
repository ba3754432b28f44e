"""Checks without an order: who asks, who approves, and the order that must follow (Pasal 30)."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from timpora.apps.operations import actions, queries
from timpora.apps.operations.types import EXEMPTIONS, EncounterView, Exemption, NewEncounter
from timpora.domain.states import EncounterState
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.operation_forms import choices
from timpora.interface.web.operation_words import ENCOUNTER_SAID, ORDER_SAID, clock_said
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel.access import AccessDenied, Actor, P
from timpora.kernel.errors import Refusal

UNPROCESSABLE = 422
SHORT, LONG = 200, 1_000


class EncounterForm(forms.Form):
    """What was heard from the field before a check without an order."""

    team = forms.ChoiceField(label=gettext_lazy("Regu"))
    exemption = forms.ChoiceField(label=gettext_lazy("Keadaan"), widget=forms.RadioSelect)
    because = forms.CharField(
        label=gettext_lazy("Mengapa"),
        help_text=gettext_lazy("Apa yang dilihat atau diketahui petugas, bukan kesimpulan."),
        max_length=LONG,
        widget=forms.Textarea({"rows": 3}),
    )
    met = forms.CharField(
        label=gettext_lazy("Siapa yang ditemui"),
        help_text=gettext_lazy("Jumlah dan ciri seperlunya. Jangan menulis nama atau nomor dokumen."),
        max_length=SHORT,
    )
    place = forms.CharField(label=gettext_lazy("Tempat"), max_length=SHORT)
    address = forms.CharField(label=gettext_lazy("Alamat atau patokan"), max_length=SHORT)

    def __init__(self, *args: object, teams: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices(self, "team", teams)
        choices(self, "exemption", [(e.value, _(EXEMPTIONS[e])) for e in Exemption])

    def new(self) -> NewEncounter:
        """Return what was typed."""
        said = self.cleaned_data
        return NewEncounter(
            team_id=UUID(said["team"]),
            exemption=said["exemption"],
            because=said["because"],
            met=said["met"],
            place=said["place"],
            address=said["address"],
        )


class VerdictForm(forms.Form):
    """Approved or refused, with the reason either way."""

    because = forms.CharField(
        label=gettext_lazy("Alasan"), max_length=LONG, widget=forms.Textarea({"rows": 3})
    )


@needs(P.OPERATIONS_TARGET_READ)
@require_GET
def encounters(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """List the checks without an order of an operation, and which still owe theirs."""
    found = queries.encounter_list(request.actor, operation_id)
    page = {
        "operation": queries.operation_get(request.actor, operation_id),
        "rows": [(one, ENCOUNTER_SAID[one.state], clock_said(one)) for one in found],
        "may_report": P.OPERATIONS_ENCOUNTER_REPORT in request.actor.permissions,
        "zone": zone_of_actor(request.actor),
    }
    return render(request, "operations/encounters.html", page)


@needs(P.OPERATIONS_ENCOUNTER_REPORT)
@require_http_methods(["GET", "POST"])
def report(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Let the head of the section report for a team what was heard by telephone or radio."""
    operation = queries.operation_get(request.actor, operation_id)
    form = EncounterForm(
        request.POST if request.method == "POST" else None, teams=_teams(request.actor, operation_id)
    )
    if form.is_valid():
        try:
            made = actions.encounter_report(request.actor, new=form.new())
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Dilaporkan. Pemeriksaan belum boleh dilanjutkan sebelum disetujui."))
            return redirect("operations:encounter", made)
    page = {"operation": operation, "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "operations/encounter_report.html", page, status=status)


def _teams(actor: Actor, operation_id: UUID) -> list[tuple[str, str]]:
    mine = {grant.unit_code for grant in actor.grants_for(P.OPERATIONS_ORDER_DRAFT)}
    found = queries.team_list(actor, operation_id)
    return [(str(team.id), team.name) for team in found if team.unit_code in mine]


@needs(P.OPERATIONS_TARGET_READ)
@require_GET
def encounter(request: OfficerRequest, encounter_id: UUID) -> HttpResponse:
    """Show a check without an order with all its steps and the clock of its order."""
    return _page(request, queries.encounter_get(request.actor, encounter_id), VerdictForm())


def _page(
    request: OfficerRequest, view: EncounterView, form: VerdictForm, *, status: int = 200
) -> HttpResponse:
    desks = {grant.unit_code for grant in request.actor.grants_for(P.OPERATIONS_ENCOUNTER_DECIDE)}
    page = {
        "met": view,
        "said": ENCOUNTER_SAID[view.state],
        "clock": clock_said(view),
        "order_said": ORDER_SAID[view.order_state] if view.order_state else None,
        "steps": [(step, ENCOUNTER_SAID[EncounterState(step.after)]) for step in view.steps],
        "operation": queries.operation_get(request.actor, view.operation_id),
        "form": form,
        "may_decide": view.state is EncounterState.REPORTED
        and view.unit_code in desks
        and view.reported_by_id != request.actor.id,
        "zone": view.zone,
        "cites": queries.encounter_cites(view),
    }
    return render(request, "operations/encounter.html", page, status=status)


@require_POST
@needs(P.OPERATIONS_ENCOUNTER_DECIDE)
def decide(request: OfficerRequest, encounter_id: UUID) -> HttpResponse:
    """Approve or refuse, in the name of the official who presses."""
    view = queries.encounter_get(request.actor, encounter_id)
    form = VerdictForm(request.POST)
    is_approved = request.POST.get("putusan") == "setuju"
    if not form.is_valid():
        return _page(request, view, form, status=UNPROCESSABLE)
    try:
        actions.encounter_decide(
            request.actor, encounter_id=encounter_id, is_approved=is_approved, **form.cleaned_data
        )
    except AccessDenied:
        raise
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, view, form, status=UNPROCESSABLE)
    said = _("Pemeriksaan langsung disetujui.") if is_approved else _("Pemeriksaan langsung tidak disetujui.")
    messages.success(request, said)
    return redirect("operations:encounter", encounter_id)


paths = [
    path("operasi/<uuid:operation_id>/langsung", encounters, name="encounters"),
    path("operasi/<uuid:operation_id>/langsung/lapor", report, name="encounter-report"),
    path("operasi/langsung/<uuid:encounter_id>", encounter, name="encounter"),
    path("operasi/langsung/<uuid:encounter_id>/putusan", decide, name="encounter-decide"),
]
