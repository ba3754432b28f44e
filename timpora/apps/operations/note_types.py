"""What was noted at a post, as it travels home: messages, movements, registers, checks without an order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from timpora.apps.operations.order_types import Exemption
from timpora.apps.operations.posko_types import Medium, Priority
from timpora.apps.operations.register_types import Involved, RegisterKind
from timpora.domain.states import EncounterState, JournalState, TeamState


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalStepNote:
    """What became of a message at the post."""

    uid: UUID
    number: int
    before: JournalState
    after: JournalState
    owner: str
    by_id: UUID
    at: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalNote:
    """A message of the post's journal with its steps so far."""

    id: UUID
    about: str
    text: str
    medium: Medium
    priority: Priority
    owner: str
    noted_at: datetime
    by_id: UUID
    at: datetime
    corrects: UUID | None
    steps: tuple[JournalStepNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementNote:
    """Where a team was, as said at the post."""

    id: UUID
    team_id: UUID
    number: int
    before: TeamState
    after: TeamState
    target_id: UUID | None
    by_id: UUID
    at: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterNote:
    """An entry of a register; `at` is when it was written."""

    id: UUID
    kind: RegisterKind
    happened_at: datetime
    place: str
    involved: tuple[Involved, ...]
    text: str
    done: str
    reported_to: str
    by_id: UUID
    at: datetime
    corrects: UUID | None
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EncounterStepNote:
    """A state that a check without an order reached at the post; each is reached once."""

    after: EncounterState
    by_id: UUID
    at: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EncounterNote:
    """A check without an order with its steps so far; `check_on` is the day from which its order is due."""

    id: UUID
    team_id: UUID
    exemption: Exemption
    because: str
    met: str
    place: str
    address: str
    by_id: UUID
    at: datetime
    check_on: date | None
    steps: tuple[EncounterStepNote, ...]


Note = JournalNote | MovementNote | RegisterNote | EncounterNote


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What was noted in an operation at a post on a day, and of it all that came later until it was taken."""

    operation_id: UUID
    unit_code: str
    journal: tuple[JournalNote, ...] = ()
    movements: tuple[MovementNote, ...] = ()
    register: tuple[RegisterNote, ...] = ()
    encounters: tuple[EncounterNote, ...] = ()

    def __len__(self) -> int:
        return len(self.all())

    def all(self) -> list[Note]:
        """Return every note, whatever its kind."""
        return [*self.journal, *self.movements, *self.register, *self.encounters]

    def authors(self) -> Iterator[UUID]:
        """Return everybody who wrote any of it, also more than once."""
        yield from (note.by_id for note in self.all())
        yield from (step.by_id for note in self.journal for step in note.steps)
        yield from (step.by_id for note in self.encounters for step in note.steps)


class NoteKind(StrEnum):
    """Where a note stands at home."""

    JOURNAL = "jurnal"
    MOVEMENT = "gerak"
    REGISTER = "register"
    ENCOUNTER = "pemeriksaan_langsung"
    CLOSURE = "nomor_hilang"


class NoteOutcome(StrEnum):
    """What became of a note that was brought in."""

    NEW = "diterima"
    GROWN = "bertambah"
    SAME = "sudah_ada"
    PART = "sebagian"
    REFUSED = "tidak_diterima"


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    """What became of one note: nothing of its words. `by` is empty where its author is not known here."""

    kind: NoteKind
    at: datetime
    by: str
    outcome: NoteOutcome
    because: str = ""


@dataclass(frozen=True, slots=True)
class NoteDay:
    """How many notes of an operation a day at the post has."""

    operation_id: UUID
    on: date
    count: int
