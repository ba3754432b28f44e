"""A thing under a name that is not its own is not there: 404, and nothing is written (P10, P12).

Generated from the addresses: one that names two things is asked with the first one's neighbour, which
exists and is the officer's own too. The same post opens, or writes, under its right name.
"""

from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import hasan
from tests.db.operations import world
from tests.db.walls.addresses import doors
from tests.db.walls.house import house_kept
from tests.db.walls.posts import prepared, watched, written
from timpora.apps.operations.types import NewOperation
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
# One thing named by two parameters, so that there is nothing to mismatch.
ONE_THING = {
    "indications:lift": "a rule and its version",
    "operations:question-change": "a question is a template and a key, as in every other template",
    "operations:question-move": "a question is a template and a key, as in every other template",
    "operations:question-remove": "a question is a template and a key, as in every other template",
}
# Two things, of which the second needs more than one parameter for its name.
SEVERAL_NAMES = {
    "posko:minutes": "a paper is a report and a number",
    "posko:number-close": "a gap is a phone and two numbers",
    "posko:photo": "a photo is a report and a number",
}
NESTED = [door for door in doors() if len(door.params) > 1 and door.name not in ONE_THING]
WITH = [(door, verb) for door in NESTED for verb in sorted(door.verbs & {"GET", "POST"})]


def _operation(_house):
    """Open a second operation of the same office, as its head may."""
    new = NewOperation(name="Operasi mandiri kedua", kind="mandiri", phases=(world.PHASE,))
    with acting_as(hasan):
        return world.actions.operation_open(hasan, new=new)


NEIGHBOURS = {
    "case_id": lambda house: house.fit["cases:screen"]["case_id"],
    "operation_id": _operation,
    "report_id": lambda house: house.things["report_id"],
    "table": lambda _house: "tpi",
    "template_id": lambda house: house.fit["operations:template-redraft"]["template_id"],
}


def asked(verb, post):
    """Return the status of a request, and what it wrote."""
    if verb == "POST":
        return written(post.client, post.url, *post.body({}))
    client = post.client
    with watched(client) as rows:
        return client.get(post.url).status_code, rows()


def test_each_first_name_has_a_neighbour():
    unknown = {f"{door}: <{door.params[0][0]}>" for door in NESTED if door.params[0][0] not in NEIGHBOURS}
    assert unknown == set(), "teach NEIGHBOURS another thing of this kind"
    longer = {str(door) for door in NESTED if len(door.params) > 2}
    assert longer == SEVERAL_NAMES.keys(), "cross each of them with the one before"


@pytest.mark.parametrize(("door", "verb"), WITH, ids=[f"{verb} {door}" for door, verb in WITH])
@pytest.mark.parametrize("is_crossed", [False, True])
def test_a_thing_is_there_under_its_own_name_alone(is_crossed, door, verb, house, pages):
    first = door.params[0][0]
    with house_kept(Client()):
        elsewhere = {first: NEIGHBOURS[first](house)}
        post = prepared(door, house, pages, elsewhere if is_crossed else {})
        status, left = asked(verb, post)
    if is_crossed:
        assert (status, left) == (404, Counter())
    else:
        assert status < 400
        assert verb == "GET" or left


@pytest.mark.parametrize("is_crossed", [False, True])
def test_a_merge_is_taken_back_from_the_page_of_its_own_person_alone(is_crossed, house, pages):
    door = next(door for door in doors() if door.name == "registry:unmerge")
    with house_kept(Client()):
        elsewhere = {"person_id": house.things["person_id"]} if is_crossed else {}
        post = prepared(door, house, pages, elsewhere)
        assert (
            post.client.get(reverse("registry:person", args=[house.things["person_id"]])).status_code == 200
        )
        status, left = asked("POST", post)
    tables = {table for table, _ in left}
    assert (status == 302, "registry_merge" in tables) == (not is_crossed, not is_crossed)
