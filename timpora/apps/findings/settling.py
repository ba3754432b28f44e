"""Settling a conflict: a named human who sent none of the contents says which stands, and why (P2)."""

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction

from timpora.apps.findings.errors import (
    ConflictMoved,
    OwnContent,
    ReasonMissing,
)
from timpora.apps.findings.models import Report, ReportConflict, Settlement
from timpora.apps.findings.standing import unsettled
from timpora.apps.findings.subjects import subject_of
from timpora.kernel.access import AccessDenied, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

BECAUSE_MAX = 2_000


@deed(P.FINDINGS_CONFLICT_SETTLE, tag=Tag.FINDINGS_CONFLICT_SETTLED, is_decision=True)
def conflict_settle(act: Act, *, report_id: UUID, stands: UUID, seen: Collection[UUID], because: str) -> None:
    """Let one content of a report stand; the others are kept and no longer counted.

    `seen` are the contents that were compared: where another has come meanwhile, or somebody has decided,
    it is `ConflictMoved`. Raises `OwnContent` for whoever sent one of them, `ReasonMissing`.
    """
    report = report_hold(act, report_id)
    if report is None:
        raise AccessDenied
    conflicts = list(ReportConflict.objects.filter(report=report))
    contents = {report.pk, *(row.rival_id for row in conflicts if row.rival_id)}
    if stands not in contents:
        raise AccessDenied
    if set(seen) != contents or not unsettled(ReportConflict.objects.filter(report=report)).exists():
        raise ConflictMoved
    if act.actor.id in {report.officer_id, *(row.officer_id for row in conflicts)}:
        raise OwnContent
    because = cleaned(because)[:BECAUSE_MAX]
    if not because:
        raise ReasonMissing
    subject = subject_of(report)
    refs: Refs = {"operation": str(report.operation_id), "stands": str(stands), "contents": len(contents)}
    act.upon(subject, refs=refs, payload=because)
    _insert(
        Settlement(
            report=report,
            number=Settlement.objects.filter(report=report).count() + 1,
            stands_id=stands,
            unit_code=report.unit_code,
            wilayah=report.wilayah,
            because=because,
            by_id=act.actor.id,
            by=act.actor.name,
            at=act.at,
        )
    )
    act.publish(subject, {"operation": str(report.operation_id), "unit": report.unit_code})


def report_hold(act: Act, report_id: UUID) -> Report | None:
    """Lock a report until the deed ends: what arrives and what is decided follow one another."""
    rows = scope(act.actor, act.permission, Report.objects.select_for_update())
    return rows.filter(pk=report_id).first()


def _insert(row: Settlement) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise ConflictMoved from error
