"""How many reports the posko takes, and how soon how many screens show one: `python -m benchmarks.posko`.

On an installation of its own, in one run: reports a second that are accepted with receipt and audit entry,
beside what pgbench does on the same PostgreSQL for the same two rows; the time from sending a report until
every open screen has it; the memory that a screen costs. What each means: benchmarks/README.md.
"""

import argparse
import asyncio
import json
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

from benchmarks.client import Officer
from benchmarks.pages import percentile
from benchmarks.seed import PASSWORD, seed_write
from benchmarks.server import Server, port_free
from benchmarks.watchers import Screen, nil_report, shown_everywhere
from timpora.kernel.database.embedded import SUPERUSER, EmbeddedServer
from timpora.kernel.database.quarters import quarters_find

CREATED = 201
SCREENS_EACH = 60
SETTLE_SECONDS = 3.0
# A report and the entry of the log that tells of it, as they were written a moment before.
TABLES = ("findings_report", "audit_entry")


def main() -> None:
    words = _words()
    with tempfile.TemporaryDirectory(prefix="timpora-posko-") as folder:
        where = Path(words.data or folder)
        operators = -(-words.watchers // SCREENS_EACH)
        with Server(where, words.port or port_free()) as server:
            _say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
            server.start()
            seed_write(Path(folder) / "seed.json", operators=operators)
            server.command("timpora", "seed", str(Path(folder) / "seed.json"))
            ground = json.loads(server.command("benchmarks.load", f"--ground={words.targets}"))["ground"]
            _accepted(server, where, ground, words)
            asyncio.run(_screens(server, ground, words, operators))


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.posko", description=__doc__)
    parser.add_argument("--reports", type=int, default=2_000, help="reports that are sent at once")
    parser.add_argument("--senders", type=int, default=8, help="phones that send side by side")
    parser.add_argument("--targets", type=int, default=20, help="targets of the operation")
    parser.add_argument("--watchers", type=int, default=500, help="open screens")
    parser.add_argument("--rounds", type=int, default=30, help="reports that the screens wait for")
    parser.add_argument("--port", type=int, default=0, help="a free one if left out")
    parser.add_argument("--data", default="", help="keep the installation in this folder")
    return parser.parse_args()


def _say(text: str) -> None:
    print(text, flush=True)


# Reports a second -----------------------------------------------------------------------------------------
def _accepted(server: Server, where: Path, ground: dict[str, list[str]], words: argparse.Namespace) -> None:
    wanted: SimpleQueue[str] = SimpleQueue()
    for number in range(words.reports):
        task = {"operation": str(ground["operation"]), "target": ground["targets"][number % words.targets]}
        wanted.put(nil_report(task))
    phones = [Officer(server.port).sign_in("petugas", PASSWORD) for _ in range(words.senders)]
    laps: list[float] = []
    spent = server.processor_seconds()
    began = time.perf_counter()
    threads = [threading.Thread(target=_send, args=(phone, wanted, laps)) for phone in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    spent = server.processor_seconds() - spent
    if len(laps) != words.reports:
        raise SystemExit(f"{words.reports - len(laps)} reports were not accepted")
    ours = words.reports / seconds
    theirs = _pgbench(where, words.senders)
    _say("\n1. Reports accepted with receipt and audit entry")
    _say(f"   {words.reports} reports, {words.senders} phones: {ours:.0f} a second")
    _say(f"   answered after p50 {percentile(laps, 50):.0f} ms, p99 {percentile(laps, 99):.0f} ms")
    _say(f"   processor: {1000 * spent / words.reports:.1f} ms a report")
    _say(f"   pgbench, the same two rows in one transaction: {theirs:.0f} a second")
    _say(f"   ratio {ours / theirs:.3f} (goal 0.25)")


def _send(phone: Officer, wanted: "SimpleQueue[str]", laps: list[float]) -> None:
    while True:
        try:
            body = wanted.get_nowait()
        except Empty:
            return
        answer = phone.json("/api/laporan", body)
        if answer.code != CREATED:
            _say(f"answered {answer.code}: {answer.text[:200]}")
            return
        laps.append(answer.milliseconds)


def _pgbench(where: Path, clients: int) -> float:
    """Return the transactions a second that insert one such report and one such entry, keys alone indexed."""
    postgres = EmbeddedServer(where / "postgres")
    postgres.psql("DROP SCHEMA IF EXISTS ukuran CASCADE; CREATE SCHEMA ukuran", database="timpora")
    inserts = [_insert(postgres, table) for table in TABLES]
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write("BEGIN;\n" + "".join(f"{line}\n" for line in inserts) + "COMMIT;\n")
        script.flush()
        binary = quarters_find(where / "postgres").binaries / "pgbench"
        command = [
            binary,
            "-h",
            postgres.socket_folder,
            "-U",
            SUPERUSER,
            "-n",
            "-c",
            clients,
            "-j",
            2,
            "-T",
            10,
        ]
        told = subprocess.run(
            [str(word) for word in [*command, "-f", script.name, "timpora"]],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
    postgres.psql("DROP SCHEMA ukuran CASCADE", database="timpora")
    (line,) = [line for line in told.splitlines() if line.startswith("tps = ")]
    return float(line.split()[2])


def _insert(postgres: EmbeddedServer, table: str) -> str:
    """Make the table's twin with its key alone, and return the statement that writes its newest row anew."""

    def ask(sql: str) -> list[str]:
        return postgres.psql(sql, database="timpora").splitlines()

    (key,) = ask(
        "SELECT attname FROM pg_index i JOIN pg_attribute a ON attrelid = indrelid AND attnum = indkey[0] "
        f"WHERE indrelid = '{table}'::regclass AND indisprimary"
    )
    (kind,) = ask(
        f"SELECT atttypid::regtype FROM pg_attribute WHERE attrelid='{table}'::regclass AND attname='{key}'"
    )
    made = "gen_random_uuid()" if kind == "uuid" else "nextval('ukuran.nomor')"
    postgres.psql(
        f"CREATE SEQUENCE IF NOT EXISTS ukuran.nomor; CREATE TABLE ukuran.{table} (LIKE {table}); "
        f"ALTER TABLE ukuran.{table} ADD PRIMARY KEY ({key})",
        database="timpora",
    )
    columns = ask(
        f"SELECT attname FROM pg_attribute WHERE attrelid='{table}'::regclass AND attnum > 0 "
        "AND NOT attisdropped AND attgenerated = '' ORDER BY attnum"
    )
    rest = [column for column in columns if column != key]
    row = ", ', ', ".join(f"quote_nullable({column}::text)" for column in rest)
    (values,) = ask(f"SELECT replace(concat({row}), chr(10), ' ') FROM {table} ORDER BY {key} DESC LIMIT 1")
    return f"INSERT INTO ukuran.{table} ({key}, {', '.join(rest)}) VALUES ({made}, {values});"


# Screens --------------------------------------------------------------------------------------------------
async def _screens(
    server: Server, ground: dict[str, list[str]], words: argparse.Namespace, operators: int
) -> None:
    sender = Officer(server.port).sign_in("petugas", PASSWORD)
    cookies = [
        Officer(server.port).sign_in(f"operator{number}", PASSWORD).cookie()
        for number in range(1, operators + 1)
    ]
    operation = str(ground["operation"])
    ready = asyncio.Semaphore(0)
    screens = [
        Screen(server.port, cookies[number % operators], operation, fetches=False)
        for number in range(words.watchers)
    ]
    before = _memory(server)
    pages = [asyncio.create_task(screen.watch(ready)) for screen in screens]
    async with asyncio.timeout(SETTLE_SECONDS * 60):
        for _ in screens:
            await ready.acquire()
    await asyncio.sleep(SETTLE_SECONDS)
    after = _memory(server)
    answered, laps = [], []
    spent = server.processor_seconds()
    for number in range(words.rounds):
        task = {"operation": operation, "target": ground["targets"][number % words.targets]}
        answer, *shown = await shown_everywhere(sender, task, screens)
        answered.append(1000 * answer)
        laps += [1000 * lap for lap in shown]
        await asyncio.sleep(1.0)
    spent = server.processor_seconds() - spent
    for page in pages:
        page.cancel()
    await asyncio.gather(*pages, return_exceptions=True)
    _say(f"\n2. From sending a report until each of {words.watchers} screens has it, {words.rounds} reports")
    _say(f"   accepted: p50 {percentile(answered, 50):.0f} ms, p99 {percentile(answered, 99):.0f} ms")
    _say(f"   on a screen: p50 {percentile(laps, 50):.0f} ms, p99 {percentile(laps, 99):.0f} ms (goal 1000)")
    _say(f"   processor of the server: {1000 * spent / words.rounds:.0f} ms a report")
    _say("\n3. Memory of the web processes (PSS)")
    _say(f"   {before / 1024:.0f} MiB without a screen, {after / 1024:.0f} MiB with {words.watchers}")
    _say(f"   {(after - before) / words.watchers:.0f} KiB a screen")


def _memory(server: Server) -> float:
    """Return the proportional memory of the web server's processes in KiB."""
    return sum(
        float(line.split()[1])
        for folder in _processes(server)
        for line in (folder / "smaps_rollup").read_text().splitlines()
        if line.startswith("Pss:")
    )


def _processes(server: Server) -> Iterator[Path]:
    """Yield the folders in /proc of the web processes of this installation."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            said = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            about = (folder / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if "timpora web" in said and f"TIMPORA_DATA={server.folder}" in about:
            yield folder


if __name__ == "__main__":
    main()
