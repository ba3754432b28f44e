"""After the decision: handed over, objected to, carried out, closed; every clock with its articles."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from timpora.apps.cases import errors
from timpora.apps.cases.models import Case, Decision, Delivery, Objection
from timpora.apps.cases.papers import issue_of, receipt_letter_of
from timpora.apps.cases.steps import (
    Held,
    case_hold,
    due_set,
    lines_of,
    reason_of,
    require_clear,
    require_open,
    step,
    subject_of,
)
from timpora.apps.cases.types import Due, NewDelivery, NewObjection
from timpora.domain.law.clocks import deadline_after
from timpora.domain.measures import MeasureKind
from timpora.domain.objection import objection_clock, objection_judge
from timpora.domain.states import CaseState
from timpora.kernel.access import P
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.tags import Tag
from timpora.kernel.documents.actions import store
from timpora.kernel.lawbook.store import lawbook
from timpora.kernel.text import cleaned


@deed(P.CASES_LETTER_DELIVER, tag=Tag.CASES_LETTER_DELIVERED)
def letter_deliver(act: Act, *, case_id: UUID, delivery: NewDelivery) -> None:
    """Record that a decision reached the person; the objection clock starts with that local day.

    Raises `MeasureHeld`, `DayImpossible`, `ReasonMissing` without the receiver, `CaseMoved`.
    """
    held = case_hold(act, case_id)
    if held.state is not CaseState.DECIDED:
        raise errors.CaseMoved
    require_clear(held)
    decision = _decision(held)
    _require_day(delivery.delivered_on, held, decision.decided_on)
    receiver = " ".join(lines_of([delivery.received_by]))
    if not receiver:
        raise errors.ReasonMissing("Tulis nama penerima, atau bahwa keputusan ditolak diterima.")
    book = lawbook()
    is_measure = decision.kind != MeasureKind.NONE
    file = objection_clock(delivery.delivered_on, book=book).file if is_measure else None
    Delivery.objects.create(
        case=held.case,
        decision=decision,
        delivered_on=delivery.delivered_on,
        received_by=receiver,
        manner=delivery.manner.value,
        note=cleaned(delivery.note),
        file_by=file.last_day if file else None,
        doubts=list(file.doubts) if file else [],
        cites=list(file.cites) if file else [],
        law_digest=book.digest,
        by_id=act.actor.id,
        by_name=act.actor.name,
        at=act.at,
    )
    cites = file.cites if file else ()
    subject = subject_of(held.case)
    act.upon(subject, refs={"on": str(delivery.delivered_on)}, payload=receiver, cites=cites)
    step(act, held.case, CaseState.DELIVERED, because=f"Diterima {receiver}.", cites=cites)
    if file:
        due_set(held.case, file.last_day, Due.OBJECTION)


@deed(P.CASES_OBJECTION_RECORD, tag=Tag.CASES_OBJECTION_RECORDED)
def objection_record(act: Act, *, case_id: UUID, objection: NewObjection) -> str:
    """Record an objection, in time or late, and issue its receipt; return the receipt's number.

    A late one is recorded too: whether it is heard is not for the program. Raises `NotObjectable`,
    `DayImpossible`, `ReasonMissing`, `CaseMoved`, `LetterIncomplete`.
    """
    held = case_hold(act, case_id)
    if held.state not in {CaseState.DELIVERED, CaseState.EXECUTED}:
        raise errors.CaseMoved
    decision = _decision(held)
    if decision.kind == MeasureKind.NONE:
        raise errors.NotObjectable
    received_on = Delivery.objects.get(decision=decision).delivered_on
    _require_day(objection.filed_on, held, received_on)
    told, book = _cleaned(objection), lawbook()
    verdict = objection_judge(received_on=received_on, filed_on=told.filed_on, book=book)
    forward = deadline_after(told.filed_on, limit="objection_forward_working_days", book=book)
    subject = subject_of(held.case)
    printed = receipt_letter_of(act.actor, held.case, decision, told, (forward,))
    letter = store(act, printed, issue_of(held.case, held.party, book.digest, verdict.cites))
    try:
        with transaction.atomic():
            Objection.objects.create(
                case=held.case,
                decision=decision,
                filed_on=told.filed_on,
                objector=told.objector,
                proxy=told.proxy,
                parts=list(told.parts),
                timing=verdict.outcome.value,
                told=verdict.because,
                cites=list(verdict.cites),
                doubts=list(dict.fromkeys((*verdict.doubts, *forward.doubts))),
                law_digest=book.digest,
                forward_by=forward.last_day,
                letter_id=letter.id,
                letter_number=letter.number,
                by_id=act.actor.id,
                by_name=act.actor.name,
                at=act.at,
            )
    except IntegrityError as error:
        raise errors.CaseMoved from error
    refs = {"on": str(told.filed_on), "timing": verdict.outcome.value, "letter": str(letter.id)}
    act.upon(subject, refs=refs, payload=told.objector, cites=verdict.cites)
    act.publish(subject, {"timing": verdict.outcome.value})
    step(act, held.case, CaseState.OBJECTED, because=verdict.because, cites=verdict.cites)
    due_set(held.case, forward.last_day, Due.FORWARD)
    return letter.number


def _cleaned(objection: NewObjection) -> NewObjection:
    objector, place = (" ".join(lines_of([text])) for text in (objection.objector, objection.place))
    parts = tuple(lines_of(objection.parts))
    if not objector or not place or not parts:
        raise errors.ReasonMissing("Tulis nama yang berkeberatan, alamatnya, dan berkas yang diterima.")
    return NewObjection(objection.filed_on, objector, place, parts, " ".join(lines_of([objection.proxy])))


@deed(P.CASES_OBJECTION_RECORD, tag=Tag.CASES_OBJECTION_FORWARDED)
def objection_forward(act: Act, *, case_id: UUID, forwarded_on: date) -> None:
    """Record the day on which an objection reached the Minister; the last clock starts with it."""
    held = case_hold(act, case_id)
    row = Objection.objects.filter(case=held.case).order_by("-id").first()
    if row is None or row.forwarded_on is not None:
        raise errors.CaseMoved
    _require_day(forwarded_on, held, row.filed_on)
    last = deadline_after(forwarded_on, limit="objection_decide_working_days", book=lawbook())
    doubts = list(dict.fromkeys((*row.doubts, *last.doubts)))
    Objection.objects.filter(pk=row.pk, forwarded_on=None).update(
        forwarded_on=forwarded_on, decide_by=last.last_day, doubts=doubts
    )
    subject = subject_of(held.case)
    act.upon(subject, refs={"on": str(forwarded_on)}, cites=last.cites)
    due_set(held.case, last.last_day, Due.MINISTER)


@deed(P.CASES_MEASURE_EXECUTE, tag=Tag.CASES_MEASURE_EXECUTED)
def measure_execute(act: Act, *, case_id: UUID, because: str) -> None:
    """Record that the measure was carried out, and how; an objection does not suspend it.

    Protection does: raises `MeasureHeld` while the person is under it. Raises `CaseMoved`, `ReasonMissing`.
    """
    held = case_hold(act, case_id)
    decision = _decision(held)
    if decision.kind == MeasureKind.NONE:
        raise errors.CaseMoved
    require_open(held, CaseState.EXECUTED)
    require_clear(held)
    reason = reason_of(because)
    act.upon(subject_of(held.case), payload=reason, cites=decision.cites)
    due = Case.objects.values_list("due_on", "due_what").get(pk=held.case.pk)
    step(act, held.case, CaseState.EXECUTED, because=reason, cites=decision.cites)
    if due[0] is not None:
        # The person's own term goes on running.
        due_set(held.case, due[0], Due(due[1]))


@deed(P.CASES_CASE_CLOSE, tag=Tag.CASES_CLOSED, is_decision=True)
def case_close(act: Act, *, case_id: UUID, because: str) -> None:
    """Close a case with the reason, where the table opens it; only a named head does."""
    held = case_hold(act, case_id)
    reason = reason_of(because)
    act.upon(subject_of(held.case), payload=reason)
    step(act, held.case, CaseState.CLOSED, because=reason)


def _decision(held: Held) -> Decision:
    row = Decision.objects.filter(case=held.case).order_by("-at").first()
    if row is None:
        raise errors.CaseMoved
    return row


def _require_day(day: date, held: Held, earliest: date) -> None:
    if not earliest <= day <= held.today:
        raise errors.DayImpossible
