"""The posko while its database does not answer: the last board, under its age (P8, ADR 0018).

Nobody can be asked then who he is. So whoever is shown a board gets a pass for it, bound to his session and
to the hours that a session lasts; and the board is laid by in the data folder, sealed with the program's key,
for whichever process is asked for it.
"""

import json
import logging
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe

from timpora.apps.operations.types import OperationView
from timpora.interface.sessions import kept_as
from timpora.interface.web import errors
from timpora.interface.web.posko_audience import Audience
from timpora.interface.web.posko_parts import Parts
from timpora.kernel import clock

log = logging.getLogger("timpora.web")
SALT: Final = "timpora.posko.still"
COOKIE: Final = "timpora_posko"
# A board that nobody was shown for this long is of no use to anybody, and is cleared away.
KEPT_HOURS: Final = 12
BETWEEN_SECONDS: Final = 15.0
AUDIENCES_MOST: Final = 1000
NONCE: Final = 12
# Absent for this officer now, or nobody is signed in any more.
ENDED: Final = frozenset({HTTPStatus.FOUND, HTTPStatus.NOT_FOUND})
PAGES: Final = {"posko:operation": False, "posko:wall": True}


@dataclass(frozen=True, slots=True)
class Operation:
    """Of an operation what the page of its posko names."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Still:
    """A board as it was drawn last, with what the templates of the posko write of one."""

    operation: Operation
    drawn_at: datetime
    language: str
    version: str
    pieces: dict[str, SafeString]
    lists: dict[str, list[SafeString]]
    marks: list[dict[str, Any]]


# Laying by ----------------------------------------------------------------------------------------------
_laid: dict[str, float] = {}


def lay_by(audience: Audience, parts: Parts) -> None:
    """Keep a board for the hour in which the database is away; now and then, since each look costs a write.

    A full or broken disk takes nothing from the living board.
    """
    now = time.monotonic()
    if now - _laid.get(audience.digest, -BETWEEN_SECONDS) < BETWEEN_SECONDS:
        return
    if len(_laid) > AUDIENCES_MOST:
        _laid.clear()
    _laid[audience.digest] = now
    try:
        _write(audience.digest, _told(audience, parts.operation, parts))
    except OSError as error:
        log.warning("papan posko tidak dapat disimpan: %s", error)


def _told(audience: Audience, operation: OperationView, parts: Parts) -> bytes:
    hands = clock.setting()
    told = {
        "operation": [str(operation.id), operation.name],
        "drawn_at": clock.now().isoformat(),
        "clock": [hands.base.isoformat(), hands.origin.isoformat(), hands.rate]
        if hands.is_simulated
        else None,
        "language": audience.language,
        "version": parts.version,
        "pieces": parts.pieces,
        "lists": parts.lists,
        "marks": parts.marks,
    }
    return json.dumps(told).encode()


def _folder() -> Path:
    folder = Path(settings.DATA) / "posko"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _write(name: str, told: bytes) -> None:
    folder = _folder()
    nonce = os.urandom(NONCE)
    fresh = folder / f"{name}.{os.getpid()}"
    fresh.touch(mode=0o600)
    fresh.write_bytes(nonce + _cipher().encrypt(nonce, told, name.encode()))
    fresh.replace(folder / name)
    oldest = clock.true_now().timestamp() - KEPT_HOURS * 3600
    for file in folder.iterdir():
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < oldest:
                file.unlink()


def _read(name: str) -> Still:
    """Return what was laid by; raises `OSError` where there is nothing, `InvalidTag` where it was changed."""
    sealed = (_folder() / name).read_bytes()
    told = json.loads(_cipher().decrypt(sealed[:NONCE], sealed[NONCE:], name.encode()))
    _clock_follow(told["clock"])
    operation_id, operation_name = told["operation"]
    return Still(
        operation=Operation(UUID(operation_id), operation_name),
        drawn_at=datetime.fromisoformat(told["drawn_at"]),
        language=told["language"],
        version=told["version"],
        pieces={key: _drawn(html) for key, html in told["pieces"].items()},
        lists={key: [_drawn(html) for html in rows] for key, rows in told["lists"].items()},
        marks=told["marks"],
    )


def _clock_follow(told: list[Any] | None) -> None:
    """Take over a clock that was set by hand, where this process has not yet asked the database for it."""
    if told and not clock.is_simulated():
        base, origin, rate = told
        hands = datetime.fromisoformat
        clock.follow(clock.Setting(hands(base), hands(origin), float(rate), is_simulated=True))


def _cipher() -> AESGCM:
    return AESGCM(salted_hmac(SALT, "kunci", algorithm="sha256").digest())


def _drawn(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - drawn by our templates, and sealed since


# The pass -----------------------------------------------------------------------------------------------
def pass_give(request: HttpRequest, answer: HttpResponse, audience: Audience) -> HttpResponse:
    """Let the browser show this very board again while the database is away, and nothing else."""
    value = signing.dumps([audience.digest, _bearer(request)], salt=SALT)
    answer.set_cookie(
        COOKIE,
        value,
        max_age=KEPT_HOURS * 3600,
        path=request.path,
        httponly=True,
        secure=settings.IS_TLS,
        samesite="Lax",
    )
    return answer


def pass_end(request: HttpRequest, answer: HttpResponse) -> None:
    """Take the pass back where the living page shows its board no more; it is sent to that page alone."""
    if COOKIE in request.COOKIES and answer.status_code in ENDED:
        answer.delete_cookie(COOKIE, path=request.path, samesite="Lax")


def _bearer(request: HttpRequest) -> str:
    return kept_as(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))


def _passed(request: HttpRequest) -> str:
    """Return which board the browser may be shown, or nothing."""
    try:
        name, bearer = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT_HOURS * 3600)
    except (signing.BadSignature, ValueError):
        return ""
    return str(name) if bearer == _bearer(request) else ""


# The answer ---------------------------------------------------------------------------------------------
def without_database(request: HttpRequest) -> HttpResponse:
    """Answer a request while the database does not: the posko with its last board, else "later"."""
    try:
        route = resolve(request.path_info).view_name
    except Resolver404:
        route = ""
    name = _passed(request) if request.method == "GET" and route in PAGES else ""
    if name:
        try:
            still = _read(name)
        except (OSError, InvalidTag):
            log.warning("papan posko terakhir tidak ada atau rusak")
        else:
            return _page(request, still, is_wall=PAGES[route])
    return errors.unavailable(request)


def _page(request: HttpRequest, still: Still, *, is_wall: bool) -> HttpResponse:
    with translation.override(still.language):
        shown = {"operation": still.operation, "parts": still, "is_wall": is_wall, "is_still": True}
        answer = render(request, "posko/wall.html" if is_wall else "posko/still.html", shown)
    answer["Cache-Control"] = "no-store"
    return answer
