"""A form changes what it lists and nothing else: every field of every model is sent along, and junk (P12).

The same right body is sent twice, bare and with everything else on top; what it writes, table by table,
must be the same both times.
"""

import re
from collections import Counter

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import reverse

from tests.cast import officer
from tests.db.walls.addresses import doors, names_asked
from tests.db.walls.bodies import encoded, of_classes
from tests.db.walls.house import house_kept
from timpora.kernel.database.session import assume

pytestmark = pytest.mark.django_db
TAKING = [door for door in doors() if "POST" in door.verbs and door.name != "identity:sign-in"]
EYE = officer("Mata", "victim_protection_officer", "DITJEN", "ID")
UNREAD = {"audit_salt", "django_session", "wilayah_region", "wilayah_regionword", "wilayah_boundary"}
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
# Made anew each time: identifiers, digests, files, the codes of letters, numbers of rows.
CHANCE = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\\\x[0-9a-f]*|[0-9a-f]{32,}|[0-9A-Z]{16}|"
    r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}|\"(id|[a-z]+_id|last_login|size)\": ?\d+"
)


def rows():
    """Return every row of the database, as whoever may see all of them."""
    assume(EYE)
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = sorted({name for (name,) in cursor.fetchall()} - UNREAD)
        parts = (f"SELECT '{n}', to_jsonb(t)::text FROM {n} t" for n in names)
        cursor.execute(" UNION ALL ".join(parts))
        return Counter((name, CHANCE.sub("*", text)) for name, text in cursor.fetchall())


def written(client, url, body, kind):
    """Return the answer's status, and the rows that the request added or changed."""
    with house_kept(client):
        before = rows()
        status = client.generic("POST", url, body, kind).status_code
        return status, rows() - before


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


@pytest.mark.parametrize("door", TAKING, ids=str)
def test_nothing_but_the_listed_fields_changes(door, house, pages):
    url, client = reverse(door.name, kwargs=house.own(door)), house.reader(door)
    right = of_classes(door) | pages.get(door.name, {})
    bare = written(client, url, *encoded(door, right))
    laden = written(client, url, *encoded(door, everything(names_asked(door.module) | set(right)) | right))
    assert laden == bare
