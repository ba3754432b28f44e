"""From the centre's opening to a team's tasks: who may, who sees, and what the database forbids."""

import pytest

from tests.cast import dodi
from tests.db.operations import world
from timpora.apps.operations import queries
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db


def test_the_whole_way_from_opening_to_tasks():
    world.people()
    operation = world.opened()
    target = world.approved(operation)
    team = world.team(operation, target)
    with acting_as(dodi):
        assert queries.task_list(dodi) == []
    world.issued(team)
    with acting_as(dodi):
        [task] = queries.task_list(dodi)
        assert task.target.id == target
        assert task.order_number == "W.19.IMI.IMI.2-GR.03.06-1/2024"
    with acting_as(world.edi):
        assert queries.task_list(world.edi) == []
