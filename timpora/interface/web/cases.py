"""Cases: the list with what is due first, the page with its steps, opening, and the letters."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from timpora.apps.cases import actions, queries
from timpora.apps.cases.types import CaseRow, CaseView
from timpora.apps.findings import queries as findings
from timpora.apps.indications import queries as indications
from timpora.domain.law.cite import Article
from timpora.domain.states import CaseState
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web import case_steps
from timpora.interface.web.case_forms import ForwardForm, OpenForm, ReasonForm
from timpora.interface.web.case_grounds import ground_of, grounds_parts
from timpora.interface.web.case_words import (
    CARES,
    DUES,
    GROUNDS,
    MANNERS,
    OUTCOMES,
    REASONS,
    SETTLED,
    STATES,
    Word,
    next_of,
)
from timpora.interface.web.doors import address_of
from timpora.interface.web.doubtful_holders import holders_shown
from timpora.interface.web.paging import Page, page_number, page_of
from timpora.interface.web.protection_words import referral_screen
from timpora.kernel.access import AccessDenied, Actor, P, holds
from timpora.kernel.documents import queries as documents
from timpora.kernel.documents.types import LetterView
from timpora.kernel.errors import Refusal
from timpora.kernel.lawbook.store import lawbook

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Line:
    """One case in the list, as the template writes it."""

    row: CaseRow
    state: Word
    tone: str
    due: Word


def _line(row: CaseRow, *, is_listed: bool = False) -> Line:
    state, tone = _listed_word(row.state) if is_listed else STATES[row.state]
    return Line(row, state, tone, DUES[row.due_what])


def _listed_word(state: CaseState) -> tuple[Word, str]:
    return SETTLED if state is CaseState.CLOSED else STATES[state]


@require_GET
@needs(P.CASES_CASE_READ)
def listing(request: OfficerRequest) -> HttpResponse:
    """List the cases by state, what is due first."""
    asked = request.GET.get("keadaan", "")
    state = CaseState(asked) if asked in set(CaseState) else None
    number = page_number(request)
    counts = queries.case_counts(request.actor)
    rows = queries.case_list(request.actor, state=state, page=number)
    total = counts.get(state, 0) if state else sum(counts.values())
    shown = {
        "lines": [_line(row, is_listed=True) for row in rows],
        "tabs": _tabs(state, counts),
        "page": _page_of(state, number, len(rows), total),
    }
    return render(request, "cases/list.html", shown)


def _tabs(here: CaseState | None, counts: dict[CaseState, int]) -> list[dict[str, object]]:
    every = {"label": gettext("Semua"), "url": "?", "count": sum(counts.values()), "is_here": here is None}
    return [
        every,
        *(
            {
                "label": str(_listed_word(state)[0]).capitalize(),
                "url": f"?keadaan={state.value}",
                "count": counts.get(state, 0),
                "is_here": state is here,
            }
            for state in CaseState
            if counts.get(state) or state is here
        ),
    ]


def _page_of(state: CaseState | None, number: int, shown: int, total: int) -> Page:
    def address(other: int) -> str:
        query = QueryDict(mutable=True)
        query.update({"keadaan": state.value} if state else {})
        query["hal"] = str(other)
        return "?" + query.urlencode()

    return page_of(number, size=queries.PAGE, shown=shown, total=total, address=address)


@require_http_methods(["GET", "POST"])
@needs(P.CASES_CASE_OPEN)
def opening(request: OfficerRequest) -> HttpResponse:
    """Open a case on what `laporan` and `orang`, or `indikasi`, name."""
    asked = request.POST if request.method == "POST" else request.GET
    names = {"report_id": "laporan", "checked_id": "orang", "indication_id": "indikasi"}
    ground = {name: _uuid(asked.get(word, "")) for name, word in names.items()}
    if ground["checked_id"] and (row := queries.case_for_checked(request.actor, ground["checked_id"])):
        return redirect("cases:page", row.id)
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            opened = actions.case_open(
                request.actor,
                because=form.cleaned_data["because"],
                is_same=form.cleaned_data["is_same"],
                report_id=ground["report_id"],
                checked_id=ground["checked_id"],
                indication_id=ground["indication_id"],
            )
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("Perkara dibuka. Langkah pertama: penapisan."))
            return redirect("cases:page", opened)
    given = {names[name]: value for name, value in ground.items() if value}
    status = UNPROCESSABLE if form.errors else 200
    shown: dict[str, object] = {"form": form, "given": given}
    if given:
        shown["origin"] = ground_of(request.actor, ground["report_id"], ground["checked_id"])
    else:
        shown |= grounds_parts(request.actor, page_number(request))
    return render(request, "cases/open.html", shown, status=status)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_GET
@needs(P.CASES_CASE_READ)
def page(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Show a case with its steps, grounds, clocks and letters; a referred one in a neutral word."""
    view = queries.case_get(request.actor, case_id)
    if view.is_closed_to_reader:
        return render(request, "cases/referred.html", {"view": view})
    return render(request, "cases/page.html", page_parts(request.actor, view))


