"""The posko's live stream: server-sent events, answered before Django so that no stream holds a thread.

News says that something happened: a tag, the identifier of its subject, the office; never a person. After
it comes what has changed on the board, drawn once for all who may see the same (`posko_rooms`).
"""

import asyncio
import json
import logging
import random
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from urllib.parse import parse_qs
from uuid import UUID

from django.db import Error

from timpora.apps.operations import queries as operations
from timpora.interface.web.callers import actor_of, asked, session_named
from timpora.interface.web.posko_rooms import Guest, Rooms
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, holds
from timpora.kernel.database.session import assume
from timpora.kernel.outbox.hub import Hub, Listener, Sign, reading
from timpora.kernel.outbox.post import News, news_since

log = logging.getLogger("timpora.web")
HEARTBEAT_SECONDS: Final = 15.0
# Every open stream's session and assignments are asked for this often; an event is never sent on older
# knowledge than TRUST_SECONDS (P14 allows 60 s, P13 asks for 10).
CHECK_SECONDS: Final = 6.0
TRUST_SECONDS: Final = 9.0
SEND_SECONDS: Final = 20.0
RETRY_MILLISECONDS: Final = 2000
REPLAY_MAX: Final = 200
# An officer's open pages and walls in one process; each holds a connection that others may need.
STREAMS_MOST: Final = 100
# Only what the posko shows; the tag alone of another room could tell what happened to a person.
TAGS: Final = ("findings:report:submitted", "findings:report:conflicted", "findings:conflict:", "operations:")
PREFIX: Final = "/sse/posko/"
HEAD: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Say = Callable[..., Awaitable[None]]


class NotSignedIn(Exception):
    """The cookie names no session that is open, or its officer has no assignment any more."""


@dataclass(eq=False)
class Watcher:
    """An open stream: whose session, which operation, and what is known of the right to it."""

    session: str
    operation_id: UUID
    actor: Actor | None
    is_wall: bool = False
    version: str = ""
    checked: float = field(default_factory=time.monotonic)

    def hears(self, news: News) -> bool:
        """Tell whether a piece of news is of this operation and within the watcher's territories."""
        if self.actor is None or not news.tag.startswith(TAGS):
            return False
        operation = str(self.operation_id)
        if news.payload.get("operation") != operation and news.subject_id != operation:
            return False
        grants = self.actor.grants_for(P.OPERATIONS_POSKO_WATCH)
        return any(code in news.territories for grant in grants for code in grant.territories)


