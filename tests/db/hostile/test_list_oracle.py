"""A list asks nobody's register whether somebody is known, and forges none of Immigration (P9, P10)."""

import re

import pytest
from django.test import Client

from tests.cast import bayu, citra, officer, wulan
from tests.db.interface.web.test_intake import FORM, GOOD, drop, dropped, run, text
from tests.web import signed_in
from timpora.apps.registry import queries as registry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
tirta = officer("Tirta", "tpi_officer", "TPI-BATULICIN", "63.10")
mega = officer("Mega", "timpora_secretary", "KANIM-BATULICIN", "63.10")
TITLES = "Nama Tamu;No Paspor;Kebangsaan;Tgl Lahir;L/P;Check In;Penginapan"
GUEST = "WANG XIAOMING;E1234567;Tiongkok;01-05-1980;L;20-08-2024;Ebony"
OTHER = "PARK JISOO;Z7654321;Korea Selatan;12-11-1991;P;20-08-2024;Ebony"
COLUMNS = ("name", "document_number", "nationality", "birth_date", "sex", "checked_in_on", "lodging_name")
GUESTS = {"jenis": "penginapan"} | {f"kolom-{at}": name for at, name in enumerate(COLUMNS)}


def permits_of_palembang():
    client = signed_in(Client(), citra)
    address = dropped(client, GOOD)
    client.post(f"{address}/masukkan", FORM)
    run(address)


def sent(sender, row):
    """Send one guest and return what the sender reads of it in the end."""
    client = signed_in(Client(), sender)
    address = dropped(client, content=f"{TITLES}\r\n{row}".encode())
    assert client.post(f"{address}/masukkan", GUESTS).status_code == 302
    run(address)
    shown = text(client.get(address)) + text(client.get(f"{address}/kemajuan"))
    shown = shown[shown.index("<main") :].replace(address, "ALAMAT")
    return re.sub(r'[0-9a-f]{64}|[0-9a-f]{12}\b|value="[A-Za-z0-9]{64}"', "SIDIK", shown)


def test_an_agency_reads_the_same_of_a_person_known_elsewhere_and_of_one_unknown():
    permits_of_palembang()
    assert sent(wulan, GUEST) == sent(wulan, OTHER)


def test_the_desk_that_decides_pairs_reads_what_became_of_a_list():
    permits_of_palembang()
    assert "0 orang baru" in sent(bayu, GUEST)
    assert "1 orang baru" in sent(bayu, OTHER)


@pytest.mark.parametrize(
    ("sender", "kind", "status"),
    [
        (wulan, "izin_tinggal", 422),
        (wulan, "perlintasan", 422),
        (tirta, "izin_tinggal", 422),
        (mega, "izin_tinggal", 302),
        (bayu, "izin_tinggal", 302),
    ],
)
def test_a_permit_is_told_by_immigration_alone(sender, kind, status):
    """An agency's list once made anybody in the country a holder of a permit until 2031."""
    permits_of_palembang()
    client = signed_in(Client(), sender)
    address = drop(client, GOOD.replace("31-12-2024", "31-12-2031"))["Location"]
    answer = client.post(f"{address}/masukkan", FORM | {"jenis": kind})
    assert answer.status_code == status
    if status == 422:
        assert "hanya dari Imigrasi" in text(answer) or "masih harus diisi" in text(answer)
        return
    run(address)
    with acting_as(citra):
        (found,) = registry.person_search(citra, "E1234567")
        permits = registry.person_get(citra, found.id).permits
        assert 2032 in {permit.ends.year for permit in permits if permit.ends}
