"""Many sign-ins at once: no more are told about a password than the throttle lets through."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BoundedSemaphore

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection

from tests.cast import arif, bayu, hasan
from tests.committed import committing
from tests.conftest import DAY
from tests.web import PASSWORD, enrolled
from timpora.apps.identity import actions, errors
from timpora.apps.identity.models import SignInAttempt
from timpora.config.settings_test import APP_ROLE
from timpora.kernel import clock
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

AT_ONCE, TRIES = 8, 3
TELLS, WAITS = "tells", "waits"


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """In place of the transaction that is rolled back: threads see what was committed."""
    with committing(django_db_blocker, APP_ROLE):
        yield


@pytest.fixture
def door(db: None, settings: object, monkeypatch: pytest.MonkeyPatch) -> Barrier:
    """Let nobody know whether a password is right before all have passed the first look at the count."""
    settings.SIGN_IN_TRIES = TRIES
    gate = Barrier(AT_ONCE)

    def checked(password: str, encoded: str) -> bool:
        gate.wait(20)
        return check_password(password, encoded)

    monkeypatch.setattr(actions, "check_password", checked)
    monkeypatch.setattr(actions, "HASHES", BoundedSemaphore(AT_ONCE))
    for actor in (bayu, hasan):
        enrolled(actor)
    return gate


def answer(username: str, password: str, address: str) -> str:
    desk = actions.SIGN_IN_DESK
    try:
        with clock.standing_at(DAY), acting_as(desk):
            user = actions.sign_in(desk, username=username, password=password, address=address)
            return TELLS if user is None else user.username
    except errors.SignInThrottled:
        return WAITS
    finally:
        connection.close()


def all_at_once(attempts: list[tuple[str, str, str]]) -> list[str]:
    with ThreadPoolExecutor(len(attempts)) as pool:
        return sorted(pool.map(lambda one: answer(*one), attempts))


def counts() -> tuple[int, int]:
    """Return the attempts that were counted, and the refusals in the log."""
    with acting_as(arif):
        logged = Entry.objects.filter(tag="identity:user:sign-in-refused").count()
    with acting_as(actions.SIGN_IN_DESK):
        return SignInAttempt.objects.count(), logged


def test_of_many_guesses_at_one_account_no_more_are_answered_than_its_tries(door):
    told = all_at_once([("bayu", f"salah {at}", f"10.0.0.{at}") for at in range(AT_ONCE)])
    assert told == [TELLS] * TRIES + [WAITS] * (AT_ONCE - TRIES)
    assert counts() == (TRIES, TRIES)


def test_of_many_guesses_from_one_address_no_more_are_answered_than_its_tries(door, monkeypatch):
    monkeypatch.setattr(actions, "ADDRESS_FACTOR", 1)
    told = all_at_once([(f"orang{at}", "salah", "10.0.0.1") for at in range(AT_ONCE)])
    assert told == [TELLS] * TRIES + [WAITS] * (AT_ONCE - TRIES)
    assert counts() == (TRIES, TRIES)


def test_colleagues_at_one_address_come_in_together(door):
    told = all_at_once([(("bayu", "hasan")[at % 2], PASSWORD, "10.0.0.1") for at in range(AT_ONCE)])
    assert told == ["bayu"] * (AT_ONCE // 2) + ["hasan"] * (AT_ONCE // 2)
    assert counts() == (0, 0)
