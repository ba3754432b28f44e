"""What a rule may see of a person: dated facts with their source, and nothing of who the person is.

No name, nationality, sex, religion or birth place is here, so no rule can weigh them. A visa-free
entitlement enters as a permit.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timpora.domain.periods import Period
from timpora.domain.permits import PermitKind


@dataclass(frozen=True, slots=True)
class FactRef:
    """Where a fact comes from: the id of the record, how lists call it, the day it was recorded."""

    fact_id: str
    label: str
    recorded_on: date


class Direction(StrEnum):
    """Which way a checkpoint was passed."""

    ENTRY = "masuk"
    EXIT = "keluar"


class StayKind(StrEnum):
    """Whether a place is lived in, or only slept in for some nights."""

    RESIDENCE = "tinggal"
    LODGING = "menginap"


@dataclass(frozen=True, slots=True)
class PermitFact:
    """A stay permit; `place` is the region code of its registered address, empty where unknown."""

    source: FactRef
    kind: PermitKind
    period: Period
    visa_index: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class CrossingFact:
    """A passage through a checkpoint."""

    source: FactRef
    direction: Direction
    on: date


@dataclass(frozen=True, slots=True)
class StayFact:
    """A report of staying somewhere; the period ends on the day of leaving, open while still there.

    `premises` is the opaque id of the house or hotel, `place` its region code; `reported_on` is the
    day the lodging reported, None where the list does not say.
    """

    source: FactRef
    kind: StayKind
    period: Period
    place: str
    premises: str = ""
    reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class WorkFact:
    """Somebody saw or reported the person at work in a place on a day."""

    source: FactRef
    on: date
    place: str


@dataclass(frozen=True, slots=True)
class PlanFact:
    """An approved manpower plan (RPTKA): the regions it names as places of work, and for how long."""

    source: FactRef
    period: Period
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuaranteeFact:
    """A guarantee; `ended_on` is the day from which the guarantor reported no longer to stand in."""

    source: FactRef
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class FactSheet:
    """All facts about one person on which rules may look.

    `crossings_since` is the first day from which the crossing lists are held without a gap; None
    where no such day is known, and then the absence of an entry proves nothing.
    """

    permits: tuple[PermitFact, ...] = ()
    crossings: tuple[CrossingFact, ...] = ()
    stays: tuple[StayFact, ...] = ()
    works: tuple[WorkFact, ...] = ()
    plans: tuple[PlanFact, ...] = ()
    guarantees: tuple[GuaranteeFact, ...] = ()
    crossings_since: date | None = None
