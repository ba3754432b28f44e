"""Persons: looking one up, the person page, taking a merge back, who has looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from timpora.apps.accountability import queries as accountability
from timpora.apps.accountability.types import ReadView
from timpora.apps.cases import queries as cases
from timpora.apps.findings import queries as findings
from timpora.apps.indications import queries as indications
from timpora.apps.intake import queries as intake
from timpora.apps.registry import actions, queries
from timpora.apps.registry.types import PersonPage, PersonRow
from timpora.apps.wilayah import queries as wilayah
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.person_doings import SETTLED, case_matter, case_moment, visit_moment
from timpora.interface.web.person_facts import birth_said
from timpora.interface.web.person_page import SEX, Around, PersonScreen, person_screen
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, holds
from timpora.kernel.errors import Refusal
from timpora.kernel.lawbook.store import lawbook
from timpora.kernel.text import cleaned

READS_SHOWN = 5
READS_ASKED = 100
LONGEST_QUERY = 200
# Persons are counted up to here for the line above the newest ones.
COUNTED = 10_000
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in a list, as the template writes it."""

    row: PersonRow
    sex: str
    born: str
    places: str
    country: str


class UndoForm(forms.Form):
    """Why a merge is taken back."""

    merge_id = forms.UUIDField(widget=forms.HiddenInput)
    because = forms.CharField(label=_("Alasan memisahkan"), max_length=500)


@needs(P.REGISTRY_PERSON_FIND)
@require_GET
def search(request: OfficerRequest) -> HttpResponse:
    """Find persons by words of the name or a document number; without words, the newest, masked."""
    text = cleaned(request.GET.get("q", ""))[:LONGEST_QUERY]
    rows = queries.person_search(request.actor, text) if text else queries.person_newest(request.actor)
    page = {
        "text": text,
        "lines": _lines(rows),
        "limit": queries.SEARCH_LIMIT,
        "total": 0 if text else queries.person_count(request.actor, at_most=COUNTED),
        "counted": COUNTED,
        "may_open": holds(request.actor, P.REGISTRY_PERSON_READ),
    }
    return render(request, "registry/search.html", page)


def _lines(rows: list[PersonRow]) -> list[PersonLine]:
    deepest = {row.id: max(row.territories, key=lambda c: (len(c), c), default="ID") for row in rows}
    names = {code: view.chain for code, view in wilayah.regions_by_code(set(deepest.values())).items()}
    nations = wilayah.nationality_names(row.nationality for row in rows)
    return [
        PersonLine(
            row=row,
            sex=SEX.get(row.sex, row.sex),
            born=birth_said(row.birth),
            places=names.get(deepest[row.id], ""),
            country=nations.get(row.nationality, ""),
        )
        for row in rows
    ]


@needs(P.REGISTRY_PERSON_READ)
@require_GET
def person(request: OfficerRequest, person_id: UUID) -> HttpResponse:
    """Show everything known of one person; the look is logged with the purpose of the session."""
    held_as = queries.person_resolve(person_id)
    if held_as != person_id:
        return redirect("registry:person", held_as)
    return _person(request, person_id, UndoForm())


def _person(request: OfficerRequest, person_id: UUID, form: UndoForm, *, status: int = 200) -> HttpResponse:
    page = {
        "screen": _screen(request.actor, queries.person_get(request.actor, person_id)),
        "form": form,
        "may_undo": holds(request.actor, P.REGISTRY_PERSON_MERGE),
        "zone": zone_of_actor(request.actor),
    }
    return render(request, "registry/person.html", page, status=status)


def _screen(actor: Actor, page: PersonPage) -> PersonScreen:
    known = cases.cases_for_person(actor, page.person.id)
    visits = findings.visits_of_person(actor, page.person.id)
    around = Around(
        indications=indications.open_for_person(actor, page.person.id),
        moments=(*map(case_moment, known), *map(visit_moment, visits)),
        matters=tuple(case_matter(case) for case in known if case.state not in SETTLED),
        open_lists=intake.submissions_open(actor, (r.submission_id for r in page.records if r.submission_id)),
        reads=_of_each_reader(accountability.reads_of_person(actor, page.person.id, limit=READS_ASKED)),
    )
    return person_screen(
        page,
        on=clock.today(zone_of_actor(actor)),
        book=lawbook(),
        names=_names(page),
        around=around,
        country=wilayah.nationality_names([page.person.nationality]).get(page.person.nationality, ""),
    )


def _of_each_reader(reads: Sequence[ReadView]) -> list[ReadView]:
    """Return the newest look of each officer for each purpose, or one hides the others."""
    found: dict[tuple[str, str, str], ReadView] = {}
    for read in reads:
        found.setdefault((read.actor_name, read.unit_name, read.purpose), read)
    return list(found.values())[:READS_SHOWN]


def _names(page: PersonPage) -> dict[str, str]:
    told = [
        *(f.wilayah for f in page.permits),
        *(f.wilayah for f in page.stays),
        *(f.wilayah for f in page.works),
    ]
    codes = {code for code in told if code}
    names = {code: view.chain for code, view in wilayah.regions_by_code(codes).items()}
    if page.crossings:
        names |= {post.code: post.name for post in wilayah.checkpoint_list()}
    return names


@require_POST
@needs(P.REGISTRY_PERSON_MERGE)
def unmerge(request: OfficerRequest, person_id: UUID) -> HttpResponse:
    """Take a merge back with a reason; both persons are then as before."""
    form = UndoForm(request.POST)
    if form.is_valid():
        try:
            kept, _parted = actions.person_unmerge(request.actor, person_id=person_id, **form.cleaned_data)
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error("because", str(refusal))
        else:
            text = gettext("Penggabungan dibatalkan; keduanya kembali menjadi dua orang.")
            messages.success(request, text)
            return redirect("registry:person", kept)
    return _person(request, person_id, form, status=UNPROCESSABLE)


app_name = "registry"
urlpatterns = [
    path("orang", search, name="search"),
    path("orang/<uuid:person_id>", person, name="person"),
    path("orang/<uuid:person_id>/pisahkan", unmerge, name="unmerge"),
]