class PoskoStream:
    """The ASGI application of `/sse/posko/<operation>`; one per process, with one hub."""

    def __init__(self, hub: Hub | None = None, *, check_seconds: float = CHECK_SECONDS) -> None:
        self._hub = hub or Hub()
        self._check_seconds = check_seconds
        self._watchers: dict[Watcher, Listener] = {}
        self._rooms = Rooms()
        self._guard: asyncio.Task[None] | None = None
        self._over = asyncio.Event()

    def end(self) -> None:
        """End all streams and begin none: this process is to end. The pages come back by themselves."""
        self._over.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one stream until the watcher leaves, loses the right, or cannot keep up."""
        try:
            operation_id = UUID(scope["path"].removeprefix(PREFIX))
        except ValueError:
            return await _refuse(send, 404)
        if scope["method"] != "GET":
            return await _refuse(send, 405)
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        session = session_named(scope["headers"])
        try:
            actor = await asked(_admit, session, operation_id)
        except (NotSignedIn, AccessDenied, Error) as refusal:
            return await _refuse(send, _status(refusal))
        if self._over.is_set() or self._count(actor) >= STREAMS_MOST:
            # The page asks for its board by itself then, which holds nothing.
            return await _refuse(send, 503 if self._over.is_set() else 429)
        told = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        is_wall, version = told.get("dinding") == ["1"], told.get("versi", [""])[0]
        watcher = Watcher(session, operation_id, actor, is_wall=is_wall, version=version)
        return await self._serve(watcher, headers.get(b"last-event-id", ""), receive, send)

    def _count(self, actor: Actor) -> int:
        return sum(one.actor is not None and one.actor.id == actor.id for one in self._watchers)

    async def _serve(self, watcher: Watcher, last: str, receive: Receive, send: Send) -> None:
        listener = Listener(watcher.hears)
        self._watchers[watcher] = listener
        if self._guard is None or self._guard.done():
            self._guard = asyncio.create_task(self._keep_guard(), name="posko-guard")
        gone = asyncio.create_task(_until_gone(receive))
        pump = asyncio.create_task(self._pump(watcher, listener, last, send))
        over = asyncio.create_task(self._over.wait())
        tasks: tuple[asyncio.Task[Any], ...] = (gone, pump, over)
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if pump.done():
                # A watcher who stopped reading, or a lost database: the browser comes back by itself.
                with suppress(OSError, Error):
                    pump.result()
        finally:
            is_ours_to_end = not gone.done() and not pump.done()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._leave(watcher, listener)
        if is_ours_to_end:
            with suppress(OSError):
                await _say(send, "", is_last=True)

    async def _leave(self, watcher: Watcher, listener: Listener) -> None:
        self._watchers.pop(watcher, None)
        if not self._watchers and self._guard is not None:
            guard, self._guard = self._guard, None
            guard.cancel()
        await self._hub.leave(listener)

    async def _pump(self, watcher: Watcher, listener: Listener, last: str, send: Send) -> None:
        say = partial(_say, send)
        await send({"type": "http.response.start", "status": 200, "headers": HEAD})
        await self._hub.join(listener)
        await say(f"retry: {RETRY_MILLISECONDS}\n{_line('halo', {'tersambung': self._hub.is_whole})}")
        replayed = await self._replay(watcher, last, say)
        if watcher.actor is None:
            return await say(_line("usai", {}), is_last=True)
        guest = Guest(watcher.operation_id, watcher.actor, watcher.is_wall, watcher.version, listener.wake)
        self._rooms.enter(guest)
        try:
            await self._tell(watcher, listener, guest, replayed, say)
        finally:
            await self._rooms.leave(guest)

    async def _tell(
        self, watcher: Watcher, listener: Listener, guest: Guest, replayed: set[int], say: Say
    ) -> None:
        while True:
            item = await _next(listener)
            if watcher.actor is None:
                return await say(_line("usai", {}), is_last=True)
            if listener.is_overrun:
                return await say("", is_last=True)
            if isinstance(item, News) or item is Sign.BACK:
                guest.actor = watcher.actor
                (await self._rooms.room_of(guest)).want()
            is_telling = item is Sign.WOKEN or (isinstance(item, News) and item.id not in replayed)
            if is_telling and not await self._is_trusted(watcher):
                return await say("", is_last=True)
            if is_telling or not isinstance(item, News):
                await say(await self._said(item, watcher, listener, guest))

    async def _said(
        self, item: News | Sign | None, watcher: Watcher, listener: Listener, guest: Guest
    ) -> str:
        """Write an item as the stream says it; a woken page hears what changed on its board."""
        if item is None:
            return _line("detak", {"tersambung": self._hub.is_whole})
        if isinstance(item, News):
            return _event(item)
        if item is not Sign.WOKEN or watcher.actor is None:
            return _line(item.value, {})
        listener.is_woken = False
        guest.actor = watcher.actor
        told = (await self._rooms.room_of(guest)).told(guest)
        return f"event: papan\ndata: {told}\n\n" if told else ""

    async def _replay(self, watcher: Watcher, last: str, say: Say) -> set[int]:
        if not last.isascii() or not last.isdigit() or watcher.actor is None or not self._hub.is_whole:
            return set()
        missed = await reading(news_since, watcher.actor, int(last[:18]), limit=REPLAY_MAX)
        heard = [news for news in missed if watcher.hears(news)]
        for news in heard:
            await say(_event(news))
        return {news.id for news in heard}

    async def _is_trusted(self, watcher: Watcher) -> bool:
        if time.monotonic() - watcher.checked > TRUST_SECONDS:
            await self._check([watcher])
        return watcher.actor is not None and time.monotonic() - watcher.checked <= TRUST_SECONDS

    async def _keep_guard(self) -> None:
        while True:
            await asyncio.sleep(self._check_seconds * random.uniform(0.8, 1.0))  # noqa: S311 - only to spread
            await self._check(list(self._watchers))

    async def _check(self, watchers: Iterable[Watcher]) -> None:
        """Ask again who each session is; with the database away nothing is learnt, and nothing is sent."""
        wanted = list(watchers)
        began = time.monotonic()
        try:
            actors = await asked(_actors, {watcher.session for watcher in wanted})
        except (Error, OSError):
            log.warning("sesi posko belum dapat diperiksa: basis data tidak menjawab")
            return
        for watcher in wanted:
            watcher.actor = actors.get(watcher.session)
            watcher.checked = began
            if watcher.actor is None and watcher in self._watchers:
                self._watchers[watcher].hear(Sign.LOST)  # wakes the stream, which then ends


async def _next(listener: Listener) -> News | Sign | None:
    # Not wait_for: before Python 3.12 it forgets that it was cancelled.
    with suppress(TimeoutError):
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            return await listener.queue.get()
    return None


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _say(send: Send, text: str, *, is_last: bool = False) -> None:
    if not text and not is_last:
        return
    message = {"type": "http.response.body", "body": text.encode(), "more_body": not is_last}
    async with asyncio.timeout(SEND_SECONDS):
        await send(message)


def _status(refusal: Exception) -> int:
    if isinstance(refusal, NotSignedIn):
        return 401
    return 404 if isinstance(refusal, AccessDenied) else 503


async def _refuse(send: Send, status: int) -> None:
    head = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": b""})


def _line(event: str, data: Mapping[str, object]) -> str:
    told = {**data, "pukul": clock.now().isoformat()}
    return f"event: {event}\ndata: {json.dumps(told)}\n\n"


def _event(news: News) -> str:
    told = {"kabar": news.tag, "subjek": news.subject_id, "kantor": news.payload.get("unit", "")}
    return f"id: {news.id}\n{_line('kabar', told)}"


# Asking the database ---------------------------------------------------------------------------------
def _actors(sessions: Iterable[str]) -> dict[str, Actor]:
    found = {session: actor_of(session) for session in sessions}
    watching = P.OPERATIONS_POSKO_WATCH
    return {session: actor for session, actor in found.items() if actor and holds(actor, watching)}


def _admit(session: str, operation_id: UUID) -> Actor:
    actor = actor_of(session)
    if actor is None:
        raise NotSignedIn
    if not holds(actor, P.OPERATIONS_POSKO_WATCH):
        raise AccessDenied
    assume(actor)
    operations.operation_get(actor, operation_id)
    return actor


posko_stream = PoskoStream()
