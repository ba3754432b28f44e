"""An open session is worth nothing beside a locked form: it is parked, and the PIN opens it (ADR 0020)."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import bayu, dodi
from tests.db.findings.field import BUDI, DEVICE, at_work, visit
from tests.web import PASSWORD, enrolled, signed_in
from timpora.apps.findings.content import content_of
from timpora.interface.parking import FRESH, IDLE, LEAVING, NOTED, stay, unpark
from timpora.interface.requests import devices_of
from timpora.interface.sessions import SessionStore
from timpora.interface.web.callers import actor_of
from timpora.kernel import clock

pytestmark = pytest.mark.django_db
SECRET = "rahasia kunci"
DIGEST = hashlib.sha256(SECRET.encode()).hexdigest()
MINE = f"{dodi.id}:{DIGEST}"
READS = ("field:pack", "start:home", "identity:purpose")


class Hands:
    """The server's own clock, turned by hand."""

    def __init__(self, now):
        self.now = now

    def on(self, gone: timedelta) -> None:
        self.now += gone


@pytest.fixture
def hands(monkeypatch) -> Hands:
    made = Hands(clock.true_now())
    monkeypatch.setattr(clock, "true_now", lambda: made.now)
    return made


@pytest.fixture
def work():
    return at_work()


@pytest.fixture
def phone(hands, work) -> Client:
    return signed_in(Client(), dodi)


def told(client, **words):
    fields = {"ponsel": str(DEVICE), "antre": 0, **words}
    return client.post(reverse("field:contact"), fields).json()


def opened(client, secret=SECRET):
    return not told(client, bukti=secret)["is_parked"]


def shut(client, **words):
    return told(client, sidik=MINE, **words)["is_parked"]


def codes(client):
    return {client.get(reverse(name)).status_code for name in READS}


def test_a_locked_form_parks_the_session_and_only_its_secret_opens_it(phone):
    assert opened(phone)
    assert actor_of(phone.cookies["timpora_session"].value).id == dodi.id
    assert codes(phone) == {200}
    assert shut(phone)
    assert codes(phone) == {423}
    # No stream either, which is asked for with the same session.
    assert actor_of(phone.cookies["timpora_session"].value) is None
    # Nobody is named to whoever found the phone.
    assert "Dodi" not in phone.get("/").content.decode()
    for wrong in ("salah", "", DIGEST, "x" * 1000):
        assert not opened(phone, wrong)
    assert codes(phone) == {423}
    assert opened(phone)
    assert codes(phone) == {200}


def test_a_parked_session_still_opens_the_form_tells_of_its_phone_and_sends(phone, work):
    opened(phone)
    shut(phone)
    assert phone.get(reverse("field:home")).status_code == 200
    assert phone.get(reverse("field:who")).json()["officer"] == str(dodi.id)
    report = visit(*work, BUDI)
    sent = phone.post(reverse("api:report-submit"), content_of(report), content_type="application/json")
    assert sent.status_code == 201
    assert json.loads(sent.content)["report"] == str(report.id)
    assert phone.get(reverse("field:receipt", args=[report.id])).status_code == 423
    # What belongs to a report is sent like it: here nothing is known of such a photo, which is no 423.
    assert phone.get(reverse("api:photo", args=[report.id, "0" * 64])).status_code == 404


def test_it_parks_itself_where_nobody_tells_that_the_form_is_open(phone, hands):
    opened(phone)
    hands.on(IDLE - NOTED)
    assert opened(phone)
    hands.on(IDLE)
    assert codes(phone) == {423}
    # A contact that shows no secret opens nothing.
    assert told(phone)["is_parked"]


def test_whoever_works_on_another_page_of_the_office_stays_at_work(phone, hands):
    opened(phone)
    for _ in range(4):
        hands.on(IDLE - NOTED)
        assert phone.get("/").status_code == 200
    hands.on(IDLE)
    assert phone.get("/").status_code == 423


def test_a_form_that_was_closed_parks_it_after_a_moment(phone, hands):
    opened(phone)
    assert not shut(phone, pergi=1)
    hands.on(LEAVING - timedelta(seconds=1))
    assert phone.get(reverse("field:pack")).status_code == 200
    shut(phone, pergi=1)
    hands.on(LEAVING)
    assert codes(phone) == {423}


def test_whoever_has_just_signed_in_may_choose_another_pin_for_some_minutes(phone, hands):
    # The phone has a lock already; its PIN was forgotten.
    assert not shut(phone)
    assert phone.get(reverse("field:pack")).status_code == 200
    hands.on(FRESH)
    assert codes(phone) == {423}
    assert not opened(phone, "kunci baru")
    assert opened(phone)


def test_an_open_session_takes_the_lock_that_was_just_made(phone):
    opened(phone)
    assert opened(phone, "kunci baru")
    shut(phone)
    assert not opened(phone)
    assert opened(phone, "kunci baru")


def test_a_lock_of_another_officer_or_none_parks_nothing(phone):
    told(phone, sidik=f"{bayu.id}:{DIGEST}")
    told(phone, sidik=f"{dodi.id}:zz")
    told(phone)
    assert codes(phone) == {200}


def test_what_is_told_late_does_not_bring_an_ended_session_back(phone):
    opened(phone)
    answer = phone.post(reverse("field:contact"), {"ponsel": str(DEVICE), "antre": 0, "sidik": MINE})
    assert settings.SESSION_COOKIE_NAME not in answer.cookies
    phone.session.flush()
    assert phone.get("/").status_code == 302


def test_a_page_asked_for_just_before_the_phone_was_locked_does_not_open_it_again(phone, hands):
    opened(phone)
    early = SessionStore(phone.cookies["timpora_session"].value)
    early.keys()  # read, as a request reads it at its beginning
    hands.on(IDLE - NOTED)
    assert shut(phone)
    stay(early)
    assert codes(phone) == {423}


def test_what_a_page_writes_late_leaves_the_phone_that_the_session_named(phone, hands):
    early = SessionStore(phone.cookies["timpora_session"].value)
    early.keys()  # read, as a request reads it at its beginning
    opened(phone)
    unpark(early, "kunci baru")
    assert devices_of(phone.session) == [DEVICE]


def test_a_part_of_a_page_leads_to_the_form(phone):
    opened(phone)
    shut(phone)
    answer = phone.get("/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, reverse("field:home"))


def test_the_door_begins_another_session_that_ends_when_it_did_before(hands):
    enrolled(dodi)
    client = Client()
    client.post("/masuk", {"username": "dodi", "password": PASSWORD})
    opened(client)
    shut(client)
    client.post("/masuk", {"username": "dodi", "password": PASSWORD})
    ends = client.session.get_expiry_date()
    assert client.get("/").status_code == 200
    # Writing down that somebody is at work does not lengthen the twelve hours.
    opened(client)
    assert client.session.get_expiry_date() == ends
    assert client.session.get_expiry_age() <= settings.SESSION_COOKIE_AGE
