"""Taking a case under lock and moving it by the table of states, one row a change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import connection

from timpora.apps.cases import errors
from timpora.apps.cases.models import Case, Party, Screening, Step
from timpora.apps.cases.types import Due
from timpora.domain.measures import Permission, Screen, ScreenAnswer, screen_judge
from timpora.domain.states import CaseState, may_step
from timpora.domain.territory import zone_of
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, scope
from timpora.kernel.act import Act
from timpora.kernel.audit.entry import Subject
from timpora.kernel.text import cleaned

TEXT_MAX = 4_000
SEAL = "tppo"
NO_DUE = (None, Due.NOTHING)
OPEN_SCREEN = Screen(ScreenAnswer.OPEN, ScreenAnswer.OPEN)


@dataclass(frozen=True, slots=True)
class Held:
    """A case under lock with its party; the lock ends with the deed."""

    case: Case
    party: Party

    @property
    def state(self) -> CaseState:
        """Return where the case stands."""
        return CaseState(self.case.state)

    @property
    def today(self) -> date:
        """Return the local day at the place of the case, which is the day that counts."""
        return clock.today(zone_of(self.case.wilayah))


def case_hold(act: Act, case_id: UUID) -> Held:
    """Lock a case for the deed. Raises `AccessDenied` for an absent or foreign one, `CaseReferred`."""
    rows = scope(act.actor, act.permission, Case.objects.select_for_update())
    case = rows.filter(pk=case_id).first()
    if case is None:
        raise AccessDenied
    party = Party.objects.filter(pk=case_id).first()
    if case.is_sealed or party is None:
        raise errors.CaseReferred
    return Held(case, party)


def subject_of(case: Case, person: UUID | None = None) -> Subject:
    """Return the case as the log names it: without the person, or its lines would tell who fell silent."""
    return Subject(kind="case", id=str(case.pk), places=(case.wilayah,), person=person, unit=case.unit_code)


def case_hold_sealed(act: Act, case_id: UUID) -> Held:
    """Lock a sealed case for a deed of protection. Raises `AccessDenied` for any other."""
    rows = scope(act.actor, act.permission, Case.objects.select_for_update())
    case = rows.filter(pk=case_id, is_sealed=True).first()
    if case is None:
        raise AccessDenied
    return Held(case, Party.objects.get(pk=case_id))


def sealed_subject_of(held: Held) -> Subject:
    """Return a case as the sealed log names it, with the person."""
    subject = subject_of(held.case, held.party.person_id)
    return replace(subject, seal=SEAL)


def require_open(held: Held, after: CaseState) -> None:
    """Raise `CaseMoved` unless the table opens the step now."""
    if not may_step(held.state, after):
        raise errors.CaseMoved


def step(act: Act, case: Case, after: CaseState, *, because: str, cites: Sequence[str] = ()) -> None:
    """Move a held case and write the row of it; the state it had is asked for again in the statement."""
    before = CaseState(case.state)
    if not may_step(before, after):
        raise errors.CaseMoved
    _row(act, case, before.value, after, because, cites)
    moved = Case.objects.filter(pk=case.pk, state=before.value).update(
        state=after.value,
        changed_at=act.at,
        due_on=None,
        due_what=Due.NOTHING.value,
        **_seal_after(case, after),
    )
    if moved != 1:
        raise errors.CaseMoved
    case.state = after.value


def _seal_after(case: Case, after: CaseState) -> dict[str, bool]:
    """Return the seal a step leaves: a referral closes it, and only a confirmed return opens it again.

    The database asks for that return itself (migration `0006_protection`).
    """
    if case.state == CaseState.SHELTERED and after is CaseState.SCREENED:
        return {"is_sealed": False, "began_sealed": False}
    return {"is_sealed": case.is_sealed or after is CaseState.SHELTERED}


def first_step(act: Act, case: Case, *, because: str) -> None:
    """Write the row with which a case begins."""
    _row(act, case, "", CaseState(case.state), because, ())


def _row(act: Act, case: Case, before: str, after: CaseState, because: str, cites: Sequence[str]) -> None:
    Step.objects.create(
        case=case,
        before=before,
        after=after.value,
        by_id=act.actor.id,
        by_name=act.actor.name,
        at=act.at,
        because=because,
        cites=list(cites),
    )


def due_set(case: Case, on: date, what: Due) -> None:
    """Note the next deadline of a held case, by which lists are ordered."""
    Case.objects.filter(pk=case.pk).update(due_on=on, due_what=what.value)


def screen_last(case_id: UUID) -> Screen:
    """Return what the newest screen of a case says; unfinished where there is none."""
    row = Screening.objects.filter(case_id=case_id).order_by("-id").first()
    if row is None:
        return OPEN_SCREEN
    return Screen(ScreenAnswer(row.trafficking), ScreenAnswer(row.refugee))


def is_sheltered(person: UUID | None) -> bool:
    """Return whether the human is under protection anywhere, through merges: yes or no and nothing else."""
    if person is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_person_is_sheltered(%s)", [person])
        return bool(cursor.fetchone()[0])


def require_clear(held: Held) -> None:
    """Raise `MeasureHeld` unless the screen is finished without signs, of this case and of the person."""
    is_clear = screen_judge(screen_last(held.case.pk)).outcome is Permission.OPEN
    if not is_clear or is_sheltered(held.party.person_id):
        raise errors.MeasureHeld


def reason_of(text: str) -> str:
    """Return the words of a reason as kept; raises `ReasonMissing` where there are none."""
    kept = cleaned(text)[:TEXT_MAX]
    if not kept:
        raise errors.ReasonMissing
    return kept


def lines_of(lines: Sequence[str]) -> list[str]:
    """Return the lines that say something, as kept."""
    kept = (cleaned(line)[:TEXT_MAX] for line in lines)
    return [line for line in kept if line]
