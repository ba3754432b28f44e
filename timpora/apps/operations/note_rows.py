"""How each kind of note comes home: once, as it was written, growing and never overwritten (ADR 0027)."""

from typing import Final, TypeVar
from uuid import UUID

from django.db import models

from timpora.apps.operations import journal_acts, movement_acts, registers
from timpora.apps.operations.errors import NoteRefused
from timpora.apps.operations.models import JournalEntry, JournalStep, RegisterEntry, TeamMovement, TeamTarget
from timpora.apps.operations.movements import moving_teams
from timpora.apps.operations.note_encounters import encounter_in
from timpora.apps.operations.note_home import NOT_HIS, Came, Home, came_with, require_words
from timpora.apps.operations.note_types import (
    JournalNote,
    JournalStepNote,
    MovementNote,
    Note,
    NoteOutcome,
    RegisterNote,
)
from timpora.apps.operations.posko_types import ALL_OFFICES
from timpora.domain.states import JournalState, may_step
from timpora.domain.territory import closure
from timpora.kernel.access import P

OTHER: Final = "Catatan dengan kode ini sudah ada dengan isi lain. Bandingkan keduanya; yang di kantor tetap."
BEFORE: Final = "Yang dikoreksinya tidak diterima atau tidak ada di sini. Selesaikan dahulu baris itu."
TWICE: Final = "Yang dikoreksinya sudah dikoreksi di kantor. Catat pesan baru di kantor bila masih perlu."
UNIT: Final = "Catatan ini menyebut kantor lain. Catat pesan itu di kantor sendiri."
STEP: Final = "Langkah ini tidak dikenal, atau pada lokasi yang bukan tugas regunya. Catat lagi dari laptop."
Row = TypeVar("Row", bound=models.Model)


def _held(kind: type[Row], told: dict[str, object], **key: object) -> Row | None:
    """Return the row that is here; raises `NoteRefused` where it says something else."""
    row = kind._default_manager.filter(**key).first()  # noqa: SLF001 - Django's door
    if row is not None and any(getattr(row, name) != value for name, value in told.items()):
        raise NoteRefused(OTHER)
    return row


def _require_free(table: type[models.Model], earlier: UUID | None, **office: object) -> None:
    """Raise `NoteRefused` unless what a note corrects is here, of the same office, and not corrected yet."""
    if earlier is None:
        return
    rows = table._default_manager.filter(pk=earlier, **office)  # noqa: SLF001
    if not rows.exists():
        raise NoteRefused(BEFORE)
    if rows.filter(correction__isnull=False).exists():
        raise NoteRefused(TWICE)


def journal_in(home: Home, note: JournalNote) -> Came:
    """Take a message in, or the steps that it has not got here yet."""
    told: dict[str, object] = {
        "operation_id": home.operation_id,
        "unit_code": note.about,
        "text": note.text,
        "medium": note.medium.value,
        "priority": note.priority.value,
        "owner": note.owner,
        "noted_at": note.noted_at,
        "written_at": note.at,
        "by_id": note.by_id,
        "corrects_id": note.corrects,
    }
    held = _held(JournalEntry, told, pk=note.id)
    row = held or _message_new(home, note, told)
    known = set(JournalStep.objects.filter(entry=row).values_list("uid", flat=True))
    fresh = [step for step in note.steps if step.uid not in known]
    return came_with(lambda step: _step_new(home, row, step), fresh, is_new=held is None)


def _message_new(home: Home, note: JournalNote, told: dict[str, object]) -> JournalEntry:
    unit = home.office.unit_code
    author = home.author(note.by_id, note.at, P.OPERATIONS_JOURNAL_WRITE)
    home.require_hour(note.noted_at)
    require_words((note.text, journal_acts.TEXT_MAX), needed=(note.text,))
    if note.about not in {"", ALL_OFFICES, unit} or note.owner not in {"", unit}:
        raise NoteRefused(UNIT)
    _require_free(JournalEntry, note.corrects, operation=home.operation_id, by_unit=unit)
    desk = home.desk(author, P.OPERATIONS_JOURNAL_WRITE)
    row = JournalEntry(
        id=note.id,
        territories=list(closure(sorted({home.office.wilayah, *desk.territories}))),
        unit_name=home.office.name if note.about == unit else "",
        zone=home.zone,
        owner_name=home.office.name if note.owner else "",
        by=author.name,
        by_unit=unit,
        by_unit_name=desk.unit_name,
        **told,
        **home.mark(note.by_id),
    )
    row.save(force_insert=True)
    return row


