"""Numbers that arrived from each device, and the gaps between them that the posko must see (P5)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from timpora.apps.findings.gap_types import GapView
from timpora.apps.findings.models import ArrivedNumber, Report
from timpora.domain.numbering import Missing, Run, missing
from timpora.kernel.access import Actor, P, scope

DEVICE_SHOWN: Final = 4
# The runs of numbers that arrived, from whichever operation, of the devices with a hole; at both ends of a
# run the report that bears the number, where the reader may see it. Holes are looked for first, because they
# are few, and reading a report through its wall costs more than fifty numbers, which have none.
RUNS: Final = """
WITH holed AS (
  SELECT device_id FROM findings_arrived WHERE seq > 0 GROUP BY device_id HAVING max(seq) > count(*)
),
numbered AS (
  SELECT device_id, seq, received_at,
         seq - row_number() OVER (PARTITION BY device_id ORDER BY seq) AS shift
  FROM findings_arrived WHERE seq > 0 AND device_id IN (SELECT device_id FROM holed)
),
run AS (
  SELECT device_id, min(seq) AS first, max(seq) AS last, min(received_at) AS at
  FROM numbered GROUP BY device_id, shift
)
SELECT run.device_id, run.first, run.last, run.at,
       ARRAY(SELECT ARRAY[c.first, c.last] FROM findings_gap_closure c WHERE c.device_id = run.device_id),
       head.unit_code, head.unit_name, head.officer_name, head.officer_id, head.wilayah,
       tail.unit_code, tail.unit_name, tail.officer_name, tail.officer_id, tail.wilayah
FROM run
LEFT JOIN LATERAL ({first}) head ON true
LEFT JOIN LATERAL ({last}) tail ON true
"""
# OFFSET 0 keeps PostgreSQL to the number's own index. Of an operation that began today the planner knows
# nothing, and would go through all of its reports for every hole.
BESIDE: Final = """
  SELECT * FROM (
    SELECT * FROM ({seen}) s WHERE s.device_id = run.device_id AND s.device_seq = run.{end} OFFSET 0
  ) r WHERE r.operation_id = %s ORDER BY r.received_at, r.id LIMIT 1
"""
COLUMNS: Final = (
    "id", "operation_id", "device_id", "device_seq", "received_at",
    "unit_code", "unit_name", "officer_name", "officer_id", "wilayah",
)  # fmt: skip
Beside = tuple[str, str, str, UUID, str]
ENDS: Final = 5


def number_note(device_id: UUID, seq: int, at: datetime) -> None:
    """Write down that a number arrived, in the transaction in which its content is kept; once is enough."""
    row = ArrivedNumber(device_id=device_id, seq=seq, received_at=at)
    ArrivedNumber.objects.bulk_create([row], ignore_conflicts=True)


def gaps(actor: Actor, operation_id: UUID, at: datetime) -> tuple[GapView, ...]:
    """Return the gaps beside reports of an operation that `actor` may see, those known longest first.

    A number that was used in another operation has arrived. A gap is told to whoever may see the report
    right after it or right before it, so nobody learns of a device that is in foreign territories alone.
    One that was closed by hand is none, for all who may see the closing.
    """
    seen = scope(actor, P.FINDINGS_REPORT_READ, Report.objects.all())
    devices: defaultdict[UUID, list[_Row]] = defaultdict(list)
    for device, *told in _runs(seen, operation_id):
        first, last, known_at, closed, *ends = told
        row = _Row(first, last, known_at, closed, _beside(ends[:ENDS]), _beside(ends[ENDS:]))
        devices[device].append(row)
    found = [gap for device, rows in devices.items() for gap in _gaps_of(device, rows, at)]
    return tuple(sorted(found, key=lambda gap: (gap.since, gap.unit_name, gap.device, gap.first)))


@dataclass(frozen=True, slots=True)
class _Row:
    """A run of numbers, and the reports at its ends; empty where the reader may not see them.

    `closed` are the numbers of its device that were closed by hand, first and last, as far as the walls let
    the reader see it.
    """

    first: int
    last: int
    at: datetime
    closed: list[list[int]]
    head: Beside | None
    tail: Beside | None


def _beside(told: Sequence[Any]) -> Beside | None:
    return None if told[0] is None else (told[0], told[1], told[2], told[3], told[4])


def _runs(seen: QuerySet[Report], operation_id: UUID) -> list[tuple[Any, ...]]:
    try:
        sql, values = seen.values_list(*COLUMNS).query.sql_with_params()
    except EmptyResultSet:
        return []
    beside = {end: BESIDE.format(seen=sql, end=end) for end in ("first", "last")}
    with connection.cursor() as cursor:
        cursor.execute(RUNS.format(**beside), [*values, operation_id, *values, operation_id])
        return list(cursor.fetchall())


def _gaps_of(device: UUID, rows: Sequence[_Row], at: datetime) -> Iterator[GapView]:
    after = {row.first: row.head for row in rows}
    before = {row.last: row.tail for row in rows}
    closed = rows[0].closed
    for hole in missing(Run(row.first, row.last, row.at) for row in rows):
        if any(first <= hole.first and hole.last <= last for first, last in closed):
            continue
        beside = after[hole.last + 1] or before.get(hole.first - 1)
        if beside is not None:
            yield _view(device, hole, beside, at)


def _view(device: UUID, hole: Missing, beside: Beside, at: datetime) -> GapView:
    unit, name, officer, officer_id, wilayah = beside
    return GapView(
        unit_code=unit,
        unit_name=name,
        officer_name=officer,
        device=str(device)[-DEVICE_SHOWN:],
        first=hole.first,
        last=hole.last,
        since=hole.since,
        is_red=hole.is_red(at),
        device_id=device,
        officer_id=officer_id,
        wilayah=wilayah,
    )
