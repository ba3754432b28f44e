"""`timpora join`: the one thing a post says without TLS, to phones that do not trust it yet (ADR 0021).

Two answers made at the start, the guide and the authority's certificate. Neither Django nor the database is
behind this door: no session, no form, no cookie, nothing that somebody on the same network could take over.
"""

import base64
import hashlib
import os
import re
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from string import Template
from typing import Any, Final

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from timpora.config.lan import FOLDER
from timpora.kernel.authority import PUBLIC
from timpora.kernel.leash import watch_parent

PAGE: Final = Path(__file__).with_name("join.html")
STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
READING: Final = {"GET", "HEAD"}
Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Answer = tuple[int, bytes, tuple[tuple[bytes, bytes], ...]]
PLAIN: Final = ((b"content-type", b"text/plain; charset=utf-8"),)
ABSENT: Final[Answer] = (
    404,
    b"Tidak ada di sini. Petunjuk bergabung ada di /gabung.\n",
    PLAIN,
)
READ_ONLY: Final[Answer] = (405, b"Pintu ini hanya untuk membaca.\n", (*PLAIN, (b"allow", b"GET, HEAD")))


def answers(url: str, certificate: bytes) -> dict[str, Answer]:
    """Return all that this door can say, by path."""
    text = Template(PAGE.read_text("utf-8")).substitute(url=url)
    style = STYLE.search(text)
    digest = hashlib.sha256(style[1].encode() if style else b"").digest()
    policy = f"default-src 'none'; style-src 'sha256-{base64.b64encode(digest).decode()}'"
    page = (
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-security-policy", policy.encode()),
        (b"referrer-policy", b"no-referrer"),
    )
    file = (
        (b"content-type", b"application/x-x509-ca-cert"),
        (b"content-disposition", f'attachment; filename="{PUBLIC}"'.encode()),
    )
    guide = (200, text.encode(), page)
    return {"/": guide, "/gabung": guide, f"/{PUBLIC}": (200, certificate, file)}


def door(known: Mapping[str, Answer]) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """Return the application that says what is `known`, and reads nothing of what it is sent."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        code, body, head = known.get(scope["path"], ABSENT) if scope["method"] in READING else READ_ONLY
        always = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))
        headers = [*head, *always, (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": code, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    return application


async def _lifespan(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


def make() -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """Return the door of this process, as its settings say."""
    watch_parent()
    certificate = (settings.DATA / FOLDER / PUBLIC).read_bytes()
    return door(answers(settings.LAN_URL, certificate))


def main() -> int:
    """Serve until asked to end; return the code for the shell."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.config.settings")
    Granian(
        "timpora.config.join:make",
        factory=True,
        address=settings.LAN_ADDRESS,
        port=settings.LAN_PORT + 1,
        interface=Interfaces.ASGI,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=1,
        workers_kill_timeout=2,
        log_level=LogLevels.warning,
    ).serve()
    return 0
