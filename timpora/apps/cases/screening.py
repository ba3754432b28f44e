"""Opening a case, and the screen that comes before everything else."""

import json
from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction

from timpora.apps.cases import errors
from timpora.apps.cases.models import Case, Party, ProtectionReferral, Screening
from timpora.apps.cases.origins import Origin, origin_of_indication, origin_of_report
from timpora.apps.cases.steps import (
    TEXT_MAX,
    Held,
    case_hold,
    first_step,
    is_sheltered,
    reason_of,
    require_open,
    step,
    subject_of,
)
from timpora.apps.cases.types import NewScreening, PartyWords
from timpora.domain.measures import Screen, ScreenAnswer
from timpora.domain.protection import CITES, QUESTIONS, Care, Reply, screen_of, screen_told
from timpora.domain.states import CaseState
from timpora.domain.territory import zone_of
from timpora.kernel import clock
from timpora.kernel.access import P
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.tags import Tag
from timpora.kernel.documents.actions import ordinal_take
from timpora.kernel.text import cleaned

REGISTER = "PERKARA"
WORD_MAX = 500
# From these a new screen may still turn the path; later there is nothing left to stop.
SCREENABLE = frozenset(CaseState) - {CaseState.EXECUTED, CaseState.SHELTERED, CaseState.CLOSED}


@deed(P.CASES_CASE_OPEN, tag=Tag.CASES_OPENED)
def case_open(
    act: Act,
    *,
    because: str,
    report_id: UUID | None = None,
    checked_id: UUID | None = None,
    indication_id: UUID | None = None,
    is_same: bool = False,
) -> UUID:
    """Open a case on a checked person of a report, or on an indication that a human verified.

    `is_same` says that the checked person is the holder of a number that alone named him. The case is
    numbered within office and year, and begins with the screen. Raises `CaseGroundless`, `CaseHandled`
    where there has been one already or others have the person, `AccessDenied` for what is absent or foreign.
    """
    reason = reason_of(because)
    if indication_id is not None:
        origin = origin_of_indication(act.actor, indication_id)
    elif report_id is not None and checked_id is not None:
        origin = origin_of_report(act.actor, report_id, checked_id, is_same=is_same)
    else:
        raise errors.CaseGroundless
    # A number alone refuses nobody here, or every number could be asked; it holds at the gate.
    if origin.person_is_sure and is_sheltered(origin.person_id):
        # In the words of whatever was dealt with before.
        raise errors.CaseHandled
    case = _case(act, origin)
    act.upon(
        subject_of(case),
        refs={
            "number": case.number,
            "report": _text(report_id),
            "indication": _text(indication_id),
            **({"person": "said"} if origin.was_said else {}),
        },
        payload=reason,
    )
    try:
        with transaction.atomic():
            case.save(force_insert=True)
            Party.objects.create(case=case, **origin.columns())
    except IntegrityError as error:
        raise errors.CaseHandled from error
    first_step(act, case, because=reason)
    act.publish(subject_of(case), {"unit": case.unit_code})
    return case.id


def _text(identifier: UUID | None) -> str:
    return str(identifier or "")


def _case(act: Act, origin: Origin) -> Case:
    year = clock.today(zone_of(origin.wilayah)).year
    ordinal = ordinal_take(unit=origin.unit_code, register=REGISTER, year=year)
    return Case(
        number=f"PK-{ordinal:04}/{origin.unit_code.removeprefix('KANIM-')}/{year}",
        unit_code=origin.unit_code,
        unit_name=origin.unit_name,
        wilayah=origin.wilayah,
        opened_at=act.at,
        opened_by=act.actor.name,
        changed_at=act.at,
    )


@deed(P.CASES_CASE_OPEN, tag=Tag.CASES_PARTY_CORRECTED)
def party_correct(act: Act, *, case_id: UUID, words: PartyWords) -> None:
    """Correct the words that letters print of the person; the sources stay as they are.

    Once decided, the words of the letter stand: raises `CaseMoved`.
    """
    held = case_hold(act, case_id)
    if held.state not in BEFORE_DECISION:
        raise errors.CaseMoved
    kept = {name: cleaned(getattr(words, name))[:WORD_MAX] for name in PartyWords.__dataclass_fields__}
    if not kept["name"]:
        raise errors.ReasonMissing("Tulis nama seperti di dokumen perjalanan.")
    Party.objects.filter(pk=held.case.pk).update(**kept)
    act.upon(subject_of(held.case), payload=json.dumps(kept, sort_keys=True))


BEFORE_DECISION = frozenset(
    {CaseState.REPORTED, CaseState.SCREENED, CaseState.CONFERENCE, CaseState.PROPOSED}
)


@deed(P.CASES_SCREENING_RECORD, tag=Tag.CASES_SCREENED)
def screening_record(act: Act, *, case_id: UUID, screening: NewScreening) -> None:
    """Record the screen, first or anew: no signs open the path, open questions hold it, signs end it.

    A sign refers the person to protection and closes the case to everybody else; the log tells the three
    outcomes apart nowhere. Raises `CaseReferred`, `CaseMoved`, `ReasonMissing` without a language.
    """
    held = case_hold(act, case_id)
    if held.state not in SCREENABLE:
        raise errors.CaseMoved
    language = cleaned(screening.language)[:WORD_MAX]
    if not language:
        raise errors.ReasonMissing("Tulis bahasa wawancara, dan juru bahasanya bila ada.")
    known = {q.code for q in QUESTIONS}
    replies = {code: reply for code, reply in screening.replies.items() if code in known}
    screen = screen_of(replies, is_child=Care.CHILD in screening.care)
    note = cleaned(screening.note)[:TEXT_MAX]
    has_signs = screen_told(screen).outcome is ScreenAnswer.SHELTERED
    Screening.objects.create(
        case=held.case,
        trafficking=screen.trafficking.value,
        refugee=screen.refugee.value,
        # What was said with a sign lies in the referral alone, and stays sealed if the case ever returns.
        replies={} if has_signs else replies,
        care=sorted(screening.care),
        language=language,
        note="" if has_signs else note,
        by_id=act.actor.id,
        by_name=act.actor.name,
        at=act.at,
    )
    # Who the person is stays out of the log line: with the later silence of the case it would be a list.
    act.upon(subject_of(held.case), payload=json.dumps([replies, note], sort_keys=True))
    act.publish(subject_of(held.case))
    _follow(act, held, screen, replies, note)


def _follow(act: Act, held: Held, screen: Screen, replies: Mapping[str, Reply], note: str) -> None:
    told = screen_told(screen)
    is_at_start = held.state is CaseState.REPORTED
    if told.outcome is ScreenAnswer.CLEAR and not is_at_start:
        return
    if held.state is not CaseState.SCREENED:
        require_open(held, CaseState.SCREENED)
        step(act, held.case, CaseState.SCREENED, because="Penapisan dicatat.", cites=CITES)
    if told.outcome is ScreenAnswer.SHELTERED:
        _refer(act, held, screen, replies, note)


def _refer(act: Act, held: Held, screen: Screen, replies: Mapping[str, Reply], note: str) -> None:
    ProtectionReferral.objects.create(
        case=held.case,
        wilayah=held.case.wilayah,
        person_id=held.party.person_id,
        trafficking=screen.trafficking.value,
        refugee=screen.refugee.value,
        replies=replies,
        note=note,
        by_name=act.actor.name,
        at=act.at,
    )
    step(act, held.case, CaseState.SHELTERED, because="Dirujuk.", cites=CITES)
