"""The steps of a case as forms: each shows what it rests on, and comes back with every word if refused."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from timpora.apps.cases import actions, queries
from timpora.apps.cases.types import CaseView
from timpora.domain.measures import MeasureKind
from timpora.domain.protection import CITES
from timpora.domain.states import CaseState
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.case_forms import (
    ConferenceForm,
    DecideForm,
    DeliveryForm,
    ForwardForm,
    ObjectionForm,
    PartyForm,
    ProposalForm,
    ReasonForm,
    ScreenForm,
    VersionForm,
)
from timpora.interface.web.case_particulars import as_before
from timpora.interface.web.case_words import GROUNDS, STATES
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.errors import Refusal
from timpora.kernel.lawbook.store import lawbook

UNPROCESSABLE = 422
Done = str | Promise


def _today(view: CaseView) -> date:
    return clock.today(view.row.zone)


def _answer(
    request: OfficerRequest, view: CaseView, template: str, form: forms.Form, **more: object
) -> HttpResponse:
    state, tone = STATES[view.row.state]
    page = {"view": view, "form": form, "state": state, "tone": tone, "zone": view.row.zone, **more}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, f"cases/{template}.html", page, status=status)


def _tried(request: OfficerRequest, form: forms.Form, deed: Callable[[], object], said: Done) -> bool:
    """Do the deed of a valid form; a refusal goes into the form, what may not be seen is passed on."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        deed()
    except AccessDenied:
        raise
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, str(said))
    return True


def _here(request: OfficerRequest, case_id: UUID, *states: CaseState) -> CaseView | HttpResponse:
    """Return the case, or the way back to its page where this step is not open."""
    view = queries.case_get(request.actor, case_id)
    if view.is_closed_to_reader or (states and view.row.state not in states):
        return redirect("cases:page", case_id)
    return view


