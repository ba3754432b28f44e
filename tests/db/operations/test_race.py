"""Eight heads press at once: one decision is taken, and the others are told."""

from collections.abc import Iterator
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from tests.cast import officer
from tests.committed import committing
from tests.db.operations import world
from tests.web import enrolled
from timpora.apps.operations import actions, errors, queries
from timpora.apps.operations.models import TargetStep
from timpora.apps.operations.types import NewOperation
from timpora.config.settings_test import APP_ROLE
from timpora.domain.states import TargetState
from timpora.kernel.database.session import acting_as

UNIT, PLACE = "UKK-LOMBA", "94.01"
HEADS = [officer(f"Kepala lomba {n}", "kanim_head", UNIT, PLACE) for n in range(8)]
PROPOSER = officer("Pengusul lomba", "inteldakim_head", UNIT, PLACE)


def proposed() -> object:
    for actor in (*HEADS, PROPOSER):
        enrolled(actor)
    new = NewOperation(name=f"Lomba {uuid4()}", kind="mandiri", phases=(world.PHASE,))
    with acting_as(HEADS[0]):
        operation = actions.operation_open(HEADS[0], new=new)
    return world.proposed(operation, PROPOSER, wilayah="94.01.01", lat=-4.5, lng=136.9)


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """In place of the transaction that is rolled back: threads see what was committed."""
    with committing(django_db_blocker, APP_ROLE):
        yield


def test_of_eight_decisions_at_once_exactly_one_is_taken(db):
    results: list[str] = []
    together = Barrier(len(HEADS))

    def decide(n: int, target: object) -> None:
        together.wait()
        try:
            with acting_as(HEADS[n]):
                actions.target_decide(HEADS[n], target_id=target, is_approved=n % 2 == 0, because="Lomba.")
            results.append(HEADS[n].name)
        except errors.TargetDecided:
            results.append("")
        finally:
            connection.close()

    target = proposed()
    threads = [Thread(target=decide, args=(n, target)) for n in range(len(HEADS))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with acting_as(HEADS[0]):
        view = queries.target_get(HEADS[0], target)
        steps = list(TargetStep.objects.filter(target_id=target).values_list("after", flat=True))
    [winner] = [name for name in results if name]
    assert len(results) == len(HEADS)
    assert view.decided_by == winner
    assert steps == [TargetState.PROPOSED, view.state]
