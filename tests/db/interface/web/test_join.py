"""The page that a post shows its team, and the cookies of its door (F42)."""

import re
from ipaddress import IPv4Address

import pytest
from django.test import Client

from timpora.kernel import clock
from timpora.kernel.authority import fingerprint_of, server_keep

pytestmark = pytest.mark.django_db
ADDRESS = "192.168.7.2"


@pytest.fixture
def post(settings, tmp_path):
    server_keep(tmp_path / "lan", IPv4Address(ADDRESS), clock.true_now())
    settings.DATA, settings.LAN_ADDRESS, settings.LAN_URL = tmp_path, ADDRESS, f"https://{ADDRESS}:8443"
    return tmp_path / "lan"


def test_the_laptop_shows_both_addresses_and_the_whole_fingerprint(post):
    page = Client().get("/gabung").content.decode()
    assert f"http://{ADDRESS}:8444/" in page
    assert f"https://{ADDRESS}:8443" in page
    assert fingerprint_of(post) in re.sub(r"\n", ":", re.search("<pre[^>]*>(.*?)</pre>", page, re.S)[1])
    assert page.count("<svg") >= 2


def test_a_program_that_is_no_post_says_so():
    page = Client().get("/gabung").content.decode()
    assert "tidak dibuka untuk ponsel" in page
    assert "https://" not in page
