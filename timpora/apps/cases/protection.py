"""What protection does: taking over, the answers of services, the two ways out of a referral.

Every deed stands in the sealed log. Nothing here is published: news of it would itself be news.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

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
from timpora.apps.cases.screening import BEFORE_DECISION, SCREENABLE
from timpora.apps.cases.steps import (
    TEXT_MAX,
    Held,
    case_hold_sealed,
    first_step,
    is_sheltered,
    reason_of,
    require_open,
    sealed_subject_of,
    step,
)
from timpora.apps.cases.types import NewScreening
from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import ProtectionView
from timpora.domain.measures import Screen, ScreenAnswer
from timpora.domain.protection import (
    CHILD_SIGN,
    CITES,
    ENDINGS,
    Answer,
    Care,
    Ending,
    Provider,
    screen_of,
    screen_told,
)
from timpora.domain.states import CaseState, ReferralState, may_step
from timpora.domain.territory import zone_of
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs
from timpora.kernel.audit.tags import Tag
from timpora.kernel.documents.actions import ordinal_take
from timpora.kernel.text import cleaned

# A book of its own: a number missing in an office's would tell that there is one case more.
DESK: Final = "PELINDUNGAN"
REGISTER: Final = "RUJUKAN"
FIELD_WORDS: Final = "Tanda dilihat petugas lapangan"


@deed(P.CASES_PROTECTION_HANDLE, tag=Tag.CASES_PROTECTION_TAKEN)
def signs_take(act: Act, *, checked_id: UUID) -> UUID:
    """Take over the signs an officer ticked in the field: a screen and a referral on a case of their own.

    Every case that offices have open on the human before a decision is referred with it, and so closed to
    everybody else. A decided one stays as it is, with its right to object; carrying it out is held.
    Raises `AccessDenied`, `CaseMoved` where the case of these signs has been carried out or closed,
    `ReferralMoved` where a colleague took it.
    """
    signs = findings.protection_get(act.actor, checked_id)
    held = _case_of(act, signs)
    if held.case.is_sealed:
        raise errors.ReferralMoved
    heard = _heard_in_field(signs)
    _refer(act, held, heard)
    for other in _open_on_person(act, held):
        _refer(act, other, heard)
    return held.case.pk


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard of a person, by whom and when, for every referral that follows from it."""

    screen: Screen
    care: tuple[str, ...]
    note: str
    by_name: str
    at: datetime
    refs: Refs
    because: str


def _heard_in_field(signs: ProtectionView) -> Heard:
    return Heard(
        screen=Screen(ScreenAnswer.SHELTERED, ScreenAnswer.OPEN),
        care=(Care.CHILD.value,) if CHILD_SIGN in signs.signs else (),
        note=" · ".join((*signs.signs, signs.note)).strip(" ·")[:TEXT_MAX],
        by_name=signs.officer_name,
        at=signs.received_at,
        refs={"report": str(signs.report_id)},
        because=FIELD_WORDS,
    )


def _heard_in(referral: ProtectionReferral) -> Heard:
    screening = Screening.objects.filter(case_id=referral.case_id).order_by("-id").first()
    return Heard(
        screen=Screen(ScreenAnswer(referral.trafficking), ScreenAnswer(referral.refugee)),
        care=tuple(screening.care) if screening else (),
        note=referral.note,
        by_name=referral.by_name,
        at=referral.at,
        refs={"referral": str(referral.pk)},
        because="Diambil.",
    )


def _refer(act: Act, held: Held, heard: Heard) -> None:
    """Write the screen that was heard, and a referral that whoever acts has taken."""
    _screen(act, held, heard)
    if held.state is not CaseState.SCREENED:
        require_open(held, CaseState.SCREENED)
        step(act, held.case, CaseState.SCREENED, because="Penapisan dicatat.", cites=CITES)
    referral = ProtectionReferral.objects.create(
        case=held.case,
        wilayah=held.case.wilayah,
        person_id=held.party.person_id,
        trafficking=heard.screen.trafficking.value,
        refugee=heard.screen.refugee.value,
        replies={},
        note=heard.note,
        by_name=heard.by_name,
        at=heard.at,
    )
    step(act, held.case, CaseState.SHELTERED, because="Dirujuk.", cites=CITES)
    act.upon(sealed_subject_of(held), refs=heard.refs, payload=heard.note, cites=CITES)
    _move(act, referral, ReferralState.TAKEN, because=heard.because)


def _open_on_person(act: Act, held: Held) -> list[Held]:
    """Return under lock what else offices have undecided on the human, whatever it began with."""
    rows = _of_human(act, held).filter(is_sealed=False, state__in=BEFORE_DECISION)
    return [Held(case, case.party) for case in rows]


