"""The reports of a day as a post hands them over: as they were sent, sealed before anybody reads them."""

import hashlib
import json
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from timpora.apps.findings.content import receipt_number
from timpora.apps.findings.day_types import DayEntry, DayLine
from timpora.apps.findings.models import Original, Report, ReportConflict
from timpora.domain.territory import WIB
from timpora.kernel.access import AccessDenied, Actor, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import seal_lifted

# As many as a file of a queue may hold.
PART: Final = 500
SEAL: Final = "tppo"
# A day beyond has no next one, or none in every zone.
YEARS: Final = range(2000, 2200)


def day_list(actor: Actor) -> list[DayLine]:
    """Return the days with reports that the actor may carry, the newest first."""
    zone = _zone(actor)
    held = _held(actor).values_list("operation_id", "received_at")
    counts = Counter((operation, at.astimezone(zone).date()) for operation, at in held)
    days = sorted(counts, key=lambda key: (key[1], str(key[0])), reverse=True)
    return [
        DayLine(operation, on, counts[operation, on], tuple(range(1, -(-counts[operation, on] // PART) + 1)))
        for operation, on in days
    ]


@deed(P.FINDINGS_REPORT_CARRY, tag=Tag.FINDINGS_DAY_TAKEN)
def day_take(act: Act, *, operation_id: UUID, on: date, part: int = 1) -> list[DayEntry]:
    """Return what arrived on a local day: every content of each report, also what stands under a seal.

    Whoever takes the file reads nothing of it, so nothing has to stay behind. `part` counts from one, by
    `PART` reports. Raises `AccessDenied` where there is none.
    """
    if on.year not in YEARS:
        raise AccessDenied
    zone = _zone(act.actor)
    since = datetime.combine(on, time(), zone)
    day = _held(act.actor).filter(operation_id=operation_id, received_at__gte=since)
    day = day.filter(received_at__lt=since + timedelta(days=1)).order_by("received_at", "id")
    held = {row.pk: row for row in day[(part - 1) * PART : part * PART]} if part > 0 else {}
    if not held:
        raise AccessDenied
    others = {
        (row.report_id, row.sha256): row.officer_id
        for row in ReportConflict.objects.filter(report__in=list(held))
    }
    with seal_lifted(SEAL):
        kept = list(Original.objects.filter(report__in=list(held)).order_by("report_id", "id"))
    found = [_entry(held[one.report_id], one, others) for one in kept]
    found.sort(key=lambda one: (one.seq, str(one.report_id), one.sha256))
    first = next(iter(held.values()))
    subject = Subject(
        kind="day",
        id=str(operation_id),
        places=tuple(sorted({row.wilayah for row in held.values()})),
        unit=first.unit_code,
    )
    digest = hashlib.sha256("\n".join(one.sha256 for one in found).encode()).hexdigest()
    act.upon(subject, refs={"on": on.isoformat(), "part": part, "reports": len(held), "sha256": digest})
    return found


def _held(actor: Actor) -> QuerySet[Report]:
    """Return the reports that the actor may carry; another content of one is no report of its own."""
    rivals = ReportConflict.objects.exclude(rival=None).values("rival_id")
    return scope(actor, P.FINDINGS_REPORT_CARRY, Report.objects.exclude(pk__in=rivals))


def _zone(actor: Actor) -> ZoneInfo:
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
