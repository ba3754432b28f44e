"""The map's data: outlines if loaded, hexagons if not, and never more than a screen can show."""

import gzip
import json

import pytest
from django.test import Client

from tests.cast import dodi, installer
from tests.web import signed_in
from timpora.apps.wilayah import actions
from timpora.kernel.database.session import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("carried")]
SQUARE = [[115.0, -3.0], [116.0, -3.0], [116.0, -4.0], [115.0, -4.0], [115.0, -3.0]]


@pytest.fixture
def client():
    return signed_in(Client(), dodi)


@pytest.fixture
def loaded(tmp_path):
    shape = {"type": "Polygon", "coordinates": [SQUARE]}
    features = [{"type": "Feature", "id": code, "geometry": shape} for code in ("63.10", "63.02", "16.01")]
    path = tmp_path / "batas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    with acting_as(installer):
        actions.boundaries_load(installer, path=path)


def test_without_outlines_the_answer_is_an_empty_collection(client):
    answer = client.get("/peta/batas/ID.geojson")
    assert answer["Content-Type"] == "application/geo+json"
    assert answer.json() == {"type": "FeatureCollection", "features": []}


def test_outlines_of_a_province(client, loaded):
    answer = client.get("/peta/batas/63.geojson?tingkat=2")
    features = answer.json()["features"]
    assert [f["id"] for f in features] == ["63.02", "63.10"]
    assert features[1]["properties"] == {"code": "63.10", "name": "Kab. Tanah Bumbu"}
    assert features[1]["geometry"]["coordinates"] == [SQUARE]


def test_outlines_travel_packed_and_are_not_sent_twice(client, loaded):
    answer = client.get("/peta/batas/63.10.geojson", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.content))["features"][0]["id"] == "63.10"
    again = client.get("/peta/batas/63.10.geojson", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "address",
    [
        "/peta/batas/ID.geojson?tingkat=3",
        "/peta/batas/63.geojson?tingkat=4",
        "/peta/batas/63.10.geojson?tingkat=1",
        "/peta/batas/63.10.geojson?tingkat=9",
        "/peta/batas/63.10.geojson?tingkat=x",
        "/peta/batas/Kalsel.geojson",
        "/peta/sel.geojson",
        "/peta/sel.geojson?kode=ID",
        "/peta/sel.geojson?kode=63.10&resolusi=-1",
        "/peta/sel.geojson?kode=63.10&resolusi=0",
    ],
)
def test_what_no_map_can_show_is_refused(client, address):
    assert client.get(address).status_code == 422


def test_hexagons_stand_in_for_outlines(client):
    body = client.get("/peta/sel.geojson?kode=63.10").json()
    owners = {f["properties"]["code"] for f in body["features"]}
    assert body["perkiraan"] is True
    assert "63.10" in owners or any(owner.startswith("63.10.") for owner in owners)


def test_hexagons_fill_an_outline(client, loaded):
    body = client.get("/peta/sel.geojson?kode=63.10&resolusi=9").json()
    assert body["perkiraan"] is False
    assert {f["properties"]["code"] for f in body["features"]} == {"63.10"}
    # The finest resolution of a kabupaten is 7: some five square kilometres.
    assert len(body["features"]) == pytest.approx(12_300 / 5.16, rel=0.2)


def test_the_base_map_is_a_static_file(client):
    answer = client.get("/peta/dasar.geojson")
    assert answer.status_code == 302
    assert "geo/basemap_region" in answer["Location"]


def test_the_land_stands_there_before_the_map_is_drawn(client):
    assert 'class="map-frame is-waiting"' in client.get("/peta").content.decode()
    assert 'mask: url("../geo/land.svg")' in client.get("/static/css/wilayah.css").content.decode()
    land = client.get("/static/geo/land.svg")
    assert land["Content-Type"] == "image/svg+xml"
    assert len(land.content) < 40_000


def test_the_map_of_offices_carries_their_points(client):
    page = client.get("/peta").content.decode()
    assert "KANIM-BATULICIN" in page
    assert "data-map" in page
    assert "<style" not in page
    assert 'style="' not in page
