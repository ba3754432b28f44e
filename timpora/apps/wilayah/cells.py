"""Hexagons (H3) over a region: what a map shows where no outlines were loaded; pure.

A cell of resolution 7 has about 5 square kilometres, of 5 about 250, of 4 about 1,770.
"""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

import h3

RING: Final = 1


def cells_around(points: Iterable[tuple[str, float, float]], resolution: int) -> dict[str, str]:
    """Return the cells at and next to the points, each with the code of the point nearest by rank.

    The first point to claim a cell keeps it, so give the points from the parts to the whole.
    """
    claimed: dict[str, str] = {}
    for code, lat, lng in points:
        for cell in h3.grid_disk(h3.latlng_to_cell(lat, lng, resolution), RING):
            claimed.setdefault(cell, code)
    return claimed


def cells_inside(geometry: str, code: str, resolution: int) -> dict[str, str]:
    """Return the cells whose middle lies in an outline (GeoJSON text)."""
    return dict.fromkeys(h3.geo_to_cells(json.loads(geometry), resolution), code)


def counted(points: Iterable[tuple[float, float]], resolution: int) -> dict[str, int]:
    """Count points (latitude, longitude) by cell, so that a map need not show where each one lies."""
    return dict(Counter(h3.latlng_to_cell(lat, lng, resolution) for lat, lng in points))


def collection(cells: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return cells with their properties as a GeoJSON FeatureCollection."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": cell,
                "properties": properties,
                "geometry": {"type": "Polygon", "coordinates": [_ring(cell)]},
            }
            for cell, properties in sorted(cells.items())
        ],
    }


def _ring(cell: str) -> list[list[float]]:
    corners = [[round(lng, 5), round(lat, 5)] for lat, lng in h3.cell_to_boundary(cell)]
    return [*corners, corners[0]]
