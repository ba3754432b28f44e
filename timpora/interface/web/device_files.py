"""A phone's queue comes in by file, at any desk: what was taken, what was here before, what is refused."""

from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from timpora.interface.bringing import UNREADABLE, Brought, bring, in_order
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.sentences import told
from timpora.interface.web.photo_sets import photo_sets
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel.access import P, holds

UNPROCESSABLE: Final = 422


class ManyFiles(forms.ClearableFileInput):
    """A post's day is several files; they are chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files, each looked at as one alone would be."""
        return [super(FilesField, self).clean(one, initial) for one in data or [None]]


class QueueFileForm(forms.Form):
    """The file that a phone saved, or those of a post's day."""

    berkas = FilesField(label=gettext_lazy("Berkas antrean"), allow_empty_file=True)


@needs(P.FINDINGS_REPORT_CARRY, P.FINDINGS_REPORT_SUBMIT)
@require_http_methods(["GET", "POST"])
def queue_file(request: OfficerRequest) -> HttpResponse:
    """Take a queue in: one's own, or with the right to carry that of an officer of one's territory.

    Besides, the photos that waited beside it, and the photos and the notes of a post's day, which whoever may
    carry its reports brings in.
    """
    if request.method != "POST":
        return _page(request, QueueFileForm())
    form = QueueFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=UNPROCESSABLE)
    brought = Brought()
    for file in sorted(form.cleaned_data["berkas"], key=in_order):
        try:
            bring(request.actor, file, brought)
        except UNREADABLE as refusal:
            form.add_error("berkas", f"{file.name}: {told(refusal)}")
    again = form if form.errors else QueueFileForm()
    return _page(request, again, brought=brought, status=UNPROCESSABLE if form.errors else 200)


def _page(
    request: OfficerRequest,
    form: QueueFileForm,
    *,
    brought: Brought | None = None,
    status: int = 200,
) -> HttpResponse:
    lines = brought.lines if brought else None
    page = {
        "form": form,
        "lines": lines,
        "device": brought.device if brought else "",
        "loads": [load for load, _is_taken in brought.loads] if brought else [],
        "sets": [one for one in photo_sets(request.session, brought) if one.missing],
        "notes": brought.notes if brought else [],
        "refused": brought.refused if brought else 0,
        "zone": zone_of_actor(request.actor),
        "may_list": holds(request.actor, P.FINDINGS_DEVICE_READ),
        "may_carry": holds(request.actor, P.FINDINGS_REPORT_CARRY),
    }
    return render(request, "devices/file.html", page, status=status)


paths = [path("ponsel/berkas", queue_file, name="file")]
