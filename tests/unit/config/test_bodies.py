"""A body that is too large is not taken in; one that stops coming holds nobody up (P29, P31)."""

import asyncio

import pytest

from tests.loops import played
from timpora.config.bodies import LARGEST, LARGEST_AT, MEGABYTE, RUN_PAST, bounded
from timpora.interface.web.edge import ODD_TEXT, TOO_LARGE

GIGABYTE = 1024 * MEGABYTE


class Wire:
    """A client that sends `size` bytes in pieces of a megabyte, or stops after `stops` of them."""

    def __init__(self, size, *, declared=True, stops=None, path="/masuk"):
        self.left, self.sent, self.stops, self.said = size, 0, stops, []
        head = [(b"content-length", str(size).encode())] if declared else []
        self.scope = {"type": "http", "path": path, "headers": head}

    async def receive(self):
        if self.stops is not None and self.sent >= self.stops * MEGABYTE:
            await asyncio.Event().wait()
        piece = min(self.left, MEGABYTE)
        self.left, self.sent = self.left - piece, self.sent + piece
        return {"type": "http.request", "body": bytes(piece), "more_body": self.left > 0}

    async def send(self, message):
        self.said.append(message)


class Django:
    """Takes the whole body in, as Django does, and remembers the most it held."""

    def __init__(self):
        self.held, self.scope = 0, {}

    async def __call__(self, scope, receive, _send):
        self.scope, message = scope, {"more_body": True}
        while message["more_body"]:
            message = await receive()
            self.held += len(message["body"])


def run(wire, **seconds):
    behind = Django()
    played(lambda: bounded(behind, **seconds)(wire.scope, wire.receive, wire.send))
    return behind


def test_an_honest_body_passes_whole():
    behind = run(Wire(LARGEST))
    assert (behind.held, TOO_LARGE in behind.scope) == (LARGEST, False)


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("path", ["/masuk", *LARGEST_AT])
def test_a_gigabyte_is_refused_before_it_is_read(declared, path):
    wire = Wire(GIGABYTE, declared=declared, path=path)
    behind = run(wire)
    limit = LARGEST_AT.get(path, LARGEST)
    assert behind.scope[TOO_LARGE] == limit // MEGABYTE
    assert behind.held <= limit
    assert wire.sent <= RUN_PAST + (0 if declared else limit + MEGABYTE)


def test_a_body_a_little_too_large_is_let_run_past_so_that_the_browser_reads_the_answer():
    wire = Wire(LARGEST + 5 * MEGABYTE)
    assert TOO_LARGE in run(wire).scope
    assert wire.left == 0


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.parametrize("path", LARGEST_AT)
def test_a_stranger_sends_no_more_than_elsewhere_where_officers_send_much(path, is_known, declared):
    asked = []

    async def may_send(at, headers):
        asked.append((at, list(headers)))
        return is_known

    wire = Wire(LARGEST_AT[path], declared=declared, path=path)
    behind = run(wire, may_send=may_send)
    assert asked == [(path, wire.scope["headers"])]
    assert (TOO_LARGE in behind.scope) is not is_known
    assert behind.held <= (LARGEST_AT[path] if is_known else LARGEST)


def test_nobody_is_asked_who_he_is_elsewhere():
    async def may_send(_path, _headers):
        raise AssertionError

    assert run(Wire(LARGEST), may_send=may_send).held == LARGEST


@pytest.mark.parametrize(("size", "stops"), [(LARGEST, 3), (GIGABYTE, 3), (1, 0)])
def test_a_body_that_stops_coming_ends_its_connection(size, stops):
    wire = Wire(size, stops=stops)
    run(wire, idle_seconds=0.05)
    assert wire.said[0]["status"] == 408


def test_a_body_in_drops_has_an_end_too():
    wire = Wire(LARGEST)
    receive = wire.receive

    async def slowly():
        await asyncio.sleep(0.03)
        return await receive()

    wire.receive = slowly
    run(wire, idle_seconds=1, whole_seconds=0.1)
    assert wire.said[0]["status"] == 408


@pytest.mark.parametrize("told", [b"-1", b"9" * 400, b"abc", b"\xff", b"1e3"])
def test_a_length_that_is_no_length_is_too_large(told):
    wire = Wire(10)
    wire.scope["headers"] = [(b"content-length", told)]
    assert TOO_LARGE in run(wire).scope


@pytest.mark.parametrize(
    "code", ["unicode_escape", "utf-7", '"hex"', "rot13", "undefined", " idna", "latin-1"]
)
@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; b=x"]
)
def test_text_in_a_code_of_the_sender_s_choice_is_not_read(kind, code):
    wire = Wire(10)
    wire.scope["headers"].append((b"content-type", f"{kind}; Charset={code}".encode()))
    behind = run(wire)
    assert (ODD_TEXT in behind.scope, behind.held, wire.sent) == (True, 0, 0)
    assert b"content-type" not in dict(behind.scope["headers"])


@pytest.mark.parametrize("code", ["utf-8", "UTF-8", '"utf-8"', "utf8"])
def test_plain_text_is_read(code):
    wire = Wire(10)
    wire.scope["headers"].append((b"content-type", f"text/plain; charset={code}".encode()))
    assert run(wire).held == 10
