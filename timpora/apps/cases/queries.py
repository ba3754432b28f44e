"""What the cases answer; a sealed case answers nobody but protection with more than its number."""

from datetime import date
from uuid import UUID

from django.db.models import Count, F, QuerySet

from timpora.apps.cases import errors
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
    ProtectionReferral,
    Screening,
    Step,
)
from timpora.apps.cases.papers import decision_letter_of, holes_of
from timpora.apps.cases.types import (
    CaseRow,
    CaseView,
    CountersignView,
    HoleView,
    OverstayView,
    ProposalView,
    ReferralView,
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
from timpora.apps.registry import queries as registry
from timpora.domain.measures import Screen, ScreenAnswer
from timpora.domain.overstay import ChargePayment
from timpora.domain.protection import Reply
from timpora.domain.states import CASE_STEPS, CaseState
from timpora.domain.territory import zone_of
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, holds, require, scope
from timpora.kernel.audit.entry import Note, Subject
from timpora.kernel.audit.log import append, disclosures_record
from timpora.kernel.audit.tags import Tag
from timpora.kernel.documents.render import preview
from timpora.kernel.lawbook.store import lawbook

PAGE = 30


def _cases(actor: Actor) -> QuerySet[Case]:
    """Return the cases the actor may list: a referred one is in no list, count or search (P26)."""
    rows = scope(actor, P.CASES_CASE_READ, Case.objects.all())
    return rows if holds(actor, P.CASES_PROTECTION_READ) else rows.filter(is_sealed=False)


def case_list(actor: Actor, *, state: CaseState | None = None, page: int = 1) -> list[CaseRow]:
    """Return a page of cases, what is due first, then the oldest; every person shown is logged.

    Names of sealed cases are left out of lists even for protection, who open them one by one.
    """
    rows = _cases(actor).order_by(F("due_on").asc(nulls_last=True), "opened_at", "id")
    if state is not None:
        rows = rows.filter(state=state.value)
    start = (max(page, 1) - 1) * PAGE
    found = list(rows[start : start + PAGE])
    parties = _parties(found)
    shown = [(p.person_id, (c.wilayah,)) for c in found if (p := parties.get(c.pk)) and p.person_id]
    disclosures_record(actor, shown, what="daftar perkara")
    book = lawbook()
    return [row_view(case, parties.get(case.pk), book) for case in found]


def _parties(cases: list[Case]) -> dict[UUID, Party]:
    return {p.pk: p for p in Party.objects.filter(pk__in=[c.pk for c in cases if not c.is_sealed])}


def case_dues(actor: Actor, *, before: date) -> list[CaseRow]:
    """Return the cases on which something falls due before a day, the soonest first, without any name."""
    rows = _cases(actor).filter(due_on__lt=before).order_by("due_on", "id")
    book = lawbook()
    return [row_view(case, None, book) for case in rows[:PAGE]]


def case_counts(actor: Actor) -> dict[CaseState, int]:
    """Return how many cases stand in each state in the actor's territory."""
    counted = _cases(actor).values_list("state").annotate(n=Count("id"))
    return {CaseState(state): n for state, n in counted}


def case_get(actor: Actor, case_id: UUID) -> CaseView:
    """Return a case with everything its page shows, after logging that its person was shown.

    Of a sealed case others get the neutral row alone, without a name. Raises `AccessDenied` for an
    absent or foreign one, `PurposeMissing` without a purpose.
    """
    case = _case(actor, case_id)
    party = Party.objects.filter(pk=case.pk).first()
    book = lawbook()
    if party is None or (case.is_sealed and not holds(actor, P.CASES_PROTECTION_READ)):
        return CaseView(row=row_view(case, None, book), opened_by="")
    _disclose(actor, case, party)
    today = clock.today(zone_of(case.wilayah))
    screening = Screening.objects.filter(case=case).order_by("-id").first()
    conference = Conference.objects.filter(case=case).order_by("-id").first()
    decision = Decision.objects.filter(case=case).order_by("-at").first()
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
    case = scope(actor, P.CASES_CASE_READ, Case.objects.all()).filter(pk=case_id).first()
    if case is None:
        raise AccessDenied
    return case


def _disclose(actor: Actor, case: Case, party: Party) -> None:
    # The log of who was read must not become a list of those under protection.
    person, tag = (None, Tag.CASES_READ) if case.is_sealed else (party.person_id, Tag.REGISTRY_PERSON_READ)
    subject = Subject(
        kind="case", id=str(case.pk), places=(case.wilayah,), person=person, unit=case.unit_code
    )
    append(actor, [Note(tag=tag, subject=subject, refs={"shown": "halaman perkara"})])


def _proposal(case: Case) -> ProposalView | None:
    row = Proposal.objects.filter(case=case).order_by("-version").first()
    if row is None:
        return None
    signs = list(Countersign.objects.filter(case=case).order_by("id"))
    mine = tuple(CountersignView(s.by_name, s.at) for s in signs if s.proposal_id == row.pk)
    return proposal_view(row, mine, len(signs) - len(mine))


def case_for_checked(actor: Actor, checked_id: UUID) -> CaseRow | None:
    """Return the case of a checked person where the actor may see it, for the page of the report."""
    found = _cases(actor).filter(party__checked_id=checked_id).select_related("party").first()
    return row_view(found, found.party, lawbook()) if found else None


def cases_for_person(actor: Actor, person_id: UUID) -> list[CaseRow]:
    """Return the cases of a person whose page is being shown; a referred one is not among them."""
    rows = _cases(actor).filter(party__person_id=person_id, is_sealed=False).select_related("party")
    book = lawbook()
    return [row_view(case, case.party, book) for case in rows.order_by("-opened_at")]


def overstay_get(
    actor: Actor, case_id: UUID, *, payment: ChargePayment = ChargePayment.OPEN
) -> OverstayView | None:
    """Return the overstay of a case's person as the registry's facts show it today; nothing if unknown."""
    case = _case(actor, case_id)
    party = _parties([case]).get(case.pk)
    if party is None or party.person_id is None:
        return None
    page = registry.person_get(actor, party.person_id, what="perhitungan overstay")
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


def referral_list(actor: Actor, case_id: UUID) -> list[ReferralView]:
    """Return the referrals of a case, for the holder of the seal alone."""
    require(actor, P.CASES_PROTECTION_READ)
    rows = scope(actor, P.CASES_PROTECTION_READ, ProtectionReferral.objects.select_related("case"))
    return [
        ReferralView(
            case_id=row.case_id,
            case_number=row.case.number,
            screen=Screen(ScreenAnswer(row.trafficking), ScreenAnswer(row.refugee)),
            replies={code: Reply(reply) for code, reply in row.replies.items()},
            note=row.note,
            by_name=row.by_name,
            at=row.at,
        )
        for row in rows.filter(case_id=case_id).order_by("at")
    ]
