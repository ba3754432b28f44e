"""Whoever sends a form in the demonstration learns where it leads, and opens only what is read."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from timpora.interface.console.scenario.caller import Caller, CallRefused

OPENED: list[str] = []


class House(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        OPENED.append(self.path)
        if self.path == "/lama":
            self._answer(302, "/baru")
        else:
            self._answer(200)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/salah":
            self._answer(422)
        else:
            self._answer(302, "/hasil/7")

    def _answer(self, code: int, leads_to: str = "") -> None:
        self.send_response(code)
        if leads_to:
            self.send_header("Location", leads_to)
        self.send_header("Set-Cookie", f"seen={code}; Path=/")
        self.end_headers()
        self.wfile.write(b"isi halaman")

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def caller() -> Iterator[Caller]:
    OPENED.clear()
    server = HTTPServer(("127.0.0.1", 0), House)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield Caller(f"http://127.0.0.1:{server.server_port}", "ratna")
    server.shutdown()
    server.server_close()


def test_a_taken_form_names_the_page_it_leads_to_and_opens_it_only_when_asked(caller: Caller) -> None:
    answer = caller.post("/formulir", {"nama": "Regu Satu"})
    assert (answer.code, answer.text, OPENED) == (302, "", [])
    assert answer.address.endswith("/hasil/7")
    assert caller.get(answer.address).text == "isi halaman"
    assert OPENED == ["/hasil/7"]


def test_what_the_answer_to_a_form_sets_is_kept(caller: Caller) -> None:
    caller.post("/formulir", {})
    assert [cookie.value for cookie in caller._cookies] == ["302"]


def test_a_page_that_moved_is_followed(caller: Caller) -> None:
    assert caller.get("/lama").address.endswith("/baru")
    assert OPENED == ["/lama", "/baru"]


def test_a_form_that_comes_back_is_refused(caller: Caller) -> None:
    with pytest.raises(CallRefused, match="422"):
        caller.post("/salah", {})
