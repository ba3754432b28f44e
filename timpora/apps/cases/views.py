"""Turning rows of the cases into the frozen values that leave."""

from datetime import date

from timpora.apps.cases.models import (
    Case,
    Conference,
    Decision,
    Delivery,
    Objection,
    Party,
    Proposal,
    Screening,
    Step,
)
from timpora.apps.cases.papers import words_view
from timpora.apps.cases.types import (
    CaseRow,
    ConferenceView,
    CountersignView,
    DecisionView,
    DeliveryView,
    Due,
    Manner,
    ObjectionView,
    PartyView,
    ProposalView,
    ScreeningView,
    StepView,
)
from timpora.domain.law.cite import LawBook
from timpora.domain.law.clocks import workdays_between
from timpora.domain.measures import LADDER, ConferenceReason, Ground, MeasureKind, Screen, ScreenAnswer
from timpora.domain.objection import ObjectionTiming
from timpora.domain.protection import Care, Reply, screen_told
from timpora.domain.states import CaseState
from timpora.domain.territory import zone_of
from timpora.kernel import clock

RUNGS = {rung.kind: rung for rung in LADDER}


def row_view(case: Case, party: Party | None, book: LawBook) -> CaseRow:
    """Return a case in one line, with the working days left until what is due."""
    zone = zone_of(case.wilayah)
    left = None if case.due_on is None else workdays_left(clock.today(zone), case.due_on, book)
    return CaseRow(
        id=case.pk,
        number=case.number,
        unit_code=case.unit_code,
        unit_name=case.unit_name,
        wilayah=case.wilayah,
        zone=zone,
        state=CaseState(case.state),
        is_sealed=case.is_sealed,
        name=party.name if party else "",
        document=party.travel_document if party else "",
        opened_at=case.opened_at,
        changed_at=case.changed_at,
        due_on=case.due_on,
        due_what=Due(case.due_what),
        due_left=left,
    )


def workdays_left(today: date, until: date, book: LawBook) -> int:
    """Count the working days left until a day; negative once it has passed."""
    if until >= today:
        return workdays_between(today, until, book=book)
    # A deadline missed by a Sunday is missed.
    return -max(1, workdays_between(until, today, book=book))


def party_view(row: Party) -> PartyView:
    """Return whom a case is about."""
    return PartyView(
        person_id=row.known_id,
        doubtful_holder=None if row.person_is_sure else row.person_id,
        report_id=row.report_id,
        checked_id=row.checked_id,
        indication_id=row.indication_id,
        origin=row.origin,
        words=words_view(row),
    )


def step_view(row: Step) -> StepView:
    """Return one change of state."""
    return StepView(row.before, CaseState(row.after), row.by_name, row.at, row.because, tuple(row.cites))


def screening_view(row: Screening) -> ScreeningView:
    """Return the screen with what it concludes."""
    screen = Screen(ScreenAnswer(row.trafficking), ScreenAnswer(row.refugee))
    told = screen_told(screen)
    return ScreeningView(
        screen=screen,
        outcome=told.outcome,
        told=told.because,
        cites=told.cites,
        replies={code: Reply(reply) for code, reply in row.replies.items()},
        care=tuple(Care(care) for care in row.care),
        language=row.language,
        note=row.note,
        by_name=row.by_name,
        at=row.at,
    )


def conference_view(row: Conference) -> ConferenceView:
    """Return a conference as recorded."""
    return ConferenceView(
        held_on=row.held_on,
        chair=row.chair,
        attendants=tuple(row.attendants),
        reason=ConferenceReason(row.reason),
        because=row.because,
        cite=row.cite,
        by_name=row.by_name,
        at=row.at,
    )


def proposal_view(row: Proposal, signs: tuple[CountersignView, ...], lost_signs: int) -> ProposalView:
    """Return a version of a proposal with the initials under it."""
    rung = RUNGS[MeasureKind(row.kind)]
    return ProposalView(
        id=row.pk,
        version=row.version,
        kind=rung.kind,
        title=rung.title,
        letter=rung.letter,
        ground=Ground(row.ground),
        because=row.because,
        told=row.told,
        cites=tuple(row.cites),
        doubts=tuple(row.doubts),
        overstay_days=row.overstay_days,
        charge_rupiah=row.charge_rupiah,
        particulars=row.particulars(),
        wants_ban=row.wants_ban,
        proposed_by_id=row.proposed_by_id,
        proposed_by=row.proposed_by,
        at=row.at,
        law_digest=row.law_digest,
        signs=signs,
        lost_signs=lost_signs,
    )


def decision_view(row: Decision) -> DecisionView:
    """Return a decision with its letter."""
    rung = RUNGS[MeasureKind(row.kind)]
    return DecisionView(
        kind=rung.kind,
        title=rung.title,
        particulars=row.proposal.particulars(),
        decided_by=row.decided_by,
        decided_on=row.decided_on,
        because=row.because,
        cites=tuple(row.cites),
        letter_id=row.letter_id,
        letter_number=row.letter_number,
        at=row.at,
    )


def delivery_view(row: Delivery, today: date, book: LawBook) -> DeliveryView:
    """Return a delivery with the working days left to object."""
    return DeliveryView(
        delivered_on=row.delivered_on,
        received_by=row.received_by,
        manner=Manner(row.manner),
        note=row.note,
        file_by=row.file_by,
        left=workdays_left(today, row.file_by, book) if row.file_by else None,
        doubts=tuple(row.doubts),
        cites=tuple(row.cites),
        by_name=row.by_name,
        at=row.at,
    )


def objection_view(row: Objection, today: date, book: LawBook) -> ObjectionView:
    """Return an objection with its clocks."""
    return ObjectionView(
        filed_on=row.filed_on,
        objector=row.objector,
        proxy=row.proxy,
        parts=tuple(row.parts),
        timing=ObjectionTiming(row.timing),
        told=row.told,
        cites=tuple(row.cites),
        doubts=tuple(row.doubts),
        forward_by=row.forward_by,
        forward_left=workdays_left(today, row.forward_by, book),
        forwarded_on=row.forwarded_on,
        decide_by=row.decide_by,
        decide_left=workdays_left(today, row.decide_by, book) if row.decide_by else None,
        letter_id=row.letter_id,
        letter_number=row.letter_number,
        by_name=row.by_name,
        at=row.at,
    )
