"""Whether anything is lost or doubled when parts of the system die under load: `python -m benchmarks.storm`

On an installation of its own: each report is sent many times side by side, some of them with another content
under the same identifier, while the web server, the worker and PostgreSQL are ended by `kill -9` in turn. A
sender asks again until it is answered, as a phone does. In the end the tables are counted: each report once,
each other content kept, an entry in the log for each, no number missing, the log unbroken. Ends with 1 where
that is not so. What it means: benchmarks/README.md.
"""

import argparse
import http.client
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from uuid import uuid4

from benchmarks.client import Officer
from benchmarks.pages import percentile
from benchmarks.seed import PASSWORD, seed_write
from benchmarks.server import Server, port_free
from timpora.kernel.database.embedded import EmbeddedServer

CREATED, REPEATED, CONFLICT = 201, 200, 409
ANSWERED = (CREATED, REPEATED, CONFLICT)
# Reports whose sendings are mixed with each other: few, so that many of the same are under way at once.
MIXED = 8
DEVICES = 8
# Of the sendings of a report that has two contents, how many bring the second.
OTHERS = 5
PAUSE = 0.2
PATIENCE = 180.0
VICTIMS = {"worker": "timpora worker", "PostgreSQL": "postgres -D", "web": "timpora web"}
BROKEN = (http.client.HTTPException, OSError)


@dataclass
class Tally:
    """What was answered, over all senders."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    created: Counter[str] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)
    asked_again: int = 0
    laps: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def note(self, report: str, code: int, milliseconds: float) -> None:
        with self.lock:
            self.codes[code] += 1
            self.created[report] += code == CREATED
            self.laps.append(milliseconds)

    @property
    def done(self) -> int:
        return len(self.laps)


def main() -> None:
    words = _words()
    with tempfile.TemporaryDirectory(prefix="timpora-storm-") as folder:
        where = Path(words.data or folder)
        with Server(where, words.port or port_free()) as server:
            _say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
            server.start()
            seed_write(Path(folder) / "seed.json")
            server.command("timpora", "seed", str(Path(folder) / "seed.json"))
            ground = json.loads(server.command("benchmarks.load", "--ground=10"))["ground"]
            postgres = EmbeddedServer(where / "postgres")
            before = _counted(postgres)
            bodies = _bodies(ground, words)
            tally, killed = _storm(server, bodies, words)
            faults = _faults(postgres, before, bodies, words, tally)
            faults += _log_faults(server)
    _tell(words, tally, killed, faults)
    sys.exit(bool(faults))


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.storm", description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000, help="reports, each to be held once")
    parser.add_argument("--times", type=int, default=50, help="how often each is sent")
    parser.add_argument("--conflicts", type=int, default=100, help="reports with a second content")
    parser.add_argument("--senders", type=int, default=16, help="connections side by side")
    parser.add_argument("--kills", type=int, default=24, help="processes that are ended by kill -9")
    parser.add_argument("--seed", type=int, default=1, help="of the order of things")
    parser.add_argument("--port", type=int, default=0, help="a free one if left out")
    parser.add_argument("--data", default="", help="keep the installation in this folder")
    return parser.parse_args()


def _say(text: str) -> None:
    print(text, flush=True)


# What is sent ---------------------------------------------------------------------------------------------
def _bodies(ground: dict[str, list[str]], words: argparse.Namespace) -> list[dict[str, object]]:
    devices = [str(uuid4()) for _ in range(DEVICES)]
    return [
        {
            "id": str(uuid4()), "operation": str(ground["operation"]),
            "target": ground["targets"][number % len(ground["targets"])], "kind": "nihil",
            "captured_at": "2026-01-05T10:00:00.000+08:00", "device": devices[number % DEVICES],
            "seq": number // DEVICES + 1, "note": f"Nomor {number}.",
        }
        for number in range(words.reports)
    ]  # fmt: skip


def _other(body: dict[str, object]) -> dict[str, object]:
    return body | {"note": f"{body['note']} Ditulis lain."}


def _sendings(bodies: list[dict[str, object]], words: argparse.Namespace) -> Iterator[dict[str, object]]:
    """Yield every sending: a few reports at a time, all their repeats in any order."""
    chance = random.Random(words.seed)
    for start in range(0, len(bodies), MIXED):
        mixed = []
        for number, body in enumerate(bodies[start : start + MIXED], start):
            others = min(OTHERS, words.times - 1) if number < words.conflicts else 0
            mixed += [_other(body)] * others + [body] * (words.times - others)
        chance.shuffle(mixed)
        yield from mixed


def _storm(
    server: Server, bodies: list[dict[str, object]], words: argparse.Namespace
) -> tuple[Tally, Counter[str]]:
    wanted: SimpleQueue[dict[str, object] | None] = SimpleQueue()
    for sending in _sendings(bodies, words):
        wanted.put(sending)
    for _ in range(words.senders):
        wanted.put(None)
    phones = [Officer(server.port).sign_in("petugas", PASSWORD) for _ in range(words.senders)]
    tally = Tally()
    threads = [threading.Thread(target=_send, args=(phone, wanted, tally)) for phone in phones]
    for thread in threads:
        thread.start()
    killed = _killing(server, tally, words, threads)
    for thread in threads:
        thread.join()
    return tally, killed


def _send(phone: Officer, wanted: "SimpleQueue[dict[str, object] | None]", tally: Tally) -> None:
    while (body := wanted.get()) is not None:
        text = json.dumps(body)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                answer = phone.json("/api/laporan", text)
            except BROKEN:
                phone.hang_up()
                answer = None
            if answer is not None and answer.code in ANSWERED:
                tally.note(str(body["id"]), answer.code, answer.milliseconds)
                break
            if time.monotonic() > until:
                said = f"{answer.code}: {answer.text[:200]}" if answer else "no answer"
                with tally.lock:
                    tally.faults.append(f"{body['id']}: {said}")
                break
            with tally.lock:
                tally.asked_again += 1
                tally.codes[answer.code if answer else 0] += 1
            time.sleep(PAUSE)


# What dies ------------------------------------------------------------------------------------------------
def _killing(
    server: Server, tally: Tally, words: argparse.Namespace, senders: list[threading.Thread]
) -> Counter[str]:
    """End one process after the other, spread over the whole, as long as somebody sends."""
    total = words.reports * words.times
    killed: Counter[str] = Counter()
    for number in range(words.kills):
        while tally.done < total * (number + 0.5) / words.kills and any(t.is_alive() for t in senders):
            time.sleep(0.05)
        name = list(VICTIMS)[number % len(VICTIMS)]
        killed[name] += _kill(server, VICTIMS[name])
    return killed


def _kill(server: Server, words: str) -> bool:
    """End the eldest process of a kind, waiting until there is one again."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = [pid for pid in server.processes() if words in _said(pid)]
        if found:
            os.kill(min(found), signal.SIGKILL)
            return True
        time.sleep(PAUSE)
    return False


