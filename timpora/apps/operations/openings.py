"""Opening an operation and its phases, and its end."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from timpora.apps.identity import queries as identity
from timpora.apps.identity.types import UnitView
from timpora.apps.operations import errors
from timpora.apps.operations.desks import desk_at, home_of
from timpora.apps.operations.models import Operation, OperationStep, Participation, Phase
from timpora.apps.operations.template_queries import frozen_from
from timpora.apps.operations.types import NewOperation, NewPhase, OperationKind, Readiness
from timpora.apps.operations.views import require_open
from timpora.domain.states import OperationState, require_step
from timpora.domain.territory import NATION
from timpora.kernel.access import AccessDenied, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs, Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

CODE_MAX = 40
NAME_MAX = 200
TEXT_MAX = 4_000
# An office that has not answered yet: for the newest phase nobody has been asked before.
UNANSWERED: Final = {
    "readiness": Readiness.SILENT.value,
    "note": "",
    "answered_by_id": None,
    "answered_by": "",
    "answered_at": None,
    "reminders": 0,
    "reminded_by": "",
    "reminded_at": None,
}


@deed(P.OPERATIONS_OPERATION_OPEN, tag=Tag.OPERATIONS_OPENED)
def operation_open(act: Act, *, new: NewOperation) -> UUID:
    """Open an operation with its phases for the chosen offices; what is ordered is thereby approved.

    A national (`serentak`) operation may only be opened by the centre, one of a province (`wilayah`) by the
    Kanwil for offices under it, any other by an office for itself.
    The offices hear of it at once and answer with their readiness. From a template it keeps SOP version,
    report form and annexes as they were published (ADR 0024).
    """
    name = cleaned(new.name)
    if not name or len(name) > NAME_MAX or new.kind not in set(OperationKind) or not new.phases:
        raise errors.OperationUnreadable
    is_national = new.kind == OperationKind.SIMULTANEOUS
    offices = _offices(act, new, is_national=is_national)
    desk = desk_at(act.actor, act.permission)
    kept = frozen_from(act.actor, new.template_version, new.kind)
    area = NATION if is_national else _area(act, new, offices)
    operation = Operation(
        code=_code(new),
        name=name,
        kind=new.kind,
        area=area,
        unit_code=desk.unit_code,
        state=OperationState.APPROVED.value,
        sop_version=kept.sop_version,
        template_version=kept.template_version,
        template_title=kept.template_title,
        report_form=kept.report_form,
        instruction=cleaned(new.instruction)[:TEXT_MAX],
        order_number=cleaned(new.order_number),
        order_on=new.order_on,
        opened_by_id=act.actor.id,
        opened_by=act.actor.name,
        opened_at=act.at,
    )
    subject = Subject(kind="operation", id=str(operation.id), places=(area,))
    refs: Refs = {
        "code": operation.code,
        "offices": len(offices),
        "order": operation.order_number,
        "template": str(kept.template_version or ""),
    }
    act.upon(subject, refs=refs)
    _store(operation)
    _steps(act, operation, ("", OperationState.PLANNED), (OperationState.PLANNED, OperationState.APPROVED))
    Phase.objects.bulk_create(_phase(operation, n, phase) for n, phase in enumerate(new.phases, 1))
    Participation.objects.bulk_create(_participation(operation, office) for office in offices)
    act.publish(_for_offices(operation, [o.wilayah for o in offices]), {"code": operation.code})
    return operation.id


def _store(operation: Operation) -> None:
    try:
        with transaction.atomic():
            operation.save(force_insert=True)
    except IntegrityError as error:
        raise errors.OperationCodeTaken from error


def _code(new: NewOperation) -> str:
    words = "".join(c if c.isalnum() else " " for c in cleaned(new.code or new.name).upper()).split()
    return "-".join(words)[:CODE_MAX].rstrip("-")


def _offices(act: Act, new: NewOperation, *, is_national: bool) -> list[UnitView]:
    """Return the offices that take part: all without a choice, those under a Kanwil, or the opener's own."""
    if is_national:
        found = identity.unit_list(kinds=("KANIM",), codes=new.offices or None)
    elif new.kind == OperationKind.PROVINCE:
        above = {grant.unit_code for grant in act.actor.grants_for(act.permission)}
        known = identity.unit_list(kinds=("KANIM",), codes=new.offices or None)
        found = [office for office in known if office.parent in above]
    else:
        own = [grant.unit_code for grant in act.actor.grants_for(act.permission)]
        found = identity.unit_list(codes=new.offices or own[:1])
        if any(office.code not in own for office in found):
            raise AccessDenied
    if not found or len(found) < len(set(new.offices)):
        raise errors.OperationUnreadable("Pilih sedikitnya satu kantor yang dikenal.")
    return found


