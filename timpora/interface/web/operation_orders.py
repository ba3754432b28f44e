"""Teams and their orders: forming a team, drafting, previewing, issuing, the PDF."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from timpora.apps.identity import queries as identity
from timpora.apps.operations import actions, queries
from timpora.apps.operations.types import OrderView
from timpora.domain.states import OrderState, TargetState
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.operation_forms import OrderForm, ReasonForm, TeamForm
from timpora.interface.web.operation_means import assets_offer, booked_said
from timpora.interface.web.operation_words import ORDER_SAID, Word, clock_said
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel.access import AccessDenied, Actor, P
from timpora.kernel.documents import queries as documents
from timpora.kernel.documents.actions import verify_address
from timpora.kernel.errors import Refusal

UNPROCESSABLE = 422


@needs(P.OPERATIONS_TEAM_FORM)
@require_http_methods(["GET", "POST"])
def team_form(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Form a team of the own office and give it approved targets."""
    operation = queries.operation_get(request.actor, operation_id)
    unit = next(grant.unit_code for grant in request.actor.grants_for(P.OPERATIONS_TEAM_FORM))
    officers = identity.officer_list(request.actor, unit=unit)
    free = queries.target_list(
        request.actor, operation_id=operation_id, state=TargetState.APPROVED, unit=unit
    )
    form = TeamForm(
        request.POST if request.method == "POST" else None,
        officers=officers,
        targets=free,
        phases=operation.phases,
        booked={who: booked_said(b) for who, b in queries.booking_list(request.actor, unit).items()},
    )
    has_assets = assets_offer(form, request, unit)
    if form.is_valid() and _formed(request, operation_id, unit, form):
        messages.success(request, _("Regu dibentuk. Berikutnya: susun surat perintahnya."))
        return redirect("operations:teams", operation_id)
    page = {
        "operation": operation,
        "form": form,
        "officers": officers,
        "free": free,
        "has_assets": has_assets,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "operations/team_form.html", page, status=status)


