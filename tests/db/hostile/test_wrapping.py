"""What every answer is wrapped in, and what an unsafe verb needs (P13)."""

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, hasan, officer
from tests.db.walls.addresses import doors
from tests.url_table import TABLE
from tests.web import PASSWORD, enrolled, signed_in
from timpora.apps.identity.models import User

pytestmark = pytest.mark.django_db
OPEN = [door for door in doors() if "GET" in door.verbs and not door.params]
TAKING = [door for door in doors() if "POST" in door.verbs]


def address(door):
    return reverse(door.name, kwargs=TABLE[door.name].kwargs)


def test_every_page_is_told_how_to_be_treated():
    client, loose = signed_in(Client(), bayu), {}
    for door in OPEN:
        answer = client.get(address(door))
        held = answer.headers
        csp = held.get("Content-Security-Policy", "")
        is_kept = door.name in {"map:base"} or "private" in held.get("Cache-Control", "")
        right = {
            "cache": "no-store" in held.get("Cache-Control", "") or is_kept,
            "vary": "Cookie" in held.get("Vary", ""),
            "csp": "default-src 'none'" in csp and "unsafe" not in csp,
            "sniff": held.get("X-Content-Type-Options") == "nosniff",
            "referrer": held.get("Referrer-Policy") == "same-origin",
            "frame": held.get("X-Frame-Options") == "DENY",
        }
        loose |= {f"{door} {name}": answer.status_code for name, is_right in right.items() if not is_right}
    assert loose == {}


@pytest.mark.parametrize("door", TAKING, ids=str)
def test_no_unsafe_verb_works_without_a_token(door):
    client = signed_in(Client(enforce_csrf_checks=True), hasan)
    assert client.post(address(door)).status_code == 403


def test_a_session_is_new_at_the_door_and_gone_after_it():
    enrolled(bayu)
    client = Client()
    client.session.save()
    client.cookies["timpora_session"] = planted = client.session.session_key
    client.post("/masuk", {"username": "bayu", "password": PASSWORD})
    cookie = client.cookies["timpora_session"]
    assert cookie.value not in {planted, ""}
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert client.get("/").status_code == 200
    client.post("/keluar")
    client.cookies["timpora_session"] = cookie.value
    assert client.get("/").status_code == 302


def test_a_stolen_copy_of_the_sessions_opens_none():
    client = signed_in(Client(), bayu)
    held = client.cookies["timpora_session"].value
    assert client.get("/").status_code == 200
    kept = list(Session.objects.values_list("session_key", "session_data"))
    assert len(kept) == 1
    assert held not in str(kept)
    for stolen in (kept[0][0], kept[0][0][:32]):
        thief = Client()
        thief.cookies["timpora_session"] = stolen
        assert thief.get("/").status_code == 302
    client.post("/keluar")
    assert not Session.objects.filter(pk=kept[0][0]).exists()


def test_over_tls_cookies_and_browsers_are_held_to_it(settings):
    settings.IS_TLS = settings.IS_HSTS = settings.SESSION_COOKIE_SECURE = True
    enrolled(bayu)
    client = Client()
    answer = client.post("/masuk", {"username": "bayu", "password": PASSWORD})
    assert answer["Strict-Transport-Security"].startswith("max-age=31536000")
    assert client.cookies["timpora_session"]["secure"] is True


@pytest.mark.parametrize("names", [["Pegawai Nyata"], ["Rusdi"], ["Rusdi", "Pegawai Nyata"]])
def test_the_published_password_does_not_come_beside_officers_at_work(names):
    """Nor where one of them is called as one of the cast, whose password it would become."""
    for name in names:
        enrolled(officer(name, "field_officer", "KANIM-BATULICIN", "63.10"))
    before = list(User.objects.order_by("username").values_list("username", "password"))
    with pytest.raises(CommandError, match="bukan pemeran"):
        call_command("demo", "cast")
    assert list(User.objects.order_by("username").values_list("username", "password")) == before


@pytest.mark.parametrize(("origin", "code"), [("https://testserver", 302), ("https://lain.example", 403)])
def test_behind_a_proxy_with_tls_a_form_of_our_own_page_is_taken_and_another_s_is_not(settings, origin, code):
    settings.CSRF_TRUSTED_ORIGINS = ["https://testserver"]
    enrolled(bayu)
    client = Client(enforce_csrf_checks=True)
    client.get("/masuk")
    token = client.cookies["timpora_csrf"].value
    form = {"username": "bayu", "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert client.post("/masuk", form, headers={"origin": origin}).status_code == code
