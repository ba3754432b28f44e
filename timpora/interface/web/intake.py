"""Lists in: drop a file, match its columns, watch it go in, get the faulty rows back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from timpora.apps.intake import actions, queries
from timpora.apps.intake.errors import IntakeError, KindUnknown, SubmissionBusy
from timpora.apps.intake.types import (
    KIND_WORDS,
    ColumnPlan,
    ListKind,
    Preview,
    SubmissionView,
    field_label,
    fields_of,
)
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.sentences import told
from timpora.interface.web import intake_pairs
from timpora.interface.web.day_fields import DayField
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel import clock
from timpora.kernel.access import P, holds
from timpora.kernel.text import cleaned

UNPROCESSABLE = 422
LONGEST_VALUE = 200
# Below this a match is called a guess.
SURE = 0.9
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TONES = {
    "diterima": "waiting",
    "antre": "info",
    "dibaca": "info",
    "dihubungkan": "info",
    "selesai": "good",
    "ditolak": "stop",
    "gagal": "stop",
}
STATE_WORDS = {
    "diterima": _("menunggu kolom dicocokkan"),
    "antre": _("menunggu giliran"),
    "dibaca": _("sedang dibaca"),
    "dihubungkan": _("sedang dihubungkan"),
    "selesai": _("selesai"),
    "ditolak": _("ditolak seluruhnya"),
    "gagal": _("tidak terbaca"),
}


class UploadForm(forms.Form):
    """A file, and the day whose state it tells."""

    berkas = forms.FileField(label=_("Berkas daftar"), allow_empty_file=True)
    keadaan = DayField(
        label=_("Tanggal keadaan daftar"), help_text=_("Hari yang digambarkan daftar, misalnya 21-08-2024.")
    )


@dataclass(frozen=True, slots=True)
class ListLine:
    """A submission in a list or at the head of its page: with the word and tone of its state."""

    row: SubmissionView
    word: Any
    tone: str


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column to match: its title, its samples, and the choices with the chosen one marked."""

    index: int
    header: str
    samples: tuple[str, ...]
    chosen: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A field that no column fills and that one value may fill for all rows."""

    name: str
    label: str
    value: str


def _line(row: SubmissionView) -> ListLine:
    if row.state == "selesai" and row.bad:
        return ListLine(row, _("selesai; ada baris untuk diperbaiki"), "caution")
    return ListLine(row, STATE_WORDS[row.state], TONES[row.state])


@needs(P.INTAKE_SUBMISSION_READ)
@require_safe
def submissions(request: OfficerRequest) -> HttpResponse:
    """Show the newest lists, and where to drop the next."""
    return _list_page(request, _empty_form(request), status=200)


def _empty_form(request: OfficerRequest) -> UploadForm:
    return UploadForm(initial={"keadaan": f"{clock.today(zone_of_actor(request.actor)):%d-%m-%Y}"})


def _list_page(request: OfficerRequest, form: UploadForm, *, status: int) -> HttpResponse:
    has_pairs = holds(request.actor, P.INTAKE_PAIR_READ) and request.actor.purpose is not None
    page = {
        "lines": [_line(row) for row in queries.submission_list(request.actor)],
        "form": form if holds(request.actor, P.INTAKE_SUBMISSION_SEND) else None,
        "may_pair": holds(request.actor, P.INTAKE_PAIR_READ),
        "pairs_waiting": queries.pair_count(request.actor) if has_pairs else None,
        "zone": zone_of_actor(request.actor),
    }
    return render(request, "intake/list.html", page, status=status)


@require_POST
@needs(P.INTAKE_SUBMISSION_SEND)
def send(request: OfficerRequest) -> HttpResponse:
    """Take a dropped file in hand; a file that cannot be read is refused with what to do."""
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        upload: UploadedFile[bytes] = form.cleaned_data["berkas"]
        name = cleaned(upload.name or "")
        try:
            with _on_disk(upload) as file:
                received = actions.submission_receive(
                    request.actor, path=file, name=name, reported_on=form.cleaned_data["keadaan"]
                )
        except IntakeError as refusal:
            form.add_error("berkas", str(refusal))
        else:
            if received.is_repeat:
                messages.info(request, gettext("Berkas yang sama sudah pernah dikirim; ini kirimannya."))
            return redirect("intake:submission", received.submission.id)
    return _list_page(request, form, status=UNPROCESSABLE)


@contextmanager
def _on_disk(upload: "UploadedFile[bytes]") -> Iterator[Path]:
    with TemporaryDirectory(prefix="timpora-kiriman-") as folder:
        file = Path(folder) / "kiriman"
        with file.open("wb") as stream:
            for chunk in upload.chunks():
                stream.write(chunk)
        yield file


@needs(P.INTAKE_SUBMISSION_READ)
@require_safe
def submission(request: OfficerRequest, submission_id: UUID) -> HttpResponse:
    """Show a list where it stands: columns to match, a running bar, or the result."""
    row = queries.submission_get(request.actor, submission_id)
    if row.is_open and holds(request.actor, P.INTAKE_SUBMISSION_SEND):
        kind = _kind(request.GET.get("jenis", ""))
        preview = queries.submission_preview(request.actor, submission_id, kind=kind)
        return _match_page(request, preview, status=200)
    return render(request, "intake/submission.html", _settled(request, row))


def _settled(request: OfficerRequest, row: SubmissionView) -> dict[str, Any]:
    return {
        "line": _line(row),
        "faults": queries.fault_list(request.actor, row.id) if row.bad else [],
        "zone": zone_of_actor(request.actor),
        "may_pair": _may_count(request),
    }


def _may_count(request: OfficerRequest) -> bool:
    """Return whether the officer may know how many of a list's persons the register knew before.

    To others it would tell of anybody whether he is known: a list of one row asks it.
    """
    return holds(request.actor, P.INTAKE_PAIR_READ)


def _match_page(
    request: OfficerRequest,
    preview: Preview,
    *,
    status: int,
    refusal: str = "",
    is_whole: bool = False,
    is_tried: bool = False,
) -> HttpResponse:
    row, plan = preview.submission, preview.plan
    values = dict.fromkeys(preview.missing_fields, "") | dict(plan.constants)
    page = _settled(request, row) | {
        "preview": preview,
        "refusal": refusal,
        "untried": _untried(preview) if is_tried else "",
        "is_whole": is_whole or row.is_whole,
        "kinds": [
            {"label": gettext(word), "url": f"?jenis={kind}", "is_here": kind is plan.kind, "count": None}
            for kind, word in KIND_WORDS.items()
            if kind is plan.kind or actions.may_send(request.actor, kind)
        ],
        "columns": [
            ColumnLine(index, column.header, column.samples, column.field or "", column.score > SURE)
            for index, column in enumerate(preview.columns)
        ],
        "fields": [(name, field_label(name)) for name in fields_of(plan.kind)],
        "values": [ValueLine(name, field_label(name), value) for name, value in values.items()],
    }
    return render(request, "intake/match.html", page, status=status)


def _untried(preview: Preview) -> str:
    """Say why the first rows could not be tried; empty where they were."""
    if not preview.missing:
        return ""
    names = ", ".join(told(name) for name in preview.missing)
    return gettext("Belum dapat dicoba: %(names)s kurang.") % {"names": names}


@require_POST
@needs(P.INTAKE_SUBMISSION_SEND)
def start(request: OfficerRequest, submission_id: UUID) -> HttpResponse:
    """Queue the list with the chosen columns, or try the choice on the first rows again."""
    row = queries.submission_get(request.actor, submission_id)
    kind = _kind(request.POST.get("jenis", ""))
    if kind is None:
        raise KindUnknown
    choice = _choice(request.POST, row, kind)
    plan = ColumnPlan(kind, choice.columns, choice.constants)
    if "coba" in request.POST:
        preview = queries.submission_preview(request.actor, submission_id, chosen=plan)
        return _match_page(request, preview, status=200, is_whole=choice.is_whole, is_tried=True)
    try:
        actions.submission_start(request.actor, submission_id=submission_id, choice=choice)
    except SubmissionBusy as refusal:
        messages.info(request, str(refusal))
    except IntakeError as refusal:
        preview = queries.submission_preview(request.actor, submission_id, chosen=plan)
        return _match_page(
            request, preview, status=UNPROCESSABLE, refusal=str(refusal), is_whole=choice.is_whole
        )
    return redirect("intake:submission", submission_id)


def _choice(given: Mapping[str, str], row: SubmissionView, kind: ListKind) -> actions.Choice:
    columns = {
        header: cleaned(chosen)[:LONGEST_VALUE]
        for index, header in enumerate(row.headers)
        if (chosen := given.get(f"kolom-{index}", ""))
    }
    constants = {
        name: text
        for name in fields_of(kind)
        if (text := cleaned(given.get(f"nilai-{name}", ""))[:LONGEST_VALUE]) and name not in columns.values()
    }
    return actions.Choice(kind, columns, constants, is_whole=given.get("cara") == "semua")


def _kind(text: str) -> ListKind | None:
    return next((kind for kind in ListKind if kind == text), None)


@needs(P.INTAKE_SUBMISSION_READ)
@require_safe
def progress(request: OfficerRequest, submission_id: UUID) -> HttpResponse:
    """Answer the running bar; when nothing runs any more, have the page loaded anew."""
    row = queries.submission_get(request.actor, submission_id)
    page = {"line": _line(row), "may_pair": _may_count(request)}
    answer = render(request, "intake/progress.html", page)
    if not row.is_running:
        answer["HX-Refresh"] = "true"
    return answer


@needs(P.INTAKE_SUBMISSION_READ)
@require_safe
def faults(request: OfficerRequest, submission_id: UUID) -> HttpResponse:
    """Give the faulty rows as a file to mend, in the columns in which they came."""
    with TemporaryDirectory(prefix="timpora-perbaikan-") as folder:
        file = Path(folder) / "perbaikan.xlsx"
        name = queries.faults_write(request.actor, submission_id, file)
        answer = HttpResponse(file.read_bytes(), content_type=SPREADSHEET)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


app_name = "intake"
urlpatterns = [
    path("daftar", submissions, name="list"),
    path("daftar/kirim", send, name="send"),
    path("daftar/pasangan", intake_pairs.pairs, name="pairs"),
    path("daftar/pasangan/<uuid:pair_id>/putus", intake_pairs.decide, name="pair-decide"),
    path("daftar/pasangan/<uuid:pair_id>/batal", intake_pairs.undo, name="pair-undo"),
    path("daftar/<uuid:submission_id>", submission, name="submission"),
    path("daftar/<uuid:submission_id>/masukkan", start, name="start"),
    path("daftar/<uuid:submission_id>/kemajuan", progress, name="progress"),
    path("daftar/<uuid:submission_id>/perbaikan.xlsx", faults, name="faults"),
]
