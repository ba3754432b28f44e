"""A proposal that turned out wrong is taken back by its proposer, before anybody decides."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, citra, hasan, officer
from tests.db.operations import world
from tests.web import signed_in
from timpora.apps.operations import actions, errors, queries
from timpora.apps.operations.types import Ground
from timpora.domain.states import TargetState
from timpora.kernel.access import AccessDenied
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
colleague = officer("Wulan", "inteldakim_head", world.BATULICIN, "63.10", "63.02")


@pytest.fixture
def operation():
    world.people(colleague)
    return world.opened()


def retracted(target, by=bayu, because="Alamat keliru."):
    with acting_as(by):
        actions.target_retract(by, target_id=target, because=because)


def seen(target, by=bayu):
    with acting_as(by):
        return queries.target_get(by, target)


def test_the_proposer_takes_it_back_with_a_reason(operation):
    target = world.proposed(operation)
    retracted(target)
    view = seen(target)
    assert (view.state, view.because, view.decided_by) == (TargetState.RETRACTED, "Alamat keliru.", None)
    with acting_as(bayu):
        assert [step.after for step in queries.target_steps(bayu, target)][-1] == "ditarik"
        entry = Entry.objects.get(tag="operations:target:retracted")
    assert (entry.actor_name, entry.subject_id) == ("Bayu", str(target))


def test_hearsay_is_taken_back_too(operation):
    target = world.proposed(operation, ground=Ground.HEARSAY)
    retracted(target)
    assert seen(target).state is TargetState.RETRACTED


@pytest.mark.parametrize("because", ["", "abcd", "12345 ...", "  a b  "])
def test_a_reason_has_five_letters(operation, because):
    target = world.proposed(operation)
    with pytest.raises(errors.ReasonMissing):
        retracted(target, because=because)
    assert seen(target).state is TargetState.PROPOSED


@pytest.mark.parametrize("other", [colleague, hasan, citra])
def test_nobody_else_takes_it_back(operation, other):
    target = world.proposed(operation)
    with pytest.raises(AccessDenied):
        retracted(target, other)
    assert seen(target).state is TargetState.PROPOSED


def test_what_was_decided_stays_and_what_was_taken_back_is_not_decided(operation):
    decided, back = world.approved(operation), world.proposed(operation, name="Hotel Ebony", lat=-3.5)
    with pytest.raises(errors.TargetDecided):
        retracted(decided)
    retracted(back)
    with pytest.raises(errors.TargetDecided), acting_as(hasan):
        actions.target_decide(hasan, target_id=back, is_approved=True)
    assert seen(decided).state is TargetState.APPROVED


def test_the_page_offers_it_to_the_proposer_and_keeps_the_words(operation):
    target = world.proposed(operation)
    address = reverse("operations:retract", args=[target])
    page = reverse("operations:target", args=[target])
    desk, head = signed_in(Client(), bayu), signed_in(Client(), hasan)
    assert address in desk.get(page).content.decode()
    assert address not in head.get(page).content.decode()
    again = desk.post(address, {"because": "abc"})
    assert again.status_code == 422
    assert "sedikitnya lima huruf" in again.content.decode()
    assert ">abc</textarea>" in again.content.decode().replace("\n", "")
    assert desk.post(address, {"because": "Alamat keliru."}).status_code == 302
    assert "ditarik pengusul" in desk.get(page).content.decode()


@pytest.mark.usefixtures("carried")
def test_the_map_of_a_proposal_opens_on_the_own_territory(operation):
    desk = signed_in(Client(), bayu)
    page = desk.get(reverse("operations:propose", args=[operation])).content.decode()
    west, south, east, north = map(float, page.split('data-bounds="', 1)[1].split('"', 1)[0].split(","))
    assert west < 115.99 < east
    assert south < -3.45 < north
    assert east - west < 5
