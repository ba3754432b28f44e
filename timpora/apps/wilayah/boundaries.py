"""Reading boundaries from GeoJSON as a stream, one feature at a time; pure."""

import gzip
import io
import json
import math
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from timpora.apps.wilayah.errors import BoundaryFileUnreadable, BoundaryOutsideIndonesia
from timpora.domain.territory import Level, TerritoryError, level

# Everything of Indonesia, the economic zone's islands included, in degrees.
WEST, EAST, SOUTH, NORTH = 94.0, 142.0, -12.0, 7.0
# A country's villages are some 500 MB of text; a packed bomb would be more.
CHARACTERS_MAX: Final = 1_500_000_000
FEATURE_MAX: Final = 64_000_000
CHUNK: Final = 1_000_000
HEAD_MAX: Final = 4_000_000
RING_MIN: Final = 4
_FEATURES: Final = re.compile(r'"features"\s*:\s*\[')
_GZIP: Final = b"\x1f\x8b"
_MEANT: Final = (
    "Yang diharapkan: GeoJSON FeatureCollection (.geojson atau .geojson.gz) dengan kode Kemendagri "
    "pada id atau properties.code setiap feature."
)


@dataclass(frozen=True, slots=True)
class Outline:
    """One feature of the file: the region's code, its level, and the geometry in degrees."""

    code: str
    level: int
    geometry: dict[str, Any]


def outlines(path: Path) -> Iterator[Outline]:
    """Give the outlines in the file, in its order.

    Raises `BoundaryFileUnreadable` for another kind of file, a damaged or a swollen one, and
    `BoundaryOutsideIndonesia` for geometry elsewhere. Memory holds one feature at a time.
    """
    with _opened(path) as file:
        for number, feature in enumerate(_features(file), start=1):
            yield _outline(feature, number)


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    try:
        with path.open("rb") as raw:
            is_packed = raw.peek(2)[:2] == _GZIP
            plain = gzip.GzipFile(fileobj=raw) if is_packed else raw
            yield io.TextIOWrapper(plain, encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BoundaryFileUnreadable(f"Berkas {path} tidak ditemukan.") from error
    except IsADirectoryError as error:
        raise BoundaryFileUnreadable(f"{path} adalah folder, bukan berkas.") from error
    except UnicodeDecodeError as error:
        raise BoundaryFileUnreadable(f"Berkas {path.name} bukan teks UTF-8. {_MEANT}") from error
    except (OSError, EOFError, zlib.error) as error:
        raise BoundaryFileUnreadable(
            f"Berkas {path.name} tidak dapat dibaca sampai akhir: {error}."
        ) from error


class _Window:
    """The part of the file that is being looked at."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._seen = 0
        self.text = ""
        self.at = 0

    def grow(self) -> bool:
        """Read on, forgetting what was used; tell whether there was anything."""
        wanted = max(CHUNK, len(self.text) - self.at)
        more = self._file.read(wanted)
        self._seen += len(more)
        if self._seen > CHARACTERS_MAX:
            raise BoundaryFileUnreadable("Isi berkas terlalu besar setelah dibuka; pecah per provinsi.")
        self.text = self.text[self.at :] + more
        self.at = 0
        return bool(more)

    def skip(self, characters: str) -> str:
        """Pass over these characters and return the next one, or nothing at the end of the file."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in characters:
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.grow():
                return ""


def _features(file: IO[str]) -> Iterator[Any]:
    window = _Window(file)
    _to_first_feature(window)
    decoder = json.JSONDecoder(parse_constant=_refuse_constant)
    while (character := window.skip(" \t\r\n,")) != "]":
        if character != "{":
            raise BoundaryFileUnreadable(f"GeoJSON rusak atau terpotong. {_MEANT}")
        yield _next_feature(window, decoder)


def _to_first_feature(window: _Window) -> None:
    while (found := _FEATURES.search(window.text)) is None:
        if len(window.text) > HEAD_MAX or not window.grow():
            raise BoundaryFileUnreadable(f"Tidak ada daftar features di berkas ini. {_MEANT}")
    window.at = found.end()


def _next_feature(window: _Window, decoder: json.JSONDecoder) -> Any:
    while True:
        try:
            feature, window.at = decoder.raw_decode(window.text, window.at)
        except RecursionError as error:
            raise BoundaryFileUnreadable("GeoJSON bersarang terlalu dalam.") from error
        except json.JSONDecodeError as error:
            is_too_large = len(window.text) - window.at > FEATURE_MAX
            if is_too_large or not window.grow():
                raise BoundaryFileUnreadable(f"GeoJSON rusak atau terpotong. {_MEANT}") from error
        else:
            return feature


def _refuse_constant(name: str) -> float:
    raise BoundaryFileUnreadable(f"Koordinat berisi {name}.")


def _outline(feature: Any, number: int) -> Outline:
    properties = feature.get("properties")
    named = properties.get("code") if isinstance(properties, dict) else None
    code = str(named or feature.get("id") or "")
    try:
        found = level(code)
    except TerritoryError as error:
        raise BoundaryFileUnreadable(
            f"Feature ke-{number} tanpa kode Kemendagri (ditemukan {code!r:.60}). {_MEANT}"
        ) from error
    if found == Level.NATION:
        raise BoundaryFileUnreadable(f"Feature ke-{number}: batas nasional tidak dimuat.")
    geometry = feature.get("geometry")
    _check_geometry(geometry, code)
    return Outline(code, int(found), {"type": geometry["type"], "coordinates": geometry["coordinates"]})


def _check_geometry(geometry: Any, code: str) -> None:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        raise BoundaryFileUnreadable(f"Batas {code} harus Polygon atau MultiPolygon, bukan {kind!r:.40}.")
    coordinates = geometry.get("coordinates")
    polygons = coordinates if kind == "MultiPolygon" else [coordinates]
    if not isinstance(polygons, list) or not polygons:
        raise BoundaryFileUnreadable(f"Batas {code} kosong.")
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            raise BoundaryFileUnreadable(f"Batas {code} kosong.")
        for ring in polygon:
            _check_ring(ring, code)


def _check_ring(ring: Any, code: str) -> None:
    if not isinstance(ring, list) or len(ring) < RING_MIN or ring[0] != ring[-1]:
        raise BoundaryFileUnreadable(f"Batas {code}: ada garis yang tidak tertutup.")
    for position in ring:
        lng, lat = _position(position, code)
        if not (WEST <= lng <= EAST and SOUTH <= lat <= NORTH):
            raise BoundaryOutsideIndonesia(_where(code, lng, lat))


def _position(position: Any, code: str) -> tuple[float, float]:
    try:
        lng, lat = float(position[0]), float(position[1])
    except (TypeError, ValueError, IndexError, KeyError, OverflowError) as error:
        raise BoundaryFileUnreadable(f"Batas {code}: koordinat bukan pasangan angka.") from error
    if not (math.isfinite(lng) and math.isfinite(lat)):
        raise BoundaryFileUnreadable(f"Batas {code}: koordinat bukan angka terhingga.")
    return lng, lat


def _where(code: str, lng: float, lat: float) -> str:
    hint = "Koordinat harus derajat WGS84 (bukan meter)."
    if WEST <= lat <= EAST and SOUTH <= lng <= NORTH:
        hint = "Tampaknya lintang dan bujur tertukar; GeoJSON menulis bujur dahulu."
    return f"Batas {code} di luar Indonesia: bujur {lng:g}, lintang {lat:g}. {hint}"
