"""Territories: Kemendagri region codes, compared by whole steps, and the clock of each place.

A code names a province (63), kabupaten or kota (63.10), kecamatan (63.10.01) or desa/kelurahan
(63.10.01.2003); `ID` is the nation. The coding is that of Kepmendagri 300.2.2-2430/2025, the time
zones those of Keppres 41/1987 (a newer province keeps the zone of the one it was split from).
"""

import re
from collections.abc import Collection, Iterable, Mapping
from enum import IntEnum
from functools import lru_cache
from typing import Final

NATION: Final = "ID"

_CODE: Final = re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?")

# A code within a sentence of a rule; a province's two digits only where the sentence says it is a place.
_TOLD: Final = re.compile(
    r"(?<![\w.,-])[0-9]{2}(?:\.[0-9]{2}){1,2}(?:\.[0-9]{4})?(?![\w-]|\.[0-9])"
    r"|(?:(?<=wilayah )|(?<=bekerja di )|(?<=RPTKA: )|(?<=menyebut ))[0-9]{2}(?![\w-]|\.[0-9])"
)

WIB: Final = "Asia/Jakarta"
WITA: Final = "Asia/Makassar"
WIT: Final = "Asia/Jayapura"

ZONE_LABELS: Final = {WIB: "WIB", WITA: "WITA", WIT: "WIT"}

_PROVINCES: Final = {
    # Sumatra, Java, Kalimantan Barat and Tengah.
    WIB: "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62",
    # Bali, Nusa Tenggara, Kalimantan Selatan, Timur and Utara, Sulawesi.
    WITA: "51 52 53 63 64 65 71 72 73 74 75 76",
    # Maluku, Maluku Utara and the six provinces of Papua.
    WIT: "81 82 91 92 93 94 95 96",
}
_ZONE_OF_PROVINCE: Final = {
    province: zone for zone, codes in _PROVINCES.items() for province in codes.split()
}


PROVINCES: Final = frozenset(_ZONE_OF_PROVINCE)


class Level(IntEnum):
    """How many steps a code takes below the nation."""

    NATION = 0
    PROVINCE = 1
    REGENCY = 2
    DISTRICT = 3
    VILLAGE = 4


class TerritoryError(ValueError):
    """A region code that cannot be used."""

    code = "territory.error"
    message = "Kode wilayah tidak dapat dipakai."

    def __init__(self, given: str) -> None:
        super().__init__(f"{self.message} ({given!r})")
        self.given = given


class MalformedCode(TerritoryError):
    """The text is not a region code of any level."""

    code = "territory.malformed"
    message = "Kode wilayah harus berbentuk 63, 63.10, 63.10.01 atau 63.10.01.2003, atau ID untuk nasional."


class UnknownProvince(TerritoryError):
    """The first two digits name no province, so the place has no known clock."""

    code = "territory.unknown-province"
    message = "Dua angka pertama kode wilayah bukan kode provinsi."


@lru_cache(maxsize=20_000)  # every row of every list asks for the same few codes
def steps(code: str) -> tuple[str, ...]:
    """Return the code and all that contain it, from the nation down: `ID`, `63`, `63.10`."""
    if code == NATION:
        return (NATION,)
    if _CODE.fullmatch(code) is None:
        raise MalformedCode(code)
    parts = code.split(".")
    return (NATION, *(".".join(parts[:size]) for size in range(1, len(parts) + 1)))


def within(code: str, territory: str) -> bool:
    """Tell whether the place lies in the territory, or is it; 63.10 does not lie in 63.1."""
    above = steps(code)
    return steps(territory)[-1] in above


def known_at(territories: Iterable[str], places: Collection[str]) -> bool:
    """Tell whether what lies in `territories` (whole steps, as `closure` gives) is known at one of `places`.

    That both lie in one nation says nothing, unless the places are the nation itself.
    """
    return NATION in places or any(code in places for code in territories if code != NATION)


def closure(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the given codes with everything that contains them, sorted, each once."""
    return tuple(sorted({step for code in codes for step in steps(code)}))


def codes_told(text: str) -> frozenset[str]:
    """Return the region codes that a rule's sentence names."""
    return frozenset(_TOLD.findall(text))


def places_told(text: str, names: Mapping[str, str]) -> str:
    """Write a rule's sentence with the names of its places; a code without a name stays as it is."""
    return _TOLD.sub(lambda found: names.get(found[0], found[0]), text)


def parent(code: str) -> str | None:
    """Return the next larger territory; the nation has none."""
    above = steps(code)
    return above[-2] if len(above) > 1 else None


def level(code: str) -> Level:
    """Return which kind of territory the code names."""
    return Level(len(steps(code)) - 1)


def zone_of(code: str) -> str:
    """Return the IANA name of the place's clock (`Asia/Makassar`), as `ZoneInfo` takes it.

    The nation keeps the clock of the Directorate General in Jakarta.
    """
    above = steps(code)
    if len(above) == 1:
        return WIB
    zone = _ZONE_OF_PROVINCE.get(above[1])
    if zone is None:
        raise UnknownProvince(code)
    return zone


def zone_label(code: str) -> str:
    """Return the name of the place's clock as people write it: WIB, WITA or WIT."""
    return ZONE_LABELS[zone_of(code)]
