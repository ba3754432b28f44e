"""From a report sent to the posko that shows it: the stream's event, and the board that has the report."""

import http.client
import json
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from benchmarks.client import Officer, words_of

PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Shown:
    """Milliseconds from the first byte of the report sent, for one report."""

    answer: float
    event: float
    board: float


class Watcher:
    """An open stream: notes for each report when its event was read."""

    def __init__(self, officer: Officer, operation: str) -> None:
        self._seen: dict[str, float] = {}
        self._news = threading.Condition()
        self._connection = http.client.HTTPConnection("127.0.0.1", officer.port, timeout=600)
        headers = {"Host": f"localhost:{officer.port}", "Cookie": officer.cookie()}
        self._connection.request("GET", f"/sse/posko/{operation}", headers=headers)
        self._stream = self._connection.getresponse()
        if self._stream.status != http.client.OK:
            raise SystemExit(f"the posko's stream answered {self._stream.status}")
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self._stream:
            now = time.perf_counter()
            if line.startswith(b"data:"):
                told = json.loads(line.removeprefix(b"data:"))
                with self._news:
                    self._seen.setdefault(str(told.get("subjek", "")), now)
                    self._news.notify_all()

    def wait(self, report: str) -> float:
        """Return when the event of a report was read, on the clock of `perf_counter`."""
        with self._news:
            if not self._news.wait_for(lambda: report in self._seen, PATIENCE):
                raise SystemExit(f"the report {report} did not reach the stream in {PATIENCE} s")
            return self._seen[report]


def samples(sender: Officer, watcher: Officer, ground: dict[str, list[str]], count: int) -> list[Shown]:
    """Send reports one after the other, and take the three times of each."""
    operation = str(ground["operation"])
    stream = Watcher(watcher, operation)
    targets = ground["targets"]
    return [
        _one(sender, watcher, stream, operation, targets[number % len(targets)]) for number in range(count)
    ]


def _one(sender: Officer, watcher: Officer, stream: Watcher, operation: str, target: str) -> Shown:
    report = str(uuid4())
    body = {
        "id": report,
        "operation": operation,
        "target": target,
        "kind": "nihil",
        "captured_at": datetime.now(UTC).isoformat(),
        "device": str(uuid4()),
        "seq": 1,
    }
    began = time.perf_counter()
    answer = sender.json("/api/laporan", json.dumps(body))
    if answer.code != http.client.CREATED:
        raise SystemExit(f"the report was answered {answer.code}: {answer.text[:300]}")
    event = stream.wait(report)
    while report not in watcher.get(f"/posko/{operation}/papan").text:
        if time.perf_counter() - began > PATIENCE:
            page = watcher.get(f"/posko/{operation}/papan")
            raise SystemExit(f"the board does not show the report: {words_of(page.text)}")
    shown = time.perf_counter()
    return Shown(answer.milliseconds, (event - began) * 1000, (shown - began) * 1000)
