"""What a measure says besides its name, without which nobody can obey it or carry it out (Pasal 75(2)).

Which place is barred, where somebody must live, what becomes of the stay permit, which list, whither.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from timpora.domain.measures import MeasureKind

PLACES_MOST: Final = 5
"""How many places one decision bars; whoever means more means a wider region."""


class PermitChange(StrEnum):
    """What becomes of the stay permit (huruf b)."""

    RESTRICTED = "pembatasan"
    CHANGED = "perubahan"
    CANCELLED = "pembatalan"


class Listing(StrEnum):
    """Which list a person is entered in (huruf a): against leaving, or against entering."""

    EXIT = "pencegahan"
    ENTRY = "penangkalan"


@dataclass(frozen=True, slots=True)
class Place:
    """A region by code, as it is printed, and a narrower place in words where the region is too wide."""

    code: str
    words: str = ""
    name: str = ""

    @property
    def told(self) -> str:
        """Return the place as letters print it, the narrowest first."""
        return ", ".join(part for part in (self.words, self.name or self.code) if part)


@dataclass(frozen=True, slots=True)
class Particulars:
    """All particulars of a measure; each belongs to the kinds that `_ASKED` names."""

    places: tuple[Place, ...] = ()
    permit_change: PermitChange | None = None
    permit_words: str = ""
    listing: Listing | None = None
    destination: str = ""


class Particular(StrEnum):
    """A particular by the name of its field."""

    PLACES = "places"
    ADDRESS = "address"
    PERMIT_CHANGE = "permit_change"
    PERMIT_WORDS = "permit_words"
    LISTING = "listing"
    DESTINATION = "destination"


@dataclass(frozen=True, slots=True)
class Lack:
    """A particular that is missing, and what to do about it."""

    of: Particular
    because: str


_ASKED: Final[Mapping[MeasureKind, frozenset[str]]] = {
    MeasureKind.LIVE_AT: frozenset({"places"}),
    MeasureKind.BARRED_FROM: frozenset({"places"}),
    MeasureKind.PERMIT: frozenset({"permit_change", "permit_words"}),
    MeasureKind.LISTED: frozenset({"listing"}),
    MeasureKind.DEPORTATION: frozenset({"destination"}),
}


def particulars_of(kind: MeasureKind, told: Particulars) -> Particulars:
    """Return the particulars that belong to the measure; what was typed for another kind falls away."""
    asked = _ASKED.get(kind, frozenset())
    own = {name: getattr(told, name) for name in Particulars.__dataclass_fields__ if name in asked}
    if told.permit_change is PermitChange.CANCELLED:
        own.pop("permit_words", None)
    return Particulars(**own)


def _lack_of_barred(told: Particulars) -> Lack | None:
    if not told.places:
        return Lack(Particular.PLACES, "Pilih sedikitnya satu tempat yang dilarang didatangi.")
    if len(told.places) > PLACES_MOST:
        because = f"Paling banyak {PLACES_MOST} tempat. Pilih wilayah yang lebih luas."
        return Lack(Particular.PLACES, because)
    return None


def _lack_of_dwelling(told: Particulars) -> Lack | None:
    if len(told.places) != 1:
        return Lack(Particular.PLACES, "Pilih satu wilayah tempat ia harus bertempat tinggal.")
    if not told.places[0].words:
        return Lack(Particular.ADDRESS, "Tulis alamat tempat ia harus bertempat tinggal.")
    return None


def _lack_of_permit(told: Particulars) -> Lack | None:
    if told.permit_change is None:
        return Lack(Particular.PERMIT_CHANGE, "Pilih apa yang terjadi dengan izin tinggalnya.")
    if told.permit_change is not PermitChange.CANCELLED and not told.permit_words:
        return Lack(Particular.PERMIT_WORDS, "Tulis apa yang dibatasi, atau menjadi apa izinnya diubah.")
    return None


def _lack_of_listing(told: Particulars) -> Lack | None:
    because = "Pilih daftarnya: pencegahan atau penangkalan."
    return None if told.listing else Lack(Particular.LISTING, because)


def _lack_of_destination(told: Particulars) -> Lack | None:
    return None if told.destination else Lack(Particular.DESTINATION, "Tulis negara tujuan deportasi.")


_LACKS: Final[Mapping[MeasureKind, Callable[[Particulars], Lack | None]]] = {
    MeasureKind.BARRED_FROM: _lack_of_barred,
    MeasureKind.LIVE_AT: _lack_of_dwelling,
    MeasureKind.PERMIT: _lack_of_permit,
    MeasureKind.LISTED: _lack_of_listing,
    MeasureKind.DEPORTATION: _lack_of_destination,
}


def lack_of(kind: MeasureKind, told: Particulars) -> Lack | None:
    """Return the first particular that the measure lacks, or nothing where it can be obeyed."""
    asked = _LACKS.get(kind)
    return asked(told) if asked else None
