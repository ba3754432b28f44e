"""The right post to an address, sent within a transaction that is given back, and the rows it wrote."""

import json
import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from tests.cast import officer
from tests.db.walls.bodies import encoded, of_classes
from tests.db.walls.house import house_kept
from tests.db.walls.valid import READY, Sent
from tests.web import signed_in
from timpora.apps.identity.actions import INSTALLER
from timpora.apps.identity.models import User
from timpora.kernel.database.session import acting_as, assume

EYE = officer("Mata", "victim_protection_officer", "DITJEN", "ID")
UNREAD = {"audit_salt", "django_session", "wilayah_region", "wilayah_regionword", "wilayah_boundary"}
# Writes what is not read here, so that the running transaction gets its number.
FIRST = (
    "INSERT INTO django_session (session_key, session_data, expire_date) VALUES ('mula', '', now()) "
    "RETURNING xmin::text::bigint"
)
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
# Made anew each time: identifiers, digests, files, the codes of letters, numbers of rows.
CHANCE = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\\\x[0-9a-f]*|[0-9a-f]{32,}|[0-9A-Z]{16}|"
    r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}|\"(id|[a-z]+_id|last_login|size)\": ?\d+|\"seal\": \"[0-9a-f]{12}\""
)


@contextmanager
def watched(client):
    """Give back what is written inside; what is yielded returns the rows that were written so far.

    A row bears the number of the transaction that wrote it, and one within another has a number of its
    own: higher than any before, so what was written since is told without a look at all the rest.
    """
    with house_kept(client), connection.cursor() as cursor:
        cursor.execute(FIRST)
        ((first,),) = cursor.fetchall()
        yield lambda: _since(first)


def _since(first):
    """Return the rows written since a transaction, as whoever may see all of them."""
    assume(EYE)
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = sorted({name for (name,) in cursor.fetchall()} - UNREAD)
        since = f"WHERE xmin::text::bigint >= {first}"
        parts = (f"SELECT '{n}', to_jsonb(t)::text FROM {n} t {since}" for n in names)
        cursor.execute(" UNION ALL ".join(parts))
        return Counter((name, CHANCE.sub("*", text)) for name, text in cursor.fetchall())


def written(client, url, body, kind):
    """Return the answer's status, and the rows that the request added or changed."""
    with watched(client) as rows:
        status = client.generic("POST", url, body, kind).status_code
        return status, rows()


@dataclass(frozen=True)
class Post:
    """The right post to one address; `more` puts fields on top of it."""

    door: object
    house: object
    offered: dict
    sent: Sent
    elsewhere: dict = field(default_factory=dict)

    @property
    def url(self):
        things = self.house.own(self.door) | self.sent.things | self.elsewhere
        return reverse(self.door.name, kwargs=things) + self.sent.query

    @property
    def client(self):
        if self.sent.by is None:
            return self.house.reader(self.door)
        client = signed_in(Client(raise_request_exception=False), self.sent.by)
        with acting_as(INSTALLER):  # whoever signs a letter has a service number
            User.objects.filter(pk=self.sent.by.id).update(nip="197609171999031903")
        return client

    @property
    def right(self):
        """Return what belongs into the body."""
        if self.sent.json:
            return self.sent.json
        if self.sent.raw:
            return {}
        filled = of_classes(self.door) | self.offered | self.sent.filled
        return {name: value for name, value in filled.items() if name not in self.sent.leaves_out}

    def body(self, more):
        filled = more | self.right
        if self.sent.raw:
            return self.sent.raw, "application/octet-stream"
        if self.sent.json:
            return json.dumps(filled), "application/json"
        if self.sent.files:
            files = {name: (file.seek(0), file)[1] for name, file in self.sent.files.items()}
            return encode_multipart(BOUNDARY, filled | files), MULTIPART_CONTENT
        return encoded(self.door, filled)


def prepared(door, house, pages, elsewhere=None):
    """Bring about what must come first, and return the post that the office would accept."""
    sent = READY[door.name](house) if door.name in READY else Sent()
    return Post(door, house, pages.get(door.name, {}), sent, elsewhere or {})
