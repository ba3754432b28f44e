"""Persons on screens: found with a purpose, masked where not asked for, every look logged, merges undone."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import bayu, citra, dodi, hasan
from tests.db.cases import folder
from tests.db.findings import field
from tests.people import HOTEL, add, overstayer
from tests.web import signed_in
from timpora.apps.findings import actions as findings
from timpora.apps.findings.types import NewChecked, Outcome
from timpora.apps.registry import actions
from timpora.apps.registry.types import NewRecord
from timpora.interface.web import registry as registry_pages
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return overstayer()


def text_of(answer):
    return answer.content.decode()


def normal(answer):
    return re.sub(r"x-csrftoken[^}]*}", "", text_of(answer))


def logged(person, actor):
    with acting_as(actor):
        return Entry.objects.filter(person_id=person, actor_id=actor.id).count()


def test_the_search_page_shows_the_newest_masked_and_logs_nothing(person):
    page = text_of(signed_in(Client(), bayu).get(reverse("registry:search")))
    assert "M•••••" in page
    assert "MUHAMMAD" not in page
    assert "A1234567" not in page
    assert str(person) not in page
    assert logged(person, bayu) == 0


def test_a_large_register_is_not_counted_to_its_end(person, monkeypatch):
    client = signed_in(Client(), bayu)
    assert "1 orang di wilayah ini" in text_of(client.get(reverse("registry:search")))
    overstayer()
    monkeypatch.setattr(registry_pages, "COUNTED", 1)
    assert "1 orang atau lebih di wilayah ini" in text_of(client.get(reverse("registry:search")))


def test_a_search_finds_links_and_logs(person):
    page = text_of(signed_in(Client(), bayu).get(reverse("registry:search"), {"q": "ali muhammad"}))
    assert reverse("registry:person", args=[person]) in page
    assert "MUHAMMAD ALI" in page
    assert logged(person, bayu) == 1
    other = text_of(signed_in(Client(), citra).get(reverse("registry:search"), {"q": "ali muhammad"}))
    assert "MUHAMMAD" not in other
    assert "Tidak ada orang yang cocok" in other


@pytest.mark.parametrize(
    "text", ["\0", "'; --", "%", "x" * 5000, "😀", "\ud800".encode("utf-8", "replace").decode()]
)
def test_odd_words_find_nobody_and_break_nothing(person, text):
    answer = signed_in(Client(), bayu).get(reverse("registry:search"), {"q": text})
    assert answer.status_code == 200


def test_the_list_asks_the_database_as_often_for_one_as_for_many():
    client = signed_in(Client(), bayu)

    def asked():
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("registry:search"), {"q": "wei"})
        return len(found)

    add(HOTEL, NewRecord(id=uuid4(), person=uuid4(), name="LI WEI"))
    one = asked()
    add(HOTEL, *[NewRecord(id=uuid4(), person=uuid4(), name=f"LI WEI {i}") for i in range(12)])
    assert asked() == one < 16


def test_the_page_says_status_ground_contradictions_and_who_looked(person):
    page = text_of(signed_in(Client(), bayu).get(reverse("registry:person", args=[person])))
    for words in (
        "overstay 12 hari",
        "UU 6/2011 Pasal 78",
        "Sumber tidak sepakat",
        "12-03-1985",
        "13-03-1985",
        "Juga tertulis: MOHAMED ALI",
        "HOTEL / Laporan Hotel Ebony",
        "operasi: Jagratara II",
        "Hotel Ebony",
        "PT Contoh Karya",
    ):
        assert words in page
    assert logged(person, bayu) == 1


def test_nationality_stands_in_the_identity_and_nowhere_else(person):
    page = text_of(signed_in(Client(), bayu).get(reverse("registry:person", args=[person])))
    assert page.count("PAK") == 1


def test_absent_and_foreign_persons_answer_alike(person):
    client = signed_in(Client(), citra)
    foreign = client.get(reverse("registry:person", args=[person]))
    absent = client.get(reverse("registry:person", args=[uuid4()]))
    assert (foreign.status_code, normal(foreign)) == (absent.status_code, normal(absent))
    assert foreign.status_code == 404


def test_without_a_purpose_not_a_byte_of_a_person(person):
    client = signed_in(Client(), replace(bayu, purpose=None))
    for address in (reverse("registry:search"), reverse("registry:person", args=[person])):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "MUHAMMAD" not in text_of(answer)
    assert logged(person, bayu) == 0


@pytest.fixture
def merged(person):
    twin = uuid4()
    add(HOTEL, NewRecord(id=uuid4(), person=twin, name="MUHAMMAD ALI"))
    with acting_as(bayu):
        merge = actions.person_merge(bayu, keep=person, absorb=twin, because="nomor kamar sama")
    return person, twin, merge


def test_the_old_address_of_a_merged_person_leads_on(merged):
    person, twin, _merge = merged
    answer = signed_in(Client(), bayu).get(reverse("registry:person", args=[twin]))
    assert answer["Location"] == reverse("registry:person", args=[person])


def test_a_merge_is_taken_back_with_a_reason_and_only_by_whom_may(merged):
    person, twin, merge = merged
    address = reverse("registry:unmerge", args=[person])
    client = signed_in(Client(), bayu)
    silent = client.post(address, {"merge_id": merge, "because": " "})
    assert silent.status_code == 422
    assert "nomor kamar sama" in text_of(silent)
    assert signed_in(Client(), hasan).post(address, {"merge_id": merge, "because": "beda"}).status_code == 404
    assert client.post(address, {"merge_id": merge, "because": "dua orang"}).status_code == 302
    assert client.get(reverse("registry:person", args=[twin])).status_code == 200
    again = client.post(address, {"merge_id": merge, "because": "lagi"})
    assert again.status_code == 422
    assert "sudah dibatalkan" in text_of(again)


def page_of(actor, person):
    return text_of(signed_in(Client(), actor).get(reverse("registry:person", args=[person])))


def test_a_case_is_an_open_matter_and_a_sheltered_one_leaves_no_trace():
    folder.office()
    seen, sheltered = folder.overstayer(), folder.overstayer(name="WANG FANG")
    folder.opened(seen)
    folder.screened(folder.SIGNS, sheltered)
    told = page_of(bayu, seen.person)
    assert "Perkara" in told.split("Yang terbuka")[1].split("Dokumen")[0]
    assert "dibuka</b>" in told
    hidden = page_of(bayu, sheltered.person)
    assert "dibuka</b>" not in hidden
    assert "/perkara/" not in hidden


def test_a_visit_is_on_the_timeline_without_its_outcome(person):
    operation, target = field.at_work()
    met = NewChecked(
        outcome=Outcome.COMPLIANT, name="MUHAMMAD ALI", document_number="A1234567", document_state="PAK"
    )
    with acting_as(dodi):
        findings.report_submit(dodi, report=field.visit(operation, target, met))
    page = page_of(bayu, person)
    assert "Ditemui" in page
    assert str(operation) in page


def test_one_who_looks_often_does_not_hide_the_others(person):
    address = reverse("registry:person", args=[person])
    signed_in(Client(), hasan).get(address)
    often = signed_in(Client(), bayu)
    for _look in range(6):
        page = text_of(often.get(address))
    listed = page.split('class="reads"')[1].split("</ul>")[0]
    assert sorted(re.findall(r"Hasan|Bayu", listed)) == ["Bayu", "Hasan"]
    assert logged(person, bayu) == 6
