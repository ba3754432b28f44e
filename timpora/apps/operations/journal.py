"""The posko's journal as it is read: messages of an operation with what became of them."""

from uuid import UUID

from timpora.apps.operations.models import JournalEntry, JournalStep
from timpora.apps.operations.posko_types import JournalStepView, JournalView, Medium, Priority
from timpora.domain.states import JournalState
from timpora.kernel.access import AccessDenied, Actor, P, scope

MESSAGES = 200


def journal_list(actor: Actor, operation_id: UUID, *, limit: int = MESSAGES) -> list[JournalView]:
    """Return the messages of an operation that concern the actor's territory, newest first."""
    rows = scope(actor, P.OPERATIONS_JOURNAL_READ, JournalEntry.objects.filter(operation_id=operation_id))
    shown = (
        rows.select_related("correction").prefetch_related("steps").order_by("-noted_at", "-written_at", "id")
    )
    return [journal_view(row) for row in shown[:limit]]


def journal_require(actor: Actor, entry_id: UUID, *, operation_id: UUID) -> None:
    """Raise `AccessDenied` unless the actor reads this message in the journal of this operation."""
    rows = scope(actor, P.OPERATIONS_JOURNAL_READ, JournalEntry.objects.filter(operation_id=operation_id))
    if not rows.filter(pk=entry_id).exists():
        raise AccessDenied


def journal_view(row: JournalEntry) -> JournalView:
    """Return a message as it stands now: its state and owner are those of its last step.

    What was settled stays settled when another message replaces it; its last step says that as well.
    """
    # By their hours: the post that a message came from counts its steps for itself.
    steps = sorted(row.steps.all(), key=lambda step: (step.at, step.number, step.uid))
    first = JournalState.OPEN if row.owner else JournalState.NOTED
    correction: JournalEntry | None = getattr(row, "correction", None)
    return JournalView(
        id=row.id,
        operation_id=row.operation_id,
        text=row.text,
        medium=Medium(row.medium),
        priority=Priority(row.priority),
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        by=row.by,
        by_unit=row.by_unit,
        by_unit_name=row.by_unit_name,
        zone=row.zone,
        noted_at=row.noted_at,
        written_at=row.written_at,
        state=_state(steps[-1]) if steps else first,
        owner=steps[-1].owner if steps else row.owner,
        owner_name=steps[-1].owner_name if steps else row.owner_name,
        corrects=row.corrects_id,
        corrected_by=correction.id if correction else None,
        steps=tuple(
            JournalStepView(JournalState(s.after), s.owner_name, s.by, s.at, s.because, s.carriage)
            for s in steps
        ),
        brought=row.carriage,
    )


def _state(last: JournalStep) -> JournalState:
    before, after = JournalState(last.before), JournalState(last.after)
    is_kept = before is JournalState.SETTLED and after is JournalState.CORRECTED
    return before if is_kept else after
