"""What others may ask about places and reference data; none of it is secret, so no actor is asked for."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeVar

from django.db.models import Case, Count, IntegerField, Max, Min, Model, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Replace

from timpora.apps.wilayah import cells, files
from timpora.apps.wilayah.errors import ReferenceRowUnknown, RegionUnknown
from timpora.apps.wilayah.keys import is_code, search_words
from timpora.apps.wilayah.models import (
    Boundary,
    Checkpoint,
    OfficeArea,
    ReferenceLoad,
    ReferenceRow,
    Region,
    RegionWord,
)
from timpora.apps.wilayah.tables import NATIONALITIES, SETTINGS, STAY_PERMITS, TABLES, VISA_INDEX, VISA_REGIME
from timpora.apps.wilayah.types import (
    BoundaryView,
    CheckpointView,
    NationalityView,
    OfficeRow,
    PublishedFigure,
    ReferenceRowView,
    ReferenceTable,
    RegionView,
    TableView,
)
from timpora.domain.territory import NATION, Level, steps, zone_of

# Nobody types more; a longer text would only make the search slow.
_WORDS_MAX: Final = 6
_LIMIT_MAX: Final = 100
# Degrees of latitude or longitude around known points, about 40 km: a kabupaten with one point fits.
MARGIN: Final = 0.35
Bounds = tuple[float, float, float, float]
M = TypeVar("M", bound=Model)


def region_get(code: str) -> RegionView:
    """Return one region; raises `RegionUnknown`."""
    row = Region.objects.filter(pk=code).first()
    if row is None:
        raise RegionUnknown(f"Kode wilayah {code} tidak dikenal. Pilih wilayah dari daftar.")
    return _region(row)


def regions_by_code(codes: Iterable[str]) -> dict[str, RegionView]:
    """Return the regions of these codes; unknown ones are missing from the answer."""
    return {row.code: _region(row) for row in Region.objects.filter(pk__in=set(codes))}


def region_list(parent: str | None = None) -> list[RegionView]:
    """Return the regions directly inside `parent`, or the provinces; ordered by code."""
    inside = None if parent in {None, NATION} else parent
    return [_region(row) for row in Region.objects.filter(parent=inside, is_current=True).order_by("code")]


def region_search(
    text: str, *, level: int | None = None, within: str | None = None, limit: int = 20
) -> list[RegionView]:
    """Find regions by what somebody types: beginnings of words of the name, of what contains it, or a code.

    `satui tanah` finds Kec. Satui in Kab. Tanah Bumbu; at least one word must be of the region's own name.
    `level` is 1 (province) to 4 (village), `within` a code. Best matches and larger regions first.
    """
    limit = max(1, min(limit, _LIMIT_MAX))
    if is_code(text):
        starts = text.strip().rstrip(".")
        rows = Region.objects.filter(code__startswith=starts, is_current=True)
        found = _narrowed(rows, level, within).order_by("level", "code")[:limit]
        return [_region(row) for row in found]
    words = search_words(text)[:_WORDS_MAX]
    if not words:
        return []
    candidates = _candidates(words)
    if max(map(len, words)) == 1:
        # One letter begins a third of all villages: only the larger regions answer to it.
        candidates = candidates.filter(level__lte=Level.REGENCY)
    codes = list(_narrowed(candidates, level, within).values_list("code", flat=True)[:limit])
    by_code = regions_by_code(codes)
    return [by_code[code] for code in codes if code in by_code]


def office_rows() -> tuple[OfficeRow, ...]:
    """Return the immigration offices as the program carries them, with their areas."""
    return files.offices()


def offices_of(region_code: str, day: date) -> tuple[str, ...]:
    """Return the codes of the offices that served the kabupaten/kota of `region_code` on `day`.

    The main office comes first, those that share it by kecamatan after it.
    """
    rows = OfficeArea.objects.filter(
        Q(ends=None) | Q(ends__gt=day), region_code=region_code[:5], starts__lte=day
    )
    return tuple(rows.order_by("is_partial", "office_code").values_list("office_code", flat=True))


def checkpoint_list(*, office_code: str | None = None) -> list[CheckpointView]:
    """Return the entry points, of one office or all; ordered by name."""
    rows = Checkpoint.objects.order_by("name", "code")
    return [_checkpoint(row) for row in (rows.filter(office_code=office_code) if office_code else rows)]


def checkpoint_get(code: str) -> CheckpointView | None:
    """Return one entry point, if it is known."""
    row = Checkpoint.objects.filter(pk=code).first()
    return _checkpoint(row) if row else None


def nationality_list() -> list[NationalityView]:
    """Return every nationality code of a passport, ordered by Indonesian name."""
    rows = ReferenceRow.objects.filter(table=NATIONALITIES.code)
    return sorted((_nationality(row.value) for row in rows), key=lambda nation: nation.name_id)


def nationalities_carried() -> list[NationalityView]:
    """Return the nationality codes as the program carries them, without what an office corrected."""
    return [_nationality(row) for row in files.rows(NATIONALITIES.file)]


def nationality_get(code: str) -> NationalityView | None:
    """Return one nationality by the code printed in a passport, if it is known."""
    row = ReferenceRow.objects.filter(table=NATIONALITIES.code, key=code).first()
    return _nationality(row.value) if row else None


def nationality_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the Indonesian names of the nationality codes of passports; unknown codes are missing."""
    wanted = {code for code in codes if code}
    if not wanted:
        return {}
    rows = ReferenceRow.objects.filter(table=NATIONALITIES.code, key__in=wanted)
    return {row.value["code"]: row.value["id"] for row in rows}


