"""The notes of a post come home: one deed for what one file says, an answer for each note (ADR 0027)."""

from collections import Counter
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from timpora.apps.operations.errors import NoteRefused
from timpora.apps.operations.note_home import Home, words_of
from timpora.apps.operations.note_rows import OTHER, note_in
from timpora.apps.operations.note_types import (
    EncounterNote,
    JournalNote,
    MovementNote,
    Note,
    NoteAnswer,
    NoteKind,
    NoteOutcome,
    Notes,
    RegisterNote,
)
from timpora.kernel.access import P
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs, Subject
from timpora.kernel.audit.tags import Tag

KINDS: Final[dict[type[Note], NoteKind]] = {
    JournalNote: NoteKind.JOURNAL,
    MovementNote: NoteKind.MOVEMENT,
    RegisterNote: NoteKind.REGISTER,
    EncounterNote: NoteKind.ENCOUNTER,
}
CAME: Final = frozenset({NoteOutcome.NEW, NoteOutcome.GROWN, NoteOutcome.PART})


@deed(P.FINDINGS_REPORT_CARRY, tag=Tag.OPERATIONS_NOTES_BROUGHT)
def notes_bring(act: Act, *, notes: Notes, proven: Mapping[UUID, bool]) -> list[NoteAnswer]:
    """Take in what was noted at a post: each note once, as it was written; return what became of each.

    `proven` are the officers whose keys of this operation the post had, each with whether his was withdrawn
    since. What cannot be taken is told and leaves the rest alone; what is here already is no harm. Raises
    `NotesOfOthers` for the post of another office or operation.
    """
    home = Home.of(act, operation_id=notes.operation_id, unit=notes.unit_code, proven=proven)
    answers: list[NoteAnswer] = []
    said: list[str] = []
    came: Counter[str] = Counter()
    for note in sorted(notes.all(), key=lambda one: (one.at.timestamp(), str(one.id))):
        answer = _brought(home, note)
        answers.append(answer)
        came[f"{answer.kind.value}:{answer.outcome.value}"] += 1
        if answer.outcome in CAME:
            said.append(f"{note.id} {words_of(note)}")
    office = home.office
    subject = Subject(
        kind="post", id=str(notes.operation_id), places=(office.wilayah,), unit=office.unit_code
    )
    refs: Refs = {"authors": sorted({str(one) for one in notes.authors()}), **dict(sorted(came.items()))}
    act.upon(subject, refs=refs, payload="\n".join(said))
    if said:
        act.publish(subject, {"operation": str(notes.operation_id), "unit": office.unit_code})
    return answers


def _brought(home: Home, note: Note) -> NoteAnswer:
    kind, because = KINDS[type(note)], ""
    before = len(home.act.notes)
    try:
        with transaction.atomic():
            outcome, because = note_in(home, note)
    except NoteRefused as refusal:
        outcome, because = NoteOutcome.REFUSED, str(refusal)
    except IntegrityError:
        # Another file brought it an instant ago, or a row of another kind bears its code.
        outcome, because = NoteOutcome.REFUSED, OTHER
    if outcome is NoteOutcome.REFUSED:
        del home.act.notes[before:]
    author = home.known(note.by_id, note.at) if note.at.tzinfo else None
    return NoteAnswer(kind, note.at, author.name if author else "", outcome, because)