def page_parts(actor: Actor, view: CaseView) -> dict[str, object]:
    """Return what the page of a case is written from."""
    row = view.row
    return {
        "view": view,
        "line": _line(row),
        "next": (found := next_of(actor, view)),
        "next_url": found.url(view) if found else "",
        "zone": row.zone,
        "outcome": OUTCOMES[view.screening.outcome] if view.screening else None,
        "cares": [CARES[care] for care in view.screening.care] if view.screening else [],
        "reason": REASONS[view.conference.reason] if view.conference else "",
        "ground": GROUNDS[view.proposal.ground] if view.proposal else "",
        "manner": MANNERS[view.delivery.manner] if view.delivery else "",
        "steps": [
            (step, *STATES[step.after], articles(step.cites, step.at, row.zone)) for step in view.steps
        ],
        "articles": _all_articles(view),
        "letters": letters_of(actor, view),
        "referrals": [referral_screen(one, actor.id) for one in queries.referral_list(actor, row.id)]
        if row.is_sealed
        else [],
        "photos": queries.case_photos(actor, row.id)
        if row.is_sealed and holds(actor, P.CASES_PROTECTION_HANDLE)
        else [],
        "field_note": findings.met_words(actor, view.party.checked_id)
        if view.party and view.party.checked_id and not row.is_sealed
        else "",
        "reads_url": address_of("accountability:reads", view.party.person_id)
        if row.is_sealed and view.party and view.party.person_id
        else "",
        "origin_url": _origin_url(actor, view),
        "has_doubtful_holder": bool(
            view.party and holders_shown(actor, [view.party.doubtful_holder]) and not row.is_sealed
        ),
        "person_url": address_of("registry:person", view.party.person_id)
        if view.party and view.party.person_id and holds(actor, P.REGISTRY_PERSON_READ)
        else "",
        **_rights(actor, view),
    }


def _origin_url(actor: Actor, view: CaseView) -> str:
    """Return where the case came from, for who may open that page; a sealed case leads nowhere."""
    if view.party is None or view.row.is_sealed:
        return ""
    if view.party.indication_id is not None:
        is_open = indications.indication_said(actor, view.party.indication_id) is not None
        return address_of("indications:page", view.party.indication_id) if is_open else ""
    if view.party.report_id is None:
        return ""
    operation = findings.report_whereabouts(actor, view.party.report_id)
    return address_of("posko:report", operation, view.party.report_id) if operation else ""


def articles(cites: tuple[str, ...], at: datetime, zone: str) -> tuple[Article, ...]:
    """Return the articles behind stored cites, as they read on the day of what cites them."""
    return lawbook().holding(cites, on=at.astimezone(ZoneInfo(zone)).date())


def _all_articles(view: CaseView) -> dict[str, tuple[Article, ...]]:
    zone = view.row.zone
    parts = {
        "screening": (view.screening, view.screening.cites) if view.screening else None,
        "conference": (view.conference, (view.conference.cite,)) if view.conference else None,
        "proposal": (view.proposal, view.proposal.cites) if view.proposal else None,
        "delivery": (view.delivery, view.delivery.cites) if view.delivery else None,
        "objection": (view.objection, view.objection.cites) if view.objection else None,
    }
    return {name: articles(part[1], part[0].at, zone) if part else () for name, part in parts.items()}


def letters_of(actor: Actor, view: CaseView) -> list[LetterView]:
    """Return the letters of a case for whoever may read letters."""
    if not holds(actor, P.DOCUMENTS_LETTER_READ):
        return []
    return documents.letter_list(actor, kind="case", identifier=str(view.row.id))


def _rights(actor: Actor, view: CaseView) -> dict[str, object]:
    state, is_open = view.row.state, set(view.open_states)
    is_tied = view.row.is_sealed
    proposal, objection = view.proposal, view.objection
    may_sign = state is CaseState.PROPOSED and holds(actor, P.CASES_MEASURE_PROPOSE) and proposal is not None
    return {
        "may_correct": holds(actor, P.CASES_CASE_OPEN) and view.decision is None and not is_tied,
        "may_screen": holds(actor, P.CASES_SCREENING_RECORD)
        and view.screening is not None
        and CaseState.SCREENED in is_open | {state}
        and not is_tied,
        "may_edit": may_sign,
        "may_sign": may_sign and proposal is not None and proposal.proposed_by_id != actor.id,
        "may_object": state is CaseState.EXECUTED
        and objection is None
        and holds(actor, P.CASES_OBJECTION_RECORD),
        "may_execute": CaseState.EXECUTED in is_open
        and holds(actor, P.CASES_MEASURE_EXECUTE)
        and not is_tied,
        "may_close": CaseState.CLOSED in is_open and holds(actor, P.CASES_CASE_CLOSE) and not is_tied,
        "may_forward": objection is not None
        and objection.forwarded_on is None
        and holds(actor, P.CASES_OBJECTION_RECORD),
        "reason_form": ReasonForm(auto_id=False),
        "forward_form": ForwardForm(),
    }


@require_GET
@needs(P.DOCUMENTS_LETTER_READ)
def letter(request: OfficerRequest, case_id: UUID, letter_id: UUID) -> HttpResponse:
    """Give a letter of the case, byte for byte as it was issued."""
    # Asked first: whoever is shown nothing is not written down as having looked at the person.
    of_case = documents.letter_list(request.actor, kind="case", identifier=str(case_id))
    if letter_id not in {one.id for one in of_case}:
        raise AccessDenied
    if queries.case_get(request.actor, case_id).is_closed_to_reader:
        raise AccessDenied
    file = documents.letter_get(request.actor, letter_id)
    return _pdf(file.pdf, file.letter.number)


@require_GET
@needs(P.CASES_CASE_READ)
def draft(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Give the decision as a PDF marked as a draft."""
    return _pdf(queries.decision_draft(request.actor, case_id), "konsep")


def _pdf(body: bytes, name: str) -> HttpResponse:
    plain = "".join(c if c.isalnum() else "-" for c in name)
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{plain}.pdf"'
    return answer


app_name = "cases"
urlpatterns = [
    path("perkara", listing, name="list"),
    path("perkara/buka", opening, name="open"),
    path("perkara/<uuid:case_id>", page, name="page"),
    path("perkara/<uuid:case_id>/konsep.pdf", draft, name="draft"),
    path("perkara/<uuid:case_id>/surat/<uuid:letter_id>.pdf", letter, name="letter"),
    *case_steps.paths,
]
