"""A visit to a company: the team takes along whom the lists of foreign workers name there (F34, F46)."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import dodi, hasan, machine, ratna
from tests.db.operations import world
from tests.web import signed_in
from timpora.apps.operations import queries
from timpora.apps.registry import actions as registry
from timpora.apps.registry.types import NewPermit, NewRecord, NewWork, Source
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
LIST = Source("DISNAKER", "Daftar TKA", datetime(2024, 8, 19, tzinfo=UTC).date(), ("63.10",))


def listed(name, *, employer="PT CONTOH JAYA", wilayah="63.10.06", starts=None, ends=None):
    work = NewWork(employer=employer, is_plan=True, wilayah=wilayah, starts=starts, ends=ends)
    facts = (work, NewPermit(kind="ITAS", ends=date(2025, 1, 11)))
    row = NewRecord(
        id=uuid4(), person=uuid4(), name=name, birth="1985-03-12", document_number="E1", facts=facts
    )
    with acting_as(machine):
        registry.records_add(machine, source=LIST, records=[row])
    return row.person


def tasks(by=dodi):
    with acting_as(by):
        return queries.task_list(by)


def visited(operation, **words):
    target = world.approved(operation, **{"employer": "PT Contoh Jaya"} | words)
    world.issued(world.team(operation, target))
    return target


def test_the_team_takes_along_who_works_there_now_by_the_lists_and_each_is_logged(operation):
    there = listed("LI WEI")
    unplaced = listed("WANG FANG", wilayah="")
    listed("GONE", ends=date(2024, 8, 1))
    listed("TO COME", starts=date(2024, 9, 1))
    listed("ELSEWHERE", wilayah="63.02.01")
    listed("OTHER COMPANY", employer="PT Contoh")
    visited(operation)
    (task,) = tasks()
    assert [one.id for one in task.workers] == [there, unplaced]
    assert task.persons == ()
    with acting_as(dodi):
        assert Entry.objects.filter(person_id=there, actor_id=dodi.id).exists()
    (told,) = [one["persons"] for one in signed_in(Client(), dodi).get(reverse("field:pack")).json()["tasks"]]
    assert told[0]["name"] == "LI WEI"
    assert told[0]["permit"] == "daftar TKA · ITAS s.d. 10-01-2025"
    assert told[0]["as_of"]


def test_who_is_named_by_the_ground_is_not_told_twice_and_no_company_brings_nobody(operation):
    person = listed("LI WEI")
    visited(operation, person_ids=[person])
    (task,) = tasks()
    assert ([one.id for one in task.persons], task.workers) == ([person], ())


def test_a_place_that_is_no_company_brings_nobody(operation):
    listed("LI WEI", employer="")
    visited(operation, employer="")
    (task,) = tasks()
    assert task.workers == ()


def test_whoever_approves_sees_which_company_the_team_takes_along(operation):
    for employer, is_named in (("PT Contoh Jaya", True), ("", False)):
        target = world.proposed(operation, employer=employer)
        shown = signed_in(Client(), hasan).get(reverse("operations:target", args=[target])).content.decode()
        assert ("ikut ke ponsel regu" in shown) is is_named
        with acting_as(ratna):
            line = Entry.objects.get(tag="operations:target:proposed", subject_id=str(target))
        assert f'"takes_workers":{str(is_named).lower()}' in line.body
