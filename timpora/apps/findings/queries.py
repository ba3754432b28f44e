"""What the findings answer: reports, receipts, conflicts; the board is in `board.py` and goes out by here."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Sum

from timpora.apps.findings.answers import answered, words_of
from timpora.apps.findings.attached import minutes_digests
from timpora.apps.findings.board import board
from timpora.apps.findings.closing import closure_list, gap_get, gap_list
from timpora.apps.findings.content import receipt_number
from timpora.apps.findings.devices import (
    device_get,
    device_is_revoked,
    device_list,
    devices_revoked,
    revocation_count,
)
from timpora.apps.findings.gates import unexplained
from timpora.apps.findings.keeping_queries import file_breaks, look_rounds
from timpora.apps.findings.letters.daily_rekap import DailyRekap, RekapOffices, RekapRow, RekapTable
from timpora.apps.findings.met import (
    MET_PAGE,
    met_count,
    met_get,
    met_holder,
    met_list,
    met_words,
    report_whereabouts,
)
from timpora.apps.findings.models import (
    CheckedPerson,
    Original,
    Protection,
    Report,
    ReportConflict,
    Settlement,
)
from timpora.apps.findings.notes import day_list
from timpora.apps.findings.own_conflicts import own_conflicts
from timpora.apps.findings.owning import device_of
from timpora.apps.findings.persons import persons_named
from timpora.apps.findings.photos import photo_state
from timpora.apps.findings.quarantine import quarantine_count, quarantine_get, quarantine_list
from timpora.apps.findings.rekap import Rekap, RekapForm, rekap_get, rekap_pdf
from timpora.apps.findings.rows import checked_view, protection_view, receipt_of, report_views
from timpora.apps.findings.shown import minutes_get, photo_get, report_photo_get, report_photos
from timpora.apps.findings.standing import standing, unsettled
from timpora.apps.findings.subjects import subject_of
from timpora.apps.findings.types import (
    CheckedView,
    Comparison,
    ConflictView,
    ContentView,
    ProtectionView,
    Receipt,
    ReportKind,
    ReportView,
    SettlementView,
    TargetCount,
    VisitView,
)
from timpora.kernel.access import AccessDenied, Actor, P, PurposeMissing, may, scope
from timpora.kernel.audit.entry import Note, Refs, Subject
from timpora.kernel.audit.log import append, disclosure_record, disclosures_record
from timpora.kernel.audit.tags import Tag

LIST_LIMIT: Final = 50
LIST_MOST: Final = 500


def report_get(actor: Actor, report_id: UUID, *, operation_id: UUID | None = None) -> ReportView:
    """Return one report. Who may open persons, and says why, reads names; each is logged as shown (P18).

    For everybody else the persons are masked. Raises `AccessDenied` for absent and foreign alike, and for
    a report that is not of `operation_id` where one is named: what is not shown is not logged as shown.
    """
    row = _of(operation_id, scope(actor, P.FINDINGS_REPORT_READ, Report.objects.all()), report_id)
    if row is None:
        raise AccessDenied
    opens = may(actor, P.REGISTRY_PERSON_READ, places=(row.wilayah,))
    view = answered(report_views([row], is_masked=not opens)[0], row, is_masked=not opens)
    if opens and (view.checked or words_of(view)):
        _disclose(actor, view)
    return view


def report_require(actor: Actor, report_id: UUID, *, operation_id: UUID) -> None:
    """Raise `AccessDenied` unless the report is of this operation and the actor's to explain."""
    if _of(operation_id, scope(actor, P.FINDINGS_BREACH_EXPLAIN, Report.objects.all()), report_id) is None:
        raise AccessDenied


def _of(operation_id: UUID | None, rows: QuerySet[Report], report_id: UUID) -> Report | None:
    found = rows.filter(pk=report_id)
    return (found.filter(operation_id=operation_id) if operation_id else found).first()


def _disclose(actor: Actor, view: ReportView) -> None:
    places = (view.wilayah,)
    subject = Subject(kind="report", id=str(view.id), places=places, unit=view.unit_code)
    shown: Refs = {"shown": "laporan", "persons": len(view.checked)}
    append(actor, [Note(tag=Tag.FINDINGS_REPORT_READ, subject=subject, refs=shown)])
    for person in {one.person_id for one in view.checked if one.person_id}:
        disclosure_record(actor, person, places, what="laporan lapangan")


