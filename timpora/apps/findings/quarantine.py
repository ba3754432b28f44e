"""Reports kept and not counted until somebody decides: of a revoked phone, of a closed account (P14)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from timpora.apps.findings.carrying import author_of, carried_refs
from timpora.apps.findings.content import content_of, digest_of, receipt_number
from timpora.apps.findings.device_types import DecisionView, QuarantineView
from timpora.apps.findings.devices import device_is_revoked
from timpora.apps.findings.errors import (
    BecauseMissing,
    OwnReport,
    QuarantineDecided,
    ReportIdTaken,
    TaskUnknown,
)
from timpora.apps.findings.kinds import ReportKind, Withheld
from timpora.apps.findings.models import Report
from timpora.apps.findings.owning import number_note
from timpora.apps.findings.phone_models import Quarantined, QuarantinedContent, QuarantineDecision
from timpora.apps.findings.placing import Place, home_of, place_of
from timpora.apps.findings.protecting import is_sealed
from timpora.apps.findings.rows import receipt_of
from timpora.apps.findings.sent_types import NewReport, Receipt
from timpora.apps.findings.taking import report_take
from timpora.apps.identity import queries as identity
from timpora.kernel.access import AccessDenied, Actor, P, require, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs, Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import seal_lifted
from timpora.kernel.errors import Refusal
from timpora.kernel.text import cleaned

BECAUSE_MAX: Final = 1_000
SEAL: Final = "tppo"
SHOWN: Final = 200


def withheld(actor: Actor, report: NewReport) -> Receipt | None:
    """Keep a report of a revoked phone, and acknowledge it as such; nothing for any other phone."""
    if not device_is_revoked(report.device_id):
        return None
    return report_withhold(actor, report=report, reason=Withheld.DEVICE)


def report_withhold(actor: Actor, *, report: NewReport, reason: Withheld) -> Receipt:
    """Keep a report without counting it, once however often it is sent; its number has arrived.

    What is held already is acknowledged as held. Nothing is refused for a missing task: whoever decides
    sees to that. Raises `AccessDenied`.
    """
    require(actor, P.FINDINGS_REPORT_SUBMIT)
    sha256 = digest_of(content_of(report))
    held = scope(actor, P.FINDINGS_REPORT_SUBMIT, Report.objects.filter(pk=report.id, sha256=sha256)).first()
    if held is not None:
        return replace(receipt_of(held), is_repeat=True)
    rows = Quarantined.objects.filter(report_id=report.id, sha256=sha256)
    known = rows.first()
    if known is None:
        try:
            with transaction.atomic():
                return _receipt(_keep(actor, report=report, sha256=sha256, reason=reason))
        except IntegrityError:
            known = rows.first()
    if known is None:
        raise ReportIdTaken
    return replace(_receipt(known), is_repeat=True)


def _receipt(row: Quarantined) -> Receipt:
    number = receipt_number(row.sha256)
    return Receipt(number, row.report_id, row.sha256, row.received_at, is_withheld=True)


@deed(P.FINDINGS_REPORT_SUBMIT, tag=Tag.FINDINGS_REPORT_QUARANTINED)
def _keep(act: Act, *, report: NewReport, sha256: str, reason: Withheld) -> Quarantined:
    author = author_of(act.actor, report)
    place = _place(author, report)
    content = content_of(report)
    subject = _subject(report.id, place.wilayah, place.unit_code)
    refs: Refs = {"sha256": sha256, "reason": reason.value, "device": str(report.device_id)}
    act.upon(subject, refs=carried_refs(act, report, subject, refs), payload=content)
    row = Quarantined(
        report_id=report.id,
        sha256=sha256,
        reason=reason.value,
        operation_id=report.operation_id,
        target_id=report.target_id,
        unit_code=place.unit_code,
        unit_name=place.unit_name,
        wilayah=place.wilayah,
        officer_id=author.id,
        officer_name=author.name,
        device_id=report.device_id,
        device_seq=report.device_seq,
        kind=report.kind.value,
        headcount=max(report.headcount, len(report.checked)),
        checks_count=len(report.checked),
        findings_count=len(report.findings) + sum(len(one.findings) for one in report.checked),
        captured_at=report.captured_at,
        received_at=act.at,
    )
    row.save(force_insert=True)
    kept = QuarantinedContent(
        quarantined=row, wilayah=row.wilayah, content=content, is_sealed=is_sealed(report)
    )
    QuarantinedContent.objects.bulk_create([kept])
    number_note(row.device_id, row.device_seq, officer_id=author.id, at=row.received_at)
    return row


def _place(author: Actor, report: NewReport) -> Place:
    """Return where the report belongs by its task, and else its officer's unit: it is kept in any case."""
    try:
        return place_of(author, report)
    except Refusal:
        return home_of(author)


