"""Indications: the list, what does not agree and the human verdict, and the catalogue of rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from timpora.apps.cases import queries as cases
from timpora.apps.indications import actions, errors, queries
from timpora.apps.indications.types import (
    STATE_NAMES,
    VERDICT_NAMES,
    IndicationView,
    RuleStanding,
    State,
)
from timpora.apps.wilayah import queries as wilayah
from timpora.domain.law.cite import Article
from timpora.domain.rules.registry import ALL_RULES
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.case_words import STATES
from timpora.interface.web.doors import address_of
from timpora.interface.web.paging import Page, page_number, page_of
from timpora.interface.web.person_page import STATE_TONES
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel import clock
from timpora.kernel.access import Actor, P, holds
from timpora.kernel.errors import Refusal
from timpora.kernel.lawbook.store import lawbook

NATION = "ID"
UNPROCESSABLE = 422
Choices = list[tuple[str, str]]


class VerdictForm(forms.Form):
    """What a human says of an indication, and which innocent explanations were ruled out."""

    ruled_out = forms.MultipleChoiceField(
        label=_("Sudah disingkirkan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(
        label=_("Penilaian"),
        choices=[(kind.value, _(name)) for kind, name in VERDICT_NAMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu penilaian.")},
    )
    because = forms.CharField(
        label=_("Alasan"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Apa yang diperiksa dan di mana, supaya orang lain dapat menilainya kembali."),
        error_messages={"required": _("Tulis alasannya dengan satu kalimat.")},
    )

    def __init__(self, data: QueryDict | None = None, *, innocent: Iterable[str] = ()) -> None:
        super().__init__(data)
        field = self.fields["ruled_out"]
        field.choices = [(text, gettext(text)) for text in innocent]  # type: ignore[attr-defined]


class LiftForm(forms.Form):
    """Why a stopped rule runs again."""

    because = forms.CharField(label=_("Alasan menjalankan kembali"), max_length=1000)


@dataclass(frozen=True, slots=True)
class Line:
    """One indication in the list, as the template writes it."""

    view: IndicationView
    place: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the list: by state, rule and place; none is about who the person is."""

    state: str
    rule: str
    place: str

    def query(self, **changed: object) -> str:
        """Return the query string of the list with some filters changed."""
        found = QueryDict(mutable=True)
        for name, value in {"keadaan": self.state, "aturan": self.rule, "wilayah": self.place}.items():
            found[name] = value
        for name, other in changed.items():
            found[name] = str(other)
        return found.urlencode()


def _wanted(request: OfficerRequest, places: Choices) -> Wanted:
    state, rule = request.GET.get("keadaan", State.OPEN), request.GET.get("aturan", "")
    place = request.GET.get("wilayah", "")
    return Wanted(
        state=state if state in set(State) else State.OPEN,
        rule=rule if rule in ALL_RULES else "",
        place=place if place in {code for code, _name in places} else "",
    )


@require_GET
@needs(P.INDICATIONS_INDICATION_READ)
def listing(request: OfficerRequest) -> HttpResponse:
    """List indications, newest first."""
    places = _places(request.actor)
    wanted = _wanted(request, places)
    asked = {"state": wanted.state, "rule": wanted.rule, "place": wanted.place}
    number = page_number(request)
    views = queries.indication_list(request.actor, page=number, **asked)
    page = {
        "lines": _lines(views),
        "tabs": _tabs(wanted, queries.indication_counts(request.actor)),
        "wanted": wanted,
        "rules": [(rule.id, rule.title) for rule in ALL_RULES.values()],
        "places": places,
        "page": _pages(wanted, number, len(views), queries.indication_count(request.actor, **asked)),
        "may_run": holds(request.actor, P.INDICATIONS_RULE_RUN),
    }
    return render(request, "indications/list.html", page)


def _pages(wanted: Wanted, number: int, shown: int, total: int) -> Page:
    return page_of(
        number, size=queries.PAGE, shown=shown, total=total, address=lambda n: "?" + wanted.query(hal=n)
    )


def _places(actor: Actor) -> Choices:
    """Return the places to filter by: those of the assignment, or the provinces for the whole nation."""
    if NATION in actor.territories:
        return [(region.code, region.label) for region in wilayah.region_list()]
    found = wilayah.regions_by_code(actor.territories)
    return [(code, found[code].label if code in found else code) for code in actor.territories]


def _tabs(wanted: Wanted, counts: dict[str, int]) -> list[dict[str, object]]:
    return [
        {
            "label": gettext(name),
            "url": "?" + wanted.query(keadaan=state.value),
            "count": counts.get(state.value, 0),
            "is_here": state == wanted.state,
        }
        for state, name in STATE_NAMES.items()
    ]


def _lines(views: list[IndicationView]) -> list[Line]:
    names = wilayah.regions_by_code({view.wilayah for view in views})
    return [
        Line(
            view=view,
            place=names[view.wilayah].chain if view.wilayah in names else view.wilayah,
            state=STATE_NAMES[view.state],
            tone=STATE_TONES[view.state],
        )
        for view in views
    ]


@require_GET
@needs(P.INDICATIONS_INDICATION_READ)
def page(request: OfficerRequest, indication_id: UUID) -> HttpResponse:
    """Show what does not agree, by which facts and article, and what to rule out first."""
    view = queries.indication_get(request.actor, indication_id)
    return _page(request, view, VerdictForm(innocent=view.innocent))


