"""One ear per process: a single LISTEN connection from which all open streams of it hear the news.

The announcement carries only a number; the message is read under the reader's own territory, and who
may hear it is decided by whoever joins. While nobody listens there is no connection.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeVar

import psycopg
from django.db import Error, connection, connections

from timpora.kernel.access.actor import Actor, system_actor
from timpora.kernel.access.machine_roles import MesinLatar
from timpora.kernel.database.session import acting_as
from timpora.kernel.outbox.post import CHANNEL, News, news_get, news_newest, news_since

Found = TypeVar("Found")
log = logging.getLogger(__name__)
EAR: Final = system_actor(MesinLatar.slug, "Telinga siaran")
QUEUE_MAX: Final = 64
PAUSE_SECONDS: Final = 0.5
PAUSE_MAX: Final = 5.0
# A silent line is asked for a sign of life this often: a server that vanished closes nothing.
QUIET_SECONDS: Final = 20.0
ANSWER_SECONDS: Final = 10.0
# Numbers are given before a commit, so a lower one may come later; so far back is looked again.
LATE: Final = 100
REMEMBERED: Final = 2000
BATCH: Final = 500
# Reading is short; two threads keep a crowd of streams from emptying the pool of connections.
desk = ThreadPoolExecutor(max_workers=2, thread_name_prefix="siaran")


class Sign(StrEnum):
    """What a listener hears that is not news: the line broke or is whole again, or somebody woke it."""

    LOST = "terputus"
    BACK = "tersambung"
    WOKEN = "bangun"


@dataclass(eq=False)
class Listener:
    """A place in the hub: what is wanted, and a queue that a slow reader overruns and is then let go."""

    wants: Callable[[News], bool]
    queue: asyncio.Queue[News | Sign] = field(default_factory=lambda: asyncio.Queue(QUEUE_MAX))
    is_overrun: bool = False
    is_woken: bool = False

    def wake(self) -> None:
        """Put one sign into the queue that something waits, however often it is said before it is read."""
        if not self.is_woken:
            self.is_woken = True
            self.hear(Sign.WOKEN)

    def hear(self, item: News | Sign) -> None:
        """Put an item into the queue; one that does not fit marks the listener as overrun."""
        if isinstance(item, News) and not self.wants(item):
            return
        try:
            self.queue.put_nowait(item)
        except asyncio.QueueFull:
            self.is_overrun = True


class Hub:
    """Hears the outbox for all listeners of one event loop."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._task: asyncio.Task[None] | None = None
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._last: int | None = None
        self._whole = asyncio.Event()

    @property
    def is_whole(self) -> bool:
        """Whether the line to the database stands."""
        return self._whole.is_set()

    async def join(self, listener: Listener, *, patience: float = ANSWER_SECONDS) -> None:
        """Take a listener in, after the line stands: whatever is committed from now on is heard."""
        self._listeners.add(listener)
        if self._task is None or self._task.done():
            self._whole = asyncio.Event()  # of the loop that runs now
            self._task = asyncio.create_task(self._stay_on_the_line(), name="outbox-hub")
        try:
            async with asyncio.timeout(patience):
                await self._whole.wait()
        except TimeoutError:
            listener.hear(Sign.LOST)

    async def leave(self, listener: Listener) -> None:
        """Let a listener go; with the last one goes the connection."""
        self._listeners.discard(listener)
        if self._listeners or self._task is None:
            return
        task, self._task = self._task, None
        self._whole.clear()
        self._last = None
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def _stay_on_the_line(self) -> None:
        pause = PAUSE_SECONDS
        while True:
            try:
                async with await _connection() as line:
                    await line.execute(f"LISTEN {CHANNEL}")
                    pause = PAUSE_SECONDS
                    if self._last is None:
                        await self._learn_what_was()
                    self._whole.set()
                    self._tell([Sign.BACK])
                    await self._catch_up()
                    await self._listen(line)
            except (psycopg.Error, Error, OSError) as error:
                log.warning("siaran terputus dari basis data: %s", error)
            if self._whole.is_set():
                self._whole.clear()
                self._tell([Sign.LOST])
            await asyncio.sleep(pause)
            pause = min(PAUSE_MAX, pause * 2)

    async def _listen(self, line: psycopg.AsyncConnection[Any]) -> None:
        while True:
            ids = [int(n.payload) async for n in line.notifies(timeout=QUIET_SECONDS, stop_after=1)]
            if ids:
                self._tell(self._fresh(await reading(news_get, EAR, ids)))
            else:
                async with asyncio.timeout(ANSWER_SECONDS):
                    await line.execute("SELECT 1")

    async def _learn_what_was(self) -> None:
        """Know what was there before anybody is greeted; what comes later is news."""
        newest = await reading(news_newest, EAR)
        self._last = newest[-1].id if newest else 0
        self._fresh(await reading(news_since, EAR, self._last - LATE, limit=BATCH))

    async def _catch_up(self) -> None:
        after = (self._last or 0) - LATE
        while True:
            found = await reading(news_since, EAR, after, limit=BATCH)
            self._tell(self._fresh(found))
            if len(found) < BATCH:
                return
            after = found[-1].id

    def _fresh(self, found: Iterable[News]) -> list[News]:
        fresh = [news for news in found if news.id not in self._seen]
        for news in fresh:
            self._seen[news.id] = None
            self._last = max(self._last or 0, news.id)
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return fresh

    def _tell(self, items: Sequence[News | Sign]) -> None:
        for listener in self._listeners:
            for item in items:
                listener.hear(item)


async def reading(query: Callable[..., list[News]], actor: Actor, *args: Any, **kwargs: Any) -> list[News]:
    """Run a query of the outbox as `actor` on a connection that is given back at once."""

    def run() -> list[News]:
        with acting_as(actor):
            return query(*args, **kwargs)

    return await at_desk(run)


async def at_desk(run: Callable[[], Found], threads: ThreadPoolExecutor = desk) -> Found:
    """Run something that asks the database in a thread of the desk; its connections are given back.

    Cancelled, the caller goes at once and the thread finishes by itself.
    """

    def ask() -> Found:
        try:
            return run()
        finally:
            # A thread of the desk must not keep a connection of the pool between two questions.
            connections.close_all()

    return await asyncio.get_running_loop().run_in_executor(threads, ask)


async def _connection() -> psycopg.AsyncConnection[Any]:
    kept = ("dbname", "user", "password", "host", "port")
    params = connection.get_connection_params()
    return await psycopg.AsyncConnection.connect(
        **{name: params[name] for name in kept if name in params},
        autocommit=True,
        connect_timeout=int(ANSWER_SECONDS),
        application_name="timpora siaran",
    )
