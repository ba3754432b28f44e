"""Values of planning: what an office has, what it needs, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from timpora.domain.supply import Resource, Supply, short_sum

RESOURCE_WORDS: Final[Mapping[Resource, str]] = {
    Resource.PERSONNEL: "Petugas",
    Resource.CAR: "Mobil",
    Resource.MOTORCYCLE: "Sepeda motor",
    Resource.BOAT: "Perahu",
    Resource.RADIO: "Radio genggam",
    Resource.CAMERA: "Kamera",
    Resource.SCANNER: "Pemindai paspor",
    Resource.PRINTER: "Printer jinjing",
    Resource.FIRST_AID: "Kotak P3K",
}


@dataclass(frozen=True, slots=True)
class BookingView:
    """For how long an officer or a thing is where: `team_name` and `operation_name`, or `because` away."""

    id: UUID
    thing_id: UUID
    resource: Resource
    name: str
    starts: datetime
    ends: datetime
    team_id: UUID | None
    team_name: str
    operation_name: str
    because: str


@dataclass(frozen=True, slots=True)
class AssetView:
    """A vehicle or a piece of kit, and its bookings that have not ended."""

    id: UUID
    resource: Resource
    name: str
    mark: str
    is_usable: bool
    because: str
    bookings: tuple[BookingView, ...]

    @property
    def label(self) -> str:
        """How people call it: `Toyota Hilux · DA 8123 ZK`."""
        return f"{self.name} · {self.mark}"

    @property
    def word(self) -> str:
        """What it is."""
        return RESOURCE_WORDS[self.resource]


@dataclass(frozen=True, slots=True)
class StaffView:
    """An officer who may go into the field, and the bookings that have not ended."""

    id: UUID
    name: str
    title: str
    bookings: tuple[BookingView, ...]


@dataclass(frozen=True, slots=True)
class Means:
    """All that an office has for operations."""

    unit_code: str
    unit_name: str
    zone: str
    staff: tuple[StaffView, ...]
    assets: tuple[AssetView, ...]


@dataclass(frozen=True, slots=True)
class NewAbsence:
    """An officer or a thing that is away from the first day to the last, in the office's days, and why."""

    thing_id: UUID
    first_day: date
    last_day: date
    because: str


@dataclass(frozen=True, slots=True)
class OfficeSupply:
    """What an office needs in a phase against what it can give; `supplies` has a line for each resource."""

    unit_code: str
    supplies: tuple[Supply, ...]

    @property
    def is_said(self) -> bool:
        """Whether the office has said what it needs."""
        return any(supply.needed for supply in self.supplies)

    @property
    def short(self) -> int:
        """How many people and things are missing."""
        return short_sum(self.supplies)

    @property
    def needs(self) -> tuple["NamedSupply", ...]:
        """What is needed, by kind: a spare motorcycle is no car."""
        wanted = (supply for supply in self.supplies if supply.needed)
        return tuple(NamedSupply(supply, RESOURCE_WORDS[supply.resource]) for supply in wanted)


@dataclass(frozen=True, slots=True)
class NamedSupply:
    """A resource of an office with its word: what is needed, there and missing."""

    supply: Supply
    word: str


@dataclass(frozen=True, slots=True)
class NewPeriod:
    """A time of heightened attention to be noted: from the first day to the last, and the paper behind it."""

    name: str
    basis: str
    first_day: date
    last_day: date
    regions: tuple[str, ...] = ("ID",)


@dataclass(frozen=True, slots=True)
class PeriodView:
    """A time of heightened attention; `last_day` is its last, as people say it."""

    id: UUID
    name: str
    basis: str
    first_day: date
    last_day: date
    regions: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NeedView:
    """What an office said it needs: for a phase as such (`target_id` none), or for one target."""

    phase_id: UUID
    target_id: UUID | None
    target_code: str
    target_name: str
    numbers: tuple[tuple[Resource, int], ...]
    by: str
    at: datetime
