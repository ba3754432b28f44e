"""The posko: running operations, the live page, the wall, reports one by one, and an office's nil."""

from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timpora.apps.findings import actions as findings_actions
from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import DOUBTS, NewReport, ReportKind
from timpora.apps.operations import queries as operations
from timpora.apps.operations.types import OfficeState
from timpora.apps.wilayah import queries as wilayah
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web import posko_attached, posko_conflict, posko_desk, posko_numbers, posko_rekap
from timpora.interface.web.doubtful_holders import holders_shown
from timpora.interface.web.operation_words import OPERATION_SAID
from timpora.interface.web.posko_board import audience_of, board_parts
from timpora.interface.web.posko_page import report_said
from timpora.interface.web.posko_report import report_screen
from timpora.interface.web.posko_still import pass_give
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, holds
from timpora.kernel.errors import Refusal
from timpora.kernel.text import cleaned

UNPROCESSABLE = 422
REPORTS_SHOWN = 200
NOTE_LONGEST = 500


@needs(P.OPERATIONS_POSKO_WATCH)
@require_safe
def posko_list(request: OfficerRequest) -> HttpResponse:
    """Show the operations whose posko may be opened, those that run first."""
    rows = operations.operation_list(request.actor)
    rows.sort(key=lambda row: not row.operation.is_open)
    said = [(row, OPERATION_SAID[row.operation.state]) for row in rows]
    may_targets = holds(request.actor, P.OPERATIONS_TARGET_READ)
    return render(request, "posko/list.html", {"rows": said, "may_targets": may_targets})


