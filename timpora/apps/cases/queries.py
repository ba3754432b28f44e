"""What the cases answer; a sealed case answers nobody but protection with more than that it was opened."""

from collections import Counter
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from timpora.apps.cases import errors
from timpora.apps.cases.desk import protection_desk, referral_get, referral_list
from timpora.apps.cases.facts import overstay_of
from timpora.apps.cases.letters.measure_decision import MeasureDecision
from timpora.apps.cases.models import (
    Case,
    Conference,
    Countersign,
    Decision,
    Delivery,
    Objection,
    Party,
    Proposal,
    Screening,
    Step,
)
from timpora.apps.cases.papers import decision_letter_of, holes_of
from timpora.apps.cases.sealed_files import case_photo_get, case_photos
from timpora.apps.cases.types import (
    CaseRow,
    CaseView,
    CountersignView,
    Due,
    HoleView,
    IndicationCase,
    OverstayView,
    ProposalView,
)
from timpora.apps.cases.views import (
    conference_view,
    decision_view,
    delivery_view,
    objection_view,
    party_view,
    proposal_view,
    row_view,
    screening_view,
    step_view,
)
from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import MetRow
from timpora.apps.registry import queries as registry
from timpora.domain.names import masked
from timpora.domain.overstay import ChargePayment
from timpora.domain.states import CASE_STEPS, CaseState
from timpora.domain.territory import zone_of
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, holds, require, scope
from timpora.kernel.audit.entry import Note, Subject
from timpora.kernel.audit.log import append
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import seal_lifted
from timpora.kernel.documents.render import preview
from timpora.kernel.lawbook.store import lawbook

PAGE = 30
SEAL = "tppo"


def _cases(actor: Actor) -> QuerySet[Case]:
    """Return the cases the actor may list.

    One that was sealed on its way stays among them and is told as settled, so that neither a list nor a
    count is one less than before (P10); one that began under the seal is in none. Protection has the
    sealed ones only.
    """
    if _is_protection(actor):
        # By the grant that opens the seal: another office's case is not opened by a second assignment there.
        return scope(actor, P.CASES_PROTECTION_READ, Case.objects.filter(is_sealed=True))
    return scope(actor, P.CASES_CASE_READ, Case.objects.filter(began_sealed=False))


def _worked(actor: Actor) -> QuerySet[Case]:
    """Return the cases whose content the actor may have."""
    return _cases(actor) if _is_protection(actor) else _cases(actor).filter(is_sealed=False)


def _is_protection(actor: Actor) -> bool:
    return holds(actor, P.CASES_PROTECTION_READ)


def _told(actor: Actor, state: str, *, is_sealed: bool) -> CaseState:
    """Return the state that lists tell: a case that is elsewhere is one of the settled."""
    return CaseState.CLOSED if is_sealed and not _is_protection(actor) else CaseState(state)


def case_list(actor: Actor, *, state: CaseState | None = None, page: int = 1) -> list[CaseRow]:
    """Return a page of cases, what is due first, then the oldest, with names masked.

    A line of the log for each name would tell which cases are no longer in the list, so nobody is named
    (P26). Settled ones have no name at all, and look like each other.
    """
    rows = _cases(actor).order_by(F("due_on").asc(nulls_last=True), "opened_at", "id")
    if state is not None:
        elsewhere = Q(is_sealed=True) if state is CaseState.CLOSED else Q(pk__in=[])
        at_hand = Q(state=state.value) if _is_protection(actor) else Q(state=state.value, is_sealed=False)
        rows = rows.filter(at_hand | elsewhere)
    start = (max(page, 1) - 1) * PAGE
    found = list(rows[start : start + PAGE])
    parties = _parties(found)
    book = lawbook()
    return [_listed(actor, row_view(case, parties.get(case.pk), book)) for case in found]


def _listed(actor: Actor, row: CaseRow) -> CaseRow:
    """Return a row as lists have it: nothing but its number once it is settled or elsewhere."""
    if _told(actor, row.state, is_sealed=row.is_sealed) is CaseState.CLOSED:
        return neutral(row)
    return replace(row, name=masked(row.name), document=masked(row.document))


def neutral(row: CaseRow) -> CaseRow:
    """Return what everybody may know of a case that is elsewhere: that it was opened."""
    return replace(
        row,
        state=CaseState.CLOSED,
        is_sealed=False,
        name="",
        document="",
        changed_at=row.opened_at,
        due_on=None,
        due_what=Due.NOTHING,
        due_left=None,
    )


