"""Values of accountability that cross its doors."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of the log as people read it; `seq` is empty until the entry is sealed in the tree."""

    id: UUID
    seq: int | None
    at: datetime
    tag: str
    actor_name: str
    unit_name: str
    subject_kind: str
    subject_id: str
    purpose: str
    person_id: UUID | None


@dataclass(frozen=True, slots=True)
class ReadView:
    """One look at a person: when, who, of which unit, for which purpose, and what was shown."""

    at: datetime
    actor_name: str
    unit_name: str
    purpose: str
    shown: str


@dataclass(frozen=True, slots=True)
class CheckpointView:
    """A sealed head of the log: what is printed on minutes and sent to other agencies."""

    size: int
    root: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of going through the whole log: how many entries, which head, and the first fault."""

    entries: int
    waiting: int
    head: CheckpointView | None
    fault: str
    fault_at: str
    checked_checkpoints: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing was altered, dropped or moved."""
        return not self.fault


@dataclass(frozen=True, slots=True)
class BondView:
    """What a checkpoint of the common log bound of the sealed one, opened; `holds`: its digest says so.

    `of` is the size of that checkpoint and `digest` what it carries; `salt` opens it.
    """

    size: int
    root: str
    holds: bool
    of: int
    at: datetime
    salt: str
    digest: str
