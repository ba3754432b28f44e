"""Names, passports, passwords and sessions leave no trace in the program's log nor in the audit (P34)."""

import io
import logging
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import arif, bayu
from tests.people import PERMITS, add
from tests.web import PASSWORD, enrolled, signed_in
from timpora.apps.registry import queries as registry
from timpora.apps.registry.types import NewRecord
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as
from timpora.kernel.faults import FaultFormatter

pytestmark = pytest.mark.django_db
NAME, PASSPORT, WORD = "KENARI KUNINGSARI", "ZZ9876543", "sandi-kenari-2024"


@pytest.fixture
def told():
    """Everything any logger says, at every level, as the program would write it."""
    text = io.StringIO()
    handler, root = logging.StreamHandler(text), logging.getLogger()
    handler.setFormatter(FaultFormatter())
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield text
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def person():
    who = uuid4()
    papers = {"document_kind": "paspor", "document_number": PASSPORT, "document_state": "PAK"}
    add(PERMITS, NewRecord(id=uuid4(), person=who, name=NAME, birth="1985-03-12", sex="P", **papers))
    return who


def test_a_day_s_work_leaves_no_canary(told, person, monkeypatch):
    enrolled(bayu)
    stranger = Client()
    stranger.post("/masuk", {"username": "bayu", "password": WORD})
    stranger.post("/masuk", {"username": WORD, "password": NAME})
    stranger.post("/masuk", {"username": "bayu", "password": PASSWORD})
    client = signed_in(Client(raise_request_exception=False), bayu)
    assert NAME in client.get("/orang", {"q": NAME}).content.decode()
    assert PASSPORT in client.get(f"/orang/{person}").content.decode()
    client.get("/orang", {"q": PASSPORT})
    client.get(f"/tidak-ada/{person}", {"q": NAME})

    def fail(*_args, **_kwargs):
        raise LookupError(f"{NAME} {PASSPORT} {WORD}")

    monkeypatch.setattr(registry, "person_search", fail)
    broken = client.get("/orang", {"q": NAME})
    assert broken.status_code == 500
    keys = [c.cookies["timpora_session"].value for c in (stranger, client)]
    with acting_as(arif):
        audit = "\n".join(str(row) for row in Entry.objects.values_list())
    assert "registry:person:read" in audit
    log = told.getvalue()
    assert "LookupError" in log
    for canary in (NAME, PASSPORT, WORD, PASSWORD, *keys):
        assert canary not in log
        assert canary not in audit
        assert canary not in broken.content.decode()
