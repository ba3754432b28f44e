"""What the body of a request may weigh and how long it may take, settled before Django reads a byte.

Django first takes a whole body in (beyond a megabyte onto the disk) and then looks whether it wanted it.
Here a body that is too large is not taken in at all, and one that stops coming ends its connection.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final

from timpora.interface.web.callers import SENDS_MUCH
from timpora.interface.web.edge import ODD_TEXT, TOO_LARGE

Message = dict[str, Any]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]
Headers = Iterable[tuple[bytes, bytes]]
MaySend = Callable[[str, Headers], Awaitable[bool]]

# Other codes make text that no database can hold (unicode_escape), or no text at all (hex).
CHARSETS: Final = {b"utf-8", b"utf8"}
MEGABYTE: Final = 1024 * 1024
LARGEST: Final = 12 * MEGABYTE
# An agency's list of a million rows, and the photos of a post's day.
LARGEST_AT: Final = dict.fromkeys(SENDS_MUCH, 256 * MEGABYTE)
# A browser reads no answer while it is still sending, so this much is let run past before the answer.
RUN_PAST: Final = 64 * MEGABYTE
IDLE_SECONDS: Final = 30.0
WHOLE_SECONDS: Final = 900.0


class _TooLarge(Exception):
    pass


class _TooSlow(Exception):
    pass


async def _anybody(_path: str, _headers: Headers) -> bool:
    return True


def bounded(
    behind: App,
    *,
    may_send: MaySend = _anybody,
    idle_seconds: float = IDLE_SECONDS,
    whole_seconds: float = WHOLE_SECONDS,
) -> App:
    """Return `behind` with a bound on the weight and the time of every body.

    `may_send` tells from path and headers whether the sender may send more there than other people: a
    stranger would fill the disk before anybody asked who he is.
    """

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_plain_text(scope):
            # Django turns the query into text by the sender's code as soon as it makes the request.
            bare = [(name, value) for name, value in scope["headers"] if name != b"content-type"]
            return await behind(scope | {"headers": bare, ODD_TEXT: True}, _nothing(), send)
        limit = LARGEST_AT.get(scope["path"], LARGEST)
        if limit > LARGEST and not await may_send(scope["path"], scope["headers"]):
            limit = LARGEST
        timed = _timed(receive, idle_seconds, whole_seconds)
        try:
            if _declared(scope) <= limit:
                try:
                    return await behind(scope, _metered(timed, limit), send)
                except _TooLarge:
                    pass
            await _run_past(timed)
        except _TooSlow:
            return await _refuse(send)
        return await behind(scope | {TOO_LARGE: limit // MEGABYTE}, _nothing(), send)

    return application


def _is_plain_text(scope: Scope) -> bool:
    """Tell whether the sender leaves it at UTF-8, as every browser does."""
    told = dict(scope["headers"]).get(b"content-type", b"").lower()
    codes = [part.partition(b"=")[2] for part in told.split(b";") if part.strip().startswith(b"charset")]
    return all(code.strip(b" \t\"'") in CHARSETS for code in codes)


def _declared(scope: Scope) -> int:
    told = dict(scope["headers"]).get(b"content-length", b"0")
    return int(told) if told.isdigit() and len(told) < len(str(2**63)) else 2**63


def _timed(receive: Receive, idle_seconds: float, whole_seconds: float) -> Receive:
    """Return `receive` that raises where a body stops coming; once it is whole, waiting is free."""
    deadline = asyncio.get_running_loop().time() + whole_seconds
    is_whole = False

    async def timed() -> Message:
        nonlocal is_whole
        if is_whole:
            return await receive()
        try:
            left = deadline - asyncio.get_running_loop().time()
            async with asyncio.timeout(min(idle_seconds, left)):
                message = await receive()
        except TimeoutError as slow:
            raise _TooSlow from slow
        is_whole = not message.get("more_body", False)
        return message

    return timed


def _metered(receive: Receive, limit: int) -> Receive:
    taken = 0

    async def metered() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise _TooLarge
        return message

    return metered


async def _run_past(receive: Receive) -> None:
    passed = 0
    while passed < RUN_PAST:
        message = await receive()
        passed += len(message.get("body", b""))
        if not message.get("more_body", False):
            return


def _nothing() -> Receive:
    """Return a body without a byte, after which nothing more is heard."""
    is_told = False

    async def receive() -> Message:
        nonlocal is_told
        if is_told:
            await asyncio.Event().wait()
        is_told = True
        return {"type": "http.request", "body": b"", "more_body": False}

    return receive


async def _refuse(send: Send) -> None:
    head = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 408, "headers": head})
    await send({"type": "http.response.body", "body": b"Kiriman berhenti di tengah jalan. Ulangi.\n"})
