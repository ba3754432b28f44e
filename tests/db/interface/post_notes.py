"""What a post of Batulicin noted, and the files of it, for tests: this database never saw it."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from tests.cast import bayu, dodi, hasan
from tests.db.interface.post_days import at_post, brought, day_of
from tests.db.operations import encounters, world
from timpora.apps.findings.types import DayNotes
from timpora.apps.operations import actions
from timpora.apps.operations.types import Medium, NewEntry, NewMessage
from timpora.domain.states import TeamState
from timpora.interface.note_file import note_file_read, note_file_write
from timpora.kernel import clock
from timpora.kernel.access import Actor
from timpora.kernel.database.session import acting_as

TEXT = "Genset pos mati, dipinjam dari desa."


def written(operation: UUID, by: Actor = bayu, **words: object) -> UUID:
    """Write a message into the journal."""
    form = {"text": TEXT, "medium": Medium.RADIO, "unit": world.BATULICIN} | words
    with acting_as(by):
        return actions.journal_write(by, message=NewMessage(operation_id=operation, **form))


def settled(entry: UUID, by: Actor = bayu, because: str = "Genset tiba.") -> None:
    """Settle a message."""
    with acting_as(by):
        actions.journal_settle(by, entry_id=entry, because=because)


def moved(team: UUID, after: TeamState, by: Actor = dodi, **words: object) -> None:
    """Say where a team is."""
    with acting_as(by):
        actions.team_move(by, team_id=team, after=after, **words)


def registered(operation: UUID, by: Actor = dodi, **words: object) -> UUID:
    """Write into a register."""
    said = {
        "operation_id": operation,
        "unit_code": world.BATULICIN,
        "kind": "cedera",
        "happened_at": clock.now(),
        "place": "Mes karyawan",
        "involved": ("petugas",),
        "text": "Jari terjepit pintu.",
        "done": "Dirawat di tempat.",
        "reported_to": "Kepala pos",
    }
    with acting_as(by):
        return actions.register_write(by, new=NewEntry(**(said | words)))


def checked(encounter: UUID, captured_at: datetime, *, has_finding: bool, by: Actor = dodi) -> None:
    """Let the post note that an approved check was reported, as it does when the report arrives."""
    with acting_as(by):
        actions.encounter_check(by, encounter_id=encounter, captured_at=captured_at, has_finding=has_finding)


def noted(work: tuple[UUID, UUID, UUID]) -> UUID:
    """Note one of everything; return the check."""
    entry = written(work[0], owner=world.BATULICIN)
    settled(entry)
    moved(work[2], TeamState.UNDERWAY)
    registered(work[0])
    met = encounters.reported(work[2])
    encounters.decided(met, hasan)
    return met


def notes_file(operation: UUID, on: str = "2024-08-22", by: Actor = bayu) -> bytes:
    """Return the file of notes that the page of the day hands out."""
    answer = day_of(operation, by=by, jenis="catatan", hari=on)
    assert answer.status_code == 200, answer.content
    return answer.content


@contextmanager
def elsewhere():
    """Do something of which nothing stays here: at the post."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def handed_over(
    work: tuple[UUID, UUID, UUID], *doings: Callable[[], object], on: str = "2024-08-22"
) -> list[bytes]:
    """Return the file of the day as it stands after each doing, of which this database saw nothing."""
    files = []
    with elsewhere():
        for doing in doings:
            doing()
            files.append(notes_file(work[0], on))
    return files


def opened(file: bytes) -> DayNotes:
    """Return what a file says."""
    return note_file_read(SimpleUploadedFile("a.timpora", file))[0]


def forged(file: bytes, **changes: object) -> bytes:
    """Return the file as somebody would seal it who holds the laptop, with other notes."""
    load = opened(file)
    notes = replace(load.notes[0], **changes)
    with at_post(load.operation_id):
        return note_file_write(replace(load, notes=(notes,)))


def came(*files: bytes, by: Actor = bayu) -> list[tuple[str, str, str]]:
    """Bring files in; return of each note its kind, its author, and what became of it."""
    answer = brought(*files, by=by)
    return [(str(note.kind), note.officer, str(note.word)) for note in answer.context["notes"]]
