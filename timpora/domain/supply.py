"""What an operation needs of people and things, and what an office can give: the arithmetic of readiness."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

# Half-open: from the first instant to the first after the last.
Span: TypeAlias = tuple[datetime, datetime]


class Resource(StrEnum):
    """What is counted one by one and given to one team at a time."""

    PERSONNEL = "petugas"
    CAR = "mobil"
    MOTORCYCLE = "sepeda_motor"
    BOAT = "perahu"
    RADIO = "radio"
    CAMERA = "kamera"
    SCANNER = "pemindai_paspor"
    PRINTER = "printer"
    FIRST_AID = "p3k"


VEHICLES: Final = (Resource.CAR, Resource.MOTORCYCLE, Resource.BOAT)
KIT: Final = (Resource.RADIO, Resource.CAMERA, Resource.SCANNER, Resource.PRINTER, Resource.FIRST_AID)
# What an office keeps in its list of things; officers are counted from their assignments.
THINGS: Final = (*VEHICLES, *KIT)


@dataclass(frozen=True, slots=True)
class Supply:
    """Of one resource: how many are needed, the office has, and are taken elsewhere in that time."""

    resource: Resource
    needed: int
    held: int
    taken: int

    @property
    def free(self) -> int:
        """How many the office can give: what it has, without what is elsewhere or away."""
        return max(0, self.held - self.taken)

    @property
    def short(self) -> int:
        """How many are missing; what is spare of one resource never covers another."""
        return max(0, self.needed - self.free)


def short_sum(supplies: Iterable[Supply]) -> int:
    """Return how many are missing in all: one office's spare car does not drive for another."""
    return sum(supply.short for supply in supplies)


def overlaps(one: Span, other: Span) -> bool:
    """Tell whether two half-open spans share an instant; spans that only touch do not."""
    return one[0] < other[1] and other[0] < one[1]
