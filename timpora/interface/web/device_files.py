"""A phone's queue comes in by file, at any desk: what was taken, what was here before, what is refused."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from timpora.apps.findings import actions
from timpora.apps.findings.types import NewReport, Receipt, Withheld
from timpora.apps.identity import queries as identity
from timpora.interface.gate import needs
from timpora.interface.queue_file import Entry, Opened, QueueFileUnreadable, entry_open, queue_file_read
from timpora.interface.requests import OfficerRequest
from timpora.interface.sentences import told
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
    word: str | Promise
    because: str = ""


REFUSED: Final = ("stop", gettext_lazy("tidak diterima"))
Said = tuple[str, Promise | str, Promise | str]
# The first that holds of a receipt says what became of the report.
ANSWERS: Final[tuple[tuple[Callable[[Receipt], bool], Said], ...]] = (
    (
        lambda receipt: receipt.is_withheld,
        (
            "waiting",
            gettext_lazy("ditahan"),
            gettext_lazy("Disimpan di karantina dan belum dihitung, sampai kepala seksi memutuskannya."),
        ),
    ),
    (
        lambda receipt: receipt.is_conflict,
        (
            "caution",
            gettext_lazy("isi berbeda"),
            gettext_lazy("Isi lain dengan kode ini sudah ada. Keduanya disimpan untuk dibandingkan."),
        ),
    ),
    (lambda receipt: receipt.is_repeat, ("info", gettext_lazy("sudah ada"), "")),
    (lambda _receipt: True, ("good", gettext_lazy("diterima"), "")),
)


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
        form.add_error("berkas", told(refusal))
        return _page(request, form, status=UNPROCESSABLE)
    authors = {entry.officer: identity.author_get(entry.officer) for entry in queue.entries}
    lines = [_carry(request.actor, entry, authors[entry.officer]) for entry in queue.entries]
    return _page(request, QueueFileForm(), lines=lines, device=queue.device)


def _carry(actor: Actor, entry: Entry, author: Actor | None) -> Carried:
    """Put one report through the same door as every other; whoever wrote it stays its officer."""
    line = Carried(entry.number, entry.seq, "", *REFUSED)
    opened = entry_open(entry)
    if opened is None:
        return replace(line, because=_("Tidak terbaca: rusak, diubah, atau disandi dengan kunci lama."))
    if entry.officer == actor.id:
        return _taken(line, actor, lambda: actions.report_submit(actor, report=opened.report))
    if why := _why_not_carry(actor, opened):
        return replace(line, because=why)
    if author is not None and author.grants:
        report = replace(opened.report, author=author)
        return _taken(line, author, lambda: actions.report_submit(actor, report=report))
    return _of_closed(actor, entry, opened.report, line)


def _why_not_carry(actor: Actor, opened: Opened) -> str:
    if not holds(actor, P.FINDINGS_REPORT_CARRY):
        return _("Milik petugas lain: kepala seksinya yang memasukkan.")
    if not opened.is_sealed:
        return _("Tidak tersandi, jadi tidak terbukti milik siapa: hanya petugasnya sendiri.")
    return ""


def _of_closed(actor: Actor, entry: Entry, report: NewReport, line: Carried) -> Carried:
    """Keep the report of somebody who is no officer any more, and was one when he wrote it."""
    then = identity.author_get(entry.officer, on=report.captured_at.date())
    if then is None or not then.grants:
        return replace(line, because=_("Petugasnya tidak dikenal, atau tidak bertugas pada hari itu."))
    kept, reason = replace(report, author=then), Withheld.OFFICER
    return _taken(line, then, lambda: actions.report_withhold(actor, report=kept, reason=reason))


def _taken(line: Carried, author: Actor, take: Callable[[], Receipt]) -> Carried:
    """Return the line with what came of it; who wrote a report is told to whoever may bring it in."""
    try:
        receipt = take()
    except AccessDenied:
        return replace(line, because=_("Bukan laporan dari wilayah kerja Anda."))
    except Refusal as refusal:
        return replace(line, because=told(refusal))
    tone, word, because = next(said for holds_for, said in ANSWERS if holds_for(receipt))
    return replace(line, officer=author.name, tone=tone, word=word, because=str(because))


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
        "may_list": holds(request.actor, P.FINDINGS_DEVICE_READ),
        "may_carry": holds(request.actor, P.FINDINGS_REPORT_CARRY),
    }
    return render(request, "devices/file.html", page, status=status)


paths = [path("ponsel/berkas", queue_file, name="file")]
