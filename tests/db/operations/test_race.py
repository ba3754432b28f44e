"""Eight heads press at once: one decision is taken, and the others are told."""

from collections.abc import Iterator
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.cast import officer
from tests.committed import committing
from tests.db.operations import world
from tests.web import enrolled
from timpora.apps.identity.actions import INSTALLER
from timpora.apps.identity.models import Unit, User
from timpora.apps.operations import actions, errors, queries
from timpora.apps.operations.models import OrderStep, TargetStep
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


def team_of(n: int, operation: UUID) -> UUID:
    """Form a team of one and draft its order."""
    leader = officer(f"Petugas lomba {n}", "field_officer", UNIT, PLACE)
    enrolled(leader)
    with acting_as(INSTALLER):
        head = {"address": "Jalan Contoh 1", "place": "Lomba", "code": "W.99"}
        Unit.objects.filter(code=UNIT).update(letterhead=head)
        User.objects.filter(pk=leader.id).update(nip="199502142017121906", rank="Penata Muda (III/a)")
        User.objects.filter(pk__in=[head.id for head in HEADS]).update(nip="197609171999031903")
    target = world.proposed(operation, PROPOSER, wilayah="94.01.01", lat=-4.5, lng=136.9, name=f"Titik {n}")
    with acting_as(HEADS[0]):
        actions.target_decide(HEADS[0], target_id=target, is_approved=True)
    with acting_as(PROPOSER):
        team = actions.team_form(
            PROPOSER,
            operation_id=operation,
            name=f"Regu {n}",
            leader_id=leader.id,
            member_ids=(),
            target_ids=(target,),
        )
        return actions.order_draft(PROPOSER, team_id=team)


def raced(*orders: UUID) -> list[str]:
    """Let eight heads issue at once, each the next of `orders`; return the numbers that were given."""
    numbers: list[str] = []
    together = Barrier(len(HEADS))

    def issue(n: int) -> None:
        together.wait()
        try:
            with acting_as(HEADS[n]):
                numbers.append(actions.order_issue(HEADS[n], order_id=orders[n % len(orders)]))
        except errors.OrderDecided:
            pass
        finally:
            connection.close()

    threads = [Thread(target=issue, args=(n,)) for n in range(len(HEADS))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return numbers


def drafted(number: int) -> list[UUID]:
    for actor in (*HEADS, PROPOSER):
        enrolled(actor)
    new = NewOperation(name=f"Lomba {uuid4()}", kind="mandiri", phases=(world.PHASE,))
    with acting_as(HEADS[0]):
        operation = actions.operation_open(HEADS[0], new=new)
    return [team_of(n, operation) for n in range(number)]


def test_eight_orders_issued_at_once_have_eight_numbers_without_a_gap(db):
    numbers = raced(*drafted(len(HEADS)))
    ordinals = sorted(int(number.rsplit("-", 1)[1].split("/")[0]) for number in numbers)
    assert ordinals == list(range(ordinals[0], ordinals[0] + len(HEADS)))


def test_one_order_issued_by_eight_at_once_is_numbered_once(db):
    (order,) = drafted(1)
    numbers = raced(order)
    with acting_as(HEADS[0]):
        (step,) = OrderStep.objects.filter(order=order, after="diterbitkan")
        view = queries.order_get(HEADS[0], order)
    assert numbers == [view.number]
    assert step.by == view.issued_by
