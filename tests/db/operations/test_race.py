"""Eight heads press at once: one decision is taken, and the others are told."""

from datetime import UTC, datetime
from threading import Barrier, Thread
from uuid import uuid4

from django.db import connection

from tests.cast import officer
from tests.db.operations import world
from tests.web import enrolled
from timpora.apps.operations import actions, errors, queries
from timpora.apps.operations.models import TargetStep
from timpora.apps.operations.types import NewOperation
from timpora.domain.states import TargetState
from timpora.kernel import clock
from timpora.kernel.database.session import acting_as

# These rows are committed and stay in the throw-away database: far away and long ago, where no test looks.
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
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


def test_of_eight_decisions_at_once_exactly_one_is_taken(django_db_setup, django_db_blocker):
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

    with django_db_blocker.unblock(), clock.standing_at(LONG_AGO):
        target = proposed()
        threads = [Thread(target=decide, args=(n, target)) for n in range(len(HEADS))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with acting_as(HEADS[0]):
            view = queries.target_get(HEADS[0], target)
            steps = list(TargetStep.objects.filter(target_id=target).values_list("after", flat=True))
        connection.close()
    [winner] = [name for name in results if name]
    assert len(results) == len(HEADS)
    assert view.decided_by == winner
    assert steps == [TargetState.PROPOSED, view.state]
