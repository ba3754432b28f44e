"""Questions several rules ask of a fact sheet."""

from collections.abc import Iterable
from datetime import date

from timpora.domain.dates import date_text
from timpora.domain.periods import holding_on
from timpora.domain.permits import PermitKind
from timpora.domain.rules.facts import CrossingFact, Direction, FactSheet, StayFact
from timpora.domain.territory import within


def places_agree(one: str, other: str) -> bool:
    """Tell whether two region codes may mean the same place, by whole steps.

    A coarser code may hold the finer one; an empty code contradicts nothing.
    """
    return not one or not other or within(one, other) or within(other, one)


def last_crossing(sheet: FactSheet, on: date) -> CrossingFact | None:
    """Return the latest passage up to the day; on one day an entry counts after an exit."""
    past = [crossing for crossing in sheet.crossings if crossing.on <= on]
    return max(past, key=lambda crossing: (crossing.on, crossing.direction is Direction.ENTRY), default=None)


def has_left(sheet: FactSheet, on: date) -> bool:
    """Tell whether the last passage up to the day was an exit."""
    last = last_crossing(sheet, on)
    return last is not None and last.direction is Direction.EXIT


def stay_on(sheet: FactSheet, on: date) -> StayFact | None:
    """Return the stay reported for the day, the latest begun; None also after an exit."""
    return None if has_left(sheet, on) else latest(holding_on(sheet.stays, on))


def presence_told(stay: StayFact) -> str:
    """Say since when a list reports the person there, and of which day that list is.

    The day a rule runs is no fact: a list of the 20th says nothing of the 22nd.
    """
    since, told_on = date_text(stay.period.starts), date_text(stay.source.recorded_on)
    return f"dilaporkan sejak {since} menurut daftar per {told_on}"


def latest(stays: Iterable[StayFact]) -> StayFact | None:
    """Return the stay that began last."""
    return max(stays, key=lambda stay: stay.period.starts, default=None)


def is_sheltered(sheet: FactSheet, on: date) -> bool:
    """Tell whether a refugee or asylum paper holds on the day; such persons go another road."""
    return any(permit.kind is PermitKind.UNHCR for permit in holding_on(sheet.permits, on))
