"""A real browser against a real server: the program in threads of this process; the database commits."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from benchmarks.mrz.stage import stage
from tests.committed import committing
from timpora.config.settings_test import APP_ROLE

# The first is the same browser without its own windows and bars, which cost more to draw than our pages.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    # Nothing here needs a drawn frame; without a graphics process a page costs half.
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Without a graphics card a map is drawn by the processor, which costs more than all else of its page.
MAPLESS = "--disable-3d-apis"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def process_request_thread(self, request: object, client_address: object) -> None:
        super().process_request_thread(request, client_address)  # type: ignore[arg-type]
        connection.close()


class _Silent(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """In place of the transaction that is rolled back: the server's threads see what was committed."""
    with committing(django_db_blocker, APP_ROLE):
        yield


@pytest.fixture
def house(db: None) -> Iterator[str]:
    """The address of a running program; what the test stores is taken away afterwards."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Silent)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What steers the browsers of all journeys."""
    expect.set_options(timeout=20_000)
    with sync_playwright() as steering:
        yield steering


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all journeys, in which pages list what their maps would show."""
    with launched(playwright, MAPLESS) as shown:
        yield shown


@pytest.fixture(scope="session")
def drawing_browser(playwright: Playwright) -> Iterator[Browser]:
    """The same with maps drawn."""
    with launched(playwright) as shown:
        yield shown


@contextmanager
def launched(playwright: Playwright, *flags: str) -> Iterator[Browser]:
    """Start the machine's Chromium; without one the journeys are skipped."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    shown = playwright.chromium.launch(executable_path=found, args=[*QUIET, *flags])
    yield shown
    shown.close()


@pytest.fixture(scope="module")
def pictures(browser: Browser) -> Iterator[Page]:
    """A page that imports the modules of the form, without a program behind it."""
    with stage(browser) as page:
        yield page