def visa_index_list() -> list[ReferenceRowView]:
    """Return the visa indices, older ones included (column `status`)."""
    return reference_rows(VISA_INDEX.code)


def visa_regime_list() -> list[ReferenceRowView]:
    """Return which nationality codes are visa-free, get a visa on arrival or need a calling visa."""
    return reference_rows(VISA_REGIME.code)


def stay_permit_list() -> list[ReferenceRowView]:
    """Return the kinds of stay permit."""
    return reference_rows(STAY_PERMITS.code)


def crossings_since() -> date | None:
    """Return the day from which the crossing lists are held without a gap; None while nobody has said."""
    row = ReferenceRow.objects.filter(table=SETTINGS.code, key="crossings_since").first()
    told = row.value.get("value", "") if row else ""
    return date.fromisoformat(told) if told else None


def reference_tables() -> list[TableView]:
    """Return the editable tables with the number of their rows and of those not yet verified."""
    counted = {
        row["table"]: (row["rows"], row["unverified"])
        for row in ReferenceRow.objects.values("table").annotate(
            rows=Count("id"), unverified=Count("id", filter=Q(is_verified=False))
        )
    }
    return [
        TableView(table.code, table.title, table.meaning, *counted.get(table.code, (0, 0)))
        for table in TABLES.values()
    ]


def reference_table(code: str) -> ReferenceTable | None:
    """Return the columns of an editable table, if there is one of this code."""
    return TABLES.get(code)


def reference_rows(table: str, *, unverified_only: bool = False) -> list[ReferenceRowView]:
    """Return the rows of an editable table in the order of their keys."""
    rows = ReferenceRow.objects.filter(table=table).order_by("key")
    return [reference_view(row) for row in (rows.filter(is_verified=False) if unverified_only else rows)]


def reference_row_get(row_id: int) -> ReferenceRowView:
    """Return one row of an editable table; raises `ReferenceRowUnknown`."""
    row = ReferenceRow.objects.filter(pk=row_id).first()
    if row is None:
        raise ReferenceRowUnknown
    return reference_view(row)


def published_figures(table: str, **values: str) -> Iterator[PublishedFigure]:
    """Give published totals of one table (`files.PUBLISHED`) that have these column values."""
    for figure in files.published(table):
        if all(figure.values.get(name) == wanted for name, wanted in values.items()):
            yield figure


def reference_is_current() -> bool:
    """Tell whether the carried files are those in the database."""
    return ReferenceLoad.objects.filter(pk=files.digest()).exists()


def boundary_levels() -> dict[int, int]:
    """Return how many outlines of each level an office has loaded; empty where none."""
    counted = Boundary.objects.values_list("level").annotate(rows=Count("code")).order_by("level")
    return dict(counted)


def boundary_digests(code: str, level: int) -> list[str]:
    """Return the fingerprints of the loaded outlines of one level inside `code`, for a browser's cache."""
    return list(_boundaries(code, level).order_by("code").values_list("digest", flat=True))


def boundary_list(code: str, level: int) -> list[BoundaryView]:
    """Return the loaded outlines of one level inside `code` (or of it); empty where none were loaded."""
    rows = _boundaries(code, level).annotate(text=Cast("geometry", TextField())).order_by("code")
    return [
        BoundaryView(code=found, level=level, geometry=text, digest=digest, source=source)
        for found, text, digest, source in rows.values_list("code", "text", "digest", "source")
    ]


def region_cells(code: str, resolution: int) -> dict[str, Any]:
    """Return H3 cells over a region as GeoJSON, each with code and name of the smallest known part.

    Inside the outline where one was loaded; else at and next to the known points, and then the member
    `perkiraan` is true.
    """
    outlines = boundary_list(code, len(steps(code)) - 1)
    if outlines:
        claimed = cells.cells_inside(outlines[0].geometry, code, resolution)
    else:
        # The parts claim their cells before the whole.
        points = sorted(_points_inside(code), key=lambda point: (-len(point[0]), point))
        claimed = cells.cells_around(points, resolution)
    names = regions_by_code(claimed.values())
    shown = {
        cell: {"code": owner, "name": names[owner].label if owner in names else owner}
        for cell, owner in claimed.items()
    }
    return {**cells.collection(shown), "perkiraan": not outlines}