@needs(P.OPERATIONS_POSKO_WATCH)
@require_safe
def operation(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Show the posko of an operation; its parts are brought up to date as reports arrive."""
    return _living(request, operation_id, is_wall=False)


@needs(P.OPERATIONS_POSKO_WATCH)
@require_safe
def board(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Give the live parts alone, for a page whose stream is broken; `?dinding=1` in the shape of the wall.

    With the version that the page shows (`?versi=`) only the hour, where nothing else has changed.
    """
    is_wall = request.GET.get("dinding") == "1"
    parts = board_parts(request.actor, operation_id, is_wall=is_wall)
    told = parts.told(None, request.GET.get("versi", ""))
    return HttpResponse(told, content_type="application/json")


@needs(P.OPERATIONS_POSKO_WATCH)
@require_safe
def wall(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Show the posko for a screen on a wall: no menus, larger type, read from afar."""
    return _living(request, operation_id, is_wall=True)


def _living(request: OfficerRequest, operation_id: UUID, *, is_wall: bool) -> HttpResponse:
    page = _page(request.actor, operation_id, is_wall=is_wall)
    answer = render(request, "posko/wall.html" if is_wall else "posko/page.html", page)
    return pass_give(request, answer, audience_of(request.actor, operation_id, is_wall=is_wall))


@needs(P.OPERATIONS_POSKO_WATCH)
@require_safe
def reports(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Show the reports of an operation, newest first, or those of one office (`?kantor=`)."""
    actor = request.actor
    found = operations.operation_get(actor, operation_id)
    offices = {office.unit_code: office for office in operations.office_list(actor, operation_id)}
    unit = request.GET.get("kantor") or None
    if unit is not None and unit not in offices:
        raise AccessDenied
    zones = {code: office.zone for code, office in offices.items()}
    rows = findings.report_list(actor, operation_id=operation_id, unit=unit, limit=REPORTS_SHOWN)
    places = {t.id: t.name for t in operations.target_list(actor, operation_id=operation_id, unit=unit)}
    page = {
        "operation": found,
        "office": offices.get(unit) if unit else None,
        "rows": [
            (row, places.get(row.target_id or operation_id, ""), zones[row.unit_code], report_said(row))
            for row in rows
            if row.unit_code in zones
        ],
        "is_cut": len(rows) == REPORTS_SHOWN,
        "conflicts": findings.conflict_list(actor, operation_id=operation_id),
        "can_settle": holds(actor, P.FINDINGS_CONFLICT_SETTLE),
        "zone": zone_of_actor(actor),
    }
    return render(request, "posko/reports.html", page)


@needs(P.FINDINGS_REPORT_READ)
@require_safe
def report(request: OfficerRequest, operation_id: UUID, report_id: UUID) -> HttpResponse:
    """Show one report; names only to whoever may open persons and says why, and then it is logged."""
    return _report(request, operation_id, report_id)


def _report(
    request: OfficerRequest, operation_id: UUID, report_id: UUID, *, form: "ExplainForm | None" = None
) -> HttpResponse:
    actor = request.actor
    found = findings.report_get(actor, report_id, operation_id=operation_id)
    page = {
        "operation_id": operation_id,
        "screen": report_screen(actor, found),
        "conflicts": [
            row
            for row in findings.conflict_list(actor, operation_id=operation_id)
            if row.report_id == report_id
        ],
        "doubts": [DOUBTS[doubt] for doubt in found.doubts],
        "holders": holders_shown(actor, [one.holder_id for one in found.checked if not one.person_id]),
        "device_is_revoked": bool(found.photos_missing) and findings.device_is_revoked(found.device_id),
        "can_watch": holds(actor, P.OPERATIONS_POSKO_WATCH),
        "can_open_files": holds(actor, P.REGISTRY_PERSON_READ),
        "can_open_case": holds(actor, P.CASES_CASE_OPEN),
        "can_settle": holds(actor, P.FINDINGS_CONFLICT_SETTLE),
        "can_explain": found.breaks_order and holds(actor, P.FINDINGS_BREACH_EXPLAIN),
        "explain_form": form or ExplainForm(),
    }
    return render(request, "posko/report.html", page, status=UNPROCESSABLE if form else 200)


class ExplainForm(forms.Form):
    """Why a report did not keep the order of the SOP."""

    text = forms.CharField(
        label=gettext_lazy("Penjelasan"),
        help_text=gettext_lazy("Apa yang terjadi dan apa tindak lanjutnya. Jangan menulis nama orang asing."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )


@require_POST
@needs(P.FINDINGS_BREACH_EXPLAIN)
def explain(request: OfficerRequest, operation_id: UUID, report_id: UUID) -> HttpResponse:
    """Let the head of the section explain why a report did not keep the order of the SOP."""
    findings.report_require(request.actor, report_id, operation_id=operation_id)
    form = ExplainForm(request.POST)
    if form.is_valid():
        try:
            findings_actions.breach_explain(request.actor, report_id=report_id, **form.cleaned_data)
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Penjelasan dicatat."))
            return redirect("posko:report", operation_id, report_id)
    return _report(request, operation_id, report_id, form=form)


class NilForm(forms.Form):
    """The nil of a whole office for today; `report_id` makes a second press harmless."""

    report_id = forms.UUIDField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("Keterangan"),
        help_text=gettext_lazy(
            "Misalnya titik yang didatangi. Jangan menulis nama, perkataan, atau keadaan orang."
        ),
        required=False,
        max_length=NOTE_LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )


@needs(P.FINDINGS_OFFICE_NIL)
@require_http_methods(["GET", "POST"])
def nil(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Let the office say that it met nobody today; nil is a report like any other (F39)."""
    office = _own_office(request.actor, operation_id)
    if request.method != "POST":
        form = NilForm(initial={"report_id": uuid4()})
        return _nil_page(request, operation_id, office, form, status=200)
    form = NilForm(request.POST)
    if form.is_valid():
        try:
            findings_actions.report_submit(request.actor, report=_nil_report(operation_id, form))
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Laporan nihil %(office)s diterima.") % {"office": office.name})
            return redirect("posko:operation", operation_id)
    return _nil_page(request, operation_id, office, form, status=UNPROCESSABLE)


def _nil_report(operation_id: UUID, form: NilForm) -> NewReport:
    report_id: UUID = form.cleaned_data["report_id"]
    return NewReport(
        id=report_id,
        operation_id=operation_id,
        kind=ReportKind.NIL,
        captured_at=clock.now(),
        # A browser at a desk numbers nothing: each form is a device of one report, so no number is missing.
        device_id=report_id,
        device_seq=1,
        note=cleaned(form.cleaned_data["note"]),
    )


def _nil_page(
    request: OfficerRequest, operation_id: UUID, office: OfficeState, form: NilForm, *, status: int
) -> HttpResponse:
    found = operations.operation_get(request.actor, operation_id)
    now = clock.now()
    page = {
        "operation": found,
        "office": office,
        "form": form,
        "now": now,
        "phase": operations.phase_now(found, office.zone, now),
        "sent": findings.report_list(
            request.actor, operation_id=operation_id, unit=office.unit_code, limit=1
        ),
    }
    return render(request, "posko/nil.html", page, status=status)


def _own_office(actor: Actor, operation_id: UUID) -> OfficeState:
    mine = {grant.unit_code for grant in actor.grants_for(P.FINDINGS_OFFICE_NIL)}
    offices = operations.office_list(actor, operation_id)
    found = next((office for office in offices if office.unit_code in mine), None)
    if found is None:
        raise AccessDenied
    return found


def _page(actor: Actor, operation_id: UUID, *, is_wall: bool = False) -> dict[str, object]:
    parts = board_parts(actor, operation_id, is_wall=is_wall)
    mine = {grant.unit_code for grant in actor.grants_for(P.FINDINGS_OFFICE_NIL)}
    return {
        "operation": parts.operation,
        "parts": parts,
        "is_wall": is_wall,
        "can_nil": bool(mine & parts.units),
        "can_journal": holds(actor, P.OPERATIONS_JOURNAL_READ),
        "has_outlines": bool(wilayah.boundary_levels()),
    }


app_name = "posko"
urlpatterns = [
    path("posko", posko_list, name="list"),
    path("posko/<uuid:operation_id>", operation, name="operation"),
    path("posko/<uuid:operation_id>/papan", board, name="board"),
    path("posko/<uuid:operation_id>/dinding", wall, name="wall"),
    path("posko/<uuid:operation_id>/laporan", reports, name="reports"),
    path("posko/<uuid:operation_id>/laporan/<uuid:report_id>", report, name="report"),
    path("posko/<uuid:operation_id>/laporan/<uuid:report_id>/jelaskan", explain, name="explain"),
    path("posko/<uuid:operation_id>/nihil", nil, name="nil"),
    *posko_attached.paths,
    *posko_conflict.paths,
    *posko_desk.paths,
    *posko_numbers.paths,
    *posko_rekap.paths,
]
