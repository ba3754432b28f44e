"""The posko while the database does not answer: the last board with its age, for whoever saw it (P8)."""

import os
import re
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from psycopg_pool import PoolTimeout

from tests.cast import bayu, ratna
from tests.conftest import DAY
from tests.db.findings.field import ANNA, at_work, visit
from tests.db.interface.web.test_posko import sent, words
from tests.web import signed_in
from timpora.interface.web import posko, posko_still
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied
from timpora.kernel.database import outage as outages
from timpora.kernel.database.outage import outage

GONE = "Basis data tidak menjawab"


@contextmanager
def no_database():
    """Leave nothing at the address of the database; what comes afterwards finds it again."""
    place = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = "/nowhere"
    try:
        yield place
    finally:
        connection.settings_dict["HOST"] = place
        outage.learn(is_away=False)


@pytest.fixture
def watcher(transactional_db, tmp_path, monkeypatch):
    """Somebody who was shown the posko and its wall, with one report on it; with the operation's page."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(posko_still, "_laid", {})
    operation, target = at_work()
    sent(visit(operation, target, ANNA, headcount=3))
    client, page = signed_in(Client(), ratna), f"/posko/{operation}"
    for path in (page, f"{page}/dinding"):
        assert client.get(path).status_code == 200
    return client, page


def boards() -> list[Path]:
    return sorted((Path(settings.DATA) / "posko").iterdir())


@pytest.mark.parametrize("path", ["", "/dinding"])
def test_the_last_board_is_shown_with_its_age_and_the_living_one_when_the_database_is_back(watcher, path):
    client, page = watcher
    living = words(client.get(page + path).content.decode())
    with no_database(), clock.standing_at(DAY + timedelta(minutes=12)):
        answer = client.get(page + path)
        told = words(answer.content.decode())
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"
        assert GONE in told
        assert "digambar 12 menit lalu" in told
        for part in (r"data per \S+", r"Angka operasi.*?(?=Laporan terbaru)|\d+ orang terhitung.{40}"):
            (drawn,) = re.findall(part, living)[:1]
            assert drawn in told
    assert GONE not in words(client.get(page + path).content.decode())


def test_the_board_of_the_desk_offers_nothing_that_would_fail(watcher):
    client, page = watcher
    with no_database():
        html = client.get(page).content.decode()
    assert 'class="rail"' not in html
    assert "Nihil hari ini" not in html
    assert "/posko/" in html  # where the stream is, which tells when it is over


def test_a_process_that_never_asked_for_the_clock_tells_the_age_by_the_one_that_was_set(watcher):
    client, page = watcher
    with no_database():
        before = clock.setting()
        clock.follow(clock.TRUE)
        try:
            assert "digambar baru saja" in words(client.get(page).content.decode())
        finally:
            clock.follow(before)


def test_nobody_is_shown_what_he_was_not_shown_before(watcher):
    client, page = watcher
    stranger, other_desk, without_session = Client(), signed_in(Client(), bayu), Client()
    other_desk.cookies["timpora_posko"] = client.cookies["timpora_posko"].value
    without_session.cookies["timpora_posko"] = client.cookies["timpora_posko"].value
    with no_database():
        for caller in (stranger, other_desk, without_session):
            answer = caller.get(page)
            assert answer.status_code == 503
            assert GONE not in answer.content.decode()


def test_a_pass_ends_with_its_hours_and_is_not_written_by_hand(watcher, monkeypatch):
    client, page = watcher
    right = client.cookies["timpora_posko"].value
    with no_database():
        client.cookies["timpora_posko"] = right[:-1] + ("A" if right[-1] != "A" else "B")
        assert client.get(page).status_code == 503
        client.cookies["timpora_posko"] = "x"
        assert client.get(page).status_code == 503
        client.cookies["timpora_posko"] = right
        assert client.get(page).status_code == 200
        later = time.time() + posko_still.KEPT_HOURS * 3600 + 1
        monkeypatch.setattr("django.core.signing.time.time", lambda: later)
        assert client.get(page).status_code == 503


def test_a_board_that_lies_in_the_folder_tells_nothing_and_cannot_be_changed(watcher):
    client, page = watcher
    assert len(boards()) == 2
    for file in boards():
        assert file.stat().st_mode & 0o777 == 0o600
        assert b"Jagratara" not in file.read_bytes()
        whole = bytearray(file.read_bytes())
        whole[-1] ^= 1
        file.write_bytes(whole)
    with no_database():
        assert client.get(page).status_code == 503


def test_one_board_cannot_stand_in_for_another(watcher):
    client, page = watcher
    one, other = boards()
    one.write_bytes(other.read_bytes())
    other.unlink()
    with no_database():
        assert {client.get(p).status_code for p in (page, f"{page}/dinding")} == {503}


def test_a_folder_that_takes_nothing_leaves_the_living_board_alone(watcher, tmp_path, monkeypatch, caplog):
    client, page = watcher
    monkeypatch.setattr(settings, "DATA", tmp_path / "secret.key")
    (tmp_path / "secret.key").write_text("a file, so no folder")
    monkeypatch.setattr(posko_still, "_laid", {})
    with clock.standing_at(DAY + timedelta(minutes=1)):
        assert client.get(page).status_code == 200
    assert "tidak dapat disimpan" in caplog.text


def test_boards_that_nobody_was_shown_for_hours_are_cleared_away(watcher, monkeypatch):
    client, page = watcher
    old = Path(settings.DATA) / "posko" / "lama"
    old.touch()
    long_ago = (clock.true_now() - timedelta(hours=posko_still.KEPT_HOURS, minutes=1)).timestamp()
    os.utime(old, (long_ago, long_ago))
    monkeypatch.setattr(posko_still, "_laid", {})
    with clock.standing_at(DAY + timedelta(minutes=1)):
        client.get(f"{page}/papan")
    assert old not in boards()


def test_every_other_page_says_what_to_do_and_a_phone_keeps_what_it_sent(watcher):
    client, page = watcher
    with no_database():
        for path in ("/", "/posko", f"{page}/papan", "/masuk", "/tidak/ada"):
            answer = client.get(path)
            assert answer.status_code == 503, path
            assert answer["Retry-After"] == "30"
        assert client.post(page).status_code == 503
        told = client.post("/api/v1/reports", {}, content_type="application/json")
        assert told.status_code == 503
        assert told.json()["code"] == "basis-data-tidak-menjawab"


def test_the_log_tells_once_that_the_database_is_away_and_once_that_it_is_back(watcher, caplog):
    client, page = watcher
    with no_database():
        for path in (page, "/", "/masuk"):
            client.get(path)
    client.get(page)
    told = [line.getMessage() for line in caplog.records if line.levelname in {"WARNING", "ERROR"}]
    assert told == ["basis data tidak menjawab", "basis data menjawab lagi"]


def test_while_the_database_is_away_one_question_at_a_time_tries_it(watcher, monkeypatch):
    client, page = watcher
    tried = []
    connect = connection.get_new_connection
    monkeypatch.setattr(connection, "get_new_connection", lambda told: (tried.append(1), connect(told))[1])
    with no_database():
        for _ in range(20):
            assert client.get(page).status_code == 200
        assert len(tried) == 1
        now = time.monotonic()
        monkeypatch.setattr(outages.time, "monotonic", lambda: now + outages.REST_SECONDS + 0.1)
        client.get(page)
        client.get(page)
        assert len(tried) == 2


def test_a_question_that_the_database_refuses_is_no_outage(watcher, monkeypatch):
    client, _page = watcher
    client.raise_request_exception = False

    def refused(*_words, **_more):
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL lock_timeout = '1ms'; SELECT pg_sleep(0); SET LOCAL statement_timeout = 1"
            )
            cursor.execute("SELECT pg_sleep(1)")

    monkeypatch.setattr("timpora.apps.operations.queries.operation_list", refused)
    assert client.get("/posko").status_code == 500
    assert client.get("/masuk").status_code == 200


@pytest.mark.parametrize("sqlstate", ["53200", "53300", "53400", "08P01", "57P01"])
def test_a_question_that_was_too_much_is_the_fault_of_whoever_put_it(watcher, monkeypatch, sqlstate):
    client, page = watcher

    def greedy(*_words, **_more):
        with connection.cursor() as cursor:
            cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'too much' USING ERRCODE = '{sqlstate}'; END $$")

    with monkeypatch.context() as broken:
        broken.setattr("timpora.apps.operations.queries.operation_list", greedy)
        assert client.get("/posko").status_code == 503
    assert client.get("/masuk").status_code == 200
    assert GONE not in words(client.get(page).content.decode())


def test_a_busy_pool_is_no_outage(watcher, monkeypatch):
    client, page = watcher

    def busy(_told):
        raise OperationalError("couldn't get a connection after 5.00 sec") from PoolTimeout

    connection.close()
    with monkeypatch.context() as broken:
        broken.setattr(connection, "get_new_connection", busy)
        assert client.get("/masuk").status_code == 503
    assert client.get("/masuk").status_code == 200
    assert GONE not in words(client.get(page).content.decode())


def test_whoever_tries_does_not_keep_the_others_out_until_his_page_is_done(watcher, monkeypatch):
    client, page = watcher
    with no_database() as place:
        client.get(page)
        rested = time.monotonic() + outages.REST_SECONDS + 0.1
        monkeypatch.setattr(outages.time, "monotonic", lambda: rested)
        connection.settings_dict["HOST"] = place
        beside = []

        def slow(*_words, **_more):
            beside.append(outage.check())
            raise AccessDenied

        monkeypatch.setattr("timpora.apps.operations.queries.operation_list", slow)
        assert client.get("/posko").status_code == 404
        assert beside == [None]


def test_a_connection_that_ends_in_the_midst_of_a_page_is_an_outage(watcher, monkeypatch):
    client, page = watcher

    def cut(*_words, **_more):
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE; SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as broken:
        broken.setattr("timpora.interface.web.posko.board_parts", cut)
        answer = client.get(page)
    assert answer.status_code == 200
    assert GONE in words(answer.content.decode())
    # The connection of this page alone was lost.
    assert GONE not in words(client.get(page).content.decode())


def test_a_pass_is_taken_back_where_the_living_page_shows_its_board_no_more(watcher, monkeypatch):
    client, page = watcher
    assert client.get(page).status_code == 200
    right = client.cookies["timpora_posko"].value
    session = client.cookies.pop("timpora_session").value
    for code in (302, 404):
        client.cookies["timpora_posko"] = right
        answer = client.get(page)
        assert answer.status_code == code
        taken = answer.cookies["timpora_posko"]
        assert (taken.value, taken["path"], taken["max-age"]) == ("", page, 0)
        with no_database():
            assert client.get(page).status_code == 503
        client.cookies["timpora_session"] = session
        monkeypatch.setattr(posko, "board_parts", withdrawn)


def withdrawn(*_asked, **_words):
    raise AccessDenied
