"""What may not be seen cannot be told from what is not there: every address, verb, role and body (P10, P11).

The table is generated: a new address is asked the day it is written, and a path parameter that nobody
has taught the house fails by name.
"""

import re
from itertools import product
from urllib.parse import urlencode
from uuid import NAMESPACE_DNS, uuid5

import pytest
from django.urls import reverse

from tests.db.walls.addresses import doors, names_asked
from tests.db.walls.bodies import URLENCODED, bodies_of, of_classes
from tests.db.walls.house import EVERYBODYS, FOREIGN, ROLE_NAMES, absent, house_kept
from tests.depth import share

pytestmark = pytest.mark.django_db
WITH_THING = [door for door in doors() if {name for name, _ in door.params} - EVERYBODYS]
# A made-up token or identifier differs in every answer and tells nothing.
NOTHING = (b"", "application/octet-stream")
CHANCE = re.compile(rb"[A-Za-z0-9]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def plain(answer):
    """Return what a stranger could compare: status, headers, bytes, without what is made up each time."""
    told = {k: CHANCE.sub(b"*", v.encode()) for k, v in answer.headers.items() if k != "Content-Length"}
    return answer.status_code, told, CHANCE.sub(b"*", answer.content)


def asked(client, door, verb, things, body):
    with house_kept(client):
        return plain(client.generic(verb, reverse(door.name, kwargs=things), *body))


def test_every_parameter_of_a_path_is_known_to_the_house(house):
    unknown = {
        f"{d}: <{n}>"
        for d in doors()
        for n, _ in d.params
        if n not in house.things | house.fit.get(d.name, {})
    }
    assert unknown == set(), "teach tests/db/walls/house.py what to put there"


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_a_foreign_thing_is_answered_as_an_absent_one(role, house, pages):
    client = house.client(role, FOREIGN)
    told = {}
    for door in (door for door in WITH_THING if door.opens_for(role)):
        own = house.own(door)
        for verb in sorted(door.verbs):
            bodies = bodies_of(door, pages) if verb == "POST" else {"-": NOTHING}
            gone = asked(client, door, verb, absent(own), NOTHING)
            for kind, body in bodies.items():
                foreign = asked(client, door, verb, own, body)
                if foreign != gone or foreign[0] != 404:
                    told[f"{verb} {door} {kind}"] = (foreign[0], gone[0])
    assert told == {}


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_without_the_right_not_even_the_own_thing_is_there(role, house, pages):
    client = house.client(role)
    told = {}
    for door in (door for door in doors() if not door.opens_for(role)):
        # A page without a thing is asked for by every role in tests/db/test_url_matrix.py.
        for verb in sorted(door.verbs if door.params else door.verbs - {"GET"}):
            body = bodies_of(door, pages)["right"] if verb == "POST" else NOTHING
            status = asked(client, door, verb, house.own(door), body)[0]
            if status != 404:
                told[f"{verb} {door}"] = status
    assert told == {}


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_no_body_breaks_an_address_of_the_own_office(role, house, pages):
    client = house.client(role)
    told = {}
    opened = [door for door in doors() if "POST" in door.verbs and door.opens_for(role)]
    # Every body is sent by one who may; all others send the right one, by day at a share of the doors.
    others = share([door for door in opened if client is not house.reader(door)], 3)
    for door in (door for door in opened if client is house.reader(door) or door in others):
        own = house.own(door)
        wants = {"own": own} | ({"absent": absent(own)} if own.keys() - EVERYBODYS else {})
        bodies = bodies_of(door, pages)
        if door in others:
            bodies = {"right": bodies["right"]}
        for (kind, body), (which, things) in product(bodies.items(), wants.items()):
            status = asked(client, door, "POST", things, body)[0]
            if status >= 500 or (which == "absent" and status != 404):
                told[f"{door} {which} {kind}"] = status
    assert told == {}


def test_an_identifier_in_a_query_or_a_form_tells_no_more_than_one_in_a_path(house, pages):
    told = {}
    client = house.client("inteldakim_head", FOREIGN)
    for door in (door for door in doors() if not door.params and door.opens_for("inteldakim_head")):
        right = of_classes(door) | pages.get(door.name, {})
        for name in sorted(names_asked(door.module) & house.named.keys()):
            for verb in sorted(door.verbs):
                answers = []
                for value in (house.named[name], uuid5(NAMESPACE_DNS, "tidak ada")):
                    sent = urlencode(right | {name: [str(value)]}, doseq=True).encode()
                    url = reverse(door.name) + (f"?{name}={value}" if verb == "GET" else "")
                    with house_kept(client):
                        answers.append(plain(client.generic(verb, url, sent, URLENCODED)))
                if answers[0] != answers[1]:
                    told[f"{verb} {door} {name}"] = (answers[0][0], answers[1][0])
    assert told == {}
