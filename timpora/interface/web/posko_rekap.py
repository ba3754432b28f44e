"""The rekap of a day: on the screen, and taken away as paper, spreadsheet or message."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import translation
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from timpora.apps.findings import actions
from timpora.apps.findings import queries as findings
from timpora.apps.findings.queries import DailyRekap, Rekap, RekapForm
from timpora.apps.operations import queries as operations
from timpora.apps.operations.types import JournalView, OperationView
from timpora.domain.territory import WIT
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.posko_rekap_files import rekap_message, rekap_spreadsheet
from timpora.interface.web.posko_rekap_sheet import important_messages, sheet_of
from timpora.interface.web.posko_words import JOURNAL_SAID, PRIORITY_SAID, short_name
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, holds

PDF: Final = "application/pdf"
SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# More messages than any operation has; the list of the journal's own page is shorter.
MESSAGES: Final = 5_000


@needs(P.OPERATIONS_POSKO_WATCH)
@require_safe
def rekap(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Show the figures of a day (`?hari=dd-mm-yyyy`, else the last that counts) and the running totals."""
    found = operations.operation_get(request.actor, operation_id)
    on = _day_asked(request.GET.get("hari"), found, request.actor)
    return _page(request, findings.rekap_get(request.actor, operation_id, on))


@require_POST
@needs(P.OPERATIONS_POSKO_WATCH)
def rekap_take(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Hand the rekap out (`bentuk` = pdf, xlsx or pesan), in Indonesian like every paper; it is logged."""
    actor = request.actor
    found = operations.operation_get(actor, operation_id)
    on = _day_asked(request.POST.get("hari"), found, actor)
    try:
        form = RekapForm(request.POST.get("bentuk", ""))
    except ValueError as error:
        raise AccessDenied from error
    taken = actions.rekap_take(actor, operation_id=operation_id, on=on, form=form)
    with translation.override("id"):
        sheet = sheet_of(taken, _messages(actor, operation_id), actor)
        if form is RekapForm.PAPER:
            return _file(findings.rekap_pdf(sheet), PDF, sheet, "pdf")
        if form is RekapForm.SHEET:
            return _file(rekap_spreadsheet(sheet), SPREADSHEET, sheet, "xlsx")
        message = rekap_message(sheet)
    return _page(request, taken, message=message)


def _file(content: bytes, kind: str, sheet: DailyRekap, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    name = f"rekap {sheet.operation} {sheet.day}.{ending}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def _day_asked(text: str | None, operation: OperationView, actor: Actor) -> date:
    """Return the day that was asked for; of an operation that is over, its last one where none was.

    A day that has not begun anywhere has no page.
    """
    if not text:
        today = clock.today(zone_of_actor(actor))
        last = max((phase.ends_local for phase in operation.phases), default=None)
        return min(today, _last_day(last)) if last else today
    try:
        on = datetime.strptime(text, "%d-%m-%Y").date()  # noqa: DTZ007 - a day, which has no zone
    except ValueError as error:
        raise AccessDenied from error
    if on > clock.today(WIT):
        raise AccessDenied
    return on


def _last_day(ends: datetime) -> date:
    return (ends - datetime.resolution).date()


def _days(operation: OperationView, on: date) -> list[date]:
    """Return the days that may be chosen: those of the phases that have begun, today, and the shown one."""
    today = clock.today(WIT)
    found = {on, today}
    for phase in operation.phases:
        starts, last = phase.starts_local.date(), min(_last_day(phase.ends_local), today)
        found |= {date.fromordinal(n) for n in range(starts.toordinal(), last.toordinal() + 1)}
    return sorted(found)


def _messages(actor: Actor, operation_id: UUID) -> list[JournalView] | None:
    if not holds(actor, P.OPERATIONS_JOURNAL_READ):
        return None
    return operations.journal_list(actor, operation_id, limit=MESSAGES)


def _page(request: OfficerRequest, taken: Rekap, *, message: str = "") -> HttpResponse:
    operation = taken.total.operation
    messages = _messages(request.actor, operation.id)
    page = {
        "operation": operation,
        "on": taken.on,
        "days": _days(operation, taken.on),
        "sheet": sheet_of(taken, messages, request.actor),
        "messages_shown": [
            (m, PRIORITY_SAID[m.priority], JOURNAL_SAID[m.state], short_name(m.unit_name))
            for m in important_messages(messages or [], taken.on)
        ],
        "can_journal": messages is not None,
        "message": message,
    }
    return render(request, "posko/rekap.html", page)


paths = [
    path("posko/<uuid:operation_id>/rekap", rekap, name="rekap"),
    path("posko/<uuid:operation_id>/rekap/ambil", rekap_take, name="rekap-take"),
]
