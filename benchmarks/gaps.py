"""Whether every gap in the numbers of many phones is found, and how soon: `python -m benchmarks.gaps`

On an installation of its own: an operation with a hundred thousand reports of hundreds of phones, in whose
numbers gaps of every shape are planted. First it is counted that each is found and none invented, and that
all are red in time; then one look and one board are timed beside a plain window query over the same
numbers. Ends with 1 where a gap is wrong. What it means: benchmarks/README.md.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.client import Officer
from benchmarks.pages import percentile
from benchmarks.seed import PASSWORD, seed_write
from benchmarks.server import Server, port_free
from timpora.kernel.database.embedded import EmbeddedServer

HUGE = 2**31
WIDE = 10_000
BEYOND = 5
# Phones whose rows are put in by one statement.
BATCH = 100
# How long ago everything arrived: longer than a number may be on its way.
AGO = timedelta(minutes=20)
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """What of one phone arrives as `runs`, what it tells of, what is `closed` and what is `missing` then."""

    device: str
    runs: tuple[Span, ...]
    missing: tuple[Span, ...] = ()
    closed: tuple[Span, ...] = ()
    told: int = 0


def plans(devices: int, each: int) -> list[Plan]:
    """Return the phones; half of them have every shape of gap in turn, the others none."""
    half = each // 2
    shapes: tuple[Callable[[str], Plan], ...] = (
        lambda d: Plan(d, ((1, half), (half + 2, each + 1)), ((half + 1, half + 1),)),
        lambda d: Plan(d, ((1, half), (half + WIDE + 1, each + WIDE)), ((half + 1, half + WIDE),)),
        lambda d: Plan(d, ((2, each + 1),), ((1, 1),)),
        lambda d: Plan(d, ((1, each),), ((each + 1, each + BEYOND),), told=each + BEYOND),
        lambda d: Plan(d, ((1, 9), (11, 19), (21, each + 2)), ((10, 10), (20, 20))),
        lambda d: Plan(d, ((1, half), (half + 2, each + 1)), closed=((half + 1, half + 1),)),
        lambda d: Plan(d, ((1, each - 1), (HUGE, HUGE)), ((each, HUGE - 1),)),
        lambda d: Plan(d, ((1, each),), ((each + 1, HUGE),), told=HUGE),
    )
    return [
        shapes[number // 2 % len(shapes)](device) if number % 2 else Plan(device, ((1, each),))
        for number, device in ((n, str(UUID(int=HUGE + n))) for n in range(devices))
    ]


def main() -> None:
    words = _words()
    with tempfile.TemporaryDirectory(prefix="timpora-gaps-") as folder:
        where = Path(words.data or folder)
        with Server(where, words.port or port_free()) as server:
            print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start", flush=True)
            server.start()
            seed_write(Path(folder) / "seed.json")
            server.command("timpora", "seed", str(Path(folder) / "seed.json"))
            ground = json.loads(server.command("benchmarks.load", "--ground=4"))["ground"]
            phones = plans(words.devices, max(24, words.reports // words.devices))
            began = time.perf_counter()
            _plant(EmbeddedServer(where / "postgres"), ground["operation"], phones)
            print(f"planted in {time.perf_counter() - began:.0f} s", flush=True)
            task = Path(folder) / "task.json"
            task.write_text(json.dumps(_task(ground["operation"], phones, words.rounds)))
            told = json.loads(server.command("benchmarks.gaps_seen", str(task)))
            pages = _pages(server.port, ground["operation"], words.rounds)
    _tell(told, pages, phones)
    sys.exit(bool(told["faults"]))


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.gaps", description=__doc__)
    parser.add_argument("--devices", type=int, default=600, help="phones")
    parser.add_argument("--reports", type=int, default=100_000, help="numbers that arrived, of all phones")
    parser.add_argument("--rounds", type=int, default=20, help="looks, boards and pages")
    parser.add_argument("--port", type=int, default=0, help="a free one if left out")
    parser.add_argument("--data", default="", help="keep the installation in this folder")
    return parser.parse_args()


def _task(operation: str, phones: list[Plan], rounds: int) -> dict[str, Any]:
    return {
        "operation": operation, "rounds": rounds,
        "missing": [(phone.device, *span) for phone in phones for span in phone.missing],
        "closed": [(phone.device, *span) for phone in phones for span in phone.closed],
    }  # fmt: skip


# What is planted ------------------------------------------------------------------------------------------
PLANT = """
CREATE TEMP TABLE model AS
  SELECT id FROM findings_report WHERE operation_id = '{operation}' ORDER BY id LIMIT 1;
