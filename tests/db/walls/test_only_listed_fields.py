"""A form changes what it lists and nothing else: every field of every model is sent along, and junk (P12).

The same right body is sent twice, bare and with everything else on top; what it writes, table by table,
must be the same both times. Two refusals would be the same as well, so each bare body has to write.
"""

from collections import Counter

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from tests.db.walls.addresses import doors, names_asked
from tests.db.walls.house import house_kept
from tests.db.walls.posts import prepared, written
from tests.db.walls.valid import READY

pytestmark = pytest.mark.django_db
TAKING = [door for door in doors() if "POST" in door.verbs and door.name != "identity:sign-in"]
# Each shows, searches or prints what was typed, and keeps nothing.
KEEPS_NOTHING = {
    "accountability:head": "prints the head of the log on paper",
    "offices:preview": "shows the letter while it is typed",
    "posko:rekap-take": "hands out the rekap of a day",
    "posts:day": "hands out the reports of a day, and the log says so",
    "posts:outfit": "hands out what a post takes along, and the log says so",
    "protection:log-export": "hands out the log under the seal, whose next line says so",
    "protection:log": "goes through the log under the seal",
    "start:home": "takes no form; the page answers any verb alike",
    "style:page": "shows every component, nothing behind it",
    "verify:letter": "compares a file with a digest",
}
# These change the session of the browser, which is no row to compare; their line in the log is.
OWN_SESSION = {"identity:language", "identity:purpose", "identity:sign-out"}
REFUSES_MORE = {"api:report-submit"}


def everything(listed):
    """Return a value for every field of every model, but for those the form asks for."""
    fields = {f.name: f for model in apps.get_models() for f in model._meta.concrete_fields}
    found = {name: [_intruder(field)] for name, field in fields.items()}
    found |= {f"{name}_id": value for name, value in found.items()}
    found |= {name: ["SUSUPAN"] for name in ("is_superuser", "is_staff", "actor", "act", "role", "seals")}
    return {name: value for name, value in found.items() if name not in listed}


def _intruder(field):
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.UUIDField | models.ForeignKey):
        return "0f0e0d0c-0b0a-4908-8706-050403020100"
    if isinstance(field, models.IntegerField | models.FloatField):
        return "7"
    return "2001-01-01" if isinstance(field, models.DateField) else "SUSUPAN"


def outcome(door, house, pages, *, is_laden=False):
    """Send the right post, bare or laden, after what must come first; give everything back."""
    with house_kept(Client()):
        post = prepared(door, house, pages)
        more = everything(names_asked(door.module) | set(post.right)) if is_laden else {}
        return written(post.client, post.url, *post.body(more))


def kept(door, rows):
    """Return how many rows a post wrote, beside the lines of the log on who looked at what."""
    logs = () if door.name in OWN_SESSION else ("audit_entry", "audit_sealed")
    return sum(count for (table, _), count in rows.items() if table not in logs)


@pytest.mark.parametrize("door", TAKING, ids=str)
def test_nothing_but_the_listed_fields_changes(door, house, pages):
    status, rows = bare = outcome(door, house, pages)
    if door.name in KEEPS_NOTHING:
        assert kept(door, rows) == 0, "this address writes: take it from KEEPS_NOTHING"
    else:
        assert status < 400, "tests/db/walls/valid.py: no body is known that the office would accept"
        assert kept(door, rows) > 0, "tests/db/walls/valid.py: nothing was written, so nothing is compared"
    status, rows = (422, Counter()) if door.name in REFUSES_MORE else bare
    status_laden, laden = outcome(door, house, pages, is_laden=True)
    assert (laden - rows, rows - laden, status_laden) == (Counter(), Counter(), status)


def test_every_address_of_these_tables_takes_posts():
    assert {*KEEPS_NOTHING, *OWN_SESSION, *REFUSES_MORE, *READY} <= {door.name for door in TAKING}
