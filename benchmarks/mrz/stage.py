"""A page of Chromium in which the reader's modules run: files of the repository, and no network."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
SPECIMENS = ROOT / "tests/data/mrz_specimens.csv"
HOST = "http://localhost"


def specimens() -> list[dict[str, Any]]:
    """Return the specimens as `measure.js` reads them."""
    with SPECIMENS.open(newline="") as file:
        return [
            {
                "id": row["id"],
                "lines": [row[line] for line in ("line1", "line2", "line3") if row[line]],
                "isValid": row["checks_valid"] == "1",
            }
            for row in csv.DictReader(file)
        ]


@contextmanager
def stage(browser: Browser) -> Iterator[Page]:
    """Lend a page that imports modules by their paths in the repository."""
    context = browser.new_context()
    context.route("**/*", _answer)
    page = context.new_page()
    page.goto(f"{HOST}/")
    yield page
    context.close()


def _answer(route: Any) -> None:
    path = ROOT / route.request.url.removeprefix(HOST).lstrip("/")
    if path == ROOT:
        route.fulfill(body="<!doctype html><meta charset=utf-8>", content_type="text/html")
    elif path.is_file():
        kind = "text/javascript" if path.suffix == ".js" else "application/octet-stream"
        route.fulfill(body=path.read_bytes(), content_type=kind)
    else:
        route.fulfill(status=404)
