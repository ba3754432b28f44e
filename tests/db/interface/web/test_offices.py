"""Kop surat: kept by the head or the administrator, seen as the page it will be, used by letters."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from tests.cast import bayu, citra, hasan, officer
from tests.db.operations import world
from tests.web import enrolled, signed_in
from timpora.apps.identity import queries
from timpora.apps.operations import queries as operations
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
tono = officer("Tono", "system_admin", "DITJEN", "ID", purpose=None)
lina = officer("Lina", "system_admin", "KANIM-PALEMBANG", "16.71", purpose=None)
WORDS = {
    "office": "Kantor Imigrasi Kelas II TPI Batulicin",
    "address": "Jalan Contoh 1, Simpang Empat 72273",
    "phone": "(0518) 70000",
    "email": "kanim.batulicin@contoh.go.id",
    "place": "Batulicin",
    "code": "W.19.IMI.IMI.2",
}
PAGE = reverse("offices:letterhead", args=["KANIM-BATULICIN"])


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def head():
    return signed_in(Client(), hasan)


def written():
    return queries.unit_get("KANIM-BATULICIN").letterhead


def test_a_head_is_led_to_the_letterhead_of_the_own_office_and_letters_use_it(head):
    world.people()
    order = world.issued(world.team(operation := world.opened(), world.approved(operation)))
    assert head.get(reverse("offices:list"))["Location"] == PAGE
    assert head.post(PAGE, WORDS)["Location"] == PAGE
    assert written() == WORDS
    with acting_as(hasan):
        letter = operations.order_preview(hasan, order).letter
    assert letter.letterhead.office == WORDS["office"]
    assert letter.letterhead.address == WORDS["address"]
    assert letter.letterhead.contact == "Telepon (0518) 70000 · Surel kanim.batulicin@contoh.go.id"
    assert letter.issued_in == "Batulicin"
    entry = Entry.objects.filter(tag="identity:letterhead:written").latest("at")
    told = json.loads(entry.body)["note"]["changed"]
    assert told == ["address", "email", "office", "phone"]
    assert WORDS["address"] not in entry.body


@pytest.mark.parametrize(
    "lacking", [{"address": " "}, {"office": ""}, {"place": ""}, {"email": "bukan surel"}]
)
def test_what_every_letter_prints_may_not_be_empty_and_typed_words_stay(head, lacking):
    before = written()
    answer = head.post(PAGE, WORDS | lacking)
    assert answer.status_code == 422
    assert WORDS["phone"] in text_of(answer)
    assert written() == before


def test_the_preview_shows_what_is_typed_and_keeps_nothing(head):
    before = written()
    page = text_of(head.post(reverse("offices:preview", args=["KANIM-BATULICIN"]), WORDS | {"address": ""}))
    assert WORDS["office"] in page
    assert "W.19.IMI.IMI.2-GR.03.06-1/2024" in page
    assert "Batulicin, 22 Agustus 2024" in page
    assert 'class="hole"' in page
    assert written() == before


def test_nobody_writes_over_the_letters_of_another_office(head):
    enrolled(citra)
    foreign = reverse("offices:letterhead", args=["KANIM-PALEMBANG"])
    assert head.get(foreign).status_code == 404
    assert head.post(foreign, WORDS).status_code == 404
    assert signed_in(Client(), lina).get(foreign).status_code == 200
    assert signed_in(Client(), lina).get(PAGE).status_code == 404
    assert signed_in(Client(), bayu).get(PAGE).status_code == 404
    assert queries.unit_get("KANIM-PALEMBANG").letterhead == {}


def test_the_administrator_of_the_nation_lists_every_office_in_steady_queries(head):
    enrolled(citra)
    admin = signed_in(Client(), tono)
    admin.post(PAGE, WORDS)
    listed = reverse("offices:list")
    page = text_of(admin.get(listed))
    assert "Kantor Imigrasi Kelas II TPI Batulicin" in page
    assert "belum diisi" in page
    with assertNumQueries(8):
        admin.get(listed)
