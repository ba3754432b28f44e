"""What the office asks about stored files: how far the looking is, and what was found altered."""

from typing import Final
from uuid import UUID

from timpora.apps.findings.content import receipt_number
from timpora.apps.findings.keeping_models import FileBreak, LookRound
from timpora.apps.findings.keeping_types import FileBreakView, FileKind, LookRoundView
from timpora.apps.findings.models import Report
from timpora.kernel.access import Actor, P, require, scope

BREAKS_MOST: Final = 200


def look_rounds(actor: Actor) -> list[LookRoundView]:
    """Return how far the program is with each kind of file, those not begun yet too."""
    require(actor, P.ACCOUNTABILITY_AUDIT_READ)
    rows = {row.kind: row for row in LookRound.objects.all()}
    return [_round(kind, rows.get(kind.value) or LookRound(kind=kind.value)) for kind in FileKind]


def file_breaks(actor: Actor) -> list[FileBreakView]:
    """Return what was found altered within the actor's reach, what still is first, then the newest.

    Files of a report that names who may be a victim are there for holders of the seal alone (P26).
    """
    require(actor, P.ACCOUNTABILITY_AUDIT_READ)
    reports = scope(actor, P.ACCOUNTABILITY_AUDIT_READ, Report.objects.all())
    rows = FileBreak.objects.filter(root__in=reports).select_related("root")
    return [_break(row) for row in rows.order_by("-mended_at", "-found_at", "pk")[:BREAKS_MOST]]


def photos_altered(roots: set[UUID]) -> set[tuple[UUID, str]]:
    """Return which photos of these reports are known to be altered, by report and digest."""
    rows = FileBreak.objects.filter(root__in=roots, kind=FileKind.PHOTO.value, mended_at=None)
    return set(rows.values_list("root_id", "sha256")) if roots else set()


def _round(kind: FileKind, row: LookRound) -> LookRoundView:
    return LookRoundView(
        kind=kind,
        began_at=row.began_at,
        looked=row.looked,
        last_began_at=row.last_began_at,
        last_ended_at=row.last_ended_at,
        last_looked=row.last_looked,
    )


def _break(row: FileBreak) -> FileBreakView:
    return FileBreakView(
        kind=FileKind(row.kind),
        report_id=row.root_id,
        operation_id=row.root.operation_id,
        receipt_number=receipt_number(row.root.sha256),
        unit_name=row.root.unit_name,
        sha256=row.sha256,
        found_sha256=row.found_sha256,
        found_at=row.found_at,
        mended_at=row.mended_at,
    )
