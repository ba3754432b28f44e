"""Whether a corrected row can stand: codes that exist, points inside the country; pure."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from timpora.apps.wilayah import boundaries, files
from timpora.apps.wilayah.tables import CHECKPOINTS, OFFICE_AREAS, SETTINGS
from timpora.apps.wilayah.types import ReferenceTable

_KINDS: Final = ("udara", "laut", "darat")


def why_not(table: ReferenceTable, value: Mapping[str, str]) -> str | None:
    """Return why this row cannot be kept, or nothing."""
    check = _CHECKS.get(table.code)
    return check(value) if check else None


def _area(value: Mapping[str, str]) -> str | None:
    named = [value["office_2024"], value["office_2026"], *value["also_partly"].split()]
    return _offices(named)


def _checkpoint(value: Mapping[str, str]) -> str | None:
    if value["kind"] not in _KINDS:
        return f"Jenis harus salah satu dari {', '.join(_KINDS)}."
    if value["regency_code"] not in {area.region_code for area in files.area_rows()}:
        return f"Kode kabupaten/kota {value['regency_code']!r:.20} tidak dikenal."
    return _offices([value["office_code"]]) or _point(value["lat"], value["lon"])


def _offices(named: list[str]) -> str | None:
    known = {office.code for office in files.offices()}
    unknown = [code for code in named if code not in known]
    return f"Kode kantor tidak dikenal: {', '.join(unknown) or '(kosong)':.80}." if unknown else None


def _point(lat: str, lng: str) -> str | None:
    if not lat and not lng:
        return None
    try:
        north, east = float(lat), float(lng)
    except ValueError:
        return "Lintang dan bujur harus angka derajat dengan titik, misalnya -3.4202 dan 116.0061."
    is_inside = boundaries.SOUTH <= north <= boundaries.NORTH and boundaries.WEST <= east <= boundaries.EAST
    return None if is_inside else "Letak itu di luar Indonesia; periksa apakah lintang dan bujur tertukar."


def _setting(value: Mapping[str, str]) -> str | None:
    try:
        date.fromisoformat(value["value"] or "2000-01-01")
    except ValueError:
        return "Tulis tanggal sebagai tahun-bulan-hari, misalnya 2022-01-01, atau kosongkan."
    return None


_CHECKS: Final[Mapping[str, Callable[[Mapping[str, str]], str | None]]] = {
    OFFICE_AREAS.code: _area,
    CHECKPOINTS.code: _checkpoint,
    SETTINGS.code: _setting,
}
