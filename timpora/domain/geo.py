"""Places on the earth: distances, whether a point can lie in Indonesia, and how sure a fix is."""

from dataclasses import dataclass
from math import asin, cos, isfinite, radians, sin, sqrt
from typing import Final

# Mean radius of the earth in metres (IUGG): errors up to half a per cent against the WGS 84 ellipsoid.
EARTH_RADIUS: Final = 6_371_008.8

# The box around Indonesia's land and waters, in WGS 84 degrees: Sabang, Merauke, Miangas and Rote with a
# margin for the exclusive economic zone. Parts of the neighbours lie in it too.
SOUTH: Final = -14.0
NORTH: Final = 8.0
WEST: Final = 92.0
EAST: Final = 142.0

_KILOMETRE: Final = 1000
_GOOD_FIX: Final = 30
_COARSE_FIX: Final = 500


class GeoRefused(ValueError):
    """Coordinates that cannot be used."""

    code = "geo.refused"
    message = "Koordinat tidak dapat dipakai."

    def __init__(self) -> None:
        super().__init__(self.message)


class NoSuchPoint(GeoRefused):
    """Latitude or longitude is no number or lies off the globe."""

    code = "geo.no-such-point"
    message = "Lintang harus antara -90 dan 90, bujur antara -180 dan 180, misalnya -3,31987 dan 114,59075."


class OutsideIndonesia(GeoRefused):
    """The point lies far from Indonesia; most often the two numbers were swapped."""

    code = "geo.outside-indonesia"
    message = "Titik berada di luar Indonesia; periksa apakah lintang dan bujur tertukar."


@dataclass(frozen=True, slots=True)
class Point:
    """A point in WGS 84 degrees."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (isfinite(self.latitude) and isfinite(self.longitude)):
            raise NoSuchPoint
        if abs(self.latitude) > 90 or abs(self.longitude) > 180:  # noqa: PLR2004 -- degrees of a globe
            raise NoSuchPoint


def metres_between(one: Point, other: Point) -> float:
    """Return the distance over the surface in metres (haversine)."""
    south, north = radians(one.latitude), radians(other.latitude)
    rise, turn = north - south, radians(other.longitude - one.longitude)
    share = sin(rise / 2) ** 2 + cos(south) * cos(north) * sin(turn / 2) ** 2
    # Rounding can lift the share of opposite points above 1, where no arc sine is defined.
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(share)))


def is_in_indonesia(point: Point) -> bool:
    """Tell whether the point lies in the box around Indonesia; inside is no proof, outside is."""
    return SOUTH <= point.latitude <= NORTH and WEST <= point.longitude <= EAST


def point_read(latitude: float, longitude: float) -> Point:
    """Return the point of a report, refusing what cannot be a place in Indonesia."""
    point = Point(latitude, longitude)
    if not is_in_indonesia(point):
        raise OutsideIndonesia
    return point


def distance_text(metres: float) -> str:
    """Write a distance as people say it: `35 m`, `1,2 km`, `120 km`."""
    whole = round(metres)
    if whole < _KILOMETRE:
        return f"{whole} m"
    kilometres = round(metres / _KILOMETRE, 1)
    digits = 1 if kilometres < 10 else 0  # noqa: PLR2004 -- two digits are as many as anyone uses
    return f"{kilometres:.{digits}f} km".replace(".", ",")


def accuracy_text(metres: float | None) -> str:
    """Say how sure a fix is, from the radius in metres that the phone gave."""
    if metres is None or not isfinite(metres) or metres < 0:
        return "Ketelitian lokasi tidak diketahui."
    if metres <= _GOOD_FIX:
        return f"Lokasi teliti: kira-kira ± {distance_text(metres)}."
    if metres <= _COARSE_FIX:
        return f"Lokasi cukup teliti: kira-kira ± {distance_text(metres)}."
    return f"Lokasi kasar: ± {distance_text(metres)}; tulis juga alamat atau patokan."
