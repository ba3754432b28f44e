"""P26: whom a closed case is about is not told by the look at it, to nobody who works cases."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import arif, lestari, officer
from tests.db.cases import folder
from tests.db.cases.folder import CLEAR, SIGNS
from tests.web import signed_in
from timpora.apps.accountability import queries as accountability
from timpora.apps.cases import queries
from timpora.apps.registry import queries as registry
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
# An investigator of the same office who was never told of the case.
nosy = officer("Nosi", "investigator_ppns", "KANIM-BATULICIN", "63.10")
PAGE = "halaman perkara"


def looked_at(screening):
    """Return the person of a case whose page the curious one has opened, and nothing else of him."""
    folder.office()
    victim = folder.overstayer()
    case = folder.screened(screening, victim)
    with acting_as(nosy):
        queries.case_get(nosy, case)
    return victim.person


def shown_to(actor, person):
    with acting_as(actor):
        return [
            (one.actor_name, one.shown)
            for one in accountability.reads_of_person(actor, person)
            if one.shown == PAGE
        ]


@pytest.mark.parametrize("screening", [SIGNS, CLEAR])
def test_nobody_who_works_cases_reads_of_a_look_at_one(screening):
    person = looked_at(screening)
    for reader in (nosy, folder.bayu, folder.hasan):
        assert shown_to(reader, person) == []
    for reader in (arif, lestari):
        assert ("Nosi", PAGE) in shown_to(reader, person)


def test_every_other_look_is_still_told():
    person = looked_at(SIGNS)
    with acting_as(nosy):
        registry.person_get(nosy, person)
        shown = {
            one.shown for one in accountability.reads_of_person(nosy, person) if one.actor_name == "Nosi"
        }
    assert shown == {"halaman orang"}


def test_a_grant_for_another_place_tells_of_no_look_here():
    person = looked_at(SIGNS)
    elsewhere = officer("Melati", "victim_protection_officer", "KANIM-PALEMBANG", "16.71")
    both = replace(elsewhere, grants=(*folder.hasan.grants, *elsewhere.grants))
    assert shown_to(both, person) == []


def test_the_page_says_what_it_leaves_out():
    person = looked_at(SIGNS)
    client = signed_in(Client(), nosy)
    with acting_as(nosy):
        lines = Entry.objects.count()
    page = client.get(reverse("accountability:reads", args=[person]))
    with acting_as(nosy):
        assert Entry.objects.count() == lines
    told = page.content.decode()
    assert page.status_code == 200
    assert "Pembukaan halaman perkara tidak ada dalam daftar ini" in told
    assert told.count(PAGE) == 1
    auditor = signed_in(Client(), arif).get(reverse("accountability:reads", args=[person])).content.decode()
    assert PAGE in auditor
    assert "tidak ada dalam daftar ini" not in auditor