def _page(
    request: OfficerRequest, view: IndicationView, form: VerdictForm, *, status: int = 200
) -> HttpResponse:
    is_open = view.state == State.OPEN
    led_to = (
        cases.case_for_indication(request.actor, view.id) if holds(request.actor, P.CASES_CASE_READ) else None
    )
    case = led_to.row if led_to else None
    propose = address_of("operations:target-new") if holds(request.actor, P.OPERATIONS_TARGET_PROPOSE) else ""
    shown = {
        "line": _lines([view])[0],
        "view": view,
        "articles": lawbook().resolve(view.cites, on=view.found_on),
        "form": form if is_open and holds(request.actor, P.INDICATIONS_VERDICT_GIVE) else None,
        "evidence": [(fact, date.fromisoformat(fact.recorded_on)) for fact in view.evidence],
        "verdicts": [(gettext(VERDICT_NAMES[said.kind]), said) for said in view.verdicts],
        "propose_url": f"{propose}?indikasi={view.id}"
        if propose and view.state in {State.OPEN, State.CONFIRMED}
        else "",
        "case_url": f"{address_of('cases:open')}?indikasi={view.id}"
        if led_to is None and view.state == State.CONFIRMED and holds(request.actor, P.CASES_CASE_OPEN)
        else "",
        "case": case,
        "has_settled_case": led_to is not None and case is None,
        "case_state": STATES[case.state] if case else None,
        "may_open_person": holds(request.actor, P.REGISTRY_PERSON_READ),
        "zone": zone_of_actor(request.actor),
    }
    return render(request, "indications/indication.html", shown, status=status)


@require_POST
@needs(P.INDICATIONS_VERDICT_GIVE)
def verdict(request: OfficerRequest, indication_id: UUID) -> HttpResponse:
    """Record the verdict of a named human, with the reason."""
    view = queries.indication_get(request.actor, indication_id)
    form = VerdictForm(request.POST, innocent=view.innocent)
    if form.is_valid():
        try:
            actions.verdict_give(request.actor, indication_id=indication_id, **form.cleaned_data)
        except errors.ExplanationsOpen as refusal:
            form.add_error("ruled_out", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("Penilaian tercatat."))
            return redirect("indications:page", indication_id)
    return _page(request, view, form, status=UNPROCESSABLE)


@require_POST
@needs(P.INDICATIONS_RULE_RUN)
def run(request: OfficerRequest) -> HttpResponse:
    """Run the rules over the own territory, as of the local date."""
    done = actions.rules_run(request.actor, on=clock.today(zone_of_actor(request.actor)))
    said = gettext(
        "Data %(persons)s orang dibandingkan: %(found)s indikasi baru, %(again)s masih ada, "
        "%(gone)s tidak lagi ditemukan."
    )
    counts = {"persons": done.persons, "found": done.found, "again": done.seen_again, "gone": done.gone}
    messages.success(request, said % counts)
    return redirect("indications:list")


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule of the catalogue with its articles and its record in whole percents."""

    standing: RuleStanding
    articles: tuple[Article, ...]
    is_indication: bool
    share: int | None
    low: int | None
    high: int | None

    @property
    def verdicts(self) -> int:
        """Return how many humans have judged what it found."""
        return self.standing.upheld + self.standing.overturned


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def _rule_line(standing: RuleStanding, on: date) -> RuleLine:
    return RuleLine(
        standing=standing,
        articles=lawbook().holding(standing.articles, on=on),
        is_indication=standing.use == "indikasi",
        share=_percent(standing.precision),
        low=_percent(standing.low),
        high=_percent(standing.high),
    )


@require_GET
@needs(P.INDICATIONS_INDICATION_READ)
def rules(request: OfficerRequest) -> HttpResponse:
    """Show every rule, what it rests on and how often humans upheld it."""
    return _rules(request, LiftForm(), "")


def _rules(request: OfficerRequest, form: LiftForm, at: str, *, status: int = 200) -> HttpResponse:
    today = clock.today(zone_of_actor(request.actor))
    shown = {
        "lines": [_rule_line(standing, today) for standing in queries.rule_standings(request.actor)],
        "form": form,
        "at": at,
        "may_lift": holds(request.actor, P.INDICATIONS_RULE_SUSPEND),
        "book": lawbook().digest,
    }
    return render(request, "indications/rules.html", shown, status=status)


@require_POST
@needs(P.INDICATIONS_RULE_SUSPEND)
def lift(request: OfficerRequest, rule_id: str, version: int) -> HttpResponse:
    """Let a stopped rule run again, by the word of the centre."""
    form = LiftForm(request.POST)
    if form.is_valid():
        try:
            actions.rule_lift(request.actor, rule_id=rule_id, version=version, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("because", str(refusal))
        else:
            messages.success(request, gettext("Aturan dijalankan kembali."))
            return redirect(reverse("indications:rules"))
    return _rules(request, form, rule_id, status=UNPROCESSABLE)


app_name = "indications"
urlpatterns = [
    path("indikasi", listing, name="list"),
    path("indikasi/aturan", rules, name="rules"),
    path("indikasi/aturan/<str:rule_id>/<int:version>/jalankan", lift, name="lift"),
    path("indikasi/jalankan", run, name="run"),
    path("indikasi/<uuid:indication_id>", page, name="page"),
    path("indikasi/<uuid:indication_id>/penilaian", verdict, name="verdict"),
]
