"""Gathering what the letters of a case are printed from, and where a missing field is filled."""

from typing import Final
from zoneinfo import ZoneInfo

from timpora.apps.cases.found import found_words
from timpora.apps.cases.letters.building import DecisionPapers, ReceiptPapers, decision_letter, receipt_letter
from timpora.apps.cases.letters.measure_decision import MeasureDecision
from timpora.apps.cases.letters.objection_receipt import ObjectionReceipt
from timpora.apps.cases.models import Case, Conference, Decision, Party, Proposal, Screening
from timpora.apps.cases.steps import subject_of
from timpora.apps.cases.types import HoleView, NewObjection, PartyWords
from timpora.apps.identity import queries as identity
from timpora.domain.law.clocks import Deadline
from timpora.domain.measures import Ground, MeasureKind
from timpora.domain.territory import zone_of
from timpora.kernel import clock
from timpora.kernel.access import Actor, P
from timpora.kernel.access.roles import KepalaKantor
from timpora.kernel.documents.letter import Letter, Signatory, missing
from timpora.kernel.documents.letterhead import LetterOffice
from timpora.kernel.documents.types import Issue
from timpora.kernel.lawbook.store import lawbook

PLACES: Final = {"subject": "pihak", "signatory": "akun", "letterhead": "kantor", "issued_in": "kantor"}


def words_view(party: Party) -> PartyWords:
    """Return the words of the party as they stand."""
    return PartyWords(**{name: getattr(party, name) for name in PartyWords.__dataclass_fields__})


def office_of(case: Case) -> LetterOffice:
    """Return the office of a case as its letters name it."""
    unit = identity.unit_get(case.unit_code)
    return identity.letter_office(unit) if unit else LetterOffice(name=case.unit_name)


def signatory_of(actor: Actor, case: Case, permission: P) -> Signatory:
    """Return the officer as who signs a letter of the case: the head by name, or who stands in."""
    grant = next(iter(actor.grants_for(permission)), actor.main)
    known = identity.officer_names([actor.id]).get(actor.id)
    is_head = grant is not None and grant.role == KepalaKantor.slug
    return Signatory(
        capacity=grant.acting if grant else "",
        position=f"Kepala {case.unit_name}" if is_head else grant.kind.name if grant else "",
        name=actor.name,
        rank=known.rank if known else "",
        nip=actor.nip or (known.nip if known else ""),
    )


def decision_letter_of(actor: Actor, case: Case, party: Party, row: Proposal) -> MeasureDecision:
    """Return the decision's letter as `actor` would sign it today; holes stay empty in it."""
    screening = Screening.objects.filter(case=case).latest("id")
    return decision_letter(
        DecisionPapers(
            office=office_of(case),
            signatory=signatory_of(actor, case, P.CASES_MEASURE_DECIDE),
            dated=clock.today(zone_of(case.wilayah)),
            book=lawbook(),
            words=words_view(party),
            kind=MeasureKind(row.kind),
            ground=Ground(row.ground),
            told=row.told,
            because=row.because,
            found=found_words(actor, party),
            cites=tuple(row.cites),
            charge_rupiah=row.charge_rupiah or 0,
            particulars=row.particulars(),
            wants_ban=row.wants_ban,
            screened_on=screening.at.astimezone(ZoneInfo(zone_of(case.wilayah))).date(),
            conference_on=Conference.objects.get(pk=row.conference_id).held_on,
            case_number=case.number,
        )
    )


def receipt_letter_of(
    actor: Actor, case: Case, decision: Decision, objection: NewObjection, clocks: tuple[Deadline, ...]
) -> ObjectionReceipt:
    """Return the receipt of an objection as `actor` would sign it today."""
    return receipt_letter(
        ReceiptPapers(
            office=office_of(case),
            signatory=signatory_of(actor, case, P.CASES_OBJECTION_RECORD),
            dated=clock.today(zone_of(case.wilayah)),
            book=lawbook(),
            objection=objection,
            decision_number=decision.letter_number,
            decision_on=decision.decided_on,
            forward_by=clocks[0].last_day,
        )
    )


def issue_of(case: Case, party: Party, law_digest: str, cites: tuple[str, ...]) -> Issue:
    """Return the order to issue a letter of a case to the person it is about."""
    return Issue(
        about=subject_of(case, party.known_id),
        unit=case.unit_code,
        office_code=office_of(case).words.code or case.unit_code,
        wilayah=case.wilayah,
        law_digest=law_digest,
        cites=cites,
    )


def holes_of(letter: Letter) -> tuple[HoleView, ...]:
    """Name what a letter still lacks and where that is filled: person, proposal, office or account."""
    return tuple(
        HoleView(hole.path, hole.label, PLACES.get(hole.path.split(".")[0].split("[")[0], "usulan"))
        for hole in missing(letter)
    )
