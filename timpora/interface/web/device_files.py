"""A phone's queue comes in by file, at any desk: what was taken, what was here before, what is refused."""

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from timpora.apps.findings import actions
from timpora.apps.findings.types import NewReport
from timpora.apps.identity import queries as identity
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.sentences import told
from timpora.interface.web.queue_file import Entry, QueueFileUnreadable, entry_open, queue_file_read
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel.access import AccessDenied, Actor, P, holds
from timpora.kernel.errors import Refusal

UNPROCESSABLE: Final = 422


class QueueFileForm(forms.Form):
    """The file that a phone saved."""

    berkas = forms.FileField(label=gettext_lazy("Berkas antrean"), allow_empty_file=True)


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one report of the file; nothing of what it says."""

    number: str
    seq: int
    officer: str
    tone: str
    word: str
    because: str = ""


@needs(P.FINDINGS_REPORT_CARRY, P.FINDINGS_REPORT_SUBMIT)
@require_http_methods(["GET", "POST"])
def queue_file(request: OfficerRequest) -> HttpResponse:
    """Take a queue in: one's own, or with the right to carry that of an officer of one's territory."""
    if request.method != "POST":
        return _page(request, QueueFileForm())
    form = QueueFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=UNPROCESSABLE)
    file: UploadedFile[bytes] = form.cleaned_data["berkas"]
    try:
        queue = queue_file_read(file)
    except QueueFileUnreadable as refusal:
        form.add_error("berkas", str(refusal))
        return _page(request, form, status=UNPROCESSABLE)
    authors = {entry.officer: identity.author_get(entry.officer) for entry in queue.entries}
    lines = [_carry(request.actor, entry, authors[entry.officer]) for entry in queue.entries]
    return _page(request, QueueFileForm(), lines=lines, device=queue.device)


def _carry(actor: Actor, entry: Entry, author: Actor | None) -> Carried:
    """Put one report through the same door as every other; whoever wrote it stays its officer."""
    line = Carried(entry.number, entry.seq, author.name if author else "", "stop", _("tidak diterima"))
    is_own = entry.officer == actor.id
    if author is None:
        return replace(line, because=_("Petugasnya tidak dikenal, atau akunnya sudah ditutup."))
    if not (is_own or holds(actor, P.FINDINGS_REPORT_CARRY)):
        return replace(line, because=_("Milik petugas lain: kepala seksinya yang memasukkan."))
    opened = entry_open(entry)
    if opened is None:
        return replace(line, because=_("Tidak terbaca: rusak, diubah, atau disandi dengan kunci lama."))
    if not (is_own or opened.is_sealed):
        return replace(
            line, because=_("Tidak tersandi, jadi tidak terbukti milik siapa: hanya petugasnya sendiri.")
        )
    report = opened.report if is_own else replace(opened.report, author=author)
    return _submitted(actor, report, line)


def _submitted(actor: Actor, report: NewReport, line: Carried) -> Carried:
    try:
        receipt = actions.report_submit(actor, report=report)
    except AccessDenied:
        return replace(line, because=_("Bukan laporan dari wilayah kerja Anda."))
    except Refusal as refusal:
        return replace(line, because=told(refusal))
    if receipt.is_conflict:
        return replace(
            line,
            tone="caution",
            word=_("isi berbeda"),
            because=_("Isi lain dengan kode ini sudah ada. Keduanya disimpan untuk dibandingkan."),
        )
    if receipt.is_repeat:
        return replace(line, tone="info", word=_("sudah ada"))
    return replace(line, tone="good", word=_("diterima"))


def _page(
    request: OfficerRequest,
    form: QueueFileForm,
    *,
    lines: list[Carried] | None = None,
    device: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    page = {
        "form": form,
        "lines": lines,
        "device": str(device)[-4:] if device else "",
        "refused": sum(line.tone == "stop" for line in lines or []),
        "zone": zone_of_actor(request.actor),
        "may_carry": holds(request.actor, P.FINDINGS_REPORT_CARRY),
    }
    return render(request, "devices/file.html", page, status=status)


paths = [path("ponsel/berkas", queue_file, name="file")]
