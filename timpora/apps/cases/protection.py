"""What protection does: taking over, the answers of services, the two ways out of a referral.

Every deed stands in the sealed log. Nothing here is published: news of it would itself be news.
"""

import json
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from timpora.apps.cases import errors
from timpora.apps.cases.facts import words_seen
from timpora.apps.cases.models import (
    Case,
    Party,
    ProtectionReferral,
    ReferralStep,
    Screening,
    ServiceAnswer,
)
from timpora.apps.cases.origins import Origin
from timpora.apps.cases.screening import SCREENABLE
from timpora.apps.cases.sheltering import (
    FIELD_WORDS,
    heard_in,
    heard_in_field,
    move,
    open_returned,
    refer,
    state_of,
    take,
)
from timpora.apps.cases.steps import (
    TEXT_MAX,
    Held,
    case_hold_sealed,
    first_step,
    reason_of,
    sealed_subject_of,
    step,
)
from timpora.apps.cases.types import NewScreening
from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import ProtectionView
from timpora.domain.measures import ScreenAnswer
from timpora.domain.protection import (
    CITES,
    ENDINGS,
    Answer,
    Care,
    Ending,
    Provider,
    screen_of,
    screen_told,
)
from timpora.domain.states import CaseState, ReferralState
from timpora.domain.territory import zone_of
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, P, require, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.tags import Tag
from timpora.kernel.documents.actions import ordinal_take
from timpora.kernel.text import cleaned

# A book of its own: a number missing in an office's would tell that there is one case more.
DESK: Final = "PELINDUNGAN"
REGISTER: Final = "RUJUKAN"


@deed(P.CASES_PROTECTION_HANDLE, tag=Tag.CASES_PROTECTION_TAKEN)
def signs_take(act: Act, *, checked_id: UUID) -> UUID:
    """Take over the signs an officer ticked in the field: a screen and a referral on a case of their own.

    Every case that an office anywhere has open on the human before a decision is referred with it, and so
    closed to everybody else; whom the register knows elsewhere alone is recognised by the document shown. A
    decided one stays as it is, with its right to object; carrying it out is held.
    Raises `AccessDenied`, `CaseMoved` where the case of these signs has been carried out or closed,
    `ReferralMoved` where a colleague took it.
    """
    signs = findings.protection_get(act.actor, checked_id)
    held = _case_of(act, signs)
    if held.case.is_sealed:
        raise errors.ReferralMoved
    require(act.actor, act.permission, places=(held.case.wilayah,), unit=held.case.unit_code)
    heard = heard_in_field(signs)
    take(act, held, refer(act, held, heard), heard)
    return held.case.pk


def _case_of(act: Act, signs: ProtectionView) -> Held:
    """Return the case of the person under lock; where there is none, one that begins under the seal."""
    party = Party.objects.filter(checked_id=signs.checked_id).first()
    if party is not None:
        case = scope(act.actor, act.permission, Case.objects.select_for_update()).get(pk=party.pk)
        if not case.is_sealed and CaseState(case.state) not in SCREENABLE:
            raise errors.CaseMoved
        return Held(case, party)
    person = signs.person
    if person is None:
        raise AccessDenied
    words = words_seen(person)
    origin = Origin(
        unit_code=signs.unit_code,
        unit_name=signs.unit_name,
        wilayah=signs.wilayah,
        text=f"Laporan lapangan {signs.receipt_number}",
        words=words,
        person_id=person.holder_id,
        person_is_sure=person.person_id == person.holder_id,
        report_id=signs.report_id,
        checked_id=signs.checked_id,
    )
    year = clock.today(zone_of(signs.wilayah)).year
    ordinal = ordinal_take(unit=DESK, register=REGISTER, year=year)
    case = Case(
        number=f"PL-{ordinal:04}/{year}",
        unit_code=signs.unit_code,
        unit_name=signs.unit_name,
        wilayah=signs.wilayah,
        began_sealed=True,
        opened_at=act.at,
        opened_by=act.actor.name,
        changed_at=act.at,
    )
    columns = origin.columns() | ({} if words.name else {"name": f"Tanpa nama ({signs.receipt_number})"})
    try:
        with transaction.atomic():
            case.save(force_insert=True)
            party = Party.objects.create(case=case, **columns)
    except IntegrityError as error:
        raise errors.ReferralMoved from error
    first_step(act, case, because=FIELD_WORDS)
    return Held(case, party)


@deed(P.CASES_PROTECTION_HANDLE, tag=Tag.CASES_PROTECTION_TAKEN)
def referral_take(act: Act, *, referral_id: UUID) -> UUID:
    """Take over a referral that waits, or take it back from a service; return the case.

    What offices have undecided on the same human is referred with it, as for signs from the field.
    """
    held, referral = _hold(act, referral_id)
    act.upon(sealed_subject_of(held))
    take(act, held, referral, heard_in(referral))
    return held.case.pk


