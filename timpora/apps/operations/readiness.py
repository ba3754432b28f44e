"""Readiness: an office answers for a phase until its term, the centre reminds those who have not."""

from uuid import UUID

from django.db.models import F

from timpora.apps.operations import errors
from timpora.apps.operations.desks import desk_at
from timpora.apps.operations.models import Answer, Operation, Participation, Phase
from timpora.apps.operations.types import PhaseView, Readiness
from timpora.apps.operations.views import operation_view, require_open
from timpora.kernel.access import AccessDenied, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

TEXT_MAX = 4_000


@deed(P.OPERATIONS_OFFICE_ANSWER, tag=Tag.OPERATIONS_OFFICE_ANSWERED)
def office_answer(
    act: Act,
    *,
    operation_id: UUID,
    readiness: Readiness,
    note: str = "",
    phase_id: UUID | None = None,
    unit: str = "",
) -> None:
    """Answer for the own office whether it is ready for a phase (the coming one if none is named).

    It may answer again, also after the term; every answer stays written. Raises `ReadinessUnreadable`,
    `OfficeNotInOperation`, `OperationClosed`.
    """
    note = cleaned(note)[:TEXT_MAX]
    if readiness == Readiness.SILENT or (readiness != Readiness.READY and not note):
        raise errors.ReadinessUnreadable
    desk = desk_at(act.actor, act.permission, unit=unit)
    row = (
        Participation.objects.select_for_update()
        .filter(operation_id=operation_id, unit_code=desk.unit_code)
        .first()
    )
    if row is None:
        raise errors.OfficeNotInOperation
    phase = _phase(act, operation_id, phase_id)
    subject = _subject(row)
    refs = {"operation": str(operation_id), "before": row.readiness, "after": readiness.value}
    act.upon(subject, refs=refs | {"phase": str(phase.id)}, payload=note)
    require_open(Operation.objects.get(pk=operation_id))
    Participation.objects.filter(pk=row.pk).update(
        readiness=readiness.value,
        note=note,
        answered_by_id=act.actor.id,
        answered_by=act.actor.name,
        answered_at=act.at,
    )
    Answer(
        phase_id=phase.id,
        unit_code=row.unit_code,
        wilayah=row.wilayah,
        readiness=readiness.value,
        note=note,
        by_id=act.actor.id,
        by=act.actor.name,
        at=act.at,
    ).save(force_insert=True)
    act.publish(
        subject, {"operation": str(operation_id), "unit": row.unit_code, "readiness": readiness.value}
    )


def _phase(act: Act, operation_id: UUID, phase_id: UUID | None) -> PhaseView:
    operation = operation_view(Operation.objects.prefetch_related("phases").get(pk=operation_id))
    if phase_id is None:
        return operation.phase_next(act.at)
    for phase in operation.phases:
        if phase.id == phase_id:
            return phase
    raise AccessDenied


@deed(P.OPERATIONS_OPERATION_OPEN, tag=Tag.OPERATIONS_OFFICE_REMINDED)
def offices_remind(act: Act, *, operation_id: UUID, phase_id: UUID) -> int:
    """Remind every office that has not answered for a phase, and return how many there were.

    Each finds it on its start page, and the outbox tells of it. Raises `NobodyToRemind`, `OperationClosed`.
    """
    operation = scope(act.actor, act.permission, Operation.objects.all()).filter(pk=operation_id).first()
    phase = Phase.objects.filter(pk=phase_id, operation_id=operation_id).first()
    if operation is None or phase is None:
        raise AccessDenied
    act.upon(Subject(kind="operation", id=str(operation_id), places=(operation.area,)))
    require_open(operation)
    offices = scope(act.actor, act.permission, Participation.objects.filter(operation=operation))
    answered = Answer.objects.filter(phase=phase).values("unit_code")
    silent = list(offices.exclude(unit_code__in=answered).select_for_update(of=["self"]))
    if not silent:
        raise errors.NobodyToRemind
    Participation.objects.filter(pk__in=[row.pk for row in silent]).update(
        reminders=F("reminders") + 1, reminded_by=act.actor.name, reminded_at=act.at
    )
    for row in silent:
        act.publish(
            _subject(row), {"operation": str(operation_id), "unit": row.unit_code, "phase": str(phase_id)}
        )
    return len(silent)


def _subject(row: Participation) -> Subject:
    return Subject(kind="office", id=row.unit_code, places=(row.wilayah,), unit=row.unit_code)
