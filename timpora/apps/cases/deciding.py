"""From the conference to the decision: proposed by one, initialled, decided by another human."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from timpora.apps.cases import errors
from timpora.apps.cases.facts import overstay_of
from timpora.apps.cases.models import Conference, Countersign, Decision, Proposal
from timpora.apps.cases.papers import decision_letter_of, issue_of
from timpora.apps.cases.particulars import columns_of, particulars_named
from timpora.apps.cases.steps import (
    Held,
    case_hold,
    lines_of,
    reason_of,
    require_clear,
    require_open,
    screen_last,
    step,
    subject_of,
)
from timpora.apps.cases.types import NewConference, NewProposal, OverstayView
from timpora.apps.registry import queries as registry
from timpora.domain.law.cite import LawBook
from timpora.domain.measures import (
    OVERSTAY_GROUNDS,
    Ground,
    MeasureKind,
    Permission,
    conference_cite,
    measure_judge,
)
from timpora.domain.particulars import Particulars, lack_of, particulars_of
from timpora.domain.states import CaseState
from timpora.domain.territory import zone_of
from timpora.kernel.access import P
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs
from timpora.kernel.audit.tags import Tag
from timpora.kernel.documents.actions import store
from timpora.kernel.lawbook.store import lawbook

LEAST_ATTENDANTS = 2
OVERSTAYS = frozenset(OVERSTAY_GROUNDS.values()) - {Ground.NONE}
CONFERENCE_FROM = frozenset({CaseState.SCREENED, CaseState.OBJECTED, CaseState.PROSECUTED})


@deed(P.CASES_CONFERENCE_RECORD, tag=Tag.CASES_CONFERENCE_RECORDED)
def conference_record(act: Act, *, case_id: UUID, conference: NewConference) -> None:
    """Record a case conference: who attended, and why a measure rather than prosecution (Pasal 59).

    Raises `MeasureHeld` before a clear screen, `ConferenceIncomplete`, `DayImpossible`, `CaseMoved`.
    """
    held = case_hold(act, case_id)
    if held.state not in CONFERENCE_FROM:
        raise errors.CaseMoved
    require_clear(held)
    opened_on = held.case.opened_at.astimezone(_zone(held)).date()
    if not opened_on <= conference.held_on <= held.today:
        raise errors.DayImpossible
    attendants = list(dict.fromkeys(lines_of(conference.attendants)))
    chair = " ".join(lines_of([conference.chair]))
    if len(attendants) < LEAST_ATTENDANTS or not chair:
        raise errors.ConferenceIncomplete
    because = reason_of(conference.because)
    book = lawbook()
    cite = conference_cite(on=conference.held_on, book=book)
    Conference.objects.create(
        case=held.case,
        held_on=conference.held_on,
        chair=chair,
        attendants=attendants,
        reason=conference.reason.value,
        because=because,
        cite=cite,
        law_digest=book.digest,
        by_id=act.actor.id,
        by_name=act.actor.name,
        at=act.at,
    )
    subject = subject_of(held.case)
    refs: Refs = {"held_on": str(conference.held_on), "attendants": len(attendants), "law": book.digest}
    act.upon(subject, refs=refs, payload=because, cites=(cite,))
    step(act, held.case, CaseState.CONFERENCE, because=because, cites=(cite,))


def _zone(held: Held) -> ZoneInfo:
    return ZoneInfo(zone_of(held.case.wilayah))


@deed(P.CASES_MEASURE_PROPOSE, tag=Tag.CASES_MEASURE_PROPOSED)
def measure_propose(act: Act, *, case_id: UUID, proposal: NewProposal) -> int:
    """Propose a measure, or none, on a ground that the facts carry; return the version.

    Proposing anew replaces the version before, and the initials under that one fall (F57). Raises
    `MeasureHeld`, `MeasureUngrounded` with the rule's own sentence, `MeasureUnspecified`, `CaseMoved`.
    """
    held = case_hold(act, case_id)
    if held.state not in {CaseState.CONFERENCE, CaseState.PROPOSED}:
        raise errors.CaseMoved
    require_clear(held)
    because = reason_of(proposal.because)
    book = lawbook()
    overstay = _overstay(act, held, proposal, book)
    verdict = measure_judge(proposal.kind, ground=proposal.ground, screen=screen_last(held.case.pk))
    if verdict.outcome is not Permission.OPEN:
        raise errors.MeasureUngrounded(verdict.because)
    particulars = _specified(proposal.kind, particulars_named(proposal.particulars))
    conference = Conference.objects.filter(case=held.case).latest("id")
    cites = dict.fromkeys((*verdict.cites, *(overstay.cites if overstay else ()), conference.cite))
    row = Proposal.objects.create(
        case=held.case,
        conference=conference,
        version=1 + Proposal.objects.filter(case=held.case).count(),
        kind=proposal.kind.value,
        ground=proposal.ground.value,
        because=because,
        told=overstay.because if overstay else verdict.because,
        cites=list(cites),
        doubts=list(overstay.doubts) if overstay else [],
        law_digest=book.digest,
        overstay_days=overstay.days if overstay else None,
        charge_rupiah=overstay.charge_rupiah if overstay else None,
        **columns_of(particulars),
        wants_ban=proposal.wants_ban and proposal.kind is MeasureKind.DEPORTATION,
        proposed_by_id=act.actor.id,
        proposed_by=act.actor.name,
        at=act.at,
    )
    subject = subject_of(held.case)
    refs: Refs = {"version": row.version, "measure": row.kind, "ground": row.ground, "law": book.digest}
    act.upon(subject, refs=refs, payload=because, cites=row.cites)
    act.publish(subject, {"version": row.version})
    if held.state is CaseState.CONFERENCE:
        step(act, held.case, CaseState.PROPOSED, because=because, cites=row.cites)
    return row.version


def _specified(kind: MeasureKind, told: Particulars) -> Particulars:
    """Return what belongs to the measure; raises `MeasureUnspecified` naming what is missing."""
    if (lack := lack_of(kind, told)) is not None:
        raise errors.MeasureUnspecified(lack.because)
    return particulars_of(kind, told)


def _overstay(act: Act, held: Held, proposal: NewProposal, book: LawBook) -> OverstayView | None:
    """Return the overstay that carries the ground; raises `MeasureUngrounded` where the facts do not."""
    if proposal.ground not in OVERSTAYS:
        return None
    if held.party.known_id is None:
        raise errors.MeasureUngrounded("Orang ini belum terhubung dengan registri: overstay tidak terhitung.")
    page = registry.person_get(act.actor, held.party.known_id, what="usulan tindakan")
    found = overstay_of(page, on=held.today, book=book, payment=proposal.payment)
    if found is None or found.ground is not proposal.ground:
        because = found.because if found else "Registri tidak memuat izin tinggal dengan hari terakhir."
        raise errors.MeasureUngrounded(f"Fakta tidak mendukung dasar ini. {because}")
    return found


@deed(P.CASES_MEASURE_PROPOSE, tag=Tag.CASES_MEASURE_COUNTERSIGNED)
def measure_countersign(act: Act, *, case_id: UUID, version: int) -> None:
    """Put initials under one version of a proposal as another officer than its proposer (paraf).

    Raises `ProposalChanged` for an older version, `SamePerson`, `AlreadySigned`.
    """
    held, row = _proposal(act, case_id, version)
    if row.proposed_by_id == act.actor.id:
        raise errors.SamePerson
    try:
        with transaction.atomic():
            Countersign.objects.create(
                case=held.case,
                proposal=row,
                proposed_by_id=row.proposed_by_id,
                by_id=act.actor.id,
                by_name=act.actor.name,
                at=act.at,
            )
    except IntegrityError as error:
        raise errors.AlreadySigned from error
    act.upon(subject_of(held.case), refs={"version": version}, cites=row.cites)


@deed(P.CASES_MEASURE_DECIDE, tag=Tag.CASES_MEASURE_RETURNED, is_decision=True)
def measure_return(act: Act, *, case_id: UUID, version: int, because: str) -> None:
    """Send a proposal back to the conference with the reason; nothing was imposed."""
    held, row = _proposal(act, case_id, version)
    if row.proposed_by_id == act.actor.id:
        raise errors.SamePerson
    reason = reason_of(because)
    act.upon(subject_of(held.case), refs={"version": version}, payload=reason)
    step(act, held.case, CaseState.CONFERENCE, because=reason, cites=row.cites)


@deed(P.CASES_MEASURE_DECIDE, tag=Tag.CASES_MEASURE_DECIDED, is_decision=True)
def measure_decide(act: Act, *, case_id: UUID, version: int, because: str) -> str:
    """Decide on the version that was read, as another human than its proposer; return the letter's number.

    Decision, letter and step are one transaction, taken once. Raises `SamePerson`, `ProposalChanged`,
    `CaseMoved`, `MeasureHeld`, `MeasureUnspecified`, `LetterIncomplete` naming what the letter lacks (no
    number is used then).
    """
    held, row = _proposal(act, case_id, version)
    if row.proposed_by_id == act.actor.id:
        raise errors.SamePerson
    require_clear(held)
    require_open(held, CaseState.DECIDED)
    # A version of before the particulars were asked for names no place.
    _specified(MeasureKind(row.kind), row.particulars())
    reason = reason_of(because)
    subject = subject_of(held.case)
    letter = None
    if row.kind != MeasureKind.NONE:
        printed = decision_letter_of(act.actor, held.case, held.party, row)
        letter = store(act, printed, issue_of(held.case, held.party, row.law_digest, tuple(row.cites)))
    Decision.objects.create(
        case=held.case,
        proposal=row,
        kind=row.kind,
        proposed_by_id=row.proposed_by_id,
        decided_by_id=act.actor.id,
        decided_by=act.actor.name,
        because=reason,
        cites=row.cites,
        law_digest=row.law_digest,
        letter_id=letter.id if letter else None,
        letter_number=letter.number if letter else "",
        decided_on=held.today,
        at=act.at,
    )
    refs: Refs = {"version": version, "measure": row.kind, "letter": str(letter.id) if letter else ""}
    act.upon(subject, refs=refs, payload=reason, cites=row.cites)
    act.publish(subject, {"measure": row.kind})
    step(act, held.case, CaseState.DECIDED, because=reason, cites=row.cites)
    return letter.number if letter else ""


def _proposal(act: Act, case_id: UUID, version: int) -> tuple[Held, Proposal]:
    """Return the held case with its newest proposal, which must be the version that was read."""
    held = case_hold(act, case_id)
    if held.state is not CaseState.PROPOSED:
        raise errors.CaseMoved
    row = Proposal.objects.filter(case=held.case).latest("version")
    if row.version != version:
        raise errors.ProposalChanged
    return held, row
