"""Values of orders, and of the checks that go before one, that cross the doors of this room."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from timpora.domain.orders import OrderClock
from timpora.domain.states import EncounterState, OrderState
from timpora.kernel.carriage import Carriage

NATURES: Final = ("Biasa", "Segera", "Rahasia")
"""Sifat surat as tata naskah dinas knows them."""


class Exemption(StrEnum):
    """When a foreigner who is met directly may be checked without an order (Pasal 30)."""

    LISTED = "daftar_cekal"
    WANTED = "daftar_pencarian"
    SUSPECTED = "patut_diduga"


EXEMPTIONS: Final[dict[Exemption, str]] = {
    Exemption.LISTED: "Ada dalam daftar pencegahan atau penangkalan",
    Exemption.WANTED: "Ada dalam daftar pencarian orang (DPO)",
    Exemption.SUSPECTED: "Sedang melakukan sesuatu yang patut diduga melanggar hukum",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEncounter:
    """What an officer reports before a check without an order; `met` and `because` name nobody."""

    team_id: UUID
    exemption: str
    because: str
    met: str
    place: str
    address: str


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """A change of state as a page tells it: from, to, who, when, why."""

    before: str
    after: str
    by: str
    at: datetime
    because: str
    brought: Carriage | None = None


@dataclass(frozen=True, slots=True)
class EncounterView:
    """A check without an order; masked (`is_masked`), it says neither who was met nor why.

    `clock` runs from the day of the check once there is a finding, until the order is issued; then it
    tells how it stood on that day.
    """

    id: UUID
    operation_id: UUID
    team_id: UUID
    team_name: str
    unit_code: str
    wilayah: str
    zone: str
    exemption: Exemption
    because: str
    met: str
    place: str
    address: str
    state: EncounterState
    reported_by: str
    reported_by_id: UUID
    reported_at: datetime
    decided_by: str | None
    decided_by_id: UUID | None
    decided_at: datetime | None
    decided_because: str
    check_on: date | None
    order_id: UUID | None
    order_state: OrderState | None
    order_number: str
    clock: OrderClock | None
    steps: tuple[HistoryStep, ...]
    is_masked: bool
    brought: Carriage | None = None

    @property
    def exemption_label(self) -> str:
        """The exception in the words of the article."""
        return EXEMPTIONS[self.exemption]

    @property
    def owes_order(self) -> bool:
        """Whether the order that must follow is not issued yet."""
        return self.order_state is OrderState.TO_FOLLOW


@dataclass(frozen=True, slots=True)
class MemberView:
    """An officer in a team, as named when the team was formed."""

    officer_id: UUID
    name: str
    nip: str
    rank: str
    title: str
    is_leader: bool


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team with its officers and the targets it was given."""

    id: UUID
    operation_id: UUID
    phase_id: UUID
    unit_code: str
    wilayah: str
    name: str
    vehicles: str
    members: tuple[MemberView, ...]
    target_ids: tuple[UUID, ...]
    order_id: UUID | None
    order_state: OrderState | None
    order_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderWords:
    """What the drafter writes into an order; empty parts are filled from the operation and its team.

    `nature` is one of `NATURES`; `is_pen_signed` leaves the place of a wet signature instead of a TTE.
    """

    considering: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    funding: str = ""
    copies: tuple[str, ...] = ()
    nature: str = NATURES[0]
    is_pen_signed: bool = False


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order (surat perintah); `letter_id` names the printed letter once it is issued.

    One that follows a check names it (`encounter`), whose `clock` tells until when; `late_because` says
    why it came later.
    """

    id: UUID
    operation_id: UUID
    team: TeamView
    unit_code: str
    unit_name: str
    wilayah: str
    state: OrderState
    words: OrderWords
    first_day: date
    last_day: date
    drafted_by: str
    drafted_by_id: UUID
    drafted_at: datetime
    issued_by: str | None
    issued_by_id: UUID | None
    issued_at: datetime | None
    number: str
    letter_id: UUID | None
    token: str
    encounter: EncounterView | None
    late_because: str
    steps: tuple[HistoryStep, ...]


@dataclass(frozen=True, slots=True)
class SopStep:
    """A step of the field SOP, in order; one that gates must be done before anything is recorded."""

    code: str
    title: str
    note: str
    is_gate: bool
    asks_language: bool = False


@dataclass(frozen=True, slots=True)
class SopView:
    """A version of the SOP: where it comes from, whether a legal owner has read it, and its digest."""

    version: str
    title: str
    source: str
    is_verified: bool
    digest: str
    steps: tuple[SopStep, ...]


@dataclass(frozen=True, slots=True)
class TaskEncounter:
    """What a field officer gets of an approved check without an order."""

    encounter: EncounterView
    operation_id: UUID
    steps: tuple[SopStep, ...]
    sop_version: str


@dataclass(frozen=True, slots=True)
class OrderDue:
    """An order that must still follow a check: where, whose, and how its clock stands."""

    order_id: UUID
    encounter_id: UUID
    operation_id: UUID
    unit_code: str
    team_name: str
    zone: str
    clock: OrderClock
