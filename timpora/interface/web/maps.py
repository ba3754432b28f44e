"""What a map without internet shows: land, outlines if an office loaded them, hexagons if not, offices."""

import gzip
import hashlib
import json
from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import path
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from timpora.apps.wilayah import queries
from timpora.apps.wilayah.errors import WilayahError
from timpora.domain.territory import NATION, WIB, Level, TerritoryError, level
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.kernel import clock
from timpora.kernel.access import P

GEOJSON = "application/geo+json"
# A level is drawn from at most two levels above it: more would be megabytes on one screen.
STEPS_MAX = 2
CACHE_SECONDS = 300
COARSEST = 3
# Resolution of H3 by level of the region: usual, finest.
RESOLUTIONS = {Level.PROVINCE: (4, 5), Level.REGENCY: (5, 7), Level.DISTRICT: (7, 8), Level.VILLAGE: (8, 8)}


class MapTooWide(WilayahError):
    """So fine a level was asked for so wide a region that no screen could show it."""

    code = "map.too-wide"
    message = "Wilayah terlalu luas untuk tingkat ini. Pilih provinsi atau kabupaten dahulu."


class MapCodeUnreadable(WilayahError):
    """The address names no region, level or resolution."""

    code = "map.code-unreadable"
    message = "Kode wilayah, tingkat atau resolusi pada alamat peta tidak dapat dibaca."


@needs(P.WILAYAH_REFERENCE_READ)
@require_safe
def base(_request: OfficerRequest) -> HttpResponse:
    """Lead to the land of the region, a static file that the browser keeps."""
    return HttpResponseRedirect(static("geo/basemap_region.geojson"))


def _etag(request: HttpRequest, region: str) -> str:
    digests = ",".join(queries.boundary_digests(region, _level(request, region)))
    return f'"{hashlib.sha256(digests.encode()).hexdigest()[:24]}"'


@needs(P.WILAYAH_REFERENCE_READ)
@require_safe
@condition(etag_func=_etag)
def boundaries(request: OfficerRequest, region: str) -> HttpResponse:
    """Give the outlines of one level (`?tingkat=`) inside a region; none where none were loaded."""
    wanted = _level(request, region)
    packed = _outlines(region, wanted, _etag(request, region))
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(packed if takes_gzip else gzip.decompress(packed), content_type=GEOJSON)
    if takes_gzip:
        answer["Content-Encoding"] = "gzip"
    patch_vary_headers(answer, ["Accept-Encoding"])
    patch_cache_control(answer, private=True, max_age=CACHE_SECONDS)
    return answer


@needs(P.WILAYAH_REFERENCE_READ)
@require_safe
def hexagons(request: OfficerRequest) -> HttpResponse:
    """Give H3 cells over a region (`?kode=`) with their codes: inside its outline, or around known points."""
    code = request.GET.get("kode", "")
    found = _code_level(code)
    if found == Level.NATION:
        raise MapTooWide
    usual, finest = RESOLUTIONS[found]
    resolution = min(_number(request.GET.get("resolusi"), usual), finest)
    if resolution < COARSEST:
        raise MapCodeUnreadable
    return JsonResponse(queries.region_cells(code, resolution), content_type=GEOJSON)


@needs(P.WILAYAH_REFERENCE_READ)
@require_safe
def country(request: OfficerRequest) -> HttpResponse:
    """Show the immigration offices and entry points on the map of the country."""
    day = clock.today(request.actor.main.zone if request.actor.main else WIB)
    points = [*_office_points(day), *_gate_points()]
    loaded = queries.boundary_levels()
    page = {
        "points": points,
        "day": day,
        "has_outlines": bool(loaded),
        "outline_level": min(loaded, default=1),
    }
    return render(request, "wilayah/map.html", page)


def _office_points(day: date) -> list[dict[str, object]]:
    kinds = {"KANIM": "info", "KANWIL": "neutral", "RUDENIM": "waiting", "UKK": "neutral", "HQ": "good"}
    areas = {office.code: office.areas_on(day) for office in queries.office_rows()}
    names = queries.regions_by_code(code for codes in areas.values() for code in codes)
    return [
        {
            "id": office.code,
            "lat": office.lat,
            "lng": office.lng,
            "title": office.name,
            "lines": [_served([names[code].label if code in names else code for code in areas[office.code]])],
            "tone": kinds[office.kind],
        }
        for office in queries.office_rows()
        if office.lat is not None and office.kind != "KANWIL"
    ]


def _served(names: list[str]) -> str:
    said = _("seluruh Indonesia") if names == [NATION] else ", ".join(names)
    return _("Wilayah kerja: %(names)s") % {"names": said or _("belum ada")}


def _gate_points() -> list[dict[str, object]]:
    names = {"udara": _("Bandara"), "laut": _("Pelabuhan"), "darat": _("Pos lintas batas")}
    return [
        {
            "id": gate.code,
            "lat": gate.lat,
            "lng": gate.lng,
            "title": gate.name,
            "lines": [f"TPI · {names[gate.kind]}", gate.office_code],
            "tone": "caution",
            "shape": "square",
        }
        for gate in queries.checkpoint_list()
        if gate.lat is not None
    ]


@lru_cache(maxsize=32)
def _outlines(code: str, wanted: int, _etag: str) -> bytes:
    """Return the packed GeoJSON; the entity tag is part of the key, so a new load is seen at once."""
    rows = queries.boundary_list(code, wanted)
    regions = queries.regions_by_code(row.code for row in rows)
    features = ",".join(
        f'{{"type":"Feature","id":"{row.code}","properties":'
        f"{json.dumps({'code': row.code, 'name': regions[row.code].label})},"
        f'"geometry":{row.geometry}}}'
        for row in rows
    )
    return gzip.compress(f'{{"type":"FeatureCollection","features":[{features}]}}'.encode(), 6, mtime=0)


def _level(request: HttpRequest, code: str) -> int:
    inside = _code_level(code)
    wanted = _number(request.GET.get("tingkat"), max(int(inside), 1))
    if not max(int(inside), 1) <= wanted <= Level.VILLAGE:
        raise MapCodeUnreadable
    if wanted - inside > STEPS_MAX:
        raise MapTooWide
    return wanted


def _code_level(code: str) -> Level:
    try:
        return level(code)
    except TerritoryError as error:
        raise MapCodeUnreadable from error


def _number(text: str | None, usual: int) -> int:
    if not text:
        return usual
    if not text.isascii() or not text.isdigit():
        raise MapCodeUnreadable
    return int(text[:3])


app_name = "map"
urlpatterns = [
    path("peta", country, name="country"),
    path("peta/dasar.geojson", base, name="base"),
    path("peta/batas/<str:region>.geojson", boundaries, name="boundaries"),
    path("peta/sel.geojson", hexagons, name="hexagons"),
]