def _parties(cases: list[Case]) -> dict[UUID, Party]:
    return {p.pk: p for p in Party.objects.filter(pk__in=[c.pk for c in cases if not c.is_sealed])}


def case_dues(actor: Actor, *, before: date) -> list[CaseRow]:
    """Return the cases on which something falls due before a day, the soonest first, without any name."""
    rows = _worked(actor).filter(due_on__lt=before).order_by("due_on", "id")
    book = lawbook()
    return [row_view(case, None, book) for case in rows[:PAGE]]


def case_counts(actor: Actor) -> dict[CaseState, int]:
    """Return how many cases stand in each state in the actor's territory."""
    rows = _cases(actor).values_list("state", "is_sealed").annotate(n=Count("id")).order_by()
    counts: Counter[CaseState] = Counter()
    for state, is_sealed, number in rows:
        counts[_told(actor, state, is_sealed=is_sealed)] += number
    return dict(counts)


def case_get(actor: Actor, case_id: UUID) -> CaseView:
    """Return a case with everything its page shows, after logging that its person was shown.

    Of a sealed case others get the neutral row alone, without a name. Raises `AccessDenied` for an
    absent or foreign one, `PurposeMissing` without a purpose.
    """
    case = _case(actor, case_id)
    party = Party.objects.filter(pk=case.pk).first()
    book = lawbook()
    if party is None or (case.is_sealed and not _is_protection(actor)):
        _log_read(actor, case, _person_behind(case), is_open=False)
        return CaseView(row=neutral(row_view(case, None, book)), opened_by="")
    _log_read(actor, case, party.known_id, is_open=True)
    today = clock.today(zone_of(case.wilayah))
    screening = Screening.objects.filter(case=case).order_by("-id").first()
    conference = Conference.objects.filter(case=case).order_by("-id").first()
    decision = Decision.objects.filter(case=case).select_related("proposal").order_by("-at").first()
    delivery = Delivery.objects.filter(case=case).order_by("-id").first()
    objection = Objection.objects.filter(case=case).order_by("-id").first()
    return CaseView(
        row=row_view(case, party, book),
        opened_by=case.opened_by,
        party=party_view(party),
        steps=tuple(step_view(row) for row in Step.objects.filter(case=case).order_by("-id")),
        screening=screening_view(screening) if screening else None,
        conference=conference_view(conference) if conference else None,
        proposal=_proposal(case),
        decision=decision_view(decision) if decision else None,
        delivery=delivery_view(delivery, today, book) if delivery else None,
        objection=objection_view(objection, today, book) if objection else None,
        open_states=tuple(sorted(CaseState(after) for after in CASE_STEPS[CaseState(case.state)])),
    )


def _case(actor: Actor, case_id: UUID) -> Case:
    case = _cases(actor).filter(pk=case_id).first()
    if case is None:
        raise AccessDenied
    return case


def _log_read(actor: Actor, case: Case, person: UUID | None, *, is_open: bool) -> None:
    """Log that the page of a case was opened, in the same words whether it told anything or not (P10, P26).

    What a holder of the seal opens stands in the sealed log. For anybody else's look at a closed case the
    sealed log has a line besides: there the truth is kept, in the common one it is in the salted digest.
    """
    about = Subject(kind="case", id=str(case.pk), places=(case.wilayah,), unit=case.unit_code)
    sealed = replace(about, person=person, seal=SEAL)
    tag, subject = Tag.CASES_READ, about
    if person is not None:
        tag, subject = Tag.REGISTRY_PERSON_READ, replace(about, kind="person", id=str(person), person=person)
    said = "terbuka" if is_open else "tertutup"
    if case.is_sealed and is_open:
        subject = replace(subject, seal=SEAL)
    notes = [Note(tag=tag, subject=subject, refs={"shown": "halaman perkara"}, payload=said)]
    if not is_open:
        notes.append(Note(tag=Tag.CASES_READ, subject=sealed, refs={"shown": said}))
    append(actor, notes)


def _person_behind(case: Case) -> UUID | None:
    """Return whom a closed case is about, for its line of the log and for nothing else."""
    with seal_lifted(SEAL):
        party = Party.objects.filter(pk=case.pk).first()
        return party.known_id if party else None


