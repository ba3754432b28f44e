"""Pickers and reference tables on the screen."""

import pytest
from django import forms
from django.test import Client

from tests.cast import dodi, surya
from tests.web import signed_in
from timpora.apps.wilayah import queries
from timpora.interface.web.region_field import RegionField

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("carried")]
JSON = {"Accept": "application/json"}


@pytest.fixture
def client():
    return signed_in(Client(), dodi)


@pytest.fixture
def waiting():
    return queries.reference_rows("indeks-visa", unverified_only=True)[0]


def test_a_picker_gets_options_with_the_chain(client):
    page = client.get("/wilayah/cari?q=sungai lembu kusan", headers={"Accept": "text/html"}).content.decode()
    assert 'data-code="63.10.02.2003"' in page
    assert "Desa Sungai Lembu, Kec. Kusan Hilir, Kab. Tanah Bumbu" in page
    assert (
        "Tidak ditemukan"
        in client.get("/wilayah/cari?q=zzqq", headers={"HX-Request": "true"}).content.decode()
    )


def test_a_machine_gets_json(client):
    (row,) = client.get("/wilayah/cari?q=tanah bumbu&tingkat=2&dalam=63", headers=JSON).json()["hasil"]
    assert (row["code"], row["label"], row["level"]) == ("63.10", "Kab. Tanah Bumbu", 2)
    assert client.get("/wilayah/cari", headers=JSON).json() == {"hasil": []}


@pytest.mark.parametrize("query", ["tingkat=9", "tingkat=x", "dalam=Kalsel", "dalam=63%27--"])
def test_a_question_nobody_can_answer_is_refused(client, query):
    assert client.get(f"/wilayah/cari?q=a&{query}", headers=JSON).status_code == 422


@pytest.mark.parametrize("text", ["%00", "%EF%BF%BF", "a" * 4000, "<script>", "%25"])
def test_odd_text_finds_nothing_and_breaks_nothing(client, text):
    answer = client.get(f"/wilayah/cari?q={text}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert "<script" not in answer.content.decode()


def test_tables_say_what_is_not_verified(client, waiting):
    assert "68 dari 79 belum diverifikasi" in client.get("/acuan").content.decode()
    page = client.get("/acuan/indeks-visa?hanya=belum").content.decode()
    assert page.count("belum diverifikasi</span>") == 68
    row = client.get(f"/acuan/indeks-visa/{waiting.id}").content.decode()
    assert "belum diverifikasi" in row
    assert waiting.source[:40] in row


def test_office_areas_name_their_kabupaten(client):
    page = client.get("/acuan/wilayah-kerja").content.decode()
    assert "Kab. Tanah Bumbu (63.10)" in page
    assert "KANIM-BATULICIN" in page
    assert client.get("/acuan/tpi").status_code == 200


def test_what_is_no_table_or_row_is_absent(client, waiting):
    assert client.get("/acuan/tidak-ada").status_code == 404
    assert client.get("/acuan/indeks-visa/999999999").status_code == 404
    assert client.get(f"/acuan/kebangsaan/{waiting.id}").status_code == 404


def test_only_who_may_corrects_a_row(client, waiting):
    address = f"/acuan/indeks-visa/{waiting.id}"
    assert '<form method="post" data-guard' not in client.get(address).content.decode()
    assert client.post(address, {"name_id": "x", "sumber": "x"}).status_code == 404
    assert not queries.reference_row_get(waiting.id).is_edited


def test_a_correction_is_kept_with_its_source(waiting):
    client = signed_in(Client(), surya)
    address = f"/acuan/indeks-visa/{waiting.id}"
    assert 'name="sumber"' in client.get(address).content.decode()
    refused = client.post(address, waiting.value | {"max_days": "45", "sumber": " "})
    assert refused.status_code == 422
    assert 'value="45"' in refused.content.decode()
    kept = client.post(address, waiting.value | {"max_days": "45", "code": "Z9", "sumber": "Kepmen X"})
    assert kept.status_code == 302
    row = queries.reference_row_get(waiting.id)
    assert (row.value["max_days"], row.value["code"], row.source) == ("45", waiting.value["code"], "Kepmen X")


class PlaceForm(forms.Form):
    tempat = RegionField(level=4, inside="63.10", required=False)


@pytest.mark.parametrize(
    ("given", "is_fine"),
    [("63.10.02.2003", True), ("", True), ("63.10.02", False), ("63.02.01.2001", False), ("00", False)],
)
def test_a_region_field_takes_what_it_was_told_to(given, is_fine):
    form = PlaceForm({"tempat": given})
    assert form.is_valid() is is_fine
    assert not is_fine or form.cleaned_data["tempat"] == given


def test_a_region_field_shows_the_name_of_what_was_chosen():
    drawn = str(PlaceForm({"tempat": "63.10.02.2003"})["tempat"])
    assert 'data-chain="Desa Sungai Lembu, Kec. Kusan Hilir, Kab. Tanah Bumbu"' in drawn
    assert 'data-region-picker="/wilayah/cari"' in drawn
    assert 'value="63.10.02.2003"' in drawn
