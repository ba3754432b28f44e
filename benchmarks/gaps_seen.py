"""Looks for planted gaps as the posko does: `TIMPORA_DATA=… python -m benchmarks.gaps_seen TASK`

Prints one JSON line of what was wrong and how long a look took.
"""

import json
import os
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.config.settings")
django.setup()

from django.db import connection  # noqa: E402

from benchmarks import ground  # noqa: E402
from timpora.apps.findings import actions, queries  # noqa: E402
from timpora.apps.findings.types import GapView  # noqa: E402
from timpora.domain.numbering import ON_ITS_WAY  # noqa: E402
from timpora.kernel import clock  # noqa: E402
from timpora.kernel.access import Actor  # noqa: E402
from timpora.kernel.database.session import acting_as  # noqa: E402

PROMISED = timedelta(minutes=15)
SECOND = timedelta(seconds=1)
# The peer: every hole between two numbers of a phone, and nothing of reports, officers, closings or walls.
PEER = """
SELECT device_id, seq + 1, next - 1 FROM (
  SELECT device_id, seq, lead(seq) OVER (PARTITION BY device_id ORDER BY seq) AS next FROM findings_arrived
) n WHERE next > seq + 1
"""
Told = Sequence[tuple[str, int, int]]


def main() -> None:
    task = json.loads(Path(sys.argv[1]).read_text())
    operation = UUID(task["operation"])
    team = ground.officers()
    director = team["direktur"]
    closing = _closed(team["kepala"], operation, task["closed"])
    found = _look(director, operation)
    faults = _faults(task["missing"], found) + _red_faults(director, operation, found)
    told = {"faults": faults, "found": len(found), "closing": closing}
    told |= {"red_after": ON_ITS_WAY.total_seconds()}
    told |= {"statements": _statements(director, operation), "peak_kb": _peak(director, operation)}
    laps: dict[str, list[float]] = {"peer": [], "look": [], "board": []}
    for _ in range(task["rounds"]):
        laps["peer"].append(_taken(lambda: _peer(director)))
        laps["look"].append(_taken(lambda: _look(director, operation)))
        laps["board"].append(_taken(lambda: _board(director, operation)))
    print(json.dumps(told | laps))


def _closed(head: Actor, operation: UUID, gaps: Told) -> list[float]:
    return [_taken(lambda g=gap: _close(head, operation, *g)) for gap in gaps]  # type: ignore[misc]


def _close(head: Actor, operation: UUID, device: str, first: int, last: int) -> None:
    with acting_as(head):
        actions.gap_close(
            head,
            operation_id=operation,
            device_id=UUID(device),
            first=first,
            last=last,
            because="Ponsel hilang",
        )


def _look(actor: Actor, operation: UUID) -> tuple[GapView, ...]:
    with acting_as(actor):
        return queries.gap_list(actor, operation)


def _board(actor: Actor, operation: UUID) -> tuple[GapView, ...]:
    with acting_as(actor):
        return queries.board(actor, operation).gaps


def _peer(actor: Actor) -> list[Any]:
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute(PEER)
        return list(cursor.fetchall())


def _faults(planted: Told, found: Sequence[GapView]) -> list[str]:
    wanted = {(device, first, last) for device, first, last in planted}
    seen = {(str(gap.device_id), gap.first, gap.last) for gap in found}
    faults = [f"not found: {gap}" for gap in sorted(wanted - seen)]
    faults += [f"invented: {gap}" for gap in sorted(seen - wanted)]
    return faults + (["a gap is told twice"] if len(found) != len(seen) else [])


def _red_faults(actor: Actor, operation: UUID, found: Sequence[GapView]) -> list[str]:
    """Move the clock: nothing is red before its time, and everything is when it has come."""
    first, last = min(gap.since for gap in found), max(gap.since for gap in found)
    early = _reds(actor, operation, first + ON_ITS_WAY - SECOND)
    late = _reds(actor, operation, last + ON_ITS_WAY)
    faults = [f"{early} gaps are red too early"] if early else []
    if late != len(found):
        faults.append(f"{late} of {len(found)} gaps are red in time")
    return faults + (["the time is longer than promised"] if ON_ITS_WAY > PROMISED else [])


def _reds(actor: Actor, operation: UUID, at: datetime) -> int:
    with clock.standing_at(at):
        return sum(gap.is_red for gap in _board(actor, operation))


def _statements(actor: Actor, operation: UUID) -> int:
    said: list[str] = []

    def noted(execute: Any, sql: str, *rest: Any) -> Any:
        said.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(noted):
        _board(actor, operation)
    return len(said)


def _peak(actor: Actor, operation: UUID) -> float:
    tracemalloc.start()
    _look(actor, operation)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1024


def _taken(do: Callable[[], Any]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
