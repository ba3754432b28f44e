"""What stands at home beside a note of a post: its office, its author, its hour (ADR 0027).

A file of notes proves which officers' keys its laptop had, not who pressed what: so each note has to be one
that its author could have written at his post, by the assignments that the office knows of that day.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from timpora.apps.identity import queries as identity
from timpora.apps.operations.errors import NoteRefused, NotesOfOthers
from timpora.apps.operations.models import Participation, Team
from timpora.apps.operations.note_types import Note, NoteOutcome
from timpora.apps.operations.registers import AHEAD
from timpora.domain.territory import WIB
from timpora.kernel.access import Actor, Grant, P, scope
from timpora.kernel.access.post_roles import POST_ROLES
from timpora.kernel.act import Act
from timpora.kernel.carriage import brought_by
from timpora.kernel.text import cleaned

LATER = "Jam laptop pos mendahului jam kantor. Masukkan lagi sesudah jam catatan itu lewat."
OUTSIDE = "Penulisnya tidak ada dalam bekal pos ini. Minta ia mencatatnya sendiri di kantor."
NOT_HIS = "Pada hari itu penulisnya tidak berwenang mencatat ini di kantor Anda. Periksa penugasannya."
WORDS = "Kata-katanya kosong, terlalu panjang, atau memuat tanda yang tidak diterima. Catat lagi dari laptop."
TEAM = "Regunya bukan regu kantor Anda dalam operasi ini. Simpan laptopnya dan hubungi kepala kantor."
Came = tuple[NoteOutcome, str]
Step = TypeVar("Step")


@dataclass
class Home:
    """The office to which notes come home; `proven` names the officers of the post's outfit.

    To each it says whether his key had been withdrawn by then.
    """

    act: Act
    operation_id: UUID
    office: Participation
    proven: Mapping[UUID, bool]
    _authors: dict[tuple[UUID, date], Actor | None] = field(default_factory=dict)

    @classmethod
    def of(cls, act: Act, *, operation_id: UUID, unit: str, proven: Mapping[UUID, bool]) -> "Home":
        """Return the home of the notes of a unit; raises `NotesOfOthers` where it is not the actor's."""
        mine = {grant.unit_code for grant in act.actor.grants_for(act.permission)}
        rows = scope(act.actor, act.permission, Participation.objects.filter(operation_id=operation_id))
        office = rows.filter(unit_code=unit).first()
        if office is None or unit not in mine:
            raise NotesOfOthers
        return cls(act, operation_id, office, proven)

    @property
    def zone(self) -> str:
        """The zone of the office."""
        return self.office.zone or WIB

    def day(self, at: datetime) -> date:
        """Return the day of an hour where the office is."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def require_hour(self, *hours: datetime) -> None:
        """Raise `NoteRefused` for an hour that has not come, or of no zone."""
        if any(at.tzinfo is None or at > self.act.at + AHEAD for at in hours):
            raise NoteRefused(LATER)

    def author(self, by_id: UUID, at: datetime, *rights: P) -> Actor:
        """Return who wrote a note, of the post's outfit, with one of `rights` at this office on that day."""
        self.require_hour(at)
        if by_id not in self.proven:
            raise NoteRefused(OUTSIDE)
        author = self.known(by_id, at)
        if author is None or not any(self._grants(author, right) for right in rights):
            raise NoteRefused(NOT_HIS)
        return author

    def known(self, by_id: UUID, at: datetime) -> Actor | None:
        """Return an officer of this system, as he was assigned on that day."""
        key = by_id, self.day(at)
        if key not in self._authors:
            self._authors[key] = identity.author_get(by_id, on=key[1])
        return self._authors[key]

    def _grants(self, author: Actor, right: P) -> list[Grant]:
        held = author.grants_for(right)
        return [one for one in held if one.unit_code == self.office.unit_code and one.role in POST_ROLES]

    def desk(self, author: Actor, right: P) -> Grant:
        """Return from where somebody wrote: the grant that `author` answered for."""
        return self._grants(author, right)[0]

    def team(self, team_id: UUID) -> Team:
        """Return a team of this office in this operation; raises `NoteRefused` for any other."""
        rows = scope(self.act.actor, self.act.permission, Team.objects.filter(pk=team_id))
        team = rows.filter(operation_id=self.operation_id, unit_code=self.office.unit_code).first()
        if team is None:
            raise NoteRefused(TEAM)
        return team

    def mark(self, *by_ids: UUID) -> dict[str, object]:
        """Return what marks a row as brought: doubtful where a key of its authors had been withdrawn."""
        return brought_by(self.act, is_doubtful=any(self.proven[one] for one in by_ids))


def require_words(*said: tuple[str, int], needed: Iterable[str] = ()) -> None:
    """Raise `NoteRefused` for words that this system would not have written down so."""
    if not all(needed) or any(cleaned(text) != text or len(text) > most for text, most in said):
        raise NoteRefused(WORDS)


def words_of(note: Note) -> str:
    """Return the words of a note, for the digest in the log."""
    said = ("text", "done", "met", "because")
    return "\n".join(str(getattr(note, name)) for name in said if getattr(note, name, ""))


def came_with(take: Callable[[Step], None], fresh: Sequence[Step], *, is_new: bool) -> Came:
    """Take the steps in one after the other until one is refused; return what became of their note.

    What came before a step that is refused stays: a check comes home undecided where its decision cannot.
    """
    for step in fresh:
        try:
            with transaction.atomic():
                take(step)
        except NoteRefused as refusal:
            return NoteOutcome.PART, str(refusal)
    if is_new:
        return NoteOutcome.NEW, ""
    return (NoteOutcome.GROWN if fresh else NoteOutcome.SAME), ""