def report_list(
    actor: Actor,
    *,
    operation_id: UUID,
    unit: str | None = None,
    since: datetime | None = None,
    target_id: UUID | None = None,
    limit: int = LIST_LIMIT,
) -> list[ReportView]:
    """Return the reports received last, newest first, with persons masked; `since` is an instant."""
    rows = standing(scope(actor, P.FINDINGS_REPORT_READ, Report.objects.filter(operation_id=operation_id)))
    if unit is not None:
        rows = rows.filter(unit_code=unit)
    if since is not None:
        rows = rows.filter(received_at__gte=since)
    if target_id is not None:
        rows = rows.filter(target_id=target_id)
    newest = rows.order_by("-received_at", "id")[: max(0, min(limit, LIST_MOST))]
    return report_views(newest, is_masked=True)


def visits_of_person(actor: Actor, person_id: UUID) -> list[VisitView]:
    """Return the visits at which a person whose page is being shown was surely met, newest first.

    Nothing is told of the outcome, so that the page says no more of a person referred to protection.
    """
    met = Report.objects.filter(checked__person_id=person_id, checked__person_is_sure=True)
    rows = standing(scope(actor, P.FINDINGS_REPORT_READ, met))
    return [
        VisitView(row.pk, row.operation_id, row.unit_name, row.wilayah, row.captured_at)
        for row in rows.distinct().order_by("-captured_at", "id")
    ]


def receipt_get(actor: Actor, report_id: UUID) -> Receipt:
    """Return the receipt of a report that `actor` sent; raises `AccessDenied` for any other."""
    rows = scope(actor, P.FINDINGS_REPORT_SUBMIT, Report.objects.filter(officer_id=actor.id))
    row = rows.filter(pk=report_id).first()
    if row is None:
        raise AccessDenied
    return receipt_of(row)


def receipt_list(actor: Actor, *, limit: int = LIST_LIMIT) -> list[Receipt]:
    """Return the receipts of the reports that `actor` sent, newest first."""
    rows = scope(actor, P.FINDINGS_REPORT_SUBMIT, Report.objects.filter(officer_id=actor.id))
    rows = rows.exclude(pk__in=ReportConflict.objects.exclude(rival=None).values("rival"))
    return [receipt_of(row) for row in rows.order_by("-received_at", "id")[:limit]]


def target_counts(actor: Actor, operation_id: UUID) -> dict[UUID, TargetCount]:
    """Return what was reported of each target of an operation: what the posko's map shows."""
    rows = standing(scope(actor, P.FINDINGS_REPORT_READ, Report.objects.filter(operation_id=operation_id)))
    counted = (
        rows.exclude(target=None)
        .values("target_id")
        .annotate(
            number=Count("id"),
            nil=Count("id", filter=Q(kind=ReportKind.NIL)),
            written=Sum("checks_count"),
            found=Sum("findings_count"),
            last=Max("received_at"),
        )
    )
    return {
        row["target_id"]: TargetCount(
            reports=row["number"],
            nil_reports=row["nil"],
            checks=row["written"],
            findings=row["found"],
            last_at=row["last"],
        )
        for row in counted
    }


def conflict_list(actor: Actor, *, operation_id: UUID) -> list[ConflictView]:
    """Return the reports of which another content arrived that nobody has settled, newest first."""
    rows = unsettled(ReportConflict.objects.filter(operation_id=operation_id)).select_related("report")
    found = scope(actor, P.FINDINGS_REPORT_READ, rows).order_by("-received_at", "id")
    return [
        ConflictView(
            report_id=row.report_id,
            unit_code=row.unit_code,
            kept_sha256=row.report.sha256,
            other_sha256=row.sha256,
            received_at=row.received_at,
            officer_name=row.officer_name,
        )
        for row in found
    ]


def comparison_get(actor: Actor, report_id: UUID, *, operation_id: UUID | None = None) -> Comparison:
    """Return the contents of a report side by side, the first first, for whoever settles between them.

    Names are shown, and logged, as on the page of a report. Raises `AccessDenied` where the report is
    absent, foreign, not of `operation_id` where one is named, or has one content only.
    """
    row = _of(operation_id, scope(actor, P.FINDINGS_CONFLICT_SETTLE, Report.objects.all()), report_id)
    conflicts = list(ReportConflict.objects.filter(report_id=report_id).order_by("received_at", "id"))
    if row is None or not conflicts:
        raise AccessDenied
    made = list(Settlement.objects.filter(report=row).order_by("number"))
    stands = made[-1].stands_id if made else row.pk
    views = {
        view.id: view
        for view in _shown(actor, row, [c.rival_id for c in conflicts if c.rival_id is not None])
    }
    first = ContentView(
        row.pk, row.sha256, row.received_at, row.officer_name, views[row.pk], stands == row.pk
    )
    others = tuple(
        ContentView(
            id=c.rival_id,
            sha256=c.sha256,
            received_at=c.received_at,
            officer_name=c.officer_name,
            view=views.get(c.rival_id) if c.rival_id is not None else None,
            stands=stands == c.rival_id,
        )
        for c in conflicts
    )
    return Comparison(
        report_id=row.pk,
        operation_id=row.operation_id,
        contents=(first, *others),
        senders=frozenset({row.officer_id, *(c.officer_id for c in conflicts)}),
        settlements=tuple(SettlementView(s.stands_id, s.by, s.at, s.because) for s in made),
        is_open=unsettled(ReportConflict.objects.filter(report=row)).exists(),
    )


