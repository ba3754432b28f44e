"""Two units on one target are told of each other before they leave, as far as each may see the other."""

import html
from dataclasses import replace
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, citra, dodi, hasan, officer, ratna
from tests.db.operations import world
from tests.web import signed_in
from timpora.apps.operations import actions, queries
from timpora.apps.operations.types import NewOperation, NewPhase
from timpora.kernel.access import Actor
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
ELSEWHERE = {"name": "Hotel Lain", "address": "Jalan Kedua 2"}
OCTOBER = NewPhase("Oktober", datetime(2024, 10, 7), datetime(2024, 10, 10))  # noqa: DTZ001 - wall times


def mandiri(name="Operasi kantor", phase=world.PHASE):
    with acting_as(hasan):
        return actions.operation_open(hasan, new=NewOperation(name=name, kind="mandiri", phases=(phase,)))


def clashes(by: Actor, operation):
    with acting_as(by):
        return queries.team_clashes(by, operation)


def twins(by: Actor, operation):
    with acting_as(by):
        return queries.target_twins(by, operation)


def page(client, route, *args):
    answer = client.get(reverse(route, args=args))
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_a_team_is_told_of_another_operation_on_the_same_days(operation):
    target = world.approved(operation)
    team = world.team(operation, target)
    assert clashes(bayu, operation) == {}
    own = mandiri()
    other = world.approved(own, lat=-3.4503, **ELSEWHERE)
    found = clashes(bayu, operation)
    assert [(t.target.id, t.operation_name) for t in found[team]] == [(other, "Operasi kantor")]
    assert 30 < found[team][0].metres < 40
    assert twins(bayu, own)[other][0].operation_name == "Jagratara Tahap II"


def test_other_days_and_ended_operations_do_not_warn(operation):
    world.team(operation, world.approved(operation))
    world.approved(mandiri("Oktober", OCTOBER), **ELSEWHERE)
    assert clashes(bayu, operation) == {}
    own = mandiri("Sekarang")
    world.approved(own, **ELSEWHERE)
    assert clashes(bayu, operation) != {}
    with acting_as(hasan):
        actions.operation_close(hasan, operation_id=own, because="Selesai.")
    assert clashes(bayu, operation) == {}


def test_days_that_only_touch_are_not_the_same_days(operation):
    world.team(operation, world.approved(operation))
    after = NewPhase("Sesudah", datetime(2024, 8, 24), datetime(2024, 8, 26))  # noqa: DTZ001 - wall times
    world.approved(mandiri("Sesudahnya", after), **ELSEWHERE)
    assert clashes(bayu, operation) == {}
    overlapping = replace(after, starts_local=datetime(2024, 8, 23))  # noqa: DTZ001 - a wall time
    world.approved(mandiri("Berimpit", overlapping), **ELSEWHERE)
    assert clashes(bayu, operation) != {}


def test_a_proposal_that_nobody_goes_to_warns_no_team_and_the_own_targets_never_do(operation):
    first = world.approved(operation)
    second = world.approved(operation, lat=-3.4503, **ELSEWHERE)
    world.team(operation, first, second)
    assert clashes(bayu, operation) == {}
    third = world.proposed(operation, lat=-3.4502, name="Gudang", address="Jalan Ketiga 3")
    assert clashes(bayu, operation) == {}
    with acting_as(hasan):
        actions.target_decide(hasan, target_id=third, is_approved=True)
    assert [[t.target.id for t in found] for found in clashes(bayu, operation).values()] == [[third]]


def test_nobody_is_told_of_what_he_may_not_see(operation):
    """A point on the border, a few metres from one of the neighbour's."""
    neighbour = officer("Kasi seberang", "inteldakim_head", world.PALEMBANG, "16.71")
    head = officer("Kepala seberang", "kanim_head", world.PALEMBANG, "16.71")
    world.people(neighbour, head)
    team = world.team(operation, world.approved(operation))
    foreign = world.proposed(operation, neighbour, wilayah="16.71.01", **ELSEWHERE)
    with acting_as(head):
        actions.target_decide(head, target_id=foreign, is_approved=True)
    assert clashes(bayu, operation) == clashes(citra, operation) == {}
    assert foreign not in {t.target.id for found in twins(bayu, operation).values() for t in found}
    assert [t.target.id for t in clashes(ratna, operation)[team]] == [foreign]


@pytest.mark.usefixtures("carried")
def test_the_card_the_order_the_start_page_and_the_posko_warn(operation):
    clients = {actor.name: signed_in(Client(), actor) for actor in (bayu, hasan)}
    world.people()
    team = world.team(operation, world.approved(operation))
    quiet = page(clients["Bayu"], "operations:teams", operation)
    assert "Regu lain mungkin menuju titik yang sama" not in quiet
    world.approved(mandiri(), lat=-3.4503, **ELSEWHERE)
    with acting_as(bayu):
        order = actions.order_draft(bayu, team_id=team)
    for client in clients.values():
        for route, thing in (("operations:teams", operation), ("operations:order", order)):
            shown = page(client, route, thing)
            assert "Regu lain mungkin menuju titik yang sama" in shown
            assert "Operasi kantor" in shown
        assert "1 regu mungkin bertemu regu lain di sasaran" in client.get("/").content.decode()
    world.issued(team)
    url = reverse("posko:team-move", args=[operation, team])
    answer = clients["Hasan"].post(url, {"after": "di_jalan"}, follow=True)
    assert "Mungkin titik yang sama dengan BATULICIN-01" in html.unescape(answer.content.decode())
    answer = clients["Hasan"].post(url, {"after": "di_kantor"}, follow=True)
    assert "Mungkin titik yang sama" not in html.unescape(answer.content.decode())


def test_warnings_take_a_fixed_number_of_statements(operation, django_assert_num_queries):
    world.team(operation, world.approved(operation))
    own = mandiri()
    for n in range(3):
        world.approved(own, lat=-3.4503 - n / 10_000, **ELSEWHERE)
        with acting_as(bayu), django_assert_num_queries(14):
            queries.team_clashes(bayu, operation)


def test_the_phone_of_the_team_warns_before_it_leaves(operation):
    target = world.approved(operation)
    world.issued(world.team(operation, target))

    def warned():
        with acting_as(dodi):
            (task,) = [one for one in queries.task_list(dodi) if one.target.id == target]
        return [twin.target.id for twin in task.clashes]

    assert warned() == []
    far = world.approved(operation, lat=-3.9, **ELSEWHERE)
    assert warned() == []
    near = world.approved(mandiri(), lat=-3.4503, **ELSEWHERE | {"name": "Mes lain", "address": "Jalan 3"})
    assert warned() == [near]
    pack = signed_in(Client(), dodi).get(reverse("field:pack")).json()
    (told,) = [task["clashes"] for task in pack["tasks"] if task["target"] == str(target)]
    assert len(told) == 1
    assert "BATULICIN" in told[0]
    assert str(far) not in str(pack)
    # A place that nobody goes to any more warns nobody.
    with acting_as(hasan):
        actions.target_withdraw(hasan, target_id=near, because="Sudah tutup.")
    assert warned() == []
