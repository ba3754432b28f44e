"""Operations: the list, and the page of one with phases, offices, targets and teams."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from timpora.apps.operations import actions, queries
from timpora.apps.operations.types import (
    OfficeState,
    OperationView,
    PhaseView,
    Readiness,
    TargetView,
    TeamView,
)
from timpora.domain.states import TargetState
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.sentences import told
from timpora.interface.web import (
    operation_encounters,
    operation_means,
    operation_orders,
    operation_periods,
    operation_questions,
    operation_registers,
    operation_targets,
    operation_templates,
)
from timpora.interface.web.operation_forms import AnswerForm, PhaseForm, ReasonForm
from timpora.interface.web.operation_opening import operation_open, phase_said
from timpora.interface.web.operation_parts import part_shown
from timpora.interface.web.operation_words import (
    OPERATION_SAID,
    ORDER_SAID,
    READINESS_SAID,
    TARGET_SAID,
    answer_said,
    is_late,
    phase_lines,
    supply_lines,
    target_lines,
    target_points,
)
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, holds
from timpora.kernel.errors import Refusal

UNPROCESSABLE = 422


@needs(P.OPERATIONS_OPERATION_READ)
@require_GET
def operation_list(request: OfficerRequest) -> HttpResponse:
    """Show the operations of the officer's territory, newest first."""
    rows = queries.operation_list(request.actor)
    page = {
        "rows": [(row, OPERATION_SAID[row.operation.state], phase_lines(row.operation, ())) for row in rows],
        "may_open": holds(request.actor, P.OPERATIONS_OPERATION_OPEN),
        "may_keep": holds(request.actor, P.OPERATIONS_RESOURCE_KEEP),
        "may_targets": holds(request.actor, P.OPERATIONS_TARGET_READ),
        "may_registers": holds(request.actor, P.OPERATIONS_REGISTER_READ),
        "may_templates": holds(request.actor, P.OPERATIONS_TEMPLATE_READ),
    }
    return render(request, "operations/list.html", page)