def _step_new(home: Home, row: JournalEntry, step: JournalStepNote) -> None:
    author = home.author(step.by_id, step.at, P.OPERATIONS_JOURNAL_WRITE)
    needs_words = step.after in {JournalState.SETTLED, JournalState.CORRECTED}
    require_words((step.because, journal_acts.TEXT_MAX), needed=(step.because,) if needs_words else ())
    if step.owner not in {"", home.office.unit_code} or not may_step(step.before, step.after):
        raise NoteRefused(STEP)
    JournalStep(
        uid=step.uid,
        entry=row,
        number=step.number,
        before=step.before.value,
        after=step.after.value,
        owner=step.owner,
        owner_name=home.office.name if step.owner else "",
        by_id=step.by_id,
        by=author.name,
        at=step.at,
        because=step.because,
        **home.mark(step.by_id),
    ).save(force_insert=True)


def movement_in(home: Home, note: MovementNote) -> Came:
    """Take a movement in: it stands among those that the office wrote down, by its hour."""
    told: dict[str, object] = {
        "team_id": note.team_id,
        "number": note.number,
        "before": note.before.value,
        "after": note.after.value,
        "target_id": note.target_id,
        "by_id": note.by_id,
        "at": note.at,
        "because": note.because,
    }
    if _held(TeamMovement, told, uid=note.id) is not None:
        return NoteOutcome.SAME, ""
    team = home.team(note.team_id)
    author = home.author(note.by_id, note.at, P.OPERATIONS_TEAM_MOVE)
    require_words((note.because, movement_acts.TEXT_MAX))
    if not moving_teams(author).filter(pk=team.pk).exists():
        raise NoteRefused(NOT_HIS)
    is_target = note.target_id is None or TeamTarget.objects.filter(team=team, target=note.target_id).exists()
    if not is_target or not (note.because or may_step(note.before, note.after)):
        raise NoteRefused(STEP)
    row = TeamMovement(uid=note.id, by=author.name, **told, **home.mark(note.by_id))
    row.save(force_insert=True)
    return NoteOutcome.NEW, ""


def register_in(home: Home, note: RegisterNote) -> Came:
    """Take an entry of a register in."""
    unit = home.office.unit_code
    told: dict[str, object] = {
        "operation_id": home.operation_id,
        "unit_code": unit,
        "kind": note.kind.value,
        "happened_at": note.happened_at,
        "place": note.place,
        "involved": [one.value for one in note.involved],
        "text": note.text,
        "done": note.done,
        "reported_to": note.reported_to,
        "by_id": note.by_id,
        "written_at": note.at,
        "corrects_id": note.corrects,
        "because": note.because,
    }
    if _held(RegisterEntry, told, pk=note.id) is not None:
        return NoteOutcome.SAME, ""
    author = home.author(note.by_id, note.at, P.OPERATIONS_REGISTER_WRITE)
    home.require_hour(note.happened_at)
    lines = [(line, registers.LINE_MAX) for line in (note.place, note.reported_to)]
    texts = [(text, registers.TEXT_MAX) for text in (note.text, note.done, note.because)]
    needed = (note.place, note.reported_to, note.text, note.done, *(one.value for one in note.involved[:1]))
    require_words(*lines, *texts, needed=(*needed, "" if note.corrects and not note.because else "-"))
    _require_free(
        RegisterEntry, note.corrects, operation=home.operation_id, unit_code=unit, kind=note.kind.value
    )
    office = {"unit_name": home.office.name, "wilayah": home.office.wilayah, "zone": home.zone}
    row = RegisterEntry(id=note.id, by=author.name, **told, **office, **home.mark(note.by_id))
    row.save(force_insert=True)
    return NoteOutcome.NEW, ""


def note_in(home: Home, note: Note) -> Came:
    """Take a note of any kind in; raises `NoteRefused`."""
    match note:
        case JournalNote():
            return journal_in(home, note)
        case MovementNote():
            return movement_in(home, note)
        case RegisterNote():
            return register_in(home, note)
        case _:
            return encounter_in(home, note)
