"""Reading the data files that come with the program; pure, and the same on every machine."""

import csv
import gzip
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from timpora.apps.wilayah.errors import CarriedDataBroken
from timpora.apps.wilayah.types import AreaRow, OfficeRow, PublishedFigure
from timpora.domain.territory import zone_of

FOLDER: Final = Path(__file__).resolve().parent / "data"
# Raised when this code reads the same files differently, so that a new release loads them again.
FORMAT: Final = "1"
REGION_FILES: Final = ("region_points.csv", "regions.csv.gz")
# The areas of 2024 hold from the regulation in force in 2020 until the eighteen new offices opened.
ERAS: Final = (
    ("2024", date(2020, 1, 1), date(2026, 1, 26)),
    ("2026", date(2026, 1, 26), None),
)
PUBLISHED: Final = ("crossings", "enforcement", "operations", "presence")
# A file of ours holds none of these, so that it can go to the database as one block of text.
_NOT_CARRIED: Final = "\t\r\\\0"
_WHOLE_COUNTRY: Final = "ALL"


def digest() -> str:
    """Return the fingerprint of all carried tables, which tells whether they were loaded already."""
    return _digest(sorted(path.name for path in FOLDER.glob("*.csv*")))


def regions_digest() -> str:
    """Return the fingerprint of the regions alone: by far the most rows, and the rarest to change."""
    return f"regions {_digest(REGION_FILES)}"


def _digest(names: Iterable[str]) -> str:
    total = hashlib.sha256(FORMAT.encode())
    for name in names:
        total.update(name.encode())
        total.update((FOLDER / name).read_bytes())
    return total.hexdigest()


def rows(name: str) -> Iterator[dict[str, str]]:
    """Give the rows of a carried table; `name` ends in `.csv` or `.csv.gz`."""
    broken = CarriedDataBroken(f"Berkas data bawaan {name} rusak; pasang ulang program.")
    path = FOLDER / name
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    except (OSError, EOFError, UnicodeError) as error:
        raise broken from error
    if any(character in text for character in _NOT_CARRIED):
        raise broken
    yield from csv.DictReader(io.StringIO(text, newline=""))


def points() -> dict[str, tuple[float, float, str]]:
    """Return latitude, longitude and precision of the regions whose place is known."""
    return {
        row["code"]: (float(row["lat"]), float(row["lng"]), row["precision"])
        for row in rows("region_points.csv")
    }


def area_rows() -> tuple[AreaRow, ...]:
    """Return which office serves which kabupaten/kota in each era, as carried."""
    return tuple(
        area
        for row in rows("office_areas.csv")
        for area in areas_of(row, row["confidence_2026"], row["source"])
    )


def areas_of(row: dict[str, str], confidence: str, source: str) -> Iterator[AreaRow]:
    """Give the areas that one row of the office areas stands for, shared ones marked partial."""
    for era, starts, ends in ERAS:
        main = row[f"office_{era}"]
        for office in (main, *row["also_partly"].split()):
            yield AreaRow(
                office_code=office,
                region_code=row["regency_code"],
                starts=starts,
                ends=ends,
                is_partial=office != main,
                confidence=confidence,
                source=source,
            )


@lru_cache(maxsize=1)
def offices() -> tuple[OfficeRow, ...]:
    """Return the immigration offices with the areas they serve."""
    areas: dict[str, list[AreaRow]] = defaultdict(list)
    for area in area_rows():
        areas[area.office_code].append(area)
    known = points()
    return tuple(_office(row, tuple(areas[row["code"]]), known) for row in rows("offices.csv"))


def published(table: str) -> Iterator[PublishedFigure]:
    """Give the published totals of one of `PUBLISHED`."""
    for row in rows(f"stats/{table}.csv"):
        rest = {name: text for name, text in row.items() if name not in {"value", "source"}}
        yield PublishedFigure(table=table, values=rest, value=row["value"], source=row["source"])


def _office(
    row: dict[str, str], areas: tuple[AreaRow, ...], known: dict[str, tuple[float, float, str]]
) -> OfficeRow:
    lat, lng, _ = known.get(row["regency_code"], (None, None, ""))
    return OfficeRow(
        code=row["code"],
        kind=row["kind"],
        name=row["name"],
        place=row["place"],
        office_class=row["office_class"],
        is_tpi={"1": True, "0": False}.get(row["tpi"]),
        province_code=row["province_code"],
        regency_code=row["regency_code"],
        parent=row["parent"],
        zone=zone_of(row["regency_code"]),
        lat=lat,
        lng=lng,
        source=row["source"],
        areas=areas or _wider_areas(row),
    )


def _wider_areas(row: dict[str, str]) -> tuple[AreaRow, ...]:
    """Return the areas of units that serve provinces or the country; without a list, the seat alone."""
    if row["kind"] == "KANIM":
        # A new office has no area before it opened; its rows of 2026 stand in office_areas.csv.
        return ()
    named = row["working_area"]
    codes = ["ID"] if named == _WHOLE_COUNTRY else named.split() or [row["regency_code"]]
    return tuple(
        AreaRow(
            office_code=row["code"],
            region_code=code,
            starts=ERAS[0][1],
            ends=None,
            is_partial=False,
            confidence=row["wa_confidence"] or "guess",
            source=row["wa_source"],
        )
        for code in codes
    )