def _formed(request: OfficerRequest, operation_id: UUID, unit: str, form: TeamForm) -> bool:
    said = form.cleaned_data
    try:
        actions.team_form(
            request.actor,
            operation_id=operation_id,
            name=said["name"],
            leader_id=UUID(said["leader"]),
            member_ids=[UUID(member) for member in said["members"]],
            target_ids=[UUID(target) for target in said["targets"]],
            asset_ids=[UUID(asset) for asset in said["assets"]],
            vehicles=said["vehicles"],
            phase_id=UUID(said["phase"]),
            unit=unit,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_POST
@needs(P.OPERATIONS_ORDER_DRAFT)
def draft(request: OfficerRequest, team_id: UUID) -> HttpResponse:
    """Draft a team's order with what follows from the operation, and show it."""
    order = actions.order_draft(request.actor, team_id=team_id)
    return redirect("operations:order", order)


@needs(P.OPERATIONS_TARGET_READ)
@require_http_methods(["GET", "POST"])
def order(request: OfficerRequest, order_id: UUID) -> HttpResponse:
    """Show an order as it will be printed, what is missing, and its words to change."""
    view = queries.order_get(request.actor, order_id)
    if request.method == "GET":
        return _order(request, view, OrderForm.of(view))
    form = OrderForm(request.POST)
    if form.is_valid():
        try:
            if view.state is OrderState.TO_FOLLOW:
                actions.order_reword(request.actor, order_id=order_id, words=form.words())
            else:
                actions.order_draft(request.actor, team_id=view.team.id, words=form.words())
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Konsep disimpan."))
            return redirect("operations:order", order_id)
    return _order(request, view, form, status=UNPROCESSABLE)


def _order(
    request: OfficerRequest,
    view: OrderView,
    form: OrderForm,
    *,
    errors: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    is_draft = view.state in {OrderState.DRAFTED, OrderState.TO_FOLLOW}
    page = {
        "order": view,
        "said": ORDER_SAID[view.state],
        "operation": queries.operation_get(request.actor, view.operation_id),
        "preview": queries.order_preview(request.actor, view.id),
        "form": form,
        "errors": errors,
        "clashes": queries.team_clashes(request.actor, view.operation_id).get(view.team.id, ()),
        "is_draft": is_draft,
        "verify_at": verify_address(view.token) if view.token else "",
        "zone": zone_of_actor(request.actor),
        "clock": clock_said(view.encounter),
        "is_late": bool(view.encounter and view.encounter.clock and view.encounter.clock.is_late),
        "steps": [(step, ORDER_SAID[OrderState(step.after)]) for step in view.steps],
        "reason_form": ReasonForm(),
        **_desk(request.actor, view, is_draft=is_draft),
    }
    return render(request, "operations/order.html", page, status=status)


def _desk(actor: Actor, view: OrderView, *, is_draft: bool) -> dict[str, bool]:
    """Say what this actor may do with the order; the actions ask again."""

    def sits(permission: P) -> bool:
        return any(grant.unit_code == view.unit_code for grant in actor.grants_for(permission))

    is_own = view.drafted_by_id == actor.id
    return {
        "may_edit": is_draft and sits(P.OPERATIONS_ORDER_DRAFT),
        "may_issue": is_draft and sits(P.OPERATIONS_ORDER_ISSUE) and not is_own,
        "may_cancel": view.state is OrderState.DRAFTED and sits(P.OPERATIONS_ORDER_DRAFT),
        "may_withdraw": view.state is OrderState.ISSUED
        and view.encounter is None
        and sits(P.OPERATIONS_ORDER_ISSUE),
        "may_carry_out": view.state is OrderState.ISSUED and sits(P.OPERATIONS_ORDER_DRAFT),
        "may_report": view.state is OrderState.CARRIED_OUT and sits(P.OPERATIONS_ORDER_DRAFT),
        "may_write_head": sits(P.IDENTITY_LETTERHEAD_WRITE),
        "may_print": view.letter_id is not None and P.DOCUMENTS_LETTER_READ in actor.permissions,
    }


@require_POST
@needs(P.OPERATIONS_ORDER_ISSUE)
def issue(request: OfficerRequest, order_id: UUID) -> HttpResponse:
    """Issue the order: number, print, and the team sees its tasks."""
    view = queries.order_get(request.actor, order_id)
    because = request.POST.get("because", "")
    try:
        number = actions.order_issue(request.actor, order_id=order_id, because=because)
    except AccessDenied:
        raise
    except Refusal as refusal:
        form = OrderForm.of(view)
        return _order(request, view, form, errors=(str(refusal),), status=UNPROCESSABLE)
    messages.success(request, _("Surat perintah %(number)s terbit.") % {"number": number})
    return redirect("operations:order", order_id)


@require_POST
@needs(P.OPERATIONS_ORDER_ISSUE)
def withdraw(request: OfficerRequest, order_id: UUID) -> HttpResponse:
    """Take an issued order back, with the reason."""
    return _move(request, order_id, actions.order_withdraw, _("Surat perintah dicabut."))


@require_POST
@needs(P.OPERATIONS_ORDER_DRAFT)
def step(request: OfficerRequest, order_id: UUID) -> HttpResponse:
    """Drop a draft, or record that an issued order was carried out or reported, with the reason."""
    found = STEPS.get(request.POST.get("langkah", ""))
    if found is None:
        raise AccessDenied
    run, said = found
    return _move(request, order_id, run, str(said))


STEPS: Final[dict[str, tuple[Callable[..., None], Word]]] = {
    "batal": (actions.order_cancel, gettext_lazy("Konsep dibatalkan.")),
    "laksana": (actions.order_carry_out, gettext_lazy("Surat perintah dicatat dilaksanakan.")),
    "lapor": (actions.order_report, gettext_lazy("Hasil dicatat sudah dilaporkan.")),
}


def _move(request: OfficerRequest, order_id: UUID, run: Callable[..., None], said: str) -> HttpResponse:
    view = queries.order_get(request.actor, order_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            run(request.actor, order_id=order_id, because=form.cleaned_data["because"])
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("operations:order", order_id)
    wrong = tuple(str(one) for found in form.errors.values() for one in found)
    return _order(request, view, OrderForm.of(view), errors=wrong, status=UNPROCESSABLE)


@needs(P.DOCUMENTS_LETTER_READ)
@require_GET
def order_pdf(request: OfficerRequest, order_id: UUID) -> HttpResponse:
    """Give the order's file, byte for byte as it was issued, to whoever reads its page.

    It names places and officers and nobody who is checked, so like its page it asks for no purpose.
    """
    view = queries.order_get(request.actor, order_id)
    if view.letter_id is None:
        raise AccessDenied
    file = documents.letter_get(request.actor, view.letter_id, permission=P.OPERATIONS_TARGET_READ)
    name = "".join(c if c.isalnum() else "-" for c in f"surat-perintah-{view.number}")
    answer = HttpResponse(file.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


paths = [
    path("operasi/<uuid:operation_id>/regu/bentuk", team_form, name="team-form"),
    path("operasi/regu/<uuid:team_id>/surat", draft, name="draft"),
    path("operasi/surat/<uuid:order_id>", order, name="order"),
    path("operasi/surat/<uuid:order_id>/terbit", issue, name="issue"),
    path("operasi/surat/<uuid:order_id>/cabut", withdraw, name="order-withdraw"),
    path("operasi/surat/<uuid:order_id>/langkah", step, name="order-step"),
    path("operasi/surat/<uuid:order_id>/pdf", order_pdf, name="order-pdf"),
]
