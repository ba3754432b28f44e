"""The days that a post hands over as files (F42, ADR 0021)."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from timpora.apps.findings import queries as reports
from timpora.apps.findings.errors import DayGrown
from timpora.apps.findings.types import DayLine
from timpora.apps.operations import queries
from timpora.interface.day_files import KINDS, Wanted, day_file
from timpora.interface.gate import needs
from timpora.interface.post_key import PostKeyMissing
from timpora.interface.requests import OfficerRequest
from timpora.interface.sentences import told
from timpora.kernel.access import AccessDenied, P, holds
from timpora.kernel.errors import Refusal
from timpora.kernel.post import is_post

# No other program is to open these.
BYTES: Final = "application/octet-stream"
UNPROCESSABLE: Final = 422
# Of what tells one cut of a day from another, in letters.
DIGEST: Final = 64


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A day with the name of its operation."""

    line: DayLine
    operation: str


class DayForm(forms.Form):
    """Which day of which operation, which file of it, and what of the day is in it."""

    jenis = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS])
    operasi = forms.UUIDField()
    hari = forms.DateField(input_formats=["%Y-%m-%d"])
    bagian = forms.IntegerField(min_value=1, max_value=1_000)
    potongan = forms.CharField(max_length=DIGEST, required=False)


@needs(P.FINDINGS_REPORT_CARRY)
@require_http_methods(["GET", "POST"])
def day(request: OfficerRequest) -> HttpResponse:
    """List the days with reports of a post, and hand one out as files that its office opens.

    An office has none: whoever carries its reports holds no key of theirs and needs no file.
    """
    if not is_post():
        raise AccessDenied
    if request.method != "POST":
        return _page(request)
    form = DayForm(request.POST)
    if not form.is_valid():
        raise AccessDenied
    return _file(request, form.cleaned_data)


def _file(request: OfficerRequest, asked: dict[str, Any]) -> HttpResponse:
    wanted = Wanted(asked["operasi"], asked["hari"], asked["bagian"], asked["potongan"])
    try:
        file = day_file(request.actor, asked["jenis"], wanted)
    except (DayGrown, PostKeyMissing) as refusal:
        return _page(request, refusal)
    answer = HttpResponse(file.data, content_type=BYTES)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    answer["Cache-Control"] = "no-store"
    return answer


def _page(request: OfficerRequest, refusal: Refusal | None = None) -> HttpResponse:
    actor = request.actor
    names = {row.operation.id: row.operation.name for row in queries.operation_list(actor)}
    page = {
        "days": [ShownDay(line, names.get(line.operation_id, "")) for line in reports.day_list(actor)],
        "withheld": reports.quarantine_count(actor) if holds(actor, P.FINDINGS_QUARANTINE_DECIDE) else 0,
        "refusal": told(refusal) if refusal else "",
    }
    return render(request, "posts/day.html", page, status=UNPROCESSABLE if refusal else 200)


paths = [path("ponsel/hari", day, name="day")]
