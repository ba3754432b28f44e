"""An operation of a province: the Kanwil opens it for the offices under it, and for no others."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, citra, hasan, officer
from tests.db.operations import world
from tests.web import enrolled, signed_in
from timpora.apps.identity.models import Unit
from timpora.apps.operations import actions, errors, queries
from timpora.kernel.access import AccessDenied
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
KANWIL = "KANWIL-KALSEL"
yuni = officer("Yuni", "kanim_head", KANWIL, "63")
NEW = replace(world.NEW, name="Operasi Kalimantan Selatan", kind="wilayah")
WORDS = {
    "name": "Operasi Kalimantan Selatan", "kind": "wilayah", "phase": "Tahap I",
    "starts": "2024-08-21", "ends": "2024-08-23",
}  # fmt: skip


@pytest.fixture
def offices():
    """Batulicin lies under the Kanwil, Palembang under another."""
    world.people()
    enrolled(yuni)
    Unit.objects.filter(code=KANWIL).update(kind="KANWIL")
    Unit.objects.filter(code=world.BATULICIN).update(parent_id=KANWIL)


def opened(new=NEW, by=yuni):
    with acting_as(by):
        return actions.operation_open(by, new=new)


def test_the_offices_under_the_kanwil_take_part_and_the_area_is_its_own(offices):
    operation = opened()
    with acting_as(yuni):
        assert [office.unit_code for office in queries.office_list(yuni, operation)] == [world.BATULICIN]
        assert queries.operation_get(yuni, operation).kind_name == "Operasi wilayah"
    with acting_as(bayu):
        assert queries.operation_get(bayu, operation).area == "63"
    # The office works in it as in any other.
    with acting_as(bayu):
        assert queries.target_list(bayu, operation_id=operation) == []
    world.approved(operation)
    with acting_as(citra), pytest.raises(AccessDenied):
        queries.operation_get(citra, operation)


def test_no_office_of_another_kanwil_and_no_office_opens_one_for_others(offices):
    with pytest.raises(errors.OperationUnreadable):
        opened(replace(NEW, offices=(world.PALEMBANG,)))
    with pytest.raises(errors.OperationUnreadable):
        opened(replace(NEW, offices=(world.BATULICIN, world.PALEMBANG)))
    with pytest.raises(errors.OperationUnreadable):
        opened(by=hasan)


def test_the_form_of_a_kanwil_offers_its_offices_and_opens_for_them(offices):
    desk = signed_in(Client(), yuni)
    page = desk.get(reverse("operations:open")).content.decode()
    assert world.BATULICIN in page
    assert world.PALEMBANG not in page
    assert "Operasi wilayah" in page
    assert "Operasi mandiri" not in page
    assert desk.post(reverse("operations:open"), WORDS).status_code == 302
    own = signed_in(Client(), hasan).get(reverse("operations:open")).content.decode()
    assert "Operasi mandiri" in own
    assert "Operasi wilayah" not in own