def _said(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


# What is there in the end ---------------------------------------------------------------------------------
COUNTS = {
    "reports": "SELECT count(*) FROM findings_report r WHERE NOT EXISTS "
    "(SELECT FROM findings_conflict c WHERE c.rival_id = r.id)",
    "contents": "SELECT count(*) FROM findings_original",
    "conflicts": "SELECT count(*) FROM findings_conflict",
    "entries": "SELECT count(*) FROM audit_entry WHERE tag = 'findings:report:submitted'",
    "entries_of_conflicts": "SELECT count(*) FROM audit_entry WHERE tag = 'findings:report:conflicted'",
    "numbers": "SELECT count(*) FROM findings_arrived",
}


def _counted(postgres: EmbeddedServer) -> dict[str, int]:
    return {name: int(postgres.psql(sql, database="timpora")) for name, sql in COUNTS.items()}


def _faults(
    postgres: EmbeddedServer,
    before: dict[str, int],
    bodies: list[dict[str, object]],
    words: argparse.Namespace,
    tally: Tally,
) -> list[str]:
    after = _counted(postgres)
    conflicts = min(words.conflicts, words.reports) if words.times > 1 else 0
    right = {
        "reports": words.reports, "contents": words.reports + conflicts, "conflicts": conflicts,
        "entries": words.reports, "entries_of_conflicts": conflicts, "numbers": words.reports,
    }  # fmt: skip
    faults = list(tally.faults)
    for name, wanted in right.items():
        if (found := after[name] - before[name]) != wanted:
            faults.append(f"{name}: {found:,} instead of {wanted:,}")
    held = set(postgres.psql("SELECT id FROM findings_report", database="timpora").split())
    faults += [f"{body['id']} is missing" for body in bodies if body["id"] not in held]
    # An answer may die with its process; that the same report is new to two senders may not be.
    faults += [f"{report} was new {n} times" for report, n in tally.created.items() if n > 1]
    return faults


def _log_faults(server: Server) -> list[str]:
    try:
        server.command("timpora", "audit", "verify")
    except SystemExit as fault:
        return [str(fault)]
    return []


def _tell(words: argparse.Namespace, tally: Tally, killed: Counter[str], faults: list[str]) -> None:
    _say(f"\n{words.reports:,} reports, each sent {words.times} times by {words.senders} senders")
    _say("killed: " + ", ".join(f"{name} {number} times" for name, number in killed.items()))
    codes = ", ".join(f"{code or 'cut off'} {n:,} times" for code, n in sorted(tally.codes.items()))
    _say(f"answered: {codes}; asked again {tally.asked_again:,} times")
    _say(f"after p50 {percentile(tally.laps, 50):.0f} ms, p99 {percentile(tally.laps, 99):.0f} ms")
    for fault in faults[:20]:
        _say(f"FAULT {fault}")
    _say("nothing lost, nothing doubled" if not faults else f"{len(faults)} faults")


if __name__ == "__main__":
    main()
