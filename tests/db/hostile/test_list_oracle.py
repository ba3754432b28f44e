"""A list of one row asks nobody's register whether somebody is known (P10)."""

import re

import pytest
from django.test import Client

from tests.cast import bayu, citra, wulan
from tests.db.interface.web.test_intake import FORM, GOOD, dropped, run, text
from tests.web import signed_in

pytestmark = pytest.mark.django_db
ELSEWHERE = GOOD.replace("31-12-2024", "30-06-2024")
OTHER = "PARK JISOO;Z7654321;Korea Selatan;12-11-1991;P;ITAS;31-12-2024"


def sent(officer, row):
    """Send one row and return what its sender reads of it in the end."""
    client = signed_in(Client(), officer)
    address = dropped(client, row)
    client.post(f"{address}/masukkan", FORM)
    run(address)
    shown = text(client.get(address)) + text(client.get(f"{address}/kemajuan"))
    shown = shown[shown.index("<main") :].replace(address, "ALAMAT")
    return re.sub(r'[0-9a-f]{64}|[0-9a-f]{12}\b|value="[A-Za-z0-9]{64}"', "SIDIK", shown)


def test_an_agency_reads_the_same_of_a_person_known_elsewhere_and_of_one_unknown():
    sent(citra, ELSEWHERE)
    assert sent(wulan, GOOD) == sent(wulan, OTHER)


def test_the_desk_that_decides_pairs_reads_what_became_of_a_list():
    sent(citra, ELSEWHERE)
    assert "0 orang baru" in sent(bayu, GOOD)
    assert "1 orang baru" in sent(bayu, OTHER)
