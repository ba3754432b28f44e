"""The audit log on screens: filtered, paged, proven, and told to whom a person's data was shown."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import arif, bayu, citra, machine
from tests.people import overstayer
from tests.web import signed_in
from timpora.apps.accountability.types import CheckpointView
from timpora.interface.web.accountability import head_text
from timpora.interface.web.audit_words import ROOMS, tag_word
from timpora.kernel import clock
from timpora.kernel.audit.log import sequence
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


def log(**query):
    return text_of(signed_in(Client(), arif).get(reverse("accountability:log"), query))


@pytest.fixture
def person():
    who = overstayer()
    signed_in(Client(), bayu).get(reverse("registry:person", args=[who]))
    return who


def test_the_log_is_read_in_words_and_narrowed(person):
    page = log()
    assert "Data orang dibuka" in page
    assert "MUHAMMAD" not in page
    assert "Data orang dibuka</td>" not in log(perbuatan="law:").replace("\n", "")
    narrow = log(perbuatan="registry:person:read", siapa="bay", sejak="2024-08-22", sampai="2024-08-22")
    assert "registry:person:read" in narrow
    for nothing in (
        {"siapa": "tidak ada orang ini"},
        {"sejak": "2024-08-23"},
        {"sampai": "2024-08-21"},
        {"tentang": str(uuid4())},
    ):
        assert "Tidak ada catatan yang cocok" in log(**nothing)


@pytest.mark.parametrize(
    "odd", [{"sejak": "besok"}, {"perbuatan": "\0"}, {"hal": "-1"}, {"sampai": "9999-12-31"}]
)
def test_odd_filters_break_nothing(person, odd):
    assert "Catatan audit" in log(**odd)


def test_the_head_is_shown_for_paper_and_the_log_is_proven_or_its_fault_named(person):
    client = signed_in(Client(), arif)
    assert "Belum ada kepala catatan" in text_of(client.get(reverse("accountability:head")))
    with acting_as(machine):
        sequence()
    page = text_of(client.get(reverse("accountability:head")))
    assert "<svg" in page
    assert "timpora-audit/1" in page
    assert "style=" not in page
    assert "Catatan utuh" in text_of(client.post(reverse("accountability:head")))
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY")
        cursor.execute("UPDATE audit_entry SET purpose = 'lain' WHERE tag = 'registry:person:read'")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY")
        cursor.execute("SET ROLE timpora_app")
    assert "Catatan tidak utuh" in text_of(client.post(reverse("accountability:head")))


def test_the_head_says_what_the_separate_verifier_compares():
    head = CheckpointView(size=7, root="ab" * 32, at=clock.now())
    assert head_text(head) == f"timpora-audit/1\nsize 7\nroot {'ab' * 32}\nat 2024-08-22T02:00:00Z"


def test_who_looked_is_told_to_readers_and_auditors_without_a_word_about_the_person(person):
    for actor in (bayu, arif):
        page = text_of(signed_in(Client(), actor).get(reverse("accountability:reads", args=[person])))
        assert "operasi: Jagratara II" in page
        assert "halaman orang" in page
        assert "MUHAMMAD" not in page
    for actor in (citra, bayu, arif):
        other = person if actor is citra else uuid4()
        address = reverse("accountability:reads", args=[other])
        assert signed_in(Client(), actor).get(address).status_code == 404


def test_every_verb_has_a_word_and_a_room():
    assert [tag for tag in Tag if tag_word(tag) == str(tag)] == []
    assert {str(tag).split(":")[0] for tag in Tag} <= set(ROOMS)
    assert tag_word("rumah:kucing:diberi-makan") == "rumah:kucing:diberi-makan"