def area_bounds(codes: Iterable[str]) -> Bounds | None:
    """Return west, south, east and north (degrees) around the known points of regions, with a margin.

    Nothing for the whole country, and where no point is known.
    """
    inside, wanted = Q(pk__in=[]), set(codes)
    for code in wanted:
        inside |= Q(code=code) | Q(code__startswith=f"{code}.")
    if NATION in wanted:
        return None
    rows = Region.objects.filter(inside, lat__isnull=False, lng__isnull=False)
    found = rows.aggregate(west=Min("lng"), south=Min("lat"), east=Max("lng"), north=Max("lat"))
    if found["west"] is None:
        return None
    west, south, east, north = (float(found[side]) for side in ("west", "south", "east", "north"))
    return west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN


def counted_cells(points: Iterable[tuple[float, float]], resolution: int) -> dict[str, Any]:
    """Count points (latitude, longitude) by H3 cell, as GeoJSON with `jumlah`, so that none shows alone."""
    found = cells.counted(points, resolution)
    return cells.collection({cell: {"jumlah": count} for cell, count in found.items()})


def reference_view(row: ReferenceRow) -> ReferenceRowView:
    """Return a row of an editable table as a value."""
    return ReferenceRowView(
        id=row.pk,
        table=row.table,
        key=row.key,
        value=dict(row.value),
        is_verified=row.is_verified,
        confidence=row.confidence,
        source=row.source,
        edited_by=row.edited_by,
        edited_at=row.edited_at,
    )


def _points_inside(code: str) -> list[tuple[str, float, float]]:
    inside = Q(code=code) | Q(code__startswith=f"{code}.")
    regions = Region.objects.filter(inside, lat__isnull=False).values_list("code", "lat", "lng")
    gates = Checkpoint.objects.filter(
        Q(region_code=code) | Q(region_code__startswith=f"{code}."), lat__isnull=False
    ).values_list("region_code", "lat", "lng")
    return [(found, float(lat or 0), float(lng or 0)) for found, lat, lng in (*regions, *gates)]


def _candidates(words: tuple[str, ...]) -> QuerySet[RegionWord]:
    """Return the word rows that fit what was typed, best first, each region once."""
    joined = "".join(words)
    own, everywhere = Q(), Q()
    for word in words:
        own |= Q(word__startswith=word)
        everywhere &= Q(chain_key__contains=f" {word}")
    beginnings = [" ".join(words[:size]) for size in range(1, len(words) + 1)]
    rank = Case(
        When(whole=joined, then=0),
        When(name_key__in=beginnings, then=1),
        When(name_key__startswith=beginnings[-1], then=2),
        default=3,
        output_field=IntegerField(),
    )
    # `kota baru` also means Kotabaru: what was typed written together may begin a name.
    rows = RegionWord.objects.filter((own & everywhere) | Q(word__startswith=joined))
    whole = Replace("name_key", Value(" "), Value(""), output_field=TextField())
    return rows.annotate(whole=whole, rank=rank).order_by("rank", "level", "name_key", "code").distinct()


def _narrowed(rows: QuerySet[M], level: int | None, within: str | None) -> QuerySet[M]:
    if level is not None:
        rows = rows.filter(level=level)
    if within and within != NATION:
        rows = rows.filter(Q(code=within) | Q(code__startswith=f"{within}."))
    return rows


def _boundaries(code: str, level: int) -> QuerySet[Boundary]:
    rows = Boundary.objects.filter(level=level)
    return rows if code == NATION else rows.filter(Q(code=code) | Q(code__startswith=f"{code}."))


def _region(row: Region) -> RegionView:
    return RegionView(
        code=row.code,
        name=row.name,
        label=row.label,
        chain=row.chain,
        kind=row.kind,
        level=row.level,
        parent=row.parent,
        lat=row.lat,
        lng=row.lng,
        precision=row.precision,
        zone=row.zone,
    )


def _checkpoint(row: Checkpoint) -> CheckpointView:
    return CheckpointView(
        code=row.code,
        name=row.name,
        kind=row.kind,
        region_code=row.region_code,
        office_code=row.office_code,
        lat=row.lat,
        lng=row.lng,
        zone=zone_of(row.region_code),
        confidence=row.confidence,
        source=row.source,
    )


def _nationality(value: Mapping[str, str]) -> NationalityView:
    return NationalityView(
        code=value["code"],
        kind=value["kind"],
        alpha2=value["iso_alpha2"],
        name_id=value["id"],
        name_en=value["en"],
        aliases=tuple(name.strip() for name in value["aliases_id"].split(";") if name.strip()),
    )
