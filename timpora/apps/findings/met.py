"""Persons met in the field on whom something was found, newest first: what a case may be opened from."""

from collections import defaultdict
from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from timpora.apps.findings.content import receipt_number
from timpora.apps.findings.models import CheckedPerson, Finding, Report
from timpora.apps.findings.standing import standing
from timpora.apps.findings.types import PASSED_ON, FindingKind, MetRow
from timpora.domain.names import masked
from timpora.kernel.access import Actor, P, may, scope

MET_PAGE: Final = 20


def met_list(
    actor: Actor, *, but: Collection[UUID] = (), page: int = 1, size: int = MET_PAGE
) -> list[MetRow]:
    """Return a page of those met with a finding, names masked, but for the checked persons in `but`.

    Whom a visit passed on, to whomever, is not among them: nobody may open a case there (P26). Only the
    places where the actor may open a case count.
    """
    start = (max(page, 1) - 1) * size
    rows = _met(actor, but).select_related("report").order_by("-report__received_at", "report_id", "position")
    return _told(rows[start : start + size])


def met_get(actor: Actor, checked_id: UUID) -> MetRow | None:
    """Return what was found on one person met, where the actor may read the report; nobody is named."""
    reports = scope(actor, P.FINDINGS_REPORT_READ, Report.objects.all())
    rows = CheckedPerson.objects.filter(pk=checked_id, report__in=reports.values("pk"))
    return next(iter(_told(rows.select_related("report"))), None)


def met_words(actor: Actor, checked_id: UUID) -> str:
    """Return what the officer wrote about one person met, for whoever may open persons; empty for others.

    Whoever calls notes that the person was shown. What was written of somebody who may be a victim lies under
    the seal and is not here.
    """
    reports = scope(actor, P.FINDINGS_REPORT_READ, Report.objects.all())
    row = CheckedPerson.objects.filter(pk=checked_id, report__in=reports).select_related("report").first()
    if row is None or not may(actor, P.REGISTRY_PERSON_READ, places=(row.report.wilayah,)):
        return ""
    return row.note


def met_holder(actor: Actor, checked_id: UUID) -> UUID | None:
    """Return whom the number of a document alone names, for who may open persons there; nothing else."""
    reports = scope(actor, P.FINDINGS_REPORT_READ, Report.objects.all())
    rows = CheckedPerson.objects.filter(pk=checked_id, report__in=reports, person_is_sure=False)
    row = rows.select_related("report").first()
    if row is None or not may(actor, P.REGISTRY_PERSON_READ, places=(row.report.wilayah,)):
        return None
    return row.person_id


def report_whereabouts(actor: Actor, report_id: UUID) -> UUID | None:
    """Return of which operation a report is, for a link to it; nothing for who may not open the report."""
    reports = scope(actor, P.FINDINGS_REPORT_READ, Report.objects.filter(pk=report_id))
    return reports.values_list("operation_id", flat=True).first()


def _told(rows: QuerySet[CheckedPerson]) -> list[MetRow]:
    found = list(rows)
    kinds: defaultdict[UUID | None, list[FindingKind]] = defaultdict(list)
    for finding in Finding.objects.filter(checked__in=[row.pk for row in found]).order_by("kind", "id"):
        kinds[finding.checked_id].append(FindingKind(finding.kind))
    return [
        MetRow(
            checked_id=row.pk,
            report_id=row.report_id,
            receipt_number=receipt_number(row.report.sha256),
            unit_name=row.report.unit_name,
            wilayah=row.report.wilayah,
            captured_at=row.report.captured_at,
            name=masked(row.name),
            document=masked(row.document_number),
            kinds=tuple(dict.fromkeys(kinds[row.pk])),
        )
        for row in found
    ]


def met_count(actor: Actor, *, but: Collection[UUID] = ()) -> int:
    """Return how many `met_list` has on all its pages."""
    return _met(actor, but).count()


def _met(actor: Actor, but: Collection[UUID]) -> QuerySet[CheckedPerson]:
    read = scope(actor, P.FINDINGS_REPORT_READ, Report.objects.all())
    reports = standing(scope(actor, P.CASES_CASE_OPEN, read))
    with_finding = Exists(Finding.objects.filter(checked=OuterRef("pk")))
    rows = CheckedPerson.objects.filter(with_finding, report__in=reports.values("pk"))
    return rows.exclude(outcome__in=PASSED_ON).exclude(pk__in=but)
