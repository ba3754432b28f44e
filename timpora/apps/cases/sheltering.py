"""A human under protection: what was heard, the referral of every case, and the opening of them all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from timpora.apps.cases import errors
from timpora.apps.cases.models import ProtectionReferral, ReferralStep, Screening
from timpora.apps.cases.recognition import cases_of, held_of, persons_of, recognised
from timpora.apps.cases.screening import BEFORE_DECISION
from timpora.apps.cases.steps import TEXT_MAX, Held, is_sheltered, require_open, sealed_subject_of, step
from timpora.apps.findings.types import ProtectionView
from timpora.domain.measures import Screen, ScreenAnswer
from timpora.domain.protection import CHILD_SIGN, CITES, Care
from timpora.domain.states import CaseState, ReferralState, may_step
from timpora.kernel.access import may
from timpora.kernel.act import Act
from timpora.kernel.audit.entry import Refs
from timpora.kernel.database.session import nation_reached

FIELD_WORDS: Final = "Tanda dilihat petugas lapangan"


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


def heard_in_field(signs: ProtectionView) -> Heard:
    """Return what an officer saw at a visit."""
    return Heard(
        screen=Screen(ScreenAnswer.SHELTERED, ScreenAnswer.OPEN),
        care=(Care.CHILD.value,) if CHILD_SIGN in signs.signs else (),
        note=" · ".join((*signs.signs, signs.note)).strip(" ·")[:TEXT_MAX],
        by_name=signs.officer_name,
        at=signs.received_at,
        refs={"report": str(signs.report_id)},
        because=FIELD_WORDS,
    )


def heard_in(referral: ProtectionReferral) -> Heard:
    """Return what a referral that is there says."""
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


def refer(act: Act, held: Held, heard: Heard) -> ProtectionReferral:
    """Write the screen that was heard and a referral, and seal the case."""
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
    # Noted without asking for a right: protection ends at no border, and the deed asked for its own case.
    act.note(sealed_subject_of(held), refs=heard.refs, payload=heard.note, cites=CITES)
    return referral


def take(act: Act, held: Held, referral: ProtectionReferral, heard: Heard) -> None:
    """Take a referral over, and refer what offices anywhere have undecided on the human.

    A case beyond the territory of whoever acts waits for protection there.
    """
    move(act, referral, ReferralState.TAKEN, because=heard.because, person=recognised(act.actor, held))
    persons = persons_of(held)
    if not persons:
        return
    with nation_reached():
        rows = cases_of(persons, but=held.case).filter(is_sealed=False, state__in=BEFORE_DECISION)
        for other in held_of(rows):
            following = refer(act, other, heard)
            if may(act.actor, act.permission, places=(other.case.wilayah,), unit=other.case.unit_code):
                move(act, following, ReferralState.TAKEN, because=heard.because)


def open_returned(act: Act, held: Held) -> None:
    """Open a case, and those of the human that waited for it, where the database finds all returned."""
    persons = persons_of(held)
    if any(is_sheltered(person) for person in persons):
        return
    with nation_reached():
        waiting = cases_of(persons, but=held.case).filter(is_sealed=True, state=CaseState.SHELTERED)
        for one in (held, *held_of(waiting)):
            if not _is_returned(one.case.pk):
                continue
            if one is not held:
                act.note(sealed_subject_of(one), cites=CITES)
            step(act, one.case, CaseState.SCREENED, because="Dikembalikan untuk ditangani.", cites=CITES)


def _is_returned(case: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_is_returned(%s)", [case])
        return bool(cursor.fetchone()[0])


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


def state_of(referral: ProtectionReferral) -> ReferralState:
    """Return where a referral stands: its last step, or waiting where there is none."""
    last = ReferralStep.objects.filter(referral=referral).order_by("-id").values_list("after", flat=True)
    return ReferralState(last[0]) if last else ReferralState.WAITING


def move(
    act: Act, referral: ProtectionReferral, after: ReferralState, *, because: str, person: UUID | None = None
) -> None:
    """Write the row of a referral's change; `person` is whom the whole register turned out to know."""
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
        person_id=person,
    )
