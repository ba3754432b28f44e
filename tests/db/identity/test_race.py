"""Many sign-ins at once: no more are told about a password than the throttle lets through."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BoundedSemaphore

import psycopg
import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test import Client

from tests.cast import arif, bayu, hasan
from tests.committed import committing
from tests.conftest import DAY
from tests.web import PASSWORD, enrolled
from timpora.apps.identity import actions, errors
from timpora.apps.identity.models import SignInAttempt
from timpora.config.settings_test import APP_ROLE
from timpora.kernel import clock
from timpora.kernel.audit.models import Entry
from timpora.kernel.database import locks
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


@pytest.fixture
def stuck(db: None) -> Iterator[Callable[[str], None]]:
    """Return how a second connection takes a lock and never lets go of it."""
    enrolled(bayu)
    with psycopg.connect(**connection.get_connection_params()) as other:
        yield lambda name: other.execute("SELECT pg_advisory_xact_lock(%s)", [locks._number(name)]) and None


@pytest.mark.parametrize(
    "kept", [f"sign-in account {actions.account_digest('bayu')}", "sign-in address 127.0.0.1"]
)
def test_a_stuck_session_hangs_nobody_at_the_door(stuck, monkeypatch, kept):
    monkeypatch.setattr(locks, "LONGEST_WAIT", "100ms")
    stuck(kept)
    for password in (PASSWORD, "salah"):
        busy = Client().post("/masuk", {"username": "bayu", "password": password})
        assert busy.status_code == 503
        assert "Coba lagi sebentar" in busy.content.decode()
    assert counts() == (0, 0)


def test_a_lock_of_somebody_else_keeps_nobody_out_and_the_limit_is_of_that_wait_alone(stuck):
    stuck("sign-in account of somebody else")
    assert Client().post("/masuk", {"username": "bayu", "password": PASSWORD}).status_code == 302
    with acting_as(actions.SIGN_IN_DESK), connection.cursor() as cursor:
        locks.hold("anything")
        cursor.execute("SELECT current_setting('lock_timeout')")
        assert cursor.fetchone() == ("0",)


def test_whoever_waited_in_vain_goes_on_in_the_same_transaction(stuck, monkeypatch):
    monkeypatch.setattr(locks, "LONGEST_WAIT", "100ms")
    stuck("anything")
    with acting_as(actions.SIGN_IN_DESK):
        with pytest.raises(locks.LockTaken):
            locks.hold("anything")
        assert not SignInAttempt.objects.exists()