def _subject(report_id: UUID, wilayah: str, unit: str) -> Subject:
    return Subject(kind="report", id=str(report_id), places=(wilayah,), unit=unit)


@deed(P.FINDINGS_QUARANTINE_DECIDE, tag=Tag.FINDINGS_QUARANTINE_DECIDED, is_decision=True)
def quarantine_decide(
    act: Act, *, quarantine_id: UUID, is_released: bool, because: str, read: Callable[[str], NewReport]
) -> Receipt | None:
    """Release a report, which then is taken like any other, or reject it; it is kept either way.

    `read` makes a report of the text that the phone sent. Raises `AccessDenied`, `BecauseMissing`,
    `QuarantineDecided`, `OwnReport`, and on release what `report_take` refuses.
    """
    rows = scope(act.actor, act.permission, Quarantined.objects.select_for_update())
    row = rows.filter(pk=quarantine_id).first()
    if row is None:
        raise AccessDenied
    if QuarantineDecision.objects.filter(quarantined=row).exists():
        raise QuarantineDecided
    if act.actor.id == row.officer_id:
        raise OwnReport
    because = cleaned(because)[:BECAUSE_MAX]
    if not because:
        raise BecauseMissing
    subject = _subject(row.report_id, row.wilayah, row.unit_code)
    act.upon(subject, refs={"released": is_released, "sha256": row.sha256}, payload=because)
    QuarantineDecision(
        quarantined=row,
        unit_code=row.unit_code,
        wilayah=row.wilayah,
        is_released=is_released,
        because=because,
        by_id=act.actor.id,
        by=act.actor.name,
        at=act.at,
    ).save(force_insert=True)
    return _released(act.actor, row, read) if is_released else None


def _released(actor: Actor, row: Quarantined, read: Callable[[str], NewReport]) -> Receipt:
    """Take the report as its officer's own; the task is asked as of the day on which it was written."""
    author = identity.author_get(row.officer_id, on=row.captured_at.date())
    if author is None or not author.grants:
        raise TaskUnknown
    with seal_lifted(SEAL):
        content = QuarantinedContent.objects.get(pk=row.pk).content
    try:
        return report_take(actor, report=replace(read(content), author=author, was_withheld=True))
    except AccessDenied as denied:
        raise TaskUnknown from denied


def quarantine_list(actor: Actor) -> list[QuarantineView]:
    """Return the reports in quarantine, those that wait first, then those decided last."""
    rows = scope(actor, P.FINDINGS_QUARANTINE_DECIDE, Quarantined.objects.select_related("decision"))
    waiting = rows.filter(decision=None).order_by("received_at", "id")[:SHOWN]
    decided = rows.exclude(decision=None).order_by("-decision__at", "id")[:SHOWN]
    return [_view(row) for row in (*waiting, *decided)]


def quarantine_count(actor: Actor) -> int:
    """Return how many reports wait for a decision of the actor."""
    return scope(actor, P.FINDINGS_QUARANTINE_DECIDE, Quarantined.objects.filter(decision=None)).count()


def quarantine_get(actor: Actor, quarantine_id: UUID) -> QuarantineView:
    """Return one report in quarantine; raises `AccessDenied` for an absent or foreign one alike."""
    rows = scope(actor, P.FINDINGS_QUARANTINE_DECIDE, Quarantined.objects.select_related("decision"))
    row = rows.filter(pk=quarantine_id).first()
    if row is None:
        raise AccessDenied
    return _view(row)


def _view(row: Quarantined) -> QuarantineView:
    made = getattr(row, "decision", None)
    return QuarantineView(
        id=row.pk,
        report_id=row.report_id,
        receipt_number=receipt_number(row.sha256),
        reason=Withheld(row.reason),
        operation_id=row.operation_id,
        target_id=row.target_id,
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        wilayah=row.wilayah,
        officer_id=row.officer_id,
        officer_name=row.officer_name,
        device_id=row.device_id,
        device_seq=row.device_seq,
        kind=ReportKind(row.kind),
        headcount=row.headcount,
        checks_count=row.checks_count,
        findings_count=row.findings_count,
        captured_at=row.captured_at,
        received_at=row.received_at,
        decision=DecisionView(made.is_released, made.by, made.at, made.because) if made else None,
    )
