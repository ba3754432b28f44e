"""Writing into the posko's journal: messages, who has them to settle, and that they were settled (F40)."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from timpora.apps.operations import errors
from timpora.apps.operations.desks import constraint_of, desk_at
from timpora.apps.operations.journal import journal_view
from timpora.apps.operations.models import JournalEntry, JournalStep, Operation
from timpora.apps.operations.posko_types import ALL_OFFICES, JournalView, NewMessage
from timpora.apps.operations.queries import office_list, operation_get
from timpora.apps.operations.types import OfficeState
from timpora.apps.operations.views import require_open
from timpora.domain.states import JournalState, may_step
from timpora.domain.territory import closure
from timpora.kernel.access import AccessDenied, Grant, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

TEXT_MAX = 2_000
# A reason is a word at least: a full stop tells nobody anything.
REASON_LETTERS = 5
Old = tuple[JournalEntry, JournalView]
Duty = tuple[str, str, set[str]]


@deed(P.OPERATIONS_JOURNAL_WRITE, tag=Tag.OPERATIONS_JOURNAL_WRITTEN)
def journal_write(act: Act, *, message: NewMessage) -> UUID:
    """Write a message into the journal of an operation; return its identifier.

    It is read by the writer's post, the office it concerns, the one that has to settle it, and whoever
    stands above them. A correction is a step of the earlier message too: its readers read who replaced it
    and why; what another unit has to settle stays with that unit, in the new message.
    Raises `MessageUnreadable`, `MessageCorrected`, `DutyOfAnother`, `ReasonMissing`, `AccessDenied`.
    """
    operation = operation_get(act.actor, message.operation_id)
    require_open(Operation.objects.get(pk=operation.id))
    desk = desk_at(act.actor, act.permission)
    old = _corrected(act, message, message.corrects) if message.corrects else None
    offices = {office.unit_code: office for office in office_list(act.actor, operation.id)}
    text = _text_of(message, offices)
    owner, owner_name, owner_places = _duty(act, message.owner, old, desk, offices)
    places = {*_places(message.unit, desk, offices), *owner_places}
    concerned = offices.get(message.unit)
    row = JournalEntry(
        id=uuid4(),
        operation_id=operation.id,
        territories=list(closure(sorted({*places, *desk.territories}))),
        unit_code=message.unit,
        unit_name=concerned.name if concerned else "",
        zone=concerned.zone if concerned else desk.zone,
        text=text,
        medium=message.medium.value,
        priority=message.priority.value,
        owner=owner,
        owner_name=owner_name,
        noted_at=message.noted_at or act.at,
        written_at=act.at,
        by_id=act.actor.id,
        by=act.actor.name,
        by_unit=desk.unit_code,
        by_unit_name=desk.unit_name,
        corrects=old and old[0],
    )
    subject = subject_of(row)
    refs = {
        "operation": str(operation.id),
        "medium": row.medium,
        "priority": row.priority,
        "unit": row.unit_code,
    }
    act.upon(subject, refs=refs, payload=text)
    _insert(row)
    act.publish(subject, {"operation": str(operation.id), "unit": row.unit_code})
    if old:
        _step(act, *old, JournalState.CORRECTED, because=cleaned(message.because)[:TEXT_MAX])
    return row.id


def _text_of(message: NewMessage, offices: Mapping[str, OfficeState]) -> str:
    text = cleaned(message.text)[:TEXT_MAX]
    if not text or message.unit not in {"", ALL_OFFICES, *offices}:
        raise errors.MessageUnreadable
    return text


def _places(unit: str, desk: Grant, offices: Mapping[str, OfficeState]) -> set[str]:
    if unit == ALL_OFFICES:
        return {office.wilayah for office in offices.values()}
    return {offices[unit].wilayah} if unit else set(desk.territories)


def _duty(act: Act, owner: str, old: Old | None, desk: Grant, offices: Mapping[str, OfficeState]) -> Duty:
    """Return who has to settle a message, by code, name and places; no correction takes it from another."""
    held = old[1].owner if old and old[1].is_open else ""
    if old is None or not held or held in _units(act):
        return owner, *_owner(owner, desk, offices)
    if owner not in {"", held}:
        raise errors.DutyOfAnother
    places = {offices[held].wilayah} if held in offices else set(old[0].territories)
    return held, old[1].owner_name, places


def _owner(owner: str, desk: Grant, offices: Mapping[str, OfficeState]) -> tuple[str, set[str]]:
    if not owner:
        return "", set()
    if owner in offices:
        return offices[owner].name, {offices[owner].wilayah}
    if owner == desk.unit_code:
        return desk.unit_name, set(desk.territories)
    raise errors.MessageUnreadable


def _corrected(act: Act, message: NewMessage, entry_id: UUID) -> Old:
    """Return the message that is to be replaced: one of the own post, not replaced before."""
    rows = scope(act.actor, act.permission, JournalEntry.objects.filter(operation_id=message.operation_id))
    row = rows.filter(pk=entry_id).select_related("correction").prefetch_related("steps").first()
    if row is None:
        raise AccessDenied
    if row.by_unit not in _units(act):
        raise errors.MessageNotYours
    view = journal_view(row)
    if view.is_corrected:
        raise errors.MessageCorrected
    if sum(letter.isalpha() for letter in cleaned(message.because)) < REASON_LETTERS:
        raise errors.ReasonMissing("Tulis mengapa pesan itu dikoreksi.")
    return row, view


def _insert(row: JournalEntry) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise errors.MessageCorrected from error


@deed(P.OPERATIONS_JOURNAL_WRITE, tag=Tag.OPERATIONS_JOURNAL_SETTLED)
def journal_settle(act: Act, *, entry_id: UUID, because: str) -> None:
    """Say that a message is settled, and how; by the unit that has it, or the one that wrote it."""
    row, view = _held(act, entry_id)
    because = cleaned(because)[:TEXT_MAX]
    if not because:
        raise errors.ReasonMissing("Tulis apa yang sudah dilakukan.")
    if not {view.owner, view.by_unit} & _units(act):
        raise errors.MessageNotYours
    _step(act, row, view, JournalState.SETTLED, because=because)


@deed(P.OPERATIONS_JOURNAL_WRITE, tag=Tag.OPERATIONS_JOURNAL_PASSED)
def journal_pass(act: Act, *, entry_id: UUID, owner: str, because: str = "") -> None:
    """Hand a message to whoever has to settle it now; one that was settled is opened again with a reason."""
    row, view = _held(act, entry_id)
    because = cleaned(because)[:TEXT_MAX]
    if view.state is JournalState.SETTLED and not because:
        raise errors.ReasonMissing("Tulis mengapa pesan ini dibuka lagi.")
    if not {view.owner, view.by_unit} & _units(act):
        raise errors.MessageNotYours
    offices = {office.unit_code: office for office in office_list(act.actor, row.operation_id)}
    owner_name, places = _owner(owner, desk_at(act.actor, act.permission), offices)
    if not owner:
        raise errors.MessageUnreadable
    if not any(place in row.territories for place in places):
        # The message was not written for that office; handing it over would hide it from its owner.
        raise errors.MessageUnreadable("Kantor ini tidak membaca pesan itu. Catat pesan baru untuknya.")
    _step(act, row, view, JournalState.OPEN, owner=(owner, owner_name), because=because)


def _held(act: Act, entry_id: UUID) -> Old:
    rows = scope(act.actor, act.permission, JournalEntry.objects.filter(pk=entry_id))
    row = rows.select_related("correction").prefetch_related("steps").first()
    if row is None:
        raise AccessDenied
    view = journal_view(row)
    if view.is_corrected:
        raise errors.MessageCorrected
    return row, view


def _step(
    act: Act,
    row: JournalEntry,
    view: JournalView,
    after: JournalState,
    *,
    owner: tuple[str, str] | None = None,
    because: str,
) -> None:
    if not may_step(view.state, after):
        raise errors.MessageMoved
    code, name = owner or (view.owner, view.owner_name)
    step = JournalStep(
        entry=row,
        number=len(view.steps) + 1,
        before=view.state.value,
        after=after.value,
        owner=code,
        owner_name=name,
        by_id=act.actor.id,
        by=act.actor.name,
        at=act.at,
        because=because,
    )
    try:
        with transaction.atomic():
            step.save(force_insert=True)
    except IntegrityError as error:
        if constraint_of(error) != "journal_step_once":
            raise
        raise errors.MessageMoved from error
    tag = Tag.OPERATIONS_JOURNAL_CORRECTED if after is JournalState.CORRECTED else None
    subject = subject_of(row)
    act.upon(subject, refs={"operation": str(row.operation_id), "owner": code}, payload=because, tag=tag)
    act.publish(subject, {"operation": str(row.operation_id), "unit": row.unit_code}, tag=tag)


def _units(act: Act) -> set[str]:
    return {grant.unit_code for grant in act.actor.grants_for(act.permission)}


def subject_of(row: JournalEntry) -> Subject:
    """Return the message as the log names it."""
    return Subject(kind="journal", id=str(row.id), places=tuple(row.territories))