def _of_human(act: Act, held: Held) -> QuerySet[Case]:
    """Return under lock the other cases of the human of a case, through merges as the gate sees them."""
    rows = scope(act.actor, act.permission, Case.objects.select_for_update(of=("self",)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_one_human(%s)", [held.party.person_id])
        human = [row[0] for row in cursor.fetchall() if row[0] is not None]
    return rows.filter(party__person_id__in=human).exclude(pk=held.case.pk).order_by("pk")


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
        person_id=person.person_id,
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


def _screen(act: Act, held: Held, heard: Heard) -> None:
    Screening.objects.create(
        case=held.case,
        trafficking=heard.screen.trafficking.value,
        refugee=heard.screen.refugee.value,
        replies={},
        care=list(heard.care),
        language="",
        by_id=act.actor.id,
        by_name=act.actor.name,
        at=act.at,
    )


@deed(P.CASES_PROTECTION_HANDLE, tag=Tag.CASES_PROTECTION_TAKEN)
def referral_take(act: Act, *, referral_id: UUID) -> UUID:
    """Take over a referral that waits, or take it back from a service; return the case.

    What offices have undecided on the same human is referred with it, as for signs from the field.
    """
    held, referral = _hold(act, referral_id)
    act.upon(sealed_subject_of(held))
    _move(act, referral, ReferralState.TAKEN, because="Diambil.")
    for other in _open_on_person(act, held):
        _refer(act, other, _heard_in(referral))
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
        _move(act, referral, ReferralState.SERVED, because="Layanan menerima.")
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
    _move(act, referral, ReferralState.REVIEWED, because=reason)
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
    _move(act, referral, ReferralState.RETURNED, because=reason)
    if not is_sheltered(held.party.person_id):
        _open_returned(act, held)
    return held.case.pk


def _open_returned(act: Act, held: Held) -> None:
    """Open a case, and those of the human that waited for it, where the database finds all returned."""
    waiting = _of_human(act, held).filter(is_sealed=True, state=CaseState.SHELTERED)
    for one in (held, *(Held(case, case.party) for case in waiting)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT cases_is_returned(%s)", [one.case.pk])
            if not cursor.fetchone()[0]:
                continue
        if one is not held:
            act.upon(sealed_subject_of(one), cites=CITES)
        step(act, one.case, CaseState.SCREENED, because="Dikembalikan untuk ditangani.", cites=CITES)


@deed(P.CASES_PROTECTION_HANDLE, tag=Tag.CASES_PROTECTION_REFUSED, is_decision=True)
def return_refuse(act: Act, *, referral_id: UUID, because: str) -> UUID:
    """Refuse a review: the person stays protected, and the referral is handled on."""
    held, referral = _hold(act, referral_id)
    if state_of(referral) is not ReferralState.REVIEWED:
        raise errors.ReferralMoved
    reason = reason_of(because)
    act.upon(sealed_subject_of(held), payload=reason)
    _move(act, referral, ReferralState.TAKEN, because=reason)
    return held.case.pk


@deed(P.CASES_PROTECTION_HANDLE, tag=Tag.CASES_PROTECTION_ENDED, is_decision=True)
def referral_end(act: Act, *, referral_id: UUID, ending: Ending) -> UUID:
    """End a referral with somebody protected: the case is closed and stays sealed for good."""
    held, referral = _hold(act, referral_id)
    act.upon(sealed_subject_of(held), refs={"ending": ending.value}, cites=CITES)
    _move(act, referral, ReferralState.ENDED, because=ENDINGS[ending])
    step(act, held.case, CaseState.CLOSED, because=ENDINGS[ending], cites=CITES)
    return held.case.pk


def _hold(act: Act, referral_id: UUID) -> tuple[Held, ProtectionReferral]:
    """Lock the case of a referral for the deed; raises `AccessDenied` where there is none."""
    rows = scope(act.actor, act.permission, ProtectionReferral.objects.all())
    referral = rows.filter(pk=referral_id).first()
    if referral is None:
        raise AccessDenied
    return case_hold_sealed(act, referral.case_id), referral


def state_of(referral: ProtectionReferral) -> ReferralState:
    """Return where a referral stands: its last step, or waiting where there is none."""
    last = ReferralStep.objects.filter(referral=referral).order_by("-id").values_list("after", flat=True)
    return ReferralState(last[0]) if last else ReferralState.WAITING


def _move(act: Act, referral: ProtectionReferral, after: ReferralState, *, because: str) -> None:
    before = state_of(referral)
    if not may_step(before, after):
        raise errors.ReferralMoved
    ReferralStep.objects.create(
        referral=referral,
        wilayah=referral.wilayah,
        before=before.value,
        after=after.value,
        by_id=act.actor.id,
        by_name=act.actor.name,
        at=act.at,
        because=because,
    )
