"""Behind a proxy all visitors share one peer; a stranger must not close the door to all."""

import pytest
from django.test import Client

from tests.cast import bayu
from tests.web import PASSWORD, enrolled
from timpora.apps.identity.models import SignInAttempt

pytestmark = pytest.mark.django_db
PROXY = "127.0.0.1"


@pytest.fixture(autouse=True)
def few(settings):
    settings.SIGN_IN_TRIES = 1
    settings.PROXIES = frozenset({PROXY})


def knock(seen_by_proxy, *, username, word="salah", peer=PROXY):
    said = {"username": username, "password": word}
    return Client(REMOTE_ADDR=peer).post("/masuk", said, headers={"X-Forwarded-For": seen_by_proxy})


def stranger_tries():
    for at in range(10):
        assert knock("203.0.113.7", username=f"orang{at}").status_code == 422


@pytest.mark.parametrize(("address", "status"), [("198.51.100.4", 302), ("203.0.113.7", 422)])
def test_a_stranger_behind_the_proxy_locks_out_himself_alone(address, status):
    enrolled(bayu)
    stranger_tries()
    assert knock(address, username="bayu", word=PASSWORD).status_code == status


@pytest.mark.parametrize(
    ("peer", "told", "counted"),
    [
        (PROXY, "10.9.9.9, 203.0.113.7", "203.0.113.7"),
        (PROXY, "203.0.113.7, bukan alamat", PROXY),
        (PROXY, "", PROXY),
        (PROXY, "2001:db8::1:2:3:4", "2001:db8::/64"),
        (PROXY, "::ffff:203.0.113.7", "203.0.113.7"),
        ("203.0.113.9", "10.0.0.1", "203.0.113.9"),
    ],
)
def test_only_the_last_word_of_a_known_proxy_is_believed(peer, told, counted):
    knock(told, username="orang", peer=peer)
    assert SignInAttempt.objects.get().address == counted
