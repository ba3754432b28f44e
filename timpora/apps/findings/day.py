"""The reports of a day as a post hands them over: as they were sent, sealed before anybody reads them."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from timpora.apps.findings.content import receipt_number
from timpora.apps.findings.day_photos import photo_files, photos_held
from timpora.apps.findings.day_types import DayEntry, DayLine, PhotoLoad
from timpora.apps.findings.errors import DayGrown
from timpora.apps.findings.models import Original, Report, ReportConflict
from timpora.domain.territory import WIB
from timpora.kernel.access import AccessDenied, Actor, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs, Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import seal_lifted
from timpora.kernel.padding import padded_size

# Below what a file of a queue may hold (500 entries, 8 MB).
ENTRIES_MOST: Final = 450
BYTES_MOST: Final = 6 * 1024 * 1024
# What stands around the sealed of an entry, and around the text within.
AROUND: Final = 640
WITHIN: Final = 128
SEAL: Final = "tppo"
# A day beyond has no next one, or none in every zone.
YEARS: Final = range(2000, 2200)


@dataclass(frozen=True, slots=True)
class Sized:
    """One content of a report, by how much it weighs before it is sealed."""

    original: UUID
    report: UUID
    octets: int


def report_days(actor: Actor) -> list[DayLine]:
    """Return the days with reports that the actor may carry."""
    zone = zone_of(actor)
    days: dict[tuple[UUID, date], list[Sized]] = defaultdict(list)
    for operation, at, one in _sized(_held(actor)):
        days[operation, at.astimezone(zone).date()].append(one)
    return [_line(operation, on, day) for (operation, on), day in days.items()]


def _line(operation: UUID, on: date, day: Sequence[Sized]) -> DayLine:
    reports = {one.report for one in day}
    files = photo_files(reports)
    parts = tuple(range(1, len(parts_of(day)) + 1))
    return DayLine(operation, on, len(reports), parts, files.numbers, files.digest)


def parts_of(day: Sequence[Sized]) -> list[list[Sized]]:
    """Cut a day into files that its office takes in: by entries and by what they weigh sealed.

    A content is at most 512 KiB, so that one alone always fits.
    """
    parts: list[list[Sized]] = []
    weight = 0
    for one in day:
        sealed = _sealed_size(one.octets)
        if not parts or len(parts[-1]) == ENTRIES_MOST or weight + sealed > BYTES_MOST:
            parts.append([])
            weight = 0
        parts[-1].append(one)
        weight += sealed
    return parts


def _sealed_size(octets: int) -> int:
    """Return what an entry takes in a file at most: within, quotation marks and backslashes are doubled."""
    return AROUND + padded_size(2 * octets + WITHIN) * 4 // 3


def _sized(held: QuerySet[Report]) -> list[tuple[UUID, datetime, Sized]]:
    """Return every content of the reports, also what stands under a seal, in the order of their arrival.

    What comes later stands last, also another content of an early report: so files that were taken before
    stay what they were, and none of them is missed by whoever takes the rest.
    """
    rivals = ReportConflict.objects.filter(report=OuterRef("report"), sha256=OuterRef("sha256"))
    came = Coalesce(Subquery(rivals.values("received_at")[:1]), F("report__received_at"))
    octets = Func(F("content"), function="octet_length", output_field=IntegerField())
    rows = Original.objects.filter(report__in=held).annotate(octets=octets, came=came)
    rows = rows.order_by("came", "report_id", "id")
    told = "report__operation_id", "report__received_at", "id", "report_id", "octets"
    with seal_lifted(SEAL):
        return [(operation, at, Sized(*one)) for operation, at, *one in rows.values_list(*told)]


@deed(P.FINDINGS_REPORT_CARRY, tag=Tag.FINDINGS_DAY_TAKEN)
def day_take(act: Act, *, operation_id: UUID, on: date, part: int = 1) -> list[DayEntry]:
    """Return what arrived on a local day: every content of each report, also what stands under a seal.

    Whoever takes the file reads nothing of it, so nothing has to stay behind. `part` counts from one, as
    `parts_of` cuts the day. Raises `AccessDenied` where there is none.
    """
    day = _day(act.actor, operation_id, on)
    parts = parts_of([one for *_, one in _sized(day)])
    if not 0 < part <= len(parts):
        raise AccessDenied
    wanted = parts[part - 1]
    held = Report.objects.in_bulk({one.report for one in wanted})
    others = {
        (row.report_id, row.sha256): row.officer_id
        for row in ReportConflict.objects.filter(report__in=list(held))
    }
    with seal_lifted(SEAL):
        kept = list(Original.objects.filter(pk__in=[one.original for one in wanted]))
    found = [_entry(held[one.report_id], one, others) for one in kept]
    found.sort(key=lambda one: (one.seq, str(one.report_id), one.sha256))
    digest = hashlib.sha256("\n".join(one.sha256 for one in found).encode()).hexdigest()
    refs: Refs = {"on": on.isoformat(), "part": part, "reports": len(held), "sha256": digest}
    act.upon(_subject(operation_id, held.values()), refs=refs)
    return found


@deed(P.FINDINGS_REPORT_CARRY, tag=Tag.FINDINGS_DAY_PHOTOS_TAKEN)
def day_photos_take(act: Act, *, operation_id: UUID, on: date, part: int, cut: str) -> PhotoLoad:
    """Return one file of the photos that the reports of a local day name, as far as they have arrived.

    How it looks follows from what the reports name, which everybody reads alike, and not from what arrived:
    nobody is to learn whether a photo came that lies under the seal of protection (P26, ADR 0023). `cut` is
    how the day was cut when its files were listed: a photo may go in another file since, and would be in none
    of those taken. Raises `DayGrown` then, and `AccessDenied` where there is no such file.
    """
    rows = {row.pk: row for row in _day(act.actor, operation_id, on)}
    files = photo_files(rows)
    if not rows or not cut:
        raise AccessDenied
    if cut != files.digest:
        raise DayGrown
    if part not in files.numbers:
        raise AccessDenied
    wanted = files.parts[part - 1]
    refs: Refs = {"on": on.isoformat(), "part": part, "of": len(files.parts), "named": len(wanted)}
    act.upon(_subject(operation_id, rows.values()), refs=refs)
    held = photos_held(rows, wanted)
    return PhotoLoad(operation_id, on, part, len(files.parts), files.digest, files.room, held)


def _subject(operation_id: UUID, rows: Collection[Report]) -> Subject:
    places = tuple(sorted({row.wilayah for row in rows}))
    return Subject(kind="day", id=str(operation_id), places=places, unit=next(iter(rows)).unit_code)


def _day(actor: Actor, operation_id: UUID, on: date) -> QuerySet[Report]:
    """Return the reports of an operation that arrived on a day; raises `AccessDenied` beyond all days."""
    if on.year not in YEARS:
        raise AccessDenied
    since = datetime.combine(on, time(), zone_of(actor))
    held = _held(actor).filter(operation_id=operation_id, received_at__gte=since)
    return held.filter(received_at__lt=since + timedelta(days=1))


def _held(actor: Actor) -> QuerySet[Report]:
    """Return the reports that the actor may carry; another content of one is no report of its own."""
    rivals = ReportConflict.objects.exclude(rival=None).values("rival_id")
    return scope(actor, P.FINDINGS_REPORT_CARRY, Report.objects.exclude(pk__in=rivals))


def zone_of(actor: Actor) -> ZoneInfo:
    """Return the zone by whose days the actor hands over."""
    return ZoneInfo(actor.main.zone if actor.main else WIB)


def _entry(row: Report, kept: Original, others: dict[tuple[UUID, str], UUID]) -> DayEntry:
    return DayEntry(
        report_id=row.pk,
        officer_id=others.get((row.pk, kept.sha256), row.officer_id),
        seq=json.loads(kept.content)["seq"],
        number=receipt_number(kept.sha256),
        sha256=kept.sha256,
        content=kept.content,
    )
