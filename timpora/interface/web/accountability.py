"""The audit log on screens: its lines, its sealed head for paper, and who looked at a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import segno
from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from timpora.apps.accountability import queries
from timpora.apps.accountability.queries import EntryFilter
from timpora.apps.accountability.types import CheckpointView, EntryView, Verification
from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import FileKind
from timpora.apps.identity import queries as identity
from timpora.apps.registry import queries as registry
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.audit_words import ROOMS, subject_word, tag_word
from timpora.interface.web.day_fields import DayField
from timpora.interface.web.paging import page_number
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel.access import AccessDenied, Actor, P, holds
from timpora.kernel.access.actor import system_actor
from timpora.kernel.access.machine_roles import MesinLatar
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import acting_as, assume
from timpora.kernel.text import cleaned

ONE_DAY = timedelta(days=1)
READS_SHOWN = 500
# Going through the log touches every entry, so the program does it as itself; it shows counts only.
FILE_WORDS = {
    FileKind.CONTENT: _("isi laporan"),
    FileKind.MINUTES: _("berita acara"),
    FileKind.PHOTO: _("foto"),
}
VERIFIER = system_actor(MesinLatar.slug, "Pemeriksa catatan audit")


class FilterForm(forms.Form):
    """Which lines of the log are asked for; an empty or unreadable field does not narrow."""

    perbuatan = forms.ChoiceField(label=_("Perbuatan"), required=False)
    siapa = forms.CharField(label=_("Siapa"), required=False, max_length=100)
    tentang = forms.CharField(label=_("Nomor hal"), required=False, max_length=100)
    sejak = DayField(label=_("Sejak"), required=False)
    sampai = DayField(label=_("Sampai"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        rooms = [(f"{room}:", name) for room, name in ROOMS.items()]
        verbs = sorted(((str(tag), tag_word(tag)) for tag in Tag), key=lambda verb: verb[1])
        groups = [("", _("Semua perbuatan")), (_("Ruang"), rooms), (_("Perbuatan"), verbs)]
        self.fields["perbuatan"].choices = groups  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with its verb and subject in words; officers and offices are named, other things numbered."""

    entry: EntryView
    word: str
    subject: str
    name: str


@require_GET
@needs(P.ACCOUNTABILITY_AUDIT_READ)
def log(request: OfficerRequest) -> HttpResponse:
    """Show the log, newest first: verbs and references, no content of cases."""
    zone = zone_of_actor(request.actor)
    form = FilterForm(request.GET)
    form.is_valid()
    number = page_number(request)
    entries = queries.entry_list(request.actor, _filter(form.cleaned_data, zone), page=number)
    page = {
        "form": form,
        "lines": _lines(entries),
        "number": number,
        "previous_url": _address(request, number - 1) if number > 1 else "",
        "next_url": _address(request, number + 1) if len(entries) == queries.PAGE else "",
        "zone": zone,
        "may_list_reads": holds(request.actor, P.ACCOUNTABILITY_READS_LIST),
    }
    return render(request, "accountability/log.html", page)


def _lines(entries: Sequence[EntryView]) -> list[Line]:
    names = _names(entries)
    return [
        Line(
            entry=entry,
            word=tag_word(entry.tag),
            subject=subject_word(entry.subject_kind),
            name=names.get(entry.subject_id, ""),
        )
        for entry in entries
    ]


def _names(entries: Sequence[EntryView]) -> dict[str, str]:
    """Name officers and offices, whose names are public; a number stays with everything else."""
    users = {_uuid(entry.subject_id) for entry in entries if entry.subject_kind == "user"} - {None}
    units = {entry.subject_id for entry in entries if entry.subject_kind == "unit"}
    names = {str(key): officer.name for key, officer in identity.officer_names(filter(None, users)).items()}
    return names | {unit.code: unit.name for unit in (identity.unit_list(codes=units) if units else [])}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _filter(asked: dict[str, object], zone: str) -> EntryFilter:
    since, until = asked.get("sejak"), asked.get("sampai")
    return EntryFilter(
        tag=str(asked.get("perbuatan") or ""),
        actor=cleaned(str(asked.get("siapa") or "")),
        subject=cleaned(str(asked.get("tentang") or "")),
        since=_midnight(since, zone) if isinstance(since, date) else None,
        before=_midnight(until + ONE_DAY, zone) if isinstance(until, date) and until < date.max else None,
    )


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone))


def _address(request: HttpRequest, number: int) -> str:
    asked = request.GET.copy()
    asked["hal"] = str(number)
    return f"?{asked.urlencode()}"


@require_http_methods(["GET", "POST"])
@needs(P.ACCOUNTABILITY_AUDIT_READ)
def head(request: OfficerRequest) -> HttpResponse:
    """Show the newest sealed head to print and send; a POST goes through the whole log."""
    newest = queries.checkpoint_newest()
    page = {
        "head": newest,
        "text": head_text(newest) if newest else "",
        "qr": _qr(head_text(newest)) if newest else "",
        "outcome": _verify(request.actor) if request.method == "POST" else None,
        "zone": zone_of_actor(request.actor),
    }
    return render(request, "accountability/head.html", page)


def head_text(head: CheckpointView) -> str:
    """Return the sealed head as minutes print it and other agencies keep it (B6)."""
    return f"timpora-audit/1\nsize {head.size}\nroot {head.root}\nat {head.at:%Y-%m-%dT%H:%M:%SZ}"


def _qr(text: str) -> SafeString:
    drawn = segno.make(text, error="m").svg_inline(border=3, omitsize=True, dark="#000", light="#fff")
    return mark_safe(drawn)  # noqa: S308 - drawn by us from digits and hexadecimal letters


def _verify(actor: Actor) -> Verification:
    with acting_as(VERIFIER):
        outcome = queries.log_verify()
    assume(actor)
    return outcome


@require_GET
@needs(P.ACCOUNTABILITY_AUDIT_READ)
def files(request: OfficerRequest) -> HttpResponse:
    """Show whether the files of reports are still what was taken in, and which are not (P6)."""
    breaks = findings.file_breaks(request.actor)
    page = {
        "rounds": [(FILE_WORDS[one.kind], one) for one in findings.look_rounds(request.actor)],
        "breaks": [(FILE_WORDS[one.kind], one) for one in breaks],
        "open": sum(one.mended_at is None for one in breaks),
        "may_open_report": holds(request.actor, P.FINDINGS_REPORT_READ),
        "zone": zone_of_actor(request.actor),
    }
    return render(request, "accountability/files.html", page)


@require_GET
@needs(P.REGISTRY_PERSON_READ, P.ACCOUNTABILITY_READS_LIST, P.CASES_PROTECTION_READ)
def reads(request: OfficerRequest, person_id: UUID) -> HttpResponse:
    """List who looked at a person, when and why; it shows nothing of the person."""
    is_reader = holds(request.actor, P.REGISTRY_PERSON_READ)
    if is_reader and not registry.person_rows(request.actor, [person_id]):
        raise AccessDenied
    found = queries.reads_of_person(request.actor, person_id, limit=READS_SHOWN)
    if not found and not is_reader:
        raise AccessDenied
    page = {
        "person_id": person_id,
        "reads": found,
        "is_reader": is_reader,
        "limit": READS_SHOWN,
        "zone": zone_of_actor(request.actor),
    }
    return render(request, "accountability/reads.html", page)


app_name = "accountability"
urlpatterns = [
    path("audit", log, name="log"),
    path("audit/berkas", files, name="files"),
    path("audit/kepala", head, name="head"),
    path("orang/<uuid:person_id>/dilihat", reads, name="reads"),
]
