"""Ratna watches the wall: a report of the field slides in, a broken line is told, and nothing is reloaded."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server
from playwright.sync_api import Browser, Page, expect

from tests.cast import dodi, ratna
from tests.db.findings.field import ANNA, BUDI, at_work, visit
from tests.journeys.server_room import eventually
from tests.web import signed_in
from timpora.apps.findings import actions
from timpora.config.asgi import application
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.journey


async def unguarded(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The program without its check of the database role: under test the session began as the owner."""
    if scope["type"] != "lifespan":
        return await application(scope, receive, send)
    for step in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{step}.complete"})
    return None


@pytest.fixture
def address(db: None) -> Iterator[str]:
    """The real application behind the real server, in a thread of this process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(
        unguarded,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI,
        websockets=False,
        log_level=LogLevels.error,
    )
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=lambda: loop.run_until_complete(server.serve()), daemon=True)
    thread.start()
    for _try in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    hung_up = until_nobody_listens()
    loop.call_soon_threadsafe(server.stop)
    thread.join(5)
    assert hung_up, "a line to the database outlived the last page"


def until_nobody_listens() -> bool:
    """Wait until the stream has noticed that the browser is gone, and gave its connection back."""
    for _try in range(100):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'timpora siaran' "
                "AND datname = current_database()"
            )
            if cursor.fetchone()[0] == 0:
                return True
        time.sleep(0.1)
    return False


@pytest.fixture
def page(address: str, path: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of the desk in a browser that draws its map, or of the wall in one that cannot."""
    browser: Browser = request.getfixturevalue("browser" if path else "drawing_browser")
    context = browser.new_context(locale="id-ID", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
    yield page
    context.close()
    assert faults == []


def sent(operation: UUID, target: UUID) -> UUID:
    report = visit(operation, target, ANNA, BUDI, headcount=3)
    with acting_as(dodi):
        actions.report_submit(dodi, report=report)
    return report.id


def cut_the_line() -> None:
    """End the listening connection as a restart of the database would."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'timpora siaran' AND datname = current_database()"
        )


# A break may be over before anybody looks a second time.
NOTE_LINKS = """() => {
  window.links = [];
  const posko = document.querySelector('.posko');
  const note = () => links.push(posko.dataset.link);
  new MutationObserver(note).observe(posko, {attributeFilter: ['data-link']});
}"""


@pytest.mark.parametrize("path", ["", "/dinding"])
def test_a_report_appears_without_reload_and_a_break_is_told(address, page, path):
    operation, target = at_work()
    session = signed_in(Client(), ratna).cookies["timpora_session"].value
    page.context.add_cookies([{"name": "timpora_session", "value": session, "url": address}])
    loads: list[str] = []
    page.on("domcontentloaded", lambda _page: loads.append(page.url))
    page.goto(f"{address}/posko/{operation}{path}", wait_until="domcontentloaded")
    expect(page.locator(".posko[data-link=live]")).to_be_attached()
    persons = page.locator("[data-figure=orang]")
    expect(persons.locator("[data-value]")).to_have_text("0")

    report = sent(operation, target)
    row = page.locator(f"[data-report='{report}']")
    expect(row).to_have_class("is-new")
    expect(persons.locator("[data-value]")).to_have_text("2")
    expect(persons.locator(".stat-rest")).to_contain_text("1 orang terhitung, belum dicatat = 3")
    expect(page.locator("[data-rows=diam]")).not_to_contain_text("BATULICIN")

    expect(page.locator(".map-frame canvas")).to_have_count(0 if path else 1)

    # What the stream brings to a wall is the wall's: nothing on it is to be followed.
    assert bool(page.locator(".posko-side a").count()) is (path == "")

    page.evaluate(NOTE_LINKS)
    cut_the_line()
    # Asked again and again from here: the page's own policy lets nobody evaluate words inside it later.
    assert eventually(lambda: page.evaluate("links.includes('lost')"))
    expect(page.locator("[data-since]").first).to_have_text("10.00")
    expect(row).to_be_attached()  # the last that was known stays
    expect(page.locator(".posko[data-link=live]")).to_be_attached()
    assert len(loads) == 1