@deed(P.CASES_PROTECTION_HANDLE, tag=Tag.CASES_PROTECTION_ANSWERED)
def service_answer_record(act: Act, *, referral_id: UUID, provider: Provider, answer: Answer) -> UUID:
    """Record what a kind of service answered; the first that accepts moves the referral on."""
    held, referral = _hold(act, referral_id)
    state = state_of(referral)
    if state not in {ReferralState.TAKEN, ReferralState.SERVED}:
        raise errors.ReferralMoved
    ServiceAnswer.objects.create(
        referral=referral,
        wilayah=referral.wilayah,
        provider=provider.value,
        answer=answer.value,
        by_id=act.actor.id,
        by_name=act.actor.name,
        at=act.at,
    )
    act.upon(sealed_subject_of(held), refs={"provider": provider.value, "answer": answer.value})
    if answer is Answer.ACCEPTED and state is ReferralState.TAKEN:
        move(act, referral, ReferralState.SERVED, because="Layanan menerima.")
    return held.case.pk


@deed(P.CASES_PROTECTION_HANDLE, tag=Tag.CASES_PROTECTION_REVIEWED)
def review_record(act: Act, *, referral_id: UUID, screening: NewScreening, because: str) -> UUID:
    """Record that, asked again by protection, the person is no victim and no refugee; nothing opens yet.

    Raises `ReviewNotClear` while any sign or question is left, `ReasonMissing`, `ReferralMoved`.
    """
    held, referral = _hold(act, referral_id)
    reason, language = reason_of(because), cleaned(screening.language)[:TEXT_MAX]
    if not language:
        raise errors.ReasonMissing("Tulis bahasa wawancara, dan juru bahasanya bila ada.")
    screen = screen_of(screening.replies, is_child=Care.CHILD in screening.care)
    if screen_told(screen).outcome is not ScreenAnswer.CLEAR:
        raise errors.ReviewNotClear
    Screening.objects.create(
        case=held.case,
        trafficking=screen.trafficking.value,
        refugee=screen.refugee.value,
        replies=dict(screening.replies),
        care=sorted(screening.care),
        language=language,
        by_id=act.actor.id,
        by_name=act.actor.name,
        at=act.at,
    )
    payload = json.dumps([dict(screening.replies), reason], sort_keys=True)
    act.upon(sealed_subject_of(held), payload=payload, cites=CITES)
    move(act, referral, ReferralState.REVIEWED, because=reason)
    return held.case.pk


@deed(P.CASES_PROTECTION_HANDLE, tag=Tag.CASES_PROTECTION_RETURNED, is_decision=True)
def return_confirm(act: Act, *, referral_id: UUID, because: str) -> UUID:
    """Confirm a review as another protection officer: the case opens again where its screen ended.

    While another referral of the same human is left, this one is returned and every case stays sealed; the
    last return opens them all. What was said under the seal stays there.

    Raises `SecondPersonNeeded`, `ReasonMissing`, `ReferralMoved`.
    """
    held, referral = _hold(act, referral_id)
    last = ReferralStep.objects.filter(referral=referral).order_by("-id").first()
    if last is None or last.after != ReferralState.REVIEWED:
        raise errors.ReferralMoved
    if last.by_id == act.actor.id:
        raise errors.SecondPersonNeeded
    reason = reason_of(because)
    act.upon(sealed_subject_of(held), payload=reason, cites=CITES)
    move(act, referral, ReferralState.RETURNED, because=reason)
    open_returned(act, held)
    return held.case.pk


@deed(P.CASES_PROTECTION_HANDLE, tag=Tag.CASES_PROTECTION_REFUSED, is_decision=True)
def return_refuse(act: Act, *, referral_id: UUID, because: str) -> UUID:
    """Refuse a review: the person stays protected, and the referral is handled on."""
    held, referral = _hold(act, referral_id)
    if state_of(referral) is not ReferralState.REVIEWED:
        raise errors.ReferralMoved
    reason = reason_of(because)
    act.upon(sealed_subject_of(held), payload=reason)
    move(act, referral, ReferralState.TAKEN, because=reason)
    return held.case.pk


@deed(P.CASES_PROTECTION_HANDLE, tag=Tag.CASES_PROTECTION_ENDED, is_decision=True)
def referral_end(act: Act, *, referral_id: UUID, ending: Ending) -> UUID:
    """End a referral with somebody protected: the case is closed and stays sealed for good."""
    held, referral = _hold(act, referral_id)
    act.upon(sealed_subject_of(held), refs={"ending": ending.value}, cites=CITES)
    move(act, referral, ReferralState.ENDED, because=ENDINGS[ending])
    step(act, held.case, CaseState.CLOSED, because=ENDINGS[ending], cites=CITES)
    return held.case.pk


def _hold(act: Act, referral_id: UUID) -> tuple[Held, ProtectionReferral]:
    """Lock the case of a referral for the deed; raises `AccessDenied` where there is none."""
    rows = scope(act.actor, act.permission, ProtectionReferral.objects.all())
    referral = rows.filter(pk=referral_id).first()
    if referral is None:
        raise AccessDenied
    return case_hold_sealed(act, referral.case_id), referral
