"""Hexagons stand in for outlines and for exact places."""

from timpora.apps.wilayah import cells

BATULICIN = (-3.42, 116.0)


def test_cells_lie_around_a_point_and_keep_the_first_code():
    around = cells.cells_around([("63.10.01", *BATULICIN), ("63.10", *BATULICIN)], 5)
    assert len(around) == 7
    assert set(around.values()) == {"63.10.01"}


def test_cells_fill_an_outline():
    outline = '{"type":"Polygon","coordinates":[[[115,-3],[116,-3],[116,-4],[115,-3]]]}'
    inside = cells.cells_inside(outline, "63.10", 5)
    assert 15 < len(inside) < 40
    assert set(inside.values()) == {"63.10"}


def test_points_are_counted_by_cell():
    far = (-2.0, 113.0)
    assert sorted(cells.counted([BATULICIN, BATULICIN, far], 6).values()) == [1, 2]


def test_a_collection_is_geojson_with_closed_rings():
    cell = next(iter(cells.counted([BATULICIN], 5)))
    (feature,) = cells.collection({cell: {"jumlah": 1}})["features"]
    ring = feature["geometry"]["coordinates"][0]
    assert feature["id"] == cell
    assert feature["properties"] == {"jumlah": 1}
    assert ring[0] == ring[-1]
    assert all(115 < lng < 117 and -5 < lat < -2 for lng, lat in ring)
