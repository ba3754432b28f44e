"""A team of whom nobody may report holds targets that reach no phone: it is refused, and said before."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, dodi, officer
from tests.db.operations import world
from tests.web import enrolled, signed_in
from timpora.apps.operations import errors

pytestmark = pytest.mark.django_db
sari = officer("Sari", "investigator_ppns", world.BATULICIN, "63.10", "63.02")


@pytest.fixture
def operation():
    world.people()
    enrolled(sari)
    return world.opened()


def test_an_investigator_alone_is_no_team_and_goes_along_with_who_reports(operation):
    with pytest.raises(errors.TeamMute):
        world.team(operation, leader=sari)
    assert world.team(operation, leader=sari, member_ids=[dodi.id])


def test_the_form_says_who_does_not_report_and_refuses_in_words(operation):
    desk = signed_in(Client(), bayu)
    address = reverse("operations:team-form", args=[operation])
    page = desk.get(address).content.decode()
    assert "Sari · Penyidik Keimigrasian (PPNS); tidak melapor dari ponsel" in page
    assert "Dodi · Petugas Lapangan<" in page.replace("\n", "")
    phase = page.split('name="phase"')[1].split('<option value="')[1].split('"')[0]
    refused = desk.post(address, {"name": "Regu 9", "phase": phase, "leader": str(sari.id)})
    assert refused.status_code == 422
    assert "Tidak seorang pun di regu ini dapat melapor" in refused.content.decode()
