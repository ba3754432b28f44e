"""Stay permits: their kinds, which one holds on a day, and whether it lets its holder work."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from timpora.domain.law.cite import LawBook, WorkRight
from timpora.domain.periods import ONE_DAY, HasPeriod, Period, holding_on


class PermitKind(StrEnum):
    """What lets a foreigner stay; visa-free entry and crew marks enter as permits too."""

    ITK = "ITK"
    ITAS = "ITAS"
    ITAS_PERAIRAN = "ITAS-PERAIRAN"
    ITAP = "ITAP"
    DIPLOMATIK = "DIPLOMATIK"
    DINAS = "DINAS"
    CREW = "CREW"
    BVK = "BVK"
    VOA = "VOA"
    PLB = "BCP/PLB"
    UNHCR = "UNHCR"


PERMIT_MEANING: Final = {
    PermitKind.ITK: "Izin tinggal kunjungan",
    PermitKind.ITAS: "Izin tinggal terbatas",
    PermitKind.ITAS_PERAIRAN: "Izin tinggal terbatas perairan",
    PermitKind.ITAP: "Izin tinggal tetap",
    PermitKind.DIPLOMATIK: "Izin tinggal diplomatik",
    PermitKind.DINAS: "Izin tinggal dinas",
    PermitKind.CREW: "Tanda masuk awak alat angkut",
    PermitKind.BVK: "Bebas visa kunjungan",
    PermitKind.VOA: "Visa kunjungan saat kedatangan",
    PermitKind.PLB: "Pas lintas batas",
    PermitKind.UNHCR: "Kartu pengungsi atau pencari suaka (bukan izin tinggal, tetapi terlindungi)",
}

RESIDENT: Final = frozenset({PermitKind.ITAS, PermitKind.ITAS_PERAIRAN, PermitKind.ITAP})
"""Kinds that are bound to a registered address."""

_NO_WORK_BY_KIND: Final = frozenset({PermitKind.BVK, PermitKind.VOA})


class PermitLike(HasPeriod, Protocol):
    """A permit as any caller holds it."""

    @property
    def kind(self) -> PermitKind:
        """Return what sort of permit it is."""
        ...

    @property
    def visa_index(self) -> str:
        """Return the visa index printed on it, empty where unknown."""
        ...


Permit = TypeVar("Permit", bound=PermitLike)


def permits_on(permits: Iterable[Permit], day: date) -> tuple[Permit, ...]:
    """Return what is known of the permit that holds on the day; of several, of the one that started last.

    Two lists may tell of it differently, and none of them is the truer one for coming first.
    """
    holding = holding_on(permits, day)
    newest = max((permit.period.starts for permit in holding), default=None)
    return tuple(permit for permit in holding if permit.period.starts == newest)


def permit_on(permits: Iterable[Permit], day: date) -> Permit | None:
    """Return one telling of the permit that holds on the day: for its start and its being there."""
    return next(iter(permits_on(permits, day)), None)


def permit_ended_before(permits: Iterable[Permit], day: date) -> tuple[Permit, date] | None:
    """Return the permit that ended latest before the day, with its last day; None if none has."""
    past = [
        (permit, last_day)
        for permit in permits
        if (last_day := permit.period.last_day) is not None and last_day < day
    ]
    return max(past, key=lambda pair: pair[1], default=None)


def visa_free_period(entered_on: date, *, book: LawBook, visa_index: str = "A1") -> Period | None:
    """Return the days a visa-free entry allows; the day of entry is the first of them.

    None where the visa table does not say how long. Counting the day of entry is the practice of
    the checkpoints; no text read so far settles it.
    """
    visa = book.visa(visa_index, on=entered_on)
    if visa is None or visa.first_days is None:
        return None
    return Period(entered_on, entered_on + visa.first_days * ONE_DAY)


def work_right(permit: PermitLike, *, book: LawBook) -> WorkRight:
    """Return whether the permit lets its holder work, by the visa table of the day it was given.

    Where the table is silent the kind decides, and where that is silent too the answer is unknown:
    no discrepancy may rest on it.
    """
    visa = book.visa(permit.visa_index, on=permit.period.starts)
    if visa is not None:
        return visa.work
    return WorkRight.NONE if permit.kind in _NO_WORK_BY_KIND else WorkRight.UNKNOWN
