"""Numbers that arrived from each device, and the gaps between them that the posko must see (P5)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet

from timpora.apps.findings.gap_types import GapView
from timpora.apps.findings.models import Report
from timpora.apps.findings.phone_models import Device, DeviceOwner, GapClosure
from timpora.apps.operations import queries as operations
from timpora.domain.numbering import Missing, Run, missing
from timpora.kernel.access import Actor, P, scope

DEVICE_SHOWN: Final = 4
# The runs of numbers that arrived, from whichever operation, of the phones of which some did not; at both
# ends of a run the report that bears the number, where the reader may see it. Which phones those are an index
# knows, so that the numbers of all others are not read, however many there are.
RUNS: Final = """
WITH holed AS (
  SELECT device_id, officer_id FROM findings_device_owner WHERE arrived < greatest(highest, told)
),
numbered AS (
  SELECT device_id, officer_id, seq, received_at,
         seq - row_number() OVER (PARTITION BY device_id ORDER BY seq) AS shift
  FROM findings_arrived JOIN holed USING (device_id) WHERE seq > 0
),
run AS (
  SELECT device_id, officer_id, min(seq) AS first, max(seq) AS last, min(received_at) AS at
  FROM numbered GROUP BY device_id, officer_id, shift
)
SELECT run.device_id, run.first, run.last, run.at,
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
  ) r WHERE r.operation_id = %s
  ORDER BY r.officer_id <> run.officer_id, r.received_at, r.id LIMIT 1
"""
COLUMNS: Final = (
    "id", "operation_id", "device_id", "device_seq", "received_at",
    "unit_code", "unit_name", "officer_name", "officer_id", "wilayah",
)  # fmt: skip
Beside = tuple[str, str, str, UUID, str]
ENDS: Final = 5


def gaps(actor: Actor, operation_id: UUID, at: datetime) -> tuple[GapView, ...]:
    """Return the gaps beside reports of an operation that `actor` may see, those known longest first.

    A number that was used in another operation has arrived. A gap is told to whoever may see the report
    right after it or right before it, so nobody learns of a device that is in foreign territories alone.
    What a phone says it gave beyond is told to whoever may see the phone, or the report before. One that was
    closed by hand is none, for all who may see the closing.
    """
    seen = scope(actor, P.FINDINGS_REPORT_READ, Report.objects.all())
    tails = _tails(actor, operation_id)
    devices: defaultdict[UUID, list[_Row]] = defaultdict(list)
    for device, *told in _runs(seen, operation_id):
        first, last, known_at, *ends = told
        row = _Row(first, last, known_at, _beside(ends[:ENDS]), _beside(ends[ENDS:]))
        devices[device].append(row)
    closed: defaultdict[UUID, list[tuple[int, int]]] = defaultdict(list)
    for device, first, last in GapClosure.objects.values_list("device_id", "first", "last").filter(
        device_id__in=[*devices, *tails]
    ):
        closed[device].append((first, last))
    found = [
        gap
        for device in {**devices, **tails}
        for gap in _gaps_of(_Phone(device, devices[device], tails.get(device), closed[device]), at)
    ]
    return tuple(sorted(found, key=lambda gap: (gap.since, gap.unit_name, gap.device, gap.first)))


@dataclass(frozen=True, slots=True)
class _Row:
    """A run of numbers, and the reports at its ends; empty where the reader may not see them."""

    first: int
    last: int
    at: datetime
    head: Beside | None
    tail: Beside | None


@dataclass(frozen=True, slots=True)
class _Tail:
    """Up to which number a phone says it went, since when, and whose it is; nobody's it is not told to."""

    told: int
    at: datetime
    beside: Beside | None


@dataclass(frozen=True, slots=True)
class _Phone:
    """What is known of one phone; `closed` are numbers closed by hand, as far as the walls show it."""

    device: UUID
    rows: Sequence[_Row]
    tail: _Tail | None
    closed: Sequence[tuple[int, int]]


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


def _tails(actor: Actor, operation_id: UUID) -> dict[UUID, _Tail]:
    """Return the phones that told of numbers above those that arrived.

    Nobody knows for which operation such a report was: each that is open and in which the phone's office
    takes part misses it.
    """
    told = {row.device_id: row for row in DeviceOwner.objects.filter(told__gt=F("highest"))}
    if not told:
        return {}
    is_open = operations.operation_get(actor, operation_id).is_open
    units = {office.unit_code for office in operations.office_list(actor, operation_id)} if is_open else set()
    rows = Device.objects.filter(device_id__in=list(told), unit_code__in=units).order_by("last_at")
    owned = {
        row.device_id: (row.unit_code, row.unit_name, row.officer_name, row.officer_id, row.wilayah)
        for row in scope(actor, P.FINDINGS_REPORT_READ, rows)
        if row.officer_id == told[row.device_id].officer_id
    }
    return {
        device: _Tail(row.told, row.told_at, owned.get(device))
        for device, row in told.items()
        if row.told_at is not None
    }


def _gaps_of(phone: _Phone, at: datetime) -> Iterator[GapView]:
    after = {row.first: row.head for row in phone.rows}
    before = {row.last: row.tail for row in phone.rows}
    runs = [Run(row.first, row.last, row.at) for row in phone.rows]
    if phone.tail is not None:
        # As if the number after the last that the phone told of had come in when it told.
        beyond = phone.tail.told + 1
        runs.append(Run(beyond, beyond, phone.tail.at))
        after[beyond] = phone.tail.beside
    for hole in missing(runs):
        if any(first <= hole.first and hole.last <= last for first, last in phone.closed):
            continue
        beside = after[hole.last + 1] or before.get(hole.first - 1)
        if beside is not None:
            yield _view(phone.device, hole, beside, at)


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
