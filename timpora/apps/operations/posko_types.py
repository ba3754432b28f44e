"""Values of the posko: messages in its journal, where the teams are, targets as a map shows them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timpora.domain.states import JournalState, OrderState, TargetState, TeamState
from timpora.kernel.carriage import Carriage


class Medium(StrEnum):
    """By what a message reached the posko."""

    WHATSAPP = "wa"
    RADIO = "radio"
    TELEPHONE = "telepon"
    IN_PERSON = "tatap_muka"


class Priority(StrEnum):
    """How soon somebody must look at a message."""

    NORMAL = "biasa"
    URGENT = "segera"
    EMERGENCY = "darurat"


MEDIUM_WORDS: Final[dict[Medium, Promise | str]] = {
    Medium.WHATSAPP: _("WhatsApp"),
    Medium.RADIO: _("Radio"),
    Medium.TELEPHONE: _("Telepon"),
    Medium.IN_PERSON: _("Tatap muka"),
}
PRIORITY_WORDS: Final[dict[Priority, Promise | str]] = {
    Priority.NORMAL: _("Biasa"),
    Priority.URGENT: _("Segera"),
    Priority.EMERGENCY: _("Darurat"),
}
# Whom a message concerns where it is no single office: every office of the operation.
ALL_OFFICES: Final = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message to be written into the journal of an operation.

    `unit` is the office it concerns, `ALL_OFFICES`, or nothing for the writer's own post; `owner` the unit
    that has to settle it, or nothing. `noted_at` is when it reached the posko. `corrects` names an earlier
    message that this one replaces, `because` why; both stay readable, and whoever reads the earlier one
    reads that it was replaced, by whom and why. A duty that another unit has stays with it.
    """

    operation_id: UUID
    text: str
    medium: Medium
    priority: Priority = Priority.NORMAL
    unit: str = ""
    owner: str = ""
    noted_at: datetime | None = None
    corrects: UUID | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class JournalStepView:
    """What became of a message: who handed it to whom or settled it, when, with which words.

    `brought` says who carried it home, where it was written at a post.
    """

    after: JournalState
    owner_name: str
    by: str
    at: datetime
    because: str
    brought: Carriage | None = None


@dataclass(frozen=True, slots=True)
class JournalView:
    """A message in the journal with what became of it; `corrected_by` is the message that replaced it.

    Where that one is for others, `corrected_by` is nothing and `is_corrected` holds all the same.
    """

    id: UUID
    operation_id: UUID
    text: str
    medium: Medium
    priority: Priority
    unit_code: str
    unit_name: str
    by: str
    by_unit: str
    by_unit_name: str
    zone: str
    noted_at: datetime
    written_at: datetime
    state: JournalState
    owner: str
    owner_name: str
    corrects: UUID | None
    corrected_by: UUID | None
    steps: tuple[JournalStepView, ...]
    brought: Carriage | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to settle it."""
        return self.state is JournalState.OPEN and not self.is_corrected

    @property
    def is_corrected(self) -> bool:
        """Whether another message replaced it; one of its steps says who did that, and why."""
        is_told = any(step.after is JournalState.CORRECTED for step in self.steps)
        return is_told or self.corrected_by is not None


@dataclass(frozen=True, slots=True)
class TeamNow:
    """A team with an issued order: where it is, since when, who said so, and who carried that home."""

    id: UUID
    operation_id: UUID
    unit_code: str
    name: str
    order_id: UUID
    order_number: str
    order_state: OrderState
    state: TeamState
    since: datetime | None
    place: str
    said_by: str
    brought: Carriage | None = None


@dataclass(frozen=True, slots=True)
class MovementView:
    """One movement of a team; a correction says why the one before was wrong.

    `brought` says who carried it home, where it was said at a post.
    """

    team_id: UUID
    before: TeamState
    after: TeamState
    place: str
    by: str
    at: datetime
    because: str
    brought: Carriage | None = None


def target_code(unit_code: str, number: int) -> str:
    """Return how an office calls a target of its own: `BATULICIN-03`."""
    return f"{unit_code.removeprefix('KANIM-')}-{number:02}"


@dataclass(frozen=True, slots=True)
class TargetPlace:
    """Where a target lies (a Kemendagri code) and whose it is: what a report takes over from it."""

    operation_id: UUID
    unit_code: str
    wilayah: str


@dataclass(frozen=True, slots=True)
class TargetPoint:
    """A target as a map shows it: where it is, what it is called, how far it has come."""

    id: UUID
    unit_code: str
    number: int
    name: str
    lat: float
    lng: float
    state: TargetState

    @property
    def code(self) -> str:
        """How the office calls it: `BATULICIN-03`."""
        return target_code(self.unit_code, self.number)