CREATE TEMP TABLE told AS SELECT * FROM jsonb_to_recordset('{told}') AS t(device uuid, told bigint);
CREATE TEMP TABLE come AS SELECT device, seq, now() - interval '{ago} s' AS at
  FROM jsonb_to_recordset('{runs}') AS p(device uuid, first bigint, last bigint),
    generate_series(first, last) seq;
INSERT INTO findings_arrived (device_id, seq, received_at) SELECT device, seq, at FROM come;
INSERT INTO findings_device_owner (device_id, officer_id, since, arrived, highest, told)
  SELECT device, r.officer_id, min(at), count(*), max(seq), 0
  FROM come, model JOIN findings_report r USING (id) GROUP BY 1, 2;
UPDATE findings_device_owner SET told = t.told, told_at = now() - interval '{ago} s'
  FROM told t WHERE device_id = t.device;
INSERT INTO findings_device (id, device_id, officer_id, officer_name, unit_code, unit_name, wilayah, first_at,
    last_at, queue)
  SELECT gen_random_uuid(), device, officer_id, officer_name, unit_code, unit_name, wilayah, now(), now(), 1
  FROM told, model JOIN findings_report r USING (id);
INSERT INTO findings_report SELECT made.* FROM come, model JOIN findings_report r USING (id),
  LATERAL jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'device_id', device,
    'device_seq', seq, 'received_at', at)) made;
"""


def _plant(postgres: EmbeddedServer, operation: str, phones: list[Plan]) -> None:
    for batch in _batches(phones):
        runs = [{"device": p.device, "first": a, "last": b} for p in batch for a, b in p.runs]
        told = [{"device": p.device, "told": p.told} for p in batch if p.told]
        words = {"runs": json.dumps(runs), "told": json.dumps(told), "ago": str(int(AGO.total_seconds()))}
        postgres.psql(PLANT.format(operation=operation, **words), database="timpora")
    postgres.psql("ANALYZE", database="timpora")


def _batches(phones: list[Plan]) -> Iterator[list[Plan]]:
    for start in range(0, len(phones), BATCH):
        yield phones[start : start + BATCH]


# What is told ---------------------------------------------------------------------------------------------
def _pages(port: int, operation: str, rounds: int) -> list[float]:
    reader = Officer(port).sign_in("operator", PASSWORD)
    return [reader.get(f"/posko/{operation}/papan").milliseconds for _ in range(rounds)]


def _tell(told: dict[str, Any], pages: list[float], phones: list[Plan]) -> None:
    numbers = sum(last - first + 1 for phone in phones for first, last in phone.runs)
    print(f"\n{numbers:,} numbers of {len(phones)} phones, {told['found']} gaps; a board is "
          f"{told['statements']} statements; a look holds {told['peak_kb']:,.0f} kB; "
          f"red {told['red_after'] / 60:.0f} minutes after the number beyond")  # fmt: skip
    base = statistics.median(told["peer"])
    print("| what | p50 ms | p99 ms | x window query |\n|---|---|---|---|")
    rows = {"window query": told["peer"], "one look": told["look"], "one board": told["board"],
            "closing a gap": told["closing"], "board page, first opening": pages[:1],
            "board page": pages[1:] or pages}  # fmt: skip
    for name, laps in rows.items():
        if laps:
            p50 = statistics.median(laps)
            print(f"| {name} | {p50:.1f} | {percentile(laps, 99):.1f} | {p50 / base:.1f} |")
    for fault in told["faults"][:20]:
        print(f"FAULT {fault}")
    print("every gap found, none invented" if not told["faults"] else f"{len(told['faults'])} faults")


if __name__ == "__main__":
    main()
