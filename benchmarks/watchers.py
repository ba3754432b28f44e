"""From a report that is sent to the screens of N watchers that show it, each an open page without a browser.

python -m benchmarks.watchers http://127.0.0.1:8000 --watcher ratna --sender arbain --watchers 50

Needs a running demonstration whose sender has a task in an operation; nil reports are sent to it. A page
takes what the stream brings; `--fetch` makes it ask for `/papan` after every event, at most once in 0.7 s,
as pages did before the stream brought the board.
"""

import argparse
import asyncio
import json
import statistics
import time
from datetime import UTC, datetime
from uuid import uuid4

from benchmarks.client import Officer
from timpora.interface.console.scenario.cast import demo_password

SOONEST = 0.7
PATIENCE = 180.0
CREATED = 201


class Screen:
    """One open page: the stream, and what it shows of the reports it is waited for."""

    def __init__(self, port: int, cookie: str, operation: str, *, fetches: bool) -> None:
        self._port = port
        self._cookie = cookie
        self._operation = operation
        self._fetches = fetches
        self._asked = 0.0
        self._wanted = asyncio.Event()
        self.shown: dict[str, float] = {}
        self.wanted: set[str] = set()
        self.bytes = 0

    async def watch(self, ready: asyncio.Semaphore) -> None:
        """Listen until cancelled."""
        reader, writer = await self._ask(f"/sse/posko/{self._operation}")
        asking = asyncio.create_task(self._keep_asking()) if self._fetches else None
        event = ""
        try:
            while line := (await reader.readline()).decode():
                self.bytes += len(line)
                if line.startswith("event: "):
                    event = line.removeprefix("event: ").strip()
                    if event == "halo":
                        ready.release()
                elif line.startswith("data:") and event == "papan":
                    self._see(line)
                elif line.startswith("data:") and event == "kabar":
                    self._wanted.set()
        finally:
            if asking:
                asking.cancel()
            writer.close()

    async def _keep_asking(self) -> None:
        while True:
            await self._wanted.wait()
            await asyncio.sleep(max(0.0, SOONEST - (time.perf_counter() - self._asked)))
            self._wanted.clear()
            self._asked = time.perf_counter()
            reader, writer = await self._ask(f"/posko/{self._operation}/papan")
            body = (await reader.read()).decode()
            writer.close()
            self.bytes += len(body)
            self._see(body)

    def _see(self, text: str) -> None:
        now = time.perf_counter()
        for report in [one for one in self.wanted if one in text]:
            self.shown[report] = now
            self.wanted.discard(report)

    async def _ask(self, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=8 * 1024 * 1024)
        head = f"GET {path} HTTP/1.1\r\nHost: localhost:{self._port}\r\nConnection: close\r\n"
        writer.write(f"{head}Cookie: {self._cookie}\r\n\r\n".encode())
        await writer.drain()
        return reader, writer


def task_of(sender: Officer) -> dict[str, str]:
    """Return the first task of the sender as the phone has it."""
    tasks = json.loads(sender.get("/tugas/bekal").text)["tasks"]
    if not tasks:
        raise SystemExit("the sender has no task: choose an officer of a team with an issued order")
    return {"operation": tasks[0]["operation"], "target": tasks[0]["target"]}


async def measure(args: argparse.Namespace) -> None:
    """Send the reports one after the other and print how long each screen took to show each."""
    port = int(args.site.rpartition(":")[2].strip("/"))
    watcher, sender = (Officer(port).sign_in(name, demo_password()) for name in (args.watcher, args.sender))
    task = task_of(sender)
    ready = asyncio.Semaphore(0)
    screens = [
        Screen(port, watcher.cookie(), task["operation"], fetches=args.fetch) for _ in range(args.watchers)
    ]
    open_pages = [asyncio.create_task(screen.watch(ready)) for screen in screens]
    async with asyncio.timeout(PATIENCE):
        for _ in screens:
            await ready.acquire()
    await asyncio.sleep(3)
    before = sum(screen.bytes for screen in screens)
    laps: list[float] = []
    answers: list[float] = []
    for _round in range(args.rounds):
        answer, *shown = await shown_everywhere(sender, task, screens)
        answers.append(answer)
        laps += shown
        await asyncio.sleep(args.pause)
    spent = sum(screen.bytes for screen in screens) - before
    for page in open_pages:
        page.cancel()
    await asyncio.gather(*open_pages, return_exceptions=True)
    tell("dijawab", answers)
    tell(f"tampil di {args.watchers} layar", laps)
    print(f"lalu lintas: {spent / args.rounds / args.watchers / 1024:.1f} kB setiap laporan dan layar")


async def shown_everywhere(sender: Officer, task: dict[str, str], screens: list[Screen]) -> list[float]:
    """Send one report; return the seconds to its answer, then those to each screen."""
    report = str(uuid4())
    for screen in screens:
        screen.wanted.add(report)
    began, answered = await asyncio.to_thread(send, sender, task, report)
    async with asyncio.timeout(PATIENCE):
        while not all(report in screen.shown for screen in screens):
            await asyncio.sleep(0.002)
    return [answered - began, *(screen.shown[report] - began for screen in screens)]


def nil_report(task: dict[str, str], report: str = "") -> str:
    """Return the body of a nil report as a phone sends it."""
    body = {
        "id": report or str(uuid4()), "operation": task["operation"], "target": task["target"],
        "kind": "nihil", "captured_at": datetime.now(UTC).isoformat(), "device": str(uuid4()), "seq": 1,
    }  # fmt: skip
    return json.dumps(body)


def send(sender: Officer, task: dict[str, str], report: str) -> tuple[float, float]:
    """Send a nil report under this identifier; return when it was sent and when it was answered."""
    began = time.perf_counter()
    answer = sender.json("/api/laporan", nil_report(task, report))
    if answer.code != CREATED:
        raise SystemExit(f"the report was answered {answer.code}: {answer.text[:300]}")
    return began, time.perf_counter()


def tell(what: str, seconds: list[float]) -> None:
    """Print median, 99th percentile and worst of the laps."""
    laps = sorted(1000 * lap for lap in seconds)
    worst = laps[min(len(laps) - 1, int(len(laps) * 0.99))]
    print(f"{what}: p50 {statistics.median(laps):.0f} ms, p99 {worst:.0f} ms, terlama {laps[-1]:.0f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site")
    parser.add_argument("--watcher", default="ratna")
    parser.add_argument("--sender", default="arbain")
    parser.add_argument("--watchers", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--pause", type=float, default=1.5)
    parser.add_argument("--fetch", action="store_true")
    asyncio.run(measure(parser.parse_args()))
