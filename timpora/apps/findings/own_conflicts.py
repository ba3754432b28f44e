"""What becomes of an officer's reports of which another content arrived, as the phone tells it (P2)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from timpora.apps.findings.conflict_types import OwnConflict, OwnContent
from timpora.apps.findings.content import receipt_number
from timpora.apps.findings.models import ReportConflict, Settlement
from timpora.apps.findings.standing import unsettled
from timpora.kernel import clock
from timpora.kernel.access import Actor, P, scope

# As long as a phone may have been without network (P4), and a little to read it.
LASTING: Final = timedelta(days=45)


def own_conflicts(actor: Actor) -> tuple[OwnConflict, ...]:
    """Return the conflicts of reports of which `actor` sent a content, the newest first."""
    mine = Q(officer_id=actor.id) | Q(report__officer_id=actor.id)
    recent = ReportConflict.objects.filter(mine, received_at__gte=clock.now() - LASTING)
    rows = scope(actor, P.FINDINGS_REPORT_SUBMIT, recent).select_related("report").order_by("-received_at")
    by_report: dict[UUID, list[ReportConflict]] = {}
    for row in rows:
        by_report.setdefault(row.report_id, []).append(row)
    open_ones = unsettled(ReportConflict.objects.filter(report__in=by_report))
    waiting = set(open_ones.values_list("report", flat=True))
    made = Settlement.objects.filter(report__in=by_report).order_by("number")
    last = {one.report_id: one for one in made}
    return tuple(
        _conflict(actor, found, last.get(report), is_open=report in waiting)
        for report, found in by_report.items()
    )


def _conflict(
    actor: Actor, rows: list[ReportConflict], settled: Settlement | None, *, is_open: bool
) -> OwnConflict:
    stands = settled.stands_id if settled else None
    return OwnConflict(
        report_id=rows[0].report_id,
        contents=tuple(_contents(actor, rows, stands)),
        is_open=is_open,
        by=settled.by if settled else "",
        because=settled.because if settled else "",
        at=settled.at if settled else None,
    )


def _contents(actor: Actor, rows: list[ReportConflict], stands: UUID | None) -> Iterator[OwnContent]:
    first = rows[0].report
    told = [(first.pk, first.sha256, first.officer_id), *((r.rival_id, r.sha256, r.officer_id) for r in rows)]
    for content, sha256, officer in told:
        is_chosen = stands is not None and content == stands
        yield OwnContent(sha256, receipt_number(sha256), officer == actor.id, is_chosen)