def _area(act: Act, new: NewOperation, offices: Sequence[UnitView]) -> str:
    """Return where the operation holds: the Kanwil's own territory, or the office's place."""
    if new.kind != OperationKind.PROVINCE:
        return offices[0].wilayah
    above = {office.parent for office in offices}
    grants = (g for g in act.actor.grants_for(act.permission) if g.unit_code in above)
    return next((grant.territories[0] for grant in grants), offices[0].wilayah)


def _phase(operation: Operation, number: int, phase: NewPhase) -> Phase:
    starts, ends = phase.starts_local, phase.ends_local
    if starts.tzinfo or ends.tzinfo or starts >= ends:
        raise errors.OperationUnreadable("Tahap selesai sesudah dimulai, dalam waktu setempat tiap kantor.")
    if phase.answer_on and phase.answer_on >= ends.date():
        raise errors.OperationUnreadable("Kantor menjawab kesiapan sebelum tahap selesai.")
    return Phase(
        operation=operation,
        number=number,
        name=cleaned(phase.name) or f"Tahap {number}",
        starts_on=starts.date(),
        starts_time=starts.time(),
        ends_on=ends.date(),
        ends_time=ends.time(),
        answer_on=phase.answer_on,
    )


def _participation(operation: Operation, office: UnitView) -> Participation:
    return Participation(
        operation=operation,
        unit_code=office.code,
        name=office.name,
        zone=office.zone,
        wilayah=home_of(office),
        lat=office.lat,
        lng=office.lng,
    )


def _for_offices(operation: Operation, places: Sequence[str]) -> Subject:
    """Return the subject of news that the centre and every office of the operation hear."""
    return Subject(kind="operation", id=str(operation.id), places=(operation.area, *places))


def _steps(act: Act, operation: Operation, *changes: tuple[str, OperationState], because: str = "") -> None:
    OperationStep.objects.bulk_create(
        OperationStep(
            operation=operation,
            before=before,
            after=after.value,
            by_id=act.actor.id,
            by=act.actor.name,
            at=act.at,
            because=because,
        )
        for before, after in changes
    )


def _opened(act: Act, operation_id: UUID) -> tuple[Operation, Subject]:
    row = (
        scope(act.actor, act.permission, Operation.objects.select_for_update())
        .filter(pk=operation_id)
        .first()
    )
    if row is None:
        raise AccessDenied
    return row, Subject(kind="operation", id=str(row.id), places=(row.area,))


@deed(P.OPERATIONS_OPERATION_OPEN, tag=Tag.OPERATIONS_PHASE_OPENED)
def phase_add(act: Act, *, operation_id: UUID, phase: NewPhase) -> UUID:
    """Open one more phase of a running operation, for all its offices at once; all of them answer anew."""
    row, subject = _opened(act, operation_id)
    act.upon(subject)
    require_open(row)
    made = _phase(row, row.phases.count() + 1, phase)
    made.save(force_insert=True)
    Participation.objects.filter(operation=row).update(**UNANSWERED)
    places = list(Participation.objects.filter(operation=row).values_list("wilayah", flat=True))
    act.publish(_for_offices(row, places), {"phase": str(made.id), "number": made.number})
    return made.id


@deed(P.OPERATIONS_OPERATION_OPEN, tag=Tag.OPERATIONS_CLOSED)
def operation_close(act: Act, *, operation_id: UUID, because: str) -> None:
    """End an operation: nothing is added to it any more, reports that are under way still come in."""
    row, subject = _opened(act, operation_id)
    act.upon(subject, payload=because)
    if not cleaned(because):
        raise errors.ReasonMissing
    require_open(row)
    before = OperationState(row.state)
    passed = [before, OperationState.RUNNING, OperationState.ENDED]
    for one, other in pairwise(passed):
        require_step(one, other)
    _steps(act, row, *pairwise(passed), because=cleaned(because)[:TEXT_MAX])
    Operation.objects.filter(pk=row.pk).update(state=OperationState.ENDED.value)
    places = list(Participation.objects.filter(operation=row).values_list("wilayah", flat=True))
    act.publish(_for_offices(row, places))
