"""Accounts: assignments with their days, Plt./Plh. by a decree for known days, sessions ended at once."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from tests.cast import bayu, citra, hasan, officer
from tests.web import enrolled, signed_in
from timpora.apps.identity import queries

pytestmark = pytest.mark.django_db
tono = officer("Tono", "system_admin", "DITJEN", "ID", purpose=None)
local = officer("Lina", "system_admin", "KANIM-BATULICIN", "63.10", "63.02", purpose=None)


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def admin():
    for actor in (hasan, bayu, citra):
        enrolled(actor)
    return signed_in(Client(), tono)


def grant(client, **changed):
    said = {
        "user_id": str(bayu.id),
        "acting": "Plh.",
        "role": "kanim_head",
        "unit": "KANIM-BATULICIN",
        "starts": "2024-08-22",
        "last_day": "2024-08-24",
        "decree": "SPRIN-1",
    }
    return client.post(reverse("accounts:acting"), said | changed)


def test_a_stand_in_has_the_powers_from_the_first_to_the_last_day_and_no_longer(admin):
    assert grant(admin).status_code == 302
    titles = [g.title for g in queries.actor_get(bayu.id, session_key=0).grants]
    assert titles == ["Kepala Seksi Inteldakim", "Plh. Kepala Kantor Imigrasi"]
    held = queries.assignments_of(bayu.id)[-1]
    assert (held.starts, held.ends, held.decree) == (date(2024, 8, 22), date(2024, 8, 25), "SPRIN-1")
    page = text_of(admin.get(reverse("accounts:list")))
    assert "Plh. Kepala Kantor Imigrasi: Bayu" in page
    assert "22-08-2024 – 24-08-2024" in page


@pytest.mark.parametrize(
    "changed",
    [
        {"decree": " "},
        {"role": "auditor"},
        {"acting": ""},
        {"last_day": "2024-08-21"},
        {"starts": "2024-08-25", "last_day": "2024-08-24"},
        {"starts": "besok"},
        {"user_id": "00000000-0000-4000-8000-000000000000"},
        {"unit": "KANIM-TIDAK-ADA"},
        {"last_day": "9999-12-31"},
    ],
)
def test_a_stand_in_without_ground_or_end_is_refused_with_the_words_kept(admin, changed):
    answer = grant(admin, **changed)
    assert answer.status_code == 422
    assert "error-summary" in text_of(answer)
    assert [g.acting for g in queries.actor_get(bayu.id, session_key=0).grants] == [""]


def test_the_same_days_are_granted_once(admin):
    assert grant(admin).status_code == 302
    again = grant(admin, last_day="2024-08-30")
    assert again.status_code == 422
    assert "sudah ditugaskan" in text_of(again)
    assert grant(admin, starts="2024-08-25", last_day="2024-08-30").status_code == 302


def test_an_office_s_administrator_sees_and_grants_within_it_only(admin):
    client = signed_in(Client(), local)
    page = text_of(client.get(reverse("accounts:list")))
    assert "Bayu" in page
    assert "Citra" not in page
    assert grant(client, user_id=str(citra.id)).status_code == 422
    assert grant(client, unit="KANIM-PALEMBANG").status_code == 404
    assert grant(client).status_code == 302


def test_ending_sessions_puts_the_officer_out_at_the_next_step(admin):
    client = signed_in(Client(), bayu)
    assert client.get("/").status_code == 200
    address = reverse("accounts:sessions-end", args=[bayu.id])
    assert signed_in(Client(), hasan).post(address).status_code == 404
    assert admin.post(address).status_code == 302
    assert client.get("/").status_code == 302
    nobody = reverse("accounts:sessions-end", args=["00000000-0000-4000-8000-000000000000"])
    assert admin.post(nobody).status_code == 404


def test_the_list_is_searched_and_asks_once_for_all(admin):
    assert "Citra" not in text_of(admin.get(reverse("accounts:list"), {"q": "bayu batulicin"}))
    with assertNumQueries(7):
        admin.get(reverse("accounts:list"))
