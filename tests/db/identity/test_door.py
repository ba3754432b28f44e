"""The door: who gets in, who is throttled, and when a session ends."""

import re
import threading
from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.cast import arif, bayu, hasan, lestari
from tests.web import PASSWORD, enrolled, signed_in
from timpora.apps.identity import actions, queries
from timpora.apps.identity.errors import SignInThrottled
from timpora.apps.identity.models import SignInAttempt, User
from timpora.apps.identity.types import NewAssignment, NewUser
from timpora.interface.sessions import SessionStore
from timpora.kernel import clock
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db


def post(client: Client, password: str = PASSWORD, username: str = "bayu"):
    return client.post("/masuk", {"username": username, "password": password})


def test_the_right_password_opens_and_the_wrong_one_says_what_to_do(client):
    enrolled(bayu)
    refused = post(client, "salah")
    assert refused.status_code == 422
    assert "tidak cocok" in refused.content.decode()
    assert client.get("/").status_code == 302
    entered = post(client, username=" BAYU ")
    assert (entered.status_code, entered["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    with acting_as(arif):
        tags = list(Entry.objects.filter(tag__startswith="identity:user").values_list("tag", flat=True))
    assert sorted(tags) == ["identity:user:sign-in-refused", "identity:user:signed-in"]


def test_an_unknown_account_gets_the_same_answer(client):
    enrolled(bayu)
    known, unknown = post(client, "salah"), post(client, "salah", "tidakada")
    assert known.status_code == unknown.status_code
    assert "tidak cocok" in unknown.content.decode()


def test_after_too_many_tries_even_the_right_password_waits(client, settings):
    enrolled(bayu)
    settings.SIGN_IN_TRIES = 3
    for _ in range(3):
        post(client, "salah")
    assert "15 menit" in post(client).content.decode()
    with clock.standing_at(clock.now() + timedelta(minutes=16)):
        assert post(client).status_code == 302
    assert issubclass(SignInThrottled, Exception)


def test_wrong_passwords_from_elsewhere_do_not_keep_the_officer_out_of_his_browser(settings):
    enrolled(bayu)
    settings.SIGN_IN_TRIES = 3
    own, outsider = Client(REMOTE_ADDR="10.0.0.5"), Client(REMOTE_ADDR="203.0.113.7")
    known = post(own).cookies
    (cookie,) = (one for name, one in known.items() if name.startswith("timpora_browser"))
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/masuk")
    for _ in range(3):
        post(outsider, "salah")
    assert "15 menit" in post(outsider).content.decode()
    assert post(own).status_code == 302
    forged = Client()
    forged.cookies[cookie.key] = f"{cookie.value}x"
    assert "15 menit" in post(forged).content.decode()


def test_a_known_browser_has_no_more_tries_than_others_and_none_at_other_accounts(settings):
    enrolled(bayu)
    enrolled(hasan)
    settings.SIGN_IN_TRIES = 3
    own = Client()
    assert post(own).status_code == 302
    for _ in range(3):
        assert "tidak cocok" in post(own, "salah").content.decode()
    assert "15 menit" in post(own).content.decode()
    assert post(Client()).status_code == 302  # what that browser used up is its own
    for _ in range(3):
        post(Client(), "salah", "hasan")
    assert "15 menit" in post(own, username="hasan").content.decode()


def test_where_too_many_passwords_are_checked_at_once_nobody_waits_and_nothing_counts(client, monkeypatch):
    enrolled(bayu)
    full = threading.BoundedSemaphore(1)
    monkeypatch.setattr(actions, "HASHES", full)
    with full:
        for password in (PASSWORD, "salah"):
            busy = post(client, password)
            assert busy.status_code == 503
            assert "Coba lagi sebentar" in busy.content.decode()
    assert not SignInAttempt.objects.exists()
    assert post(client, "salah").status_code == 422
    assert post(client).status_code == 302


def test_a_destination_elsewhere_is_not_followed(client):
    enrolled(bayu)
    form = {"username": "bayu", "password": PASSWORD}
    assert client.post("/masuk", form | {"lanjut": "https://jahat.example/"})["Location"] == "/"
    assert client.post("/masuk", form | {"lanjut": "/tujuan"})["Location"] == "/tujuan"


def test_whoever_chooses_a_purpose_comes_back_to_the_page_where_it_was_asked(client):
    signed_in(client, bayu.for_purpose(None))
    page = client.get("/operasi?keadaan=semua").content.decode()
    (way,) = re.findall(r'class="purpose is-missing" href="([^"]+)"', page)
    assert way == "/tujuan?lanjut=%2Foperasi%3Fkeadaan%3Dsemua"
    form = {"kind": "operasi", "reference": "Jagratara II"}
    given = re.findall(r'name="lanjut" value="([^"]*)"', client.get(way).content.decode())
    back = next(one for one in given if one.startswith("/operasi"))
    assert client.post("/tujuan", form | {"lanjut": back})["Location"] == "/operasi?keadaan=semua"


@pytest.mark.parametrize(
    "wanted",
    ["https://jahat.example/", "//jahat.example", "/\\jahat.example", "javascript:alert(1)", "orang"],
)
def test_a_purpose_leads_to_a_page_of_this_program_alone(client, wanted):
    signed_in(client, bayu.for_purpose(None))
    form = {"kind": "operasi", "reference": "Jagratara II"}
    assert client.post("/tujuan", form | {"lanjut": "/orang"})["Location"] == "/orang"
    assert client.post("/tujuan", form | {"lanjut": wanted})["Location"] == "/"


def test_a_form_that_was_sent_is_no_page_to_come_back_to(client):
    signed_in(client, lestari.for_purpose(None))
    address = reverse("protection:refuse", args=[bayu.id])
    refused = client.post(address, {"because": "x"})
    asked = client.get("/perlindungan")
    assert (refused.status_code, asked.status_code) == (403, 403)
    assert "/tujuan?lanjut=" not in refused.content.decode()
    assert asked.content.decode().count("/tujuan?lanjut=%2Fperlindungan") == 2


def test_a_session_ends_with_the_assignment_and_with_revocation(client):
    signed_in(client, bayu)
    assert client.get("/").status_code == 200
    with acting_as(actions.INSTALLER):
        actions.sessions_revoke(actions.INSTALLER, user_id=bayu.id)
    assert client.get("/").status_code == 302


def test_a_session_ends_with_its_last_hour(client):
    signed_in(client, bayu)
    assert client.get("/").status_code == 200
    last = clock.true_now() + timedelta(minutes=1)
    for ends, answer in ((last, 200), (last - timedelta(minutes=2), 302)):
        assert Session.objects.update(expire_date=ends) == 1
        assert client.get("/").status_code == answer


def test_powers_follow_the_dated_assignment_of_an_acting_head():
    enrolled(hasan)
    stand_in = NewAssignment(
        role="kanim_head",
        unit="KANIM-BATULICIN",
        starts=date(2024, 8, 20),
        ends=date(2024, 8, 23),
        acting="Plh.",
    )
    with acting_as(actions.INSTALLER):
        who = actions.user_add(
            actions.INSTALLER, user=NewUser("gani", "Gani", PASSWORD, (stand_in,)), user_id=None
        )
    actor = queries.actor_get(who, session_key=0)
    assert actor is not None
    assert actor.grants[0].title == "Plh. Kepala Kantor Imigrasi"
    # The 23rd begins in Batulicin (WITA) at 16.00 UTC of the 22nd: from then on he stands in no more.
    with clock.standing_at(clock.now().replace(hour=15, minute=59)):
        assert queries.actor_get(who, session_key=0).grants
    with clock.standing_at(clock.now().replace(hour=16, minute=0)):
        assert not queries.actor_get(who, session_key=0).grants


def test_who_asks_is_told_by_one_statement_with_all_his_posts(django_assert_num_queries):
    enrolled(hasan)
    wanted = [
        NewAssignment(role="kanim_head", unit="KANIM-BATULICIN", starts=date(2024, 8, 1)),
        NewAssignment(
            role="inteldakim_head",
            unit="KANIM-BATULICIN",
            starts=date(2024, 1, 1),
            territories=("63.10", "63.02"),
        ),
        NewAssignment(role="kanim_head", unit="KANIM-BATULICIN", starts=date(2024, 8, 23)),
    ]
    idle, busy = NewUser("ida", "Ida", PASSWORD, ()), NewUser("gani", "Gani", PASSWORD, tuple(wanted))
    with acting_as(actions.INSTALLER):
        ida, gani = (actions.user_add(actions.INSTALLER, user=user) for user in (idle, busy))
    with django_assert_num_queries(1):
        actor = queries.actor_get(gani, session_key=0)
    assert actor is not None
    assert (actor.id, actor.name, actor.language) == (gani, "Gani", "id")
    assert [(g.role, g.territories[0], g.zone, g.unit_name) for g in actor.grants] == [
        ("inteldakim_head", "63.10", "Asia/Makassar", "KANIM-BATULICIN"),
        ("kanim_head", "63.10", "Asia/Makassar", "KANIM-BATULICIN"),
    ]
    assert actor.territories == ("63.02", "63.10")
    without = queries.actor_get(ida, session_key=0)
    assert without is not None
    assert without.grants == ()
    assert queries.actor_get(gani, session_key=1) is None
    User.objects.filter(pk=gani).update(is_active=False)
    assert queries.actor_get(gani, session_key=0) is None


def test_the_purpose_is_chosen_once_and_shown(client):
    signed_in(client, bayu.for_purpose(None))
    assert client.post("/tujuan", {"kind": "operasi", "reference": ""}).status_code == 422
    assert client.post("/tujuan", {"kind": "iseng", "reference": "x"}).status_code == 422
    chosen = client.post("/tujuan", {"kind": "operasi", "reference": "Jagratara II", "lanjut": "/"})
    assert chosen.status_code == 302
    assert client.session["purpose"] == {"kind": "operasi", "reference": "Jagratara II"}
    assert "Jagratara II" in client.get("/").content.decode()


def test_choosing_a_purpose_undoes_nothing_that_another_request_wrote_into_the_session(client, monkeypatch):
    signed_in(client, bayu.for_purpose(None))
    key, real = client.session.session_key, actions.purpose_choose

    def beside(*told, **words):
        SessionStore(key).change("phone", lambda _held: {"app": "x"})
        return real(*told, **words)

    monkeypatch.setattr(actions, "purpose_choose", beside)
    assert client.post("/tujuan", {"kind": "operasi", "reference": "Jagratara II"}).status_code == 302
    kept = SessionStore(key)
    assert (kept["phone"], kept["purpose"]["kind"]) == ({"app": "x"}, "operasi")
