"""Stored reports as values; the number of statements does not grow with the number of reports."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db.models import Count, prefetch_related_objects

from timpora.apps.findings.attached_models import Minutes, Photo, PhotoArrival
from timpora.apps.findings.content import receipt_number
from timpora.apps.findings.gates import explanation_view, step_lines
from timpora.apps.findings.keeping_queries import photos_altered
from timpora.apps.findings.models import CheckedPerson, Finding, Protection, Report, ReportConflict
from timpora.apps.findings.photos import is_of_author
from timpora.apps.findings.standing import unsettled
from timpora.apps.findings.types import (
    CheckedView,
    Doubt,
    FindingKind,
    FindingView,
    MinutesView,
    Outcome,
    PhotoView,
    ProtectionView,
    Receipt,
    ReportKind,
    ReportView,
)
from timpora.domain.names import masked


def receipt_of(row: Report) -> Receipt:
    """Return the receipt of a stored report."""
    return Receipt(
        number=receipt_number(row.sha256),
        report_id=row.pk,
        sha256=row.sha256,
        received_at=row.received_at,
        doubts=tuple(Doubt(code) for code in row.doubts),
    )


def report_views(rows: Iterable[Report], *, is_masked: bool) -> list[ReportView]:
    """Return reports with their persons and findings, in the order given.

    Masked, they say no more of anybody than what was done; free words go with the names, since a note may
    hold what somebody met at the visit said.
    """
    reports = list(rows)
    prefetch_related_objects(reports, "explanations")
    ids = [row.pk for row in reports]
    checked: defaultdict[UUID, list[CheckedView]] = defaultdict(list)
    for person in CheckedPerson.objects.filter(report__in=ids).order_by("report", "position"):
        checked[person.report_id].append(checked_view(person, is_masked=is_masked))
    findings: defaultdict[UUID, list[FindingView]] = defaultdict(list)
    for found in Finding.objects.filter(report__in=ids).order_by("report", "checked__position", "id"):
        findings[found.report_id].append(_finding(found, is_masked=is_masked))
    conflicts = dict(
        unsettled(ReportConflict.objects.filter(report__in=ids))
        .values("report")
        .annotate(number=Count("id"))
        .values_list("report", "number")
    )
    photos, minutes = _photos(ids), _minutes(ids)
    views = (
        replace(
            _view(row, tuple(checked[row.pk]), tuple(findings[row.pk]), conflicts.get(row.pk, 0)),
            photos=tuple(photos[row.pk]),
            minutes=tuple(minutes[row.pk]),
        )
        for row in reports
    )
    return [_wordless(view) for view in views] if is_masked else list(views)


def _photos(ids: list[UUID]) -> defaultdict[UUID, list[PhotoView]]:
    """Return the photos by report; under a seal they have not arrived for anybody but its holders (P26)."""
    rows = list(
        Photo.objects.filter(report__in=ids).select_related("report", "root").order_by("report", "position")
    )
    arrivals = PhotoArrival.objects.filter(root__in={row.root_id for row in rows}) if rows else ()
    arrived = {(one.root_id, one.sha256): one.at for one in arrivals}
    altered = photos_altered({root for root, _ in arrived})
    found: defaultdict[UUID, list[PhotoView]] = defaultdict(list)
    for row in rows:
        found[row.report_id].append(
            PhotoView(
                position=row.position,
                sha256=row.sha256,
                size=row.size,
                taken_at=row.taken_at,
                lat=row.lat,
                lng=row.lng,
                accuracy_m=row.accuracy_m,
                arrived_at=arrived.get((row.root_id, row.sha256)) if is_of_author(row) else None,
                is_altered=(row.root_id, row.sha256) in altered,
            )
        )
    return found


def _minutes(ids: list[UUID]) -> defaultdict[UUID, list[MinutesView]]:
    found: defaultdict[UUID, list[MinutesView]] = defaultdict(list)
    for row in Minutes.objects.filter(report__in=ids).order_by("report", "position").defer("pdf"):
        found[row.report_id].append(MinutesView(row.position, row.sha256, row.state, row.because))
    return found


def _wordless(view: ReportView) -> ReportView:
    """Leave out what somebody met may have said: the note, and why steps or signatures are missing."""
    steps = tuple(
        replace(step, told=replace(step.told, because="") if step.told else None) for step in view.steps
    )
    explained = tuple(replace(one, text="") for one in view.explanations)
    minutes = tuple(replace(one, because="") for one in view.minutes)
    return replace(view, note="", steps=steps, explanations=explained, minutes=minutes)


def _view(
    row: Report, checked: tuple[CheckedView, ...], findings: tuple[FindingView, ...], conflicts: int
) -> ReportView:
    return ReportView(
        id=row.pk,
        operation_id=row.operation_id,
        target_id=row.target_id,
        encounter_id=row.encounter_id,
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        wilayah=row.wilayah,
        kind=ReportKind(row.kind),
        captured_at=row.captured_at,
        received_at=row.received_at,
        officer_id=row.officer_id,
        officer_name=row.officer_name,
        carried_by=row.carried_by,
        device_id=row.device_id,
        device_seq=row.device_seq,
        lat=row.lat,
        lng=row.lng,
        accuracy_m=row.accuracy_m,
        headcount=row.headcount,
        note=row.note,
        has_note=bool(row.note),
        checked=checked,
        findings=findings,
        receipt_number=receipt_number(row.sha256),
        sha256=row.sha256,
        doubts=tuple(Doubt(code) for code in row.doubts),
        conflicts_count=conflicts,
        sop_version=row.sop_version,
        steps=step_lines(row),
        explanations=tuple(explanation_view(one) for one in row.explanations.all()),
    )


def checked_view(row: CheckedPerson, *, is_masked: bool) -> CheckedView:
    """Return one person met, masked for whoever may not open persons."""
    return CheckedView(
        id=row.pk,
        report_id=row.report_id,
        position=row.position,
        name=masked(row.name) if is_masked else row.name,
        document_number=masked(row.document_number) if is_masked else row.document_number,
        document_state="" if is_masked else row.document_state,
        birth_text="" if is_masked else row.birth_text,
        nationality="" if is_masked else row.nationality,
        sex="" if is_masked else row.sex,
        outcome=Outcome(row.outcome),
        mrz="" if is_masked else row.mrz,
        mrz_holds=row.mrz_holds,
        note="" if is_masked else row.note,
        person_id=None if is_masked or not row.person_is_sure else row.person_id,
        holder_id=None if is_masked else row.person_id,
        is_masked=is_masked,
    )


def _finding(row: Finding, *, is_masked: bool) -> FindingView:
    return FindingView(
        id=row.pk,
        report_id=row.report_id,
        checked_id=row.checked_id,
        kind=FindingKind(row.kind),
        note="" if is_masked else row.note,
    )


def protection_view(row: Protection, *, is_masked: bool) -> ProtectionView:
    """Return the signs of one person; masked for a list, which discloses nobody."""
    report, checked = row.checked.report, row.checked
    return ProtectionView(
        checked_id=row.pk,
        report_id=report.pk,
        receipt_number=receipt_number(report.sha256),
        unit_code=report.unit_code,
        unit_name=report.unit_name,
        wilayah=row.wilayah,
        name=masked(checked.name) if is_masked else checked.name,
        signs=tuple(row.signs),
        note="" if is_masked else row.note or checked.note,
        received_at=report.received_at,
        officer_name=report.officer_name,
        person=None if is_masked else checked_view(checked, is_masked=False),
    )
