"""The order's file in the field: shown at the door by the team that bears it, and by no other officer."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, dodi
from tests.db.operations import world
from tests.web import signed_in
from timpora.interface.field.pack import pack
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