def _proposal(case: Case) -> ProposalView | None:
    row = Proposal.objects.filter(case=case).order_by("-version").first()
    if row is None:
        return None
    signs = list(Countersign.objects.filter(case=case).order_by("id"))
    mine = tuple(CountersignView(s.by_name, s.at) for s in signs if s.proposal_id == row.pk)
    return proposal_view(row, mine, len(signs) - len(mine))


def case_for_checked(actor: Actor, checked_id: UUID) -> CaseRow | None:
    """Return the case of a checked person where the actor may see it, for the page of the report."""
    found = _worked(actor).filter(party__checked_id=checked_id).select_related("party").first()
    return row_view(found, found.party, lawbook()) if found else None


def case_for_indication(actor: Actor, indication_id: UUID) -> IndicationCase | None:
    """Return what an indication led to, for its page: a case at hand, or none but a settled one.

    A sealed case is told as a settled one, as everywhere (P26).
    """
    at_hand = _worked(actor).exclude(state=CaseState.CLOSED).filter(party__indication_id=indication_id)
    if (found := at_hand.first()) is not None:
        return IndicationCase(row_view(found, None, lawbook()))
    is_used = indication_id in _origins(actor, "indication_id")
    return IndicationCase(None) if is_used else None


def met_openable(actor: Actor, *, page: int = 1) -> tuple[list[MetRow], int]:
    """Return a page of persons met with findings who never had a case, and how many there are in all.

    Whoever had one stays out when it is sealed: to be offered again would tell whom protection has taken
    over. Whom protection took over before there was a case stays in, for the same reason (P26).
    """
    but = _origins(actor, "checked_id")
    return findings.met_list(actor, but=but, page=page), findings.met_count(actor, but=but)


def _origins(actor: Actor, what: str) -> frozenset[UUID]:
    """Return what led to the cases that stand in the actor's lists, sealed on their way or not.

    Read behind the seal, since what it returns is the same before and after one.
    """
    rows = Party.objects.filter(case__in=_cases(actor).order_by(), **{f"{what}__isnull": False})
    with seal_lifted(SEAL):
        return frozenset(rows.filter(case__began_sealed=False).values_list(what, flat=True))


def cases_for_person(actor: Actor, person_id: UUID) -> list[CaseRow]:
    """Return the cases of a person whose page is being shown; a referred one is not among them."""
    known = {"party__person_id": person_id, "party__person_is_sure": True}
    rows = _worked(actor).filter(**known, is_sealed=False).select_related("party")
    book = lawbook()
    return [row_view(case, case.party, book) for case in rows.order_by("-opened_at")]


def overstay_get(
    actor: Actor, case_id: UUID, *, payment: ChargePayment = ChargePayment.OPEN
) -> OverstayView | None:
    """Return the overstay of a case's person as the registry's facts show it today; nothing if unknown."""
    case = _case(actor, case_id)
    party = _parties([case]).get(case.pk)
    if party is None or party.known_id is None:
        return None
    page = registry.person_get(actor, party.known_id, what="perhitungan overstay")
    return overstay_of(page, on=clock.today(zone_of(case.wilayah)), book=lawbook(), payment=payment)


def decision_preview(actor: Actor, case_id: UUID) -> tuple[MeasureDecision, tuple[HoleView, ...]]:
    """Return the decision's letter as this reader would sign it, and what it still lacks.

    Raises `CaseMoved` where nothing is proposed.
    """
    require(actor, P.CASES_CASE_READ)
    case = _case(actor, case_id)
    party = Party.objects.filter(pk=case.pk).first()
    row = Proposal.objects.filter(case=case).order_by("-version").first()
    if case.is_sealed or party is None or row is None or case.state != CaseState.PROPOSED:
        raise errors.CaseMoved
    letter = decision_letter_of(actor, case, party, row)
    return letter, holes_of(letter)


def decision_draft(actor: Actor, case_id: UUID) -> bytes:
    """Return the decision's letter as a PDF marked as a draft."""
    letter, _holes = decision_preview(actor, case_id)
    return preview(letter).pdf


__all__ = [
    "case_counts",
    "case_dues",
    "case_for_checked",
    "case_for_indication",
    "case_get",
    "case_list",
    "case_photo_get",
    "case_photos",
    "cases_for_person",
    "decision_draft",
    "decision_preview",
    "met_openable",
    "overstay_get",
    "protection_desk",
    "referral_get",
    "referral_list",
]