@needs(P.OPERATIONS_OPERATION_READ)
@require_GET
def operation(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Show an operation's targets on a map beside their list; `?keadaan=` narrows to one state."""
    view = queries.operation_get(request.actor, operation_id)
    every = queries.target_list(request.actor, operation_id=operation_id)
    wanted = _state(request.GET.get("keadaan", ""))
    shown = [t for t in every if wanted is None or t.state is wanted]
    page = {
        "lines": target_lines(shown, queries.target_twins(request.actor, operation_id)),
        "points": target_points(shown),
        "filters": _filters(operation_id, [t.state for t in every], wanted),
        "wanted": wanted,
        "may_read": holds(request.actor, P.OPERATIONS_TARGET_READ),
        "may_propose": holds(request.actor, P.OPERATIONS_TARGET_PROPOSE),
    }
    return part_shown(request, view, "operations/operation.html", "sasaran", page)


def _state(text: str) -> TargetState | None:
    return next((state for state in TargetState if state.value == text), None)


def _filters(
    operation_id: UUID, states: list[TargetState], wanted: TargetState | None
) -> list[dict[str, object]]:
    url = reverse("operations:operation", args=[operation_id])
    found: list[dict[str, object]] = [
        {"label": _("Semua keadaan"), "url": url, "count": len(states), "is_here": wanted is None}
    ]
    return found + [
        {
            "label": TARGET_SAID[state].word,
            "url": f"{url}?keadaan={state.value}",
            "count": states.count(state),
            "is_here": wanted is state,
        }
        for state in TargetState
        if state in states or state is wanted
    ]


@needs(P.OPERATIONS_OPERATION_READ)
@require_GET
def offices(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Show the offices of an operation and what they answered; the own office answers here."""
    view = queries.operation_get(request.actor, operation_id)
    return _offices(request, view, AnswerForm(initial={"phase_id": _phase_of(request, view).id}))


def _offices(
    request: OfficerRequest, view: OperationView, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    phase = _phase_of(request, view)
    rows = queries.answer_list(request.actor, view.id, phase.id)
    order = [Readiness.NOT_READY, Readiness.SILENT, Readiness.PARTLY, Readiness.READY]
    supplies = queries.supply_list(request.actor, view.id, phase)
    # Whoever is short of something stands first, also under forty that are silent.
    rows.sort(key=lambda row: (not supplies[row.unit_code].short, order.index(row.readiness), row.name))
    own = _own_office(request.actor, rows)
    wanted = request.GET.get("jawaban", "")
    shown = [row for row in rows if wanted not in set(Readiness) or row.readiness == wanted]
    silent = sum(row.readiness is Readiness.SILENT for row in rows)
    page = {
        "rows": [
            (row, answer_said(row, phase), is_late(row, phase), supplies.get(row.unit_code)) for row in shown
        ],
        "wanted": wanted,
        "silent": silent,
        "may_remind": bool(silent) and view.is_open and holds(request.actor, P.OPERATIONS_OPERATION_OPEN),
        "phase": phase,
        "short_offices": sum(bool(supply.short) for supply in supplies.values()),
        "lines": supply_lines(supplies[own.unit_code] if own else None),
        "may_keep": holds(request.actor, P.OPERATIONS_RESOURCE_KEEP),
        "counts": [(r.value, READINESS_SAID[r], sum(row.readiness is r for row in rows)) for r in order],
        "own": own,
        "form": form,
    }
    return part_shown(request, view, "operations/offices.html", "kantor", page, status=status)


def _phase_of(request: OfficerRequest, view: OperationView) -> PhaseView:
    """Return the phase that `?tahap=` or the answer names, or the one that is being prepared."""
    wanted = request.POST.get("phase_id") or request.GET.get("tahap", "")
    named = next((phase for phase in view.phases if str(phase.id) == wanted), None)
    return named or view.phase_next(clock.now())


def _own_office(actor: Actor, rows: list[OfficeState]) -> OfficeState | None:
    units = {grant.unit_code for grant in actor.grants_for(P.OPERATIONS_OFFICE_ANSWER)}
    return next((row for row in rows if row.unit_code in units), None)


@require_POST
@needs(P.OPERATIONS_OFFICE_ANSWER)
def answer(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Take the own office's readiness."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.office_answer(request.actor, operation_id=operation_id, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kesiapan kantor tercatat; posko pusat melihatnya."))
            url = reverse("operations:offices", args=[operation_id])
            named = form.cleaned_data["phase_id"]
            return redirect(f"{url}?tahap={named}" if named else url)
    view = queries.operation_get(request.actor, operation_id)
    return _offices(request, view, form, status=UNPROCESSABLE)


@needs(P.OPERATIONS_OPERATION_OPEN)
@require_http_methods(["GET", "POST"])
def phase_add(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Open one more phase for all offices of an operation at once."""
    view = queries.operation_get(request.actor, operation_id)
    form = PhaseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.phase_add(
                request.actor, operation_id=operation_id, phase=phase_said(form.cleaned_data)
            )
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Tahap dibuka; semua kantor diminta menjawab kesiapannya."))
            return redirect(f"{reverse('operations:offices', args=[operation_id])}?tahap={made}")
    page = {"operation": view, "form": form}
    return render(request, "operations/phase.html", page, status=UNPROCESSABLE if form.is_bound else 200)


@require_POST
@needs(P.OPERATIONS_OPERATION_OPEN)
def remind(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Remind the offices that have not answered for a phase."""
    view = queries.operation_get(request.actor, operation_id)
    phase = _phase_of(request, view)
    try:
        count = actions.offices_remind(request.actor, operation_id=operation_id, phase_id=phase.id)
    except AccessDenied:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(n)s kantor diingatkan.") % {"n": count})
    return redirect(f"{reverse('operations:offices', args=[operation_id])}?tahap={phase.id}")


@require_POST
@needs(P.OPERATIONS_OPERATION_OPEN)
def close(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """End an operation, with the reason."""
    queries.operation_get(request.actor, operation_id)  # absent and foreign alike, before a form is read
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            actions.operation_close(request.actor, operation_id=operation_id, **form.cleaned_data)
        except AccessDenied:
            raise
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Operasi ditutup."))
    else:
        messages.error(request, _("Tulis alasan penutupan."))
    return redirect("operations:offices", operation_id)


@needs(P.OPERATIONS_TARGET_READ)
@require_GET
def teams(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Show the teams of an operation with their people, targets and orders."""
    view = queries.operation_get(request.actor, operation_id)
    targets = {t.id: t for t in queries.target_list(request.actor, operation_id=operation_id)}
    phases = {phase.id: phase.name for phase in view.phases}
    clashes = queries.team_clashes(request.actor, operation_id)
    things = queries.team_things(request.actor, operation_id)
    own = {grant.unit_code for grant in request.actor.grants_for(P.OPERATIONS_TEAM_FORM)}

    def beside(team: TeamView) -> dict[str, object]:
        return {
            "things": things.get(team.id, ()),
            "clashes": clashes.get(team.id, ()),
            "is_own": team.unit_code in own,
        }

    cards = [_card(team, targets, phases) for team in queries.team_list(request.actor, operation_id)]
    page = {
        "teams": [card | beside(card["team"]) for card in cards],
        "may_form": holds(request.actor, P.OPERATIONS_TEAM_FORM),
        "may_draft": holds(request.actor, P.OPERATIONS_ORDER_DRAFT),
        "may_outfit": holds(request.actor, P.OPERATIONS_POST_OUTFIT),
    }
    return part_shown(request, view, "operations/teams.html", "regu", page)


@require_POST
@needs(P.OPERATIONS_TEAM_FORM)
def dissolve(request: OfficerRequest, operation_id: UUID, team_id: UUID) -> HttpResponse:
    """Dissolve a team of the own office that does not go."""
    known = {team.id for team in queries.team_list(request.actor, operation_id)}
    if team_id not in known:
        raise AccessDenied
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            actions.team_dissolve(request.actor, team_id=team_id, **form.cleaned_data)
        except AccessDenied:
            raise
        except Refusal as refusal:
            messages.error(request, told(refusal))
        else:
            messages.success(request, _("Regu dibubarkan; petugas, sarana, dan sasarannya bebas lagi."))
    else:
        messages.error(request, _("Tulis alasan pembubaran."))
    return redirect("operations:teams", operation_id)


def _card(team: TeamView, targets: Mapping[UUID, TargetView], phases: Mapping[UUID, str]) -> dict[str, Any]:
    given = [targets[target] for target in team.target_ids if target in targets]
    return {
        "team": team,
        "phase": phases.get(team.phase_id, ""),
        "targets": [(target, TARGET_SAID[target.state]) for target in given],
        "order": ORDER_SAID[team.order_state] if team.order_state else None,
    }


app_name = "operations"
urlpatterns = [
    path("operasi", operation_list, name="list"),
    path("operasi/buka", operation_open, name="open"),
    path("operasi/<uuid:operation_id>", operation, name="operation"),
    path("operasi/<uuid:operation_id>/kantor", offices, name="offices"),
    path("operasi/<uuid:operation_id>/kesiapan", answer, name="answer"),
    path("operasi/<uuid:operation_id>/tahap", phase_add, name="phase-add"),
    path("operasi/<uuid:operation_id>/ingatkan", remind, name="remind"),
    path("operasi/<uuid:operation_id>/tutup", close, name="close"),
    path("operasi/<uuid:operation_id>/regu", teams, name="teams"),
    path("operasi/<uuid:operation_id>/regu/<uuid:team_id>/bubar", dissolve, name="team-dissolve"),
    *operation_encounters.paths,
    *operation_means.paths,
    *operation_periods.paths,
    *operation_registers.paths,
    *operation_targets.paths,
    *operation_orders.paths,
    *operation_questions.paths,
    *operation_templates.paths,
]
