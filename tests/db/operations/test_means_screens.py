"""The pages of planning, pressed as officers press them."""

import html

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, citra, dodi, hasan, ratna
from tests.db.operations import world
from tests.web import signed_in
from timpora.apps.operations import queries
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db


def page(client, route, *args, status=200, **post):
    url = reverse(f"operations:{route}", args=args)
    answer = client.post(url, post) if post else client.get(url)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return html.unescape(answer.content.decode())


def desk(actor):
    return signed_in(Client(), actor)


def phase_of(operation):
    with acting_as(bayu):
        return queries.operation_get(bayu, operation).phases[0].id


@pytest.mark.usefixtures("carried")
def test_from_an_empty_list_to_a_team_with_its_car_and_a_shortfall_the_centre_reads(operation):
    client, centre = desk(bayu), desk(ratna)
    world.people()
    assert "Belum ada kendaraan atau perlengkapan" in page(client, "means")
    items = "Toyota Hilux, DA 8123 ZK\n\nToyota Avanza, hitam, DA 99 XX\n"
    page(client, "asset-add", status=302, resource="mobil", items=items)
    shown = page(client, "means")
    assert "DA 8123 ZK" in shown
    assert "Toyota Avanza, hitam" in shown
    phase = phase_of(operation)
    assert "21-08-2024 00.00 – 23-08-2024 24.00 WITA" in page(client, "need", operation)
    page(client, "need", operation, status=302, phase=phase, target="", mobil=3, petugas=9)
    assert "kekurangan petugas atau barang" in page(client, "offices", operation)
    told = page(centre, "offices", operation)
    assert "1 kantor kekurangan" in told
    assert 'value="3"' in page(client, "need", operation)
    with acting_as(bayu):
        (car, *_) = queries.asset_list(bayu, world.BATULICIN)
    words = {"name": "Regu 1", "phase": phase, "leader": dodi.id, "assets": [car.id]}
    page(client, "team-form", operation, status=302, **words)
    assert car.name in page(client, "teams", operation)
    again = page(
        client, "team-form", operation, status=422, **(words | {"name": "Regu 2", "leader": world.edi.id})
    )
    assert f"{car.name} {car.mark} (Regu 1, Jagratara Tahap II) sampai 23-08-2024 24.00 WITA" in again
    with acting_as(bayu):
        (team,) = queries.team_list(bayu, operation)
    page(client, "team-equip", operation, team.id, status=302, vehicles="Pinjaman Pemda")
    assert "Pinjaman Pemda" in page(client, "teams", operation)
    for reader in (desk(citra), desk(ratna)):
        page(reader, "team-equip", operation, team.id, status=404)


def test_a_leave_is_noted_seen_and_taken_back(operation):
    client = desk(bayu)
    days = {"thing": dodi.id, "first_day": "2024-08-22", "last_day": "2024-08-23"}
    page(client, "absence", status=422, **days, because="")
    page(client, "absence", status=302, **days, because="Cuti")
    shown = page(client, "means")
    assert "22-08-2024 s.d. 23-08-2024" in shown
    assert "Cuti s.d. 23-08" in page(client, "team-form", operation)
    (url,) = {line for line in shown.split('"') if line.endswith("/batal")}
    assert desk(citra).post(url).status_code == 404
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 404
    assert "Cuti" not in page(client, "means").replace("Misalnya: cuti", "")


def test_a_broken_thing_says_why_and_can_be_used_again():
    world.people()
    client = desk(hasan)
    page(client, "asset-add", status=422, resource="mobil", items="Hilux tanpa nomor")
    page(client, "asset-add", status=302, resource="mobil", items="Hilux, DA 1")
    (url,) = {line for line in page(client, "means").split('"') if "/barang/" in line}
    client.post(url, {"usable": "tidak", "because": ""})
    assert "Tulis mengapa barang ini tidak dapat dipakai." in page(client, "means")
    client.post(url, {"usable": "tidak", "because": "Rem blong"})
    assert "Rem blong" in page(client, "means")
    client.post(url, {"usable": "ya"})
    assert "Rem blong" not in page(client, "means")


def test_the_page_of_offices_asks_no_more_with_more_things(operation, django_assert_max_num_queries):
    client, own = desk(ratna), desk(bayu)
    url = reverse("operations:offices", args=[operation])

    def asked():
        with django_assert_max_num_queries(40) as found:
            client.get(url)
        return len(found)

    before = asked()
    page(own, "asset-add", status=302, resource="mobil", items="A, 1\nB, 2\nC, 3")
    page(
        own, "need", operation, status=302, phase=phase_of(operation), target="", mobil=5, petugas=2, radio=1
    )
    assert asked() == before


@pytest.mark.parametrize("wrong", [{"mobil": ""}, {"mobil": "1000"}, {"mobil": "-1"}, {"mobil": "banyak"}])
def test_a_need_that_is_no_number_comes_back(operation, wrong):
    client, phase = desk(bayu), phase_of(operation)
    page(client, "need", operation, status=422, phase=phase, target="", **wrong)
    page(client, "need", operation, status=302, phase=phase, target="", mobil="2")


def test_who_is_short_of_something_stands_first(operation):
    centre, url = desk(ratna), reverse("operations:offices", args=[operation])

    def first():
        return centre.get(url).context["rows"][0][0].unit_code

    assert first() == world.BATULICIN
    page(desk(citra), "need", operation, status=302, phase=phase_of(operation), target="", mobil="2")
    assert first() == world.PALEMBANG
