"""The order's file in the field: shown at the door by the team that bears it, and by no other officer."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import arif, bayu, citra, dodi, hasan
from tests.conftest import DAY
from tests.db.operations import world
from tests.web import signed_in
from timpora.apps.operations import actions
from timpora.apps.operations import queries as world_queries
from timpora.apps.operations.models import Order
from timpora.domain.states import OrderState
from timpora.interface.field.pack import pack
from timpora.kernel import clock
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db


def file_of(order, actor):
    return signed_in(Client(), actor).get(reverse("field:order", args=[order]))


def test_a_member_opens_the_order_from_the_tasks_and_others_do_not(operation):
    order = world.issued(world.team(operation, world.approved(operation)))
    with acting_as(dodi):
        (task,) = pack(dodi)["tasks"]
    assert task["order_url"] == reverse("field:order", args=[order])
    answer = file_of(order, dodi)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    # Edi is of the same office and Bayu drafted it; neither is in the team.
    assert file_of(order, world.edi).status_code == 404
    assert file_of(order, bayu).status_code == 404


@pytest.fixture
def order(operation):
    return world.issued(world.team(operation, world.approved(operation)))


def on(day, order, actor=dodi):
    """Ask for the file at ten in the morning of a day of August 2024, at the place of the office."""
    with clock.standing_at(DAY.replace(day=day)):
        return file_of(order, actor)


@pytest.mark.parametrize(("day", "status"), [(20, 200), (22, 200), (23, 200), (30, 200), (31, 422)])
def test_the_order_opens_for_its_team_until_a_week_after_its_last_day(order, day, status):
    with acting_as(bayu):
        assert str(world_queries.order_get(bayu, order).last_day) == "2024-08-23"
    answer = on(day, order)
    assert answer.status_code == status
    if status == 422:
        told = answer.content.decode()
        assert "tidak berlaku lagi" in told
        assert "minta kepala seksi" in told
        assert "perbaiki, lalu kirim" not in told  # nothing was sent
    assert on(day, order, world.edi).status_code == 404


def test_an_order_that_was_taken_back_is_not_shown_at_a_door(order):
    assert file_of(order, dodi).status_code == 200
    with acting_as(hasan):
        Order.objects.filter(pk=order).update(state=OrderState.WITHDRAWN.value)
    assert file_of(order, dodi).status_code == 422


def test_each_reading_of_the_order_is_in_the_log_and_a_refusal_is_none(order):
    def readings():
        with acting_as(arif):
            return Entry.objects.filter(tag="documents:letter:read", actor_name="Dodi").count()

    assert readings() == 0
    on(23, order)
    assert readings() == 1
    on(31, order)
    assert readings() == 1


def test_the_desk_opens_the_file_as_it_opens_the_page(order):
    for actor, status in ((bayu.for_purpose(None), 200), (citra.for_purpose(None), 404)):
        browser = signed_in(Client(), actor)
        for name in ("operations:order", "operations:order-pdf"):
            assert browser.get(reverse(name, args=[order])).status_code == status


def test_the_phone_tells_a_visited_target_from_one_that_waits(operation):
    target = world.approved(operation)
    world.issued(world.team(operation, target))
    with acting_as(dodi):
        (before,) = pack(dodi)["tasks"]
        world.actions.target_visit(dodi, target_id=target)
        (after,) = pack(dodi)["tasks"]
    assert (before["is_visited"], after["is_visited"]) == (False, True)


def test_a_draft_is_nothing_to_show_at_a_door(operation):
    from_draft = world.team(operation, world.approved(operation))
    with acting_as(bayu):
        draft = world.actions.order_draft(bayu, team_id=from_draft)
    assert file_of(draft, dodi).status_code == 404


def test_an_issued_order_keeps_its_date_on_screen_and_a_draft_moves_with_the_days(operation):
    issued = world.issued(world.team(operation, world.approved(operation)))
    with acting_as(bayu):
        team = world.team(operation, name="Regu 2", leader=world.edi)
        draft = actions.order_draft(bayu, team_id=team)
    with clock.standing_at(DAY + timedelta(days=1)), acting_as(bayu):
        dated = [world_queries.order_preview(bayu, order).letter.dated for order in (issued, draft)]
    assert dated == [date(2024, 8, 22), date(2024, 8, 23)]
