"""Boundaries are read from what an office has, and anything else is refused with a word on what to do."""

import gzip
import json

import pytest

from timpora.apps.wilayah import boundaries
from timpora.apps.wilayah.boundaries import outlines
from timpora.apps.wilayah.errors import BoundaryFileUnreadable, BoundaryOutsideIndonesia

RING = [[115.0, -3.0], [116.0, -3.0], [116.0, -4.0], [115.0, -3.0]]


def feature(code="63.10", ring=RING, kind="Polygon", **more):
    coordinates = [[ring]] if kind == "MultiPolygon" else [ring]
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "id": code, "properties": {"name": "x"}, "geometry": geometry} | more


def written(tmp_path, *features, text=None, name="batas.geojson"):
    path = tmp_path / name
    content = text if text is not None else json.dumps({"type": "FeatureCollection", "features": features})
    path.write_bytes(gzip.compress(content.encode()) if name.endswith(".gz") else content.encode())
    return path


@pytest.mark.parametrize("name", ["batas.geojson", "batas.geojson.gz", "batas.txt"])
def test_outlines_are_read_packed_or_not(tmp_path, name):
    path = written(tmp_path, feature(), feature("63.10.01", kind="MultiPolygon"), name=name)
    found = list(outlines(path))
    assert [(o.code, o.level) for o in found] == [("63.10", 2), ("63.10.01", 3)]
    assert found[1].geometry == {"type": "MultiPolygon", "coordinates": [[RING]]}


def test_the_code_may_stand_in_the_properties(tmp_path):
    path = written(tmp_path, feature(None, properties={"code": "63.02"}))
    assert [o.code for o in outlines(path)] == ["63.02"]


def test_a_feature_larger_than_a_chunk_is_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(boundaries, "CHUNK", 64)
    ring = [[115 + i / 1000, -3.0] for i in range(500)]
    path = written(tmp_path, feature(ring=[*ring, ring[0]]), feature("63.02"))
    assert [o.code for o in outlines(path)] == ["63.10", "63.02"]


def test_a_file_without_features_has_no_outlines(tmp_path):
    assert list(outlines(written(tmp_path))) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kode,nama\n63,Kalsel",
        '{"type": "FeatureCollection"}',
        '{"features": [1]}',
        '{"features": [{"id": "63.10"',
        '{"features": [' + "[" * 100_000,
        '{"features": [{"a": ' + "[" * 100_000,
        '{"features": [{"id": "63.10", "geometry": {"type": "Polygon", "coordinates": NaN}}]}',
        "\x00",
    ],
    ids=["empty", "csv", "no-list", "number", "cut", "deep-list", "deep-feature", "nan", "nul"],
)
def test_another_kind_of_file_is_refused(tmp_path, text):
    with pytest.raises(BoundaryFileUnreadable):
        list(outlines(written(tmp_path, text=text)))


@pytest.mark.parametrize(
    "wrong",
    [
        feature("Tanah Bumbu"),
        feature(""),
        feature("ID"),
        feature("6310"),
        feature(geometry=None),
        feature(geometry={"type": "Point", "coordinates": [115, -3]}),
        feature(geometry={"type": "Polygon", "coordinates": []}),
        feature(geometry={"type": "Polygon", "coordinates": [[]]}),
        feature(geometry={"type": "MultiPolygon", "coordinates": [[]]}),
        feature(ring=RING[:3]),
        feature(ring=[*RING[:3], [115.5, -3.5]]),
        feature(ring=[["a", "b"]] * 4),
        feature(ring=[{"x": 1}] * 4),
        feature(ring=[["inf", 1]] * 4),
        feature(properties=[]) | {"id": None},
    ],
)
def test_a_feature_that_is_no_outline_is_refused(tmp_path, wrong):
    with pytest.raises(BoundaryFileUnreadable):
        list(outlines(written(tmp_path, feature(), wrong)))


def test_geometry_elsewhere_is_refused_and_a_swap_is_named(tmp_path):
    swapped = [[lat, lng] for lng, lat in RING]
    with pytest.raises(BoundaryOutsideIndonesia, match="tertukar"):
        list(outlines(written(tmp_path, feature(ring=swapped))))
    metres = [[500_000.0, 9_600_000.0]] * 4
    with pytest.raises(BoundaryOutsideIndonesia, match="meter"):
        list(outlines(written(tmp_path, feature(ring=metres))))


def test_a_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(boundaries, "CHARACTERS_MAX", 10_000_000)
    path = tmp_path / "bom.geojson.gz"
    path.write_bytes(gzip.compress(b'{"features": [' + b" " * 20_000_000))
    with pytest.raises(BoundaryFileUnreadable, match="terlalu besar"):
        list(outlines(path))


def test_what_is_no_file_or_cut_short_is_told(tmp_path):
    path = written(tmp_path, feature(), name="a.geojson.gz")
    path.write_bytes(path.read_bytes()[:-12])
    for wrong in (tmp_path, tmp_path / "tidak-ada", path):
        with pytest.raises(BoundaryFileUnreadable):
            list(outlines(wrong))
    (tmp_path / "latin").write_bytes(b'{"features": ["\xff\xfe"]}')
    with pytest.raises(BoundaryFileUnreadable, match="UTF-8"):
        list(outlines(tmp_path / "latin"))