@require_http_methods(["GET", "POST"])
@needs(P.CASES_SCREENING_RECORD)
def screen(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Ask the questions of the screen, one a block."""
    view = _here(request, case_id)
    if isinstance(view, HttpResponse):
        return view
    form = ScreenForm(request.POST or None, last=view.screening)

    def deed() -> None:
        actions.screening_record(request.actor, case_id=case_id, screening=form.screening())

    if _tried(request, form, deed, _("Penapisan tersimpan.")):
        return redirect("cases:page", case_id)
    return _answer(request, view, "screen", form, articles=lawbook().holding(CITES, on=_today(view)))


@require_http_methods(["GET", "POST"])
@needs(P.CASES_CASE_OPEN)
def party(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Correct the words that letters print of the person."""
    view = _here(request, case_id)
    if isinstance(view, HttpResponse) or view.party is None:
        return redirect("cases:page", case_id)
    form = PartyForm(request.POST or None, initial=asdict(view.party.words))

    def deed() -> None:
        actions.party_correct(request.actor, case_id=case_id, words=form.words())

    if _tried(request, form, deed, _("Data orang untuk surat tersimpan.")):
        return redirect("cases:page", case_id)
    return _answer(request, view, "party", form)


@require_http_methods(["GET", "POST"])
@needs(P.CASES_CONFERENCE_RECORD)
def conference(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Record who conferred, and why a measure."""
    view = _here(request, case_id, CaseState.SCREENED, CaseState.OBJECTED, CaseState.PROSECUTED)
    if isinstance(view, HttpResponse):
        return view
    form = ConferenceForm(request.POST or None, initial={"held_on": _today(view)})

    def deed() -> None:
        actions.conference_record(request.actor, case_id=case_id, conference=form.conference())

    if _tried(request, form, deed, _("Gelar kasus tersimpan.")):
        return redirect("cases:page", case_id)
    return _answer(request, view, "conference", form)


@require_http_methods(["GET", "POST"])
@needs(P.CASES_MEASURE_PROPOSE)
def propose(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Propose a measure, beside what the facts and the law say."""
    view = _here(request, case_id, CaseState.CONFERENCE, CaseState.PROPOSED)
    if isinstance(view, HttpResponse):
        return view
    overstay = queries.overstay_get(request.actor, case_id)
    form = ProposalForm(request.POST or None, overstay=overstay, initial=_as_before(view))

    def deed() -> None:
        actions.measure_propose(request.actor, case_id=case_id, proposal=form.proposal())

    if _tried(request, form, deed, _("Usulan tersimpan dan menunggu putusan pejabat lain.")):
        return redirect("cases:page", case_id)
    articles = lawbook().holding(overstay.cites, on=_today(view)) if overstay else ()
    return _answer(request, view, "propose", form, overstay=overstay, articles=articles)


def _as_before(view: CaseView) -> Mapping[str, Any]:
    if view.row.state is not CaseState.PROPOSED or view.proposal is None:
        return {"destination": view.party.words.nationality if view.party else ""}
    last = view.proposal
    told = {"ground": last.ground, "kind": last.kind, "because": last.because, "wants_ban": last.wants_ban}
    return told | as_before(last.particulars)


@require_POST
@needs(P.CASES_MEASURE_PROPOSE)
def sign(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Put one's initials under the version that was read."""
    number = _version(request)
    return _one_step(
        request, case_id, lambda: actions.measure_countersign(request.actor, case_id=case_id, version=number)
    )


@require_http_methods(["GET", "POST"])
@needs(P.CASES_MEASURE_DECIDE)
def decide(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Read the letter as it will be, see what it lacks, and decide."""
    view = _here(request, case_id, CaseState.PROPOSED)
    if isinstance(view, HttpResponse) or view.proposal is None:
        return redirect("cases:page", case_id)
    proposal = view.proposal
    form = DecideForm(request.POST or None, initial={"version": proposal.version})

    def deed() -> None:
        actions.measure_decide(request.actor, case_id=case_id, **form.cleaned_data)

    if _tried(request, form, deed, _("Putusan tersimpan.")):
        return redirect("cases:page", case_id)
    letter, holes = queries.decision_preview(request.actor, case_id)
    has_letter = proposal.kind is not MeasureKind.NONE
    return _answer(
        request,
        view,
        "decide",
        form,
        letter=letter if has_letter else None,
        holes=holes if has_letter else (),
        ground=GROUNDS[proposal.ground],
        articles=lawbook().holding(proposal.cites, on=_today(view)),
        is_own=proposal.proposed_by_id == request.actor.id,
        reason_form=ReasonForm(prefix="kembali"),
    )


@require_POST
@needs(P.CASES_MEASURE_DECIDE)
def send_back(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Send a proposal back with the reason."""
    number = _version(request)
    because = request.POST.get("kembali-because", "")
    return _one_step(
        request,
        case_id,
        lambda: actions.measure_return(request.actor, case_id=case_id, version=number, because=because),
    )


@require_http_methods(["GET", "POST"])
@needs(P.CASES_LETTER_DELIVER)
def deliver(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Record that the decision reached the person."""
    view = _here(request, case_id, CaseState.DECIDED)
    if isinstance(view, HttpResponse):
        return view
    form = DeliveryForm(request.POST or None, initial={"delivered_on": _today(view)})

    def deed() -> None:
        actions.letter_deliver(request.actor, case_id=case_id, delivery=form.delivery())

    if _tried(request, form, deed, _("Penyampaian tersimpan.")):
        return redirect("cases:page", case_id)
    return _answer(request, view, "deliver", form)


@require_http_methods(["GET", "POST"])
@needs(P.CASES_OBJECTION_RECORD)
def objection(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Record an objection and issue its receipt."""
    view = _here(request, case_id, CaseState.DELIVERED, CaseState.EXECUTED)
    if isinstance(view, HttpResponse):
        return view
    name = view.party.words.name if view.party else ""
    initial = {"filed_on": _today(view), "objector": name}
    form = ObjectionForm(request.POST or None, initial=initial)

    def deed() -> None:
        actions.objection_record(request.actor, case_id=case_id, objection=form.objection())

    if _tried(request, form, deed, _("Keberatan tersimpan; tanda terimanya terbit.")):
        return redirect("cases:page", case_id)
    return _answer(request, view, "object", form)


@require_POST
@needs(P.CASES_OBJECTION_RECORD)
def forward(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Record the day the objection reached the Minister."""
    view = _here(request, case_id)  # absent and foreign alike, before a form is read
    if isinstance(view, HttpResponse):
        return view
    form = ForwardForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Tulis tanggal diterima Menteri."))
        return redirect("cases:page", case_id)
    day = form.cleaned_data["forwarded_on"]
    return _one_step(
        request,
        case_id,
        lambda: actions.objection_forward(request.actor, case_id=case_id, forwarded_on=day),
    )


@require_POST
@needs(P.CASES_MEASURE_EXECUTE)
def execute(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Record that the measure was carried out."""
    because = request.POST.get("because", "")
    return _one_step(
        request,
        case_id,
        lambda: actions.measure_execute(request.actor, case_id=case_id, because=because),
    )


@require_POST
@needs(P.CASES_CASE_CLOSE)
def close(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Close the case with the reason."""
    because = request.POST.get("because", "")
    return _one_step(
        request, case_id, lambda: actions.case_close(request.actor, case_id=case_id, because=because)
    )


def _version(request: OfficerRequest) -> int:
    """Read which version was read; anything else is none."""
    form = VersionForm(request.POST)
    return int(form.cleaned_data["version"]) if form.is_valid() else 0


def _one_step(request: OfficerRequest, case_id: UUID, deed: Callable[[], object]) -> HttpResponse:
    """Do a step that has one button, and tell a refusal on the page of the case."""
    try:
        deed()
    except AccessDenied:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("Tersimpan."))
    return redirect("cases:page", case_id)


def _path(tail: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    return path(f"perkara/<uuid:case_id>/{tail}", view, name=name)


paths = [
    _path("penapisan", screen, "screen"),
    _path("pihak", party, "party"),
    _path("gelar", conference, "conference"),
    _path("usulan", propose, "propose"),
    _path("paraf", sign, "sign"),
    _path("putusan", decide, "decide"),
    _path("kembalikan", send_back, "return"),
    _path("penyampaian", deliver, "deliver"),
    _path("keberatan", objection, "object"),
    _path("penerusan", forward, "forward"),
    _path("pelaksanaan", execute, "execute"),
    _path("tutup", close, "close"),
]