def _shown(actor: Actor, row: Report, rivals: list[UUID]) -> list[ReportView]:
    opens = may(actor, P.REGISTRY_PERSON_READ, places=(row.wilayah,))
    rows = [row, *Report.objects.filter(pk__in=rivals)]
    shown = zip(report_views(rows, is_masked=not opens), rows, strict=True)
    views = [answered(view, one, is_masked=not opens) for view, one in shown]
    for view in views:
        if opens and (view.checked or words_of(view)):
            _disclose(actor, view)
    return views


def originals_get(actor: Actor, report_id: UUID) -> dict[str, str]:
    """Return the texts held of a report by digest, for whoever settles a conflict; sealed ones stay away.

    They name persons, so it is a disclosure like the page of the report: it needs a purpose, and each
    person surely known by a document in any of the texts is logged (P18). Raises `AccessDenied` where the
    report is absent or foreign, `PurposeMissing`.
    """
    row = scope(actor, P.FINDINGS_CONFLICT_SETTLE, Report.objects.all()).filter(pk=report_id).first()
    if row is None:
        raise AccessDenied
    if actor.purpose is None:
        raise PurposeMissing
    rows = scope(actor, P.FINDINGS_CONFLICT_SETTLE, Original.objects.filter(report=row))
    texts = dict(rows.order_by("sha256").values_list("sha256", "content"))
    subject = subject_of(row)
    append(actor, [Note(tag=Tag.FINDINGS_REPORT_READ, subject=subject, refs={"shown": "isi asli"})])
    persons = {p for text in texts.values() for p in persons_named(text, row.received_at.date())}
    disclosures_record(actor, [(p, (row.wilayah,)) for p in sorted(persons)], what="isi asli laporan")
    return texts


def protection_list(actor: Actor) -> list[ProtectionView]:
    """Return the signs reported from the field, the oldest first, for the holder of the seal alone (P26).

    Names are masked and notes left out, so that the list discloses nobody; `protection_get` does.
    """
    rows = scope(actor, P.CASES_PROTECTION_READ, Protection.objects.all()).select_related("checked__report")
    return [
        protection_view(row, is_masked=True)
        for row in rows.order_by("checked__report__received_at", "checked_id")
    ]


def protection_get(actor: Actor, checked_id: UUID) -> ProtectionView:
    """Return one person's signs with all that was written; raises `AccessDenied` for everybody else.

    Whoever calls logs the disclosure under the seal.
    """
    rows = scope(actor, P.CASES_PROTECTION_READ, Protection.objects.all()).select_related("checked__report")
    row = rows.filter(pk=checked_id).first()
    if row is None:
        raise AccessDenied
    return protection_view(row, is_masked=False)


def shown_get(actor: Actor, checked_id: UUID) -> CheckedView:
    """Return what somebody met at a visit showed, for the holder of the seal who takes that person over.

    Raises `AccessDenied` for everybody else. Whoever calls logs it under the seal.
    """
    reports = scope(actor, P.CASES_PROTECTION_HANDLE, Report.objects.all())
    row = CheckedPerson.objects.filter(report__in=reports, pk=checked_id).first()
    if row is None:
        raise AccessDenied
    return checked_view(row, is_masked=False)


__all__ = [
    "MET_PAGE",
    "DailyRekap",
    "Rekap",
    "RekapForm",
    "RekapOffices",
    "RekapRow",
    "RekapTable",
    "board",
    "closure_list",
    "comparison_get",
    "conflict_list",
    "day_list",
    "device_get",
    "device_is_revoked",
    "device_list",
    "device_of",
    "devices_revoked",
    "file_breaks",
    "gap_get",
    "gap_list",
    "look_rounds",
    "met_count",
    "met_get",
    "met_holder",
    "met_list",
    "met_words",
    "minutes_digests",
    "minutes_get",
    "originals_get",
    "own_conflicts",
    "photo_get",
    "photo_state",
    "protection_get",
    "protection_list",
    "quarantine_count",
    "quarantine_get",
    "quarantine_list",
    "receipt_get",
    "receipt_list",
    "receipt_number",
    "rekap_get",
    "rekap_pdf",
    "report_get",
    "report_list",
    "report_photo_get",
    "report_photos",
    "report_require",
    "report_whereabouts",
    "revocation_count",
    "shown_get",
    "target_counts",
    "unexplained",
]
