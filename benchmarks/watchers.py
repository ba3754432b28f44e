"""From the commit of a report to the screens of N watchers: the stream alone, and page and stream together.

TIMPORA_DATA=DIR python -m benchmarks.watchers http://127.0.0.1:8000 SESSION OPERATION [--watchers 50]

Needs a running system with an operation, and the session key of an officer who watches the posko (the
cookie `timpora_session`). News is written as the machine's own message of that operation: no report is
invented.
"""

import argparse
import asyncio
import os
import statistics
import time
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.config.settings")
django.setup()

from timpora.kernel.access.actor import system_actor  # noqa: E402 - Django comes first
from timpora.kernel.access.roles import MesinLatar  # noqa: E402
from timpora.kernel.audit.entry import Subject  # noqa: E402
from timpora.kernel.audit.tags import Tag  # noqa: E402
from timpora.kernel.database.session import acting_as  # noqa: E402
from timpora.kernel.outbox.post import publish  # noqa: E402

DESK = system_actor(MesinLatar.slug, "Tolok ukur")
PAUSE_SECONDS = 1.5


class Watcher:
    """One open stream, and the pages it asks for when it hears something."""

    def __init__(self, site: str, session: str, operation: str) -> None:
        self._site = urlsplit(site)
        self._session = session
        self._operation = operation
        self.heard: dict[str, float] = {}
        self.shown: dict[str, float] = {}

    async def watch(self, ready: asyncio.Semaphore) -> None:
        reader, writer = await self._ask(f"/sse/posko/{self._operation}")
        try:
            while line := (await reader.readline()).decode():
                if line.startswith("event: halo"):
                    ready.release()
                if line.startswith("data:") and '"subjek": "ukur-' in line:
                    name = line.split('"subjek": "', 1)[1].split('"', 1)[0]
                    self.heard[name] = time.perf_counter()
        finally:
            writer.close()

    async def page(self, name: str) -> None:
        """Ask for the live parts, as a page does that heard of `name`."""
        reader, writer = await self._ask(f"/posko/{self._operation}/papan")
        body = await reader.read()
        writer.close()
        if b" 200 " not in body[:20] or b"data-piece" not in body:
            raise RuntimeError(body[:80].decode())
        self.shown[name] = time.perf_counter()

    async def _ask(self, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection(self._site.hostname, self._site.port)
        head = f"GET {path} HTTP/1.1\r\nHost: {self._site.netloc}\r\nConnection: close\r\n"
        writer.write(f"{head}Cookie: timpora_session={self._session}\r\n\r\n".encode())
        await writer.drain()
        return reader, writer


def commit(operation: str, name: str) -> float:
    """Write one piece of news and return when its commit was done."""
    with acting_as(DESK):
        subject = Subject(kind="report", id=name, places=("63.10",))
        publish(Tag.FINDINGS_REPORTED, subject, {"operation": operation, "unit": "ukur"})
    return time.perf_counter()


async def measure(args: argparse.Namespace) -> None:
    ready = asyncio.Semaphore(0)
    watchers = [Watcher(args.site, args.session, args.operation) for _ in range(args.watchers)]
    tasks = [asyncio.create_task(watcher.watch(ready)) for watcher in watchers]
    async with asyncio.timeout(60):
        for _ in watchers:
            await ready.acquire()
    stream: list[float] = []
    page: list[float] = []
    for number in range(args.rounds):
        name = f"ukur-{number}-{time.time_ns()}"
        done = await asyncio.to_thread(commit, args.operation, name)
        async with asyncio.timeout(30):
            while not all(name in watcher.heard for watcher in watchers):
                await asyncio.sleep(0.002)
        stream += [watcher.heard[name] - done for watcher in watchers]
        if number < 3:
            began = time.perf_counter()
            await watchers[0].page(name)
            page.append(watchers[0].shown[name] - began)
        await asyncio.sleep(PAUSE_SECONDS)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    report("aliran", stream, args.watchers)
    report("papan", page, 1)


def report(what: str, seconds: list[float], watchers: int) -> None:
    laps = sorted(1000 * lap for lap in seconds)
    worst = laps[min(len(laps) - 1, int(len(laps) * 0.99))]
    print(f"{what}: {watchers} pemantau, p50 {statistics.median(laps):.0f} ms, p99 {worst:.0f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site")
    parser.add_argument("session")
    parser.add_argument("operation")
    parser.add_argument("--watchers", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=20)
    asyncio.run(measure(parser.parse_args()))
