"""Targets: proposing one, its page with ground and evidence, the decision of another official."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from timpora.apps.indications import queries as indications
from timpora.apps.indications.types import VERDICT_NAMES, IndicationView
from timpora.apps.operations import actions, queries
from timpora.apps.operations.types import Ground, TargetView
from timpora.apps.registry import queries as registry
from timpora.apps.registry.types import PersonRow
from timpora.apps.wilayah import queries as wilayah
from timpora.domain.states import TargetState, may_step
from timpora.domain.territory import zone_of
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.operation_forms import DecideForm, ReasonForm, TargetForm
from timpora.interface.web.operation_words import TARGET_SAID, target_points
from timpora.interface.web.person_facts import birth_said
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, holds, may
from timpora.kernel.errors import Refusal
from timpora.kernel.lawbook.store import lawbook

UNPROCESSABLE = 422
# Which paper a rule's finding is; the officer may choose another ground.
GROUND_OF_RULE = {
    "stay.permit-ended": Ground.PERMIT_ENDED,
    "stay.after-exit": Ground.PERMIT_ENDED,
    "stay.address-differs": Ground.ADDRESS,
    "stay.two-places": Ground.LODGING_VISIT,
    "lodging.reported-late": Ground.LODGING_VISIT,
    "guarantor.ended": Ground.SPONSOR_REPORT,
    "entry.no-record": Ground.NO_ENTRY,
    "work.place-not-planned": Ground.WORK_PLACE,
    "work.not-allowed": Ground.WORK_RIGHT,
}


@needs(P.OPERATIONS_TARGET_PROPOSE)
@require_http_methods(["GET", "POST"])
def propose(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Propose a target, from an indication where `?indikasi=` names one."""
    operation = queries.operation_get(request.actor, operation_id)
    indication = _indication(request)
    form = (
        TargetForm(request.POST)
        if request.method == "POST"
        else TargetForm(initial=_initial(request.actor, indication))
    )
    if form.is_valid():
        said = dict(form.cleaned_data)
        said.pop("indikasi")
        try:
            made = actions.target_propose(
                request.actor,
                operation_id=operation_id,
                person_ids=[indication.person_id] if indication else [],
                indication_ids=[indication.id] if indication else [],
                **said,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Sasaran diusulkan; menunggu persetujuan pejabat lain."))
            return redirect("operations:target", made)
    page = {
        "operation": operation,
        "form": form,
        "indication": indication,
        "points": [],
        "bounds": _bounds(request.actor),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "operations/propose.html", page, status=status)


def _bounds(actor: Actor) -> str:
    """Return where the map opens: on the territory for which the officer proposes; empty for the country."""
    grants = actor.grants_for(P.OPERATIONS_TARGET_PROPOSE)
    found = wilayah.area_bounds(code for grant in grants for code in grant.territories)
    return ",".join(f"{side:.4f}" for side in found) if found else ""


@needs(P.OPERATIONS_TARGET_PROPOSE)
@require_GET
def propose_from(request: OfficerRequest) -> HttpResponse:
    """Lead from an indication (`?indikasi=`) to the proposal: at once where one operation is open."""
    named = urlencode({"indikasi": request.GET.get("indikasi", "")})
    rows = [row.operation for row in queries.operation_list(request.actor) if row.operation.is_open]
    if len(rows) == 1:
        return redirect(f"{reverse('operations:propose', args=[rows[0].id])}?{named}")
    return render(request, "operations/choose.html", {"operations": rows, "named": named})


def _indication(request: OfficerRequest) -> IndicationView | None:
    named = request.POST.get("indikasi") or request.GET.get("indikasi") or ""
    try:
        wanted = UUID(named) if named else None
    except ValueError as error:
        raise AccessDenied from error
    return indications.indication_get(request.actor, wanted) if wanted else None


def _initial(actor: Actor, indication: IndicationView | None) -> dict[str, object]:
    """Return what the evidence knows already: the place by name, address and region, and the ground."""
    if indication is None:
        return {}
    told = None
    if holds(actor, P.REGISTRY_PERSON_READ):
        told = registry.place_told(actor, [UUID(fact.fact_id) for fact in indication.evidence])
    place = (told.wilayah if told else "") or indication.wilayah
    return {
        "name": told.name if told else "",
        "address": told.address if told else "",
        "indikasi": indication.id,
        "ground": GROUND_OF_RULE.get(indication.rule_id),
        "ground_text": f"{indication.title}. {indication.because}",
        "wilayah": place if place != "ID" else "",
    }


@needs(P.OPERATIONS_TARGET_READ)
@require_GET
def target(request: OfficerRequest, target_id: UUID) -> HttpResponse:
    """Show a target with its ground, evidence and history; whoever may decide does it here."""
    return _target(request, target_id, DecideForm())


def _target(
    request: OfficerRequest,
    target_id: UUID,
    form: DecideForm,
    *,
    back: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = request.actor
    view = queries.target_get(actor, target_id)
    place = wilayah.regions_by_code([view.wilayah]).get(view.wilayah)
    page = {
        "target": view,
        "said": TARGET_SAID[view.state],
        "operation": queries.operation_get(actor, view.operation_id),
        "place": place.chain if place else view.wilayah,
        "cites": lawbook().holding(view.ground_words.cites, on=clock.today(zone_of(view.wilayah))),
        "twins": queries.target_twins(actor, view.operation_id).get(view.id, ()),
        "steps": [
            (step, TARGET_SAID[TargetState(step.after)]) for step in queries.target_steps(actor, view.id)
        ],
        "points": target_points([view]),
        "form": form,
        "withdraw_form": ReasonForm(),
        "retract_form": back or ReasonForm(),
        "zone": zone_of_actor(actor),
        **_desk(actor, view),
        **_evidence(actor, view),
    }
    return render(request, "operations/target.html", page, status=status)


def _desk(actor: Actor, view: TargetView) -> dict[str, bool]:
    """Say what this actor may do with the target; the actions ask again."""
    units = {grant.unit_code for grant in actor.grants_for(P.OPERATIONS_TARGET_APPROVE)}
    may_approve = view.unit_code in units and may(actor, P.OPERATIONS_TARGET_APPROVE, places=(view.wilayah,))
    is_own = view.proposed_by_id == actor.id
    return {
        "may_decide": may_approve and not is_own and view.state is TargetState.PROPOSED,
        "is_own": is_own and view.state is TargetState.PROPOSED,
        "may_withdraw": may_approve and may_step(view.state, TargetState.WITHDRAWN),
    }


def _evidence(actor: Actor, view: TargetView) -> dict[str, object]:
    """Return the persons and indications behind the ground, where the actor may open them."""
    persons: list[tuple[PersonRow, str]] = []
    found: list[IndicationView] = []
    may_open = may(actor, P.REGISTRY_PERSON_READ, places=(view.wilayah,))
    if may_open and view.person_ids:
        persons = [(row, birth_said(row.birth)) for row in queries.target_persons(actor, view)]
    if may(actor, P.INDICATIONS_INDICATION_READ, places=(view.wilayah,)):
        found = [indications.indication_get(actor, indication) for indication in view.indication_ids]
    needs_purpose = actor.purpose is None and P.REGISTRY_PERSON_READ in actor.permissions
    shown = [
        (
            one,
            [(fact, date.fromisoformat(fact.recorded_on)) for fact in one.evidence],
            [(_(VERDICT_NAMES[said.kind]), said) for said in one.verdicts],
        )
        for one in found
    ]
    return {"persons": persons, "indications": shown, "may_open": may_open, "needs_purpose": needs_purpose}


@require_POST
@needs(P.OPERATIONS_TARGET_APPROVE)
def decide(request: OfficerRequest, target_id: UUID) -> HttpResponse:
    """Approve the target, or refuse it with a reason."""
    form = DecideForm(request.POST)
    if form.is_valid():
        is_approved = form.cleaned_data["putusan"] == "setuju"
        because = form.cleaned_data["because"]
        try:
            actions.target_decide(
                request.actor, target_id=target_id, is_approved=is_approved, because=because
            )
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            said = (
                _("Sasaran disetujui.") if is_approved else _("Sasaran ditolak; pengusul membaca alasannya.")
            )
            messages.success(request, said)
            return redirect("operations:target", target_id)
    return _target(request, target_id, form, status=UNPROCESSABLE)


@require_POST
@needs(P.OPERATIONS_TARGET_APPROVE)
def withdraw(request: OfficerRequest, target_id: UUID) -> HttpResponse:
    """Take an approved target back, with the reason."""
    queries.target_get(request.actor, target_id)  # absent and foreign alike, before a form is read
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            actions.target_withdraw(request.actor, target_id=target_id, **form.cleaned_data)
        except AccessDenied:
            raise
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Sasaran dicabut; hilang dari tugas regu."))
    else:
        messages.error(request, _("Tulis alasan pencabutan."))
    return redirect("operations:target", target_id)


@require_POST
@needs(P.OPERATIONS_TARGET_PROPOSE)
def retract(request: OfficerRequest, target_id: UUID) -> HttpResponse:
    """Take the own proposal back before it is decided, with the reason."""
    queries.target_get(request.actor, target_id)  # absent and foreign alike, before a form is read
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            actions.target_retract(request.actor, target_id=target_id, **form.cleaned_data)
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error("because", str(refusal))
        else:
            messages.success(request, _("Usulan ditarik; tidak ada yang perlu diputus."))
            return redirect("operations:target", target_id)
    return _target(request, target_id, DecideForm(), back=form, status=UNPROCESSABLE)


paths = [
    path("operasi/usul", propose_from, name="target-new"),
    path("operasi/<uuid:operation_id>/usul", propose, name="propose"),
    path("operasi/sasaran/<uuid:target_id>", target, name="target"),
    path("operasi/sasaran/<uuid:target_id>/putus", decide, name="decide"),
    path("operasi/sasaran/<uuid:target_id>/tarik", retract, name="retract"),
    path("operasi/sasaran/<uuid:target_id>/cabut", withdraw, name="withdraw"),
]
