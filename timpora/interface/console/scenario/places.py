"""Reads the tables of places, employers, name parts and offices that lie beside the code."""

import csv
from functools import cache
from pathlib import Path
from random import Random

from timpora.interface.console.scenario.records import Employer, Place

HERE = Path(__file__).parent


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def places() -> dict[str, Place]:
    """Every place of the scenario by its number."""
    return {
        row["id"]: Place(
            id=row["id"],
            kind=row["kind"],
            name=row["name"],
            wilayah=row["wilayah"],
            kecamatan=row["kecamatan"],
            kabupaten=row["kabupaten"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            address=row["address"],
            office=row["office"],
        )
        for row in _rows("places.csv")
    }


@cache
def employers() -> dict[str, Employer]:
    """Every company of the scenario by its number."""
    return {
        row["id"]: Employer(
            id=row["id"],
            name=row["name"],
            sector=row["sector"],
            site=row["site"],
            mess=row["mess"],
            weight=int(row["weight"]),
        )
        for row in _rows("employers.csv")
    }


def places_of(office: str, *kinds: str) -> tuple[Place, ...]:
    """Return the places of those kinds in an office's territory, in the order of the table."""
    return tuple(p for p in places().values() if p.office == office and p.kind in kinds)


def employers_of(office: str) -> tuple[Employer, ...]:
    """Return the companies whose site lies in an office's territory."""
    return tuple(e for e in employers().values() if places()[e.site].office == office)


@cache
def name_parts() -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Latin name parts by nationality, part (`surname`, `given`) and sex (`M`, `F`, or blank for both)."""
    parts: dict[tuple[str, str, str], list[str]] = {}
    for row in _rows("names.csv"):
        parts.setdefault((row["nationality"], row["part"], row["sex"]), []).append(row["latin"])
    return {key: tuple(values) for key, values in parts.items()}


@cache
def other_offices() -> tuple[dict[str, str], ...]:
    """Return the offices that take part from outside the two populated provinces."""
    return tuple(_rows("offices.csv"))


def stream(seed: int, name: str) -> Random:
    """Return a generator of its own for one purpose, so that one draw never shifts another."""
    # The draws shape a demonstration, they protect nothing.
    return Random(f"{seed}:{name}")  # noqa: S311
