"""A phone's queue comes in by file, at any desk: what was taken, what was here before, what is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_http_methods

from timpora.apps.findings import actions
from timpora.apps.findings.types import NewReport, PhotoLoad, Receipt, Withheld
from timpora.apps.identity import queries as identity
from timpora.interface.gate import needs
from timpora.interface.photo_file import PhotoFileUnreadable, is_photo_file, photo_file_read
from timpora.interface.queue_file import Entry, Opened, QueueFileUnreadable, entry_open, queue_file_read
from timpora.interface.requests import OfficerRequest
from timpora.interface.sentences import told
from timpora.interface.web.device_lines import Carried, photo_lines
from timpora.interface.web.photo_sets import photo_sets
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel.access import AccessDenied, Actor, P, holds
from timpora.kernel.errors import Refusal

UNPROCESSABLE: Final = 422
# Of a phone's identifier.
SHOWN: Final = 4


class PostFileOfOthers(Refusal):
    """An officer chose a file of a post."""

    code = "field.post-file-of-others"
    message = gettext_noop("Berkas pos dimasukkan kepala seksi Inteldakim.")


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


@dataclass(slots=True)
class Brought:
    """What came of the files so far."""

    lines: list[Carried] = field(default_factory=list)
    loads: list[tuple[PhotoLoad, bool]] = field(default_factory=list)
    device: str = ""


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
    """Take a queue in: one's own, or with the right to carry that of an officer of one's territory.

    Besides, the photos of a post's day, which whoever may carry its reports brings in.
    """
    if request.method != "POST":
        return _page(request, QueueFileForm())
    form = QueueFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=UNPROCESSABLE)
    brought = Brought()
    # Photos after the reports that name them, however they were chosen.
    for file in sorted(form.cleaned_data["berkas"], key=is_photo_file):
        try:
            _bring(request.actor, file, brought)
        except (QueueFileUnreadable, PhotoFileUnreadable, PostFileOfOthers) as refusal:
            form.add_error("berkas", f"{file.name}: {told(refusal)}")
    again = form if form.errors else QueueFileForm()
    return _page(request, again, brought=brought, status=UNPROCESSABLE if form.errors else 200)


def _bring(actor: Actor, file: "UploadedFile[bytes]", brought: Brought) -> None:
    if is_photo_file(file):
        if not holds(actor, P.FINDINGS_REPORT_CARRY):
            raise PostFileOfOthers
        load = photo_file_read(file)
        came = actions.day_photos_bring(actor, load=load)
        brought.loads.append((load, all(one.is_known for one in came)))
        brought.lines += photo_lines(came)
        return
    queue = queue_file_read(file)
    brought.device = str(queue.device)[-SHOWN:]
    authors = {entry.officer: identity.author_get(entry.officer) for entry in queue.entries}
    brought.lines += [_carry(actor, entry, authors[entry.officer]) for entry in queue.entries]


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
    brought: Brought | None = None,
    status: int = 200,
) -> HttpResponse:
    lines = brought.lines if brought else None
    page = {
        "form": form,
        "lines": lines,
        "device": brought.device if brought else "",
        "loads": [load for load, _is_taken in brought.loads] if brought else [],
        "sets": [one for one in photo_sets(request.session, brought.loads if brought else ()) if one.missing],
        "refused": sum(line.tone == "stop" for line in lines or []),
        "zone": zone_of_actor(request.actor),
        "may_list": holds(request.actor, P.FINDINGS_DEVICE_READ),
        "may_carry": holds(request.actor, P.FINDINGS_REPORT_CARRY),
    }
    return render(request, "devices/file.html", page, status=status)


paths = [path("ponsel/berkas", queue_file, name="file")]
