"""Taking a report: once, however often it is sent; nothing that arrives is lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from timpora.apps.findings.answers import answers_missing, answers_require, answers_stored
from timpora.apps.findings.attached import attached_store
from timpora.apps.findings.carrying import author_of, carried_refs
from timpora.apps.findings.content import (
    checked_id,
    content_of,
    digest_of,
    finding_id,
    receipt_number,
    rival_id,
    step_fields,
)
from timpora.apps.findings.errors import (
    AnswersWrong,
    ContentsTooMany,
    EncounterUnknown,
    NilWithPeople,
    OfficeUnknown,
    ReportIdTaken,
    TaskUnknown,
)
from timpora.apps.findings.gates import breaches_of
from timpora.apps.findings.models import (
    CheckedPerson,
    Finding,
    Original,
    Protection,
    Report,
    ReportConflict,
)
from timpora.apps.findings.owning import device_is_others, number_note
from timpora.apps.findings.persons import holders_of, mrz_holds
from timpora.apps.findings.placing import Place, place_of
from timpora.apps.findings.protecting import is_sealed, needs_protection
from timpora.apps.findings.rows import receipt_of
from timpora.apps.findings.settling import report_hold
from timpora.apps.findings.subjects import subject_of
from timpora.apps.findings.types import Doubt, NewChecked, NewReport, Outcome, Receipt
from timpora.apps.operations import queries as operations
from timpora.apps.operations.actions import encounter_check, target_visit
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, require, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

# A phone's clock may differ this much from the server's before the posko is told.
AHEAD: Final = timedelta(minutes=10)
# The longest a report waits without network is 30 days (P4); beyond, the phone's clock is in doubt.
BEHIND: Final = timedelta(days=31)
# Whoever was taken along or whose passport was kept was found with something, whatever else is ticked.
TAKEN_ALONG: Final = frozenset({Outcome.BROUGHT_IN, Outcome.PASSPORT_RETAINED})
# So many contents of one officer are kept under one identifier; a phone needs two or three.
CONTENTS_MOST: Final = 8
PRIMARY_KEY: Final = "findings_report_pkey"


def report_take(actor: Actor, *, report: NewReport) -> Receipt:
    """Take a report once: sent again it is acknowledged again, with other content both are kept (P2).

    A reporter needs the task: an approved target of the own team with an issued order, or a check without
    one that was approved (Permen Imipas 2/2025 Pasal 30). The nil of a whole office comes from the head of
    its section. A wrong clock is noted, not refused; so is a step of the SOP that was passed over. Where
    somebody else brings it in, the task is asked of `report.author` and the right to carry of `actor`. Raises
    `EncounterUnknown`, `TaskUnknown`, `OfficeUnknown`, `NilWithPeople`, `AnswersWrong`, `ContentsTooMany`,
    `AccessDenied`.
    """
    author = author_of(actor, report)
    require(author, P.FINDINGS_REPORT_SUBMIT)
    require(actor, P.FINDINGS_REPORT_SUBMIT)
    held = _again(actor, report)
    if held is not None:
        return held
    place = place_of(author, report)
    answers_require(report)
    try:
        with transaction.atomic():
            if report.encounter_id is not None:
                return _encounter_store(actor, report=report, encounter_id=report.encounter_id, place=place)
            if report.target_id is None:
                return _office_nil_store(actor, report=report, place=place)
            return _report_store(actor, report=report, target_id=report.target_id, place=place)
    except IntegrityError as error:
        if not _is_taken(error):
            raise
    # Another sending of it was first, an instant ago; only the unique key can tell (P2).
    held = _again(actor, report)
    if held is None:
        raise ReportIdTaken
    return held


@deed(P.FINDINGS_REPORT_SUBMIT, tag=Tag.FINDINGS_REPORTED)
def _report_store(act: Act, *, report: NewReport, target_id: UUID, place: Place) -> Receipt:
    receipt = _store(act, report, place)
    try:
        target_visit(act.actor, target_id=target_id, officer_id=author_of(act.actor, report).id)
    except AccessDenied as denied:
        # Not the reporter's team, or no order was issued: nothing of this deed remains.
        raise TaskUnknown from denied
    return receipt


@deed(P.FINDINGS_REPORT_SUBMIT, tag=Tag.FINDINGS_REPORTED)
def _encounter_store(act: Act, *, report: NewReport, encounter_id: UUID, place: Place) -> Receipt:
    receipt = _store(act, report, place)
    _encounter_told(act.actor, report, encounter_id)
    return receipt


def _encounter_told(actor: Actor, report: NewReport, encounter_id: UUID) -> None:
    """Let an order follow where the check without one brought a finding; nothing remains if it may not."""
    # Whoever showed a sign is one passed on, here as in every list, whatever else was done (P26).
    has_finding = bool(report.findings) or any(
        one.findings or (one.outcome in TAKEN_ALONG and not needs_protection(one)) for one in report.checked
    )
    try:
        encounter_check(
            actor,
            encounter_id=encounter_id,
            captured_at=report.captured_at,
            has_finding=has_finding,
            officer_id=author_of(actor, report).id,
        )
    except AccessDenied as denied:
        raise EncounterUnknown from denied


@deed(P.FINDINGS_OFFICE_NIL, tag=Tag.FINDINGS_REPORTED)
def _office_nil_store(act: Act, *, report: NewReport, place: Place) -> Receipt:
    return _store(act, report, place)


@deed(P.FINDINGS_REPORT_SUBMIT, tag=Tag.FINDINGS_REPORT_CONFLICTED)
def _conflict_store(act: Act, *, held: Report, report: NewReport, content: str) -> None:
    report_hold(act, held.pk)
    _room_require(act, held, report, digest_of(content))
    # Whoever decided while this one waited has not seen it: it came after the decision.
    received_at = clock.now()
    sha256 = digest_of(content)
    subject = subject_of(held)
    refs: Refs = {"operation": str(held.operation_id), "kept": held.sha256, "other": sha256}
    act.upon(subject, refs=carried_refs(act, report, subject, refs), payload=content)
    author = author_of(act.actor, report)
    row = ReportConflict(
        report=held,
        operation_id=held.operation_id,
        unit_code=held.unit_code,
        wilayah=held.wilayah,
        sha256=sha256,
        received_at=received_at,
        officer_id=author.id,
        officer_name=author.name,
        rival=_rival_store(act, held, report, sha256),
    )
    ReportConflict.objects.bulk_create([row])
    number_note(report.device_id, report.device_seq, officer_id=author.id, at=received_at)
    _original_store(held, sha256=sha256, content=content, is_sealed=is_sealed(report))
    act.publish(subject, {"operation": str(held.operation_id), "unit": held.unit_code})


def _room_require(act: Act, held: Report, report: NewReport, sha256: str) -> None:
    """Refuse one content too many of one officer; what is held already is no new one.

    Counted by officer, so that nobody uses up the room of somebody else's report.
    """
    author = author_of(act.actor, report)
    others = ReportConflict.objects.filter(report=held)
    if others.filter(sha256=sha256).exists():
        return
    if others.filter(officer_id=author.id).count() + (held.officer_id == author.id) >= CONTENTS_MOST:
        raise ContentsTooMany


def _rival_store(act: Act, held: Report, report: NewReport, sha256: str) -> Report | None:
    """Read the other content like any report, so that it can be compared and may come to stand.

    What the sender could not have reported is kept as text alone.
    """
    try:
        place = place_of(author_of(act.actor, report), report)
        if report.operation_id != held.operation_id or place.unit_code != held.unit_code:
            return None
        answers_require(report)
        if report.encounter_id is not None:
            _encounter_told(act.actor, report, report.encounter_id)
    except (AnswersWrong, EncounterUnknown, NilWithPeople, OfficeUnknown, TaskUnknown):
        return None
    rival = replace(report, id=rival_id(held.pk, sha256))
    row = _rows_store(act, rival, place, sha256)
    attached_store(row, rival, root=held.pk)
    return row


def _again(actor: Actor, report: NewReport) -> Receipt | None:
    """Return the receipt of what is held under this identifier, after keeping another content as well."""
    rows = scope(actor, P.FINDINGS_REPORT_SUBMIT, Report.objects.all())
    held = rows.filter(pk=report.id).first()
    if held is None:
        return None
    content = content_of(report)
    sha256 = digest_of(content)
    receipt = receipt_of(held)
    if held.sha256 == sha256:
        return replace(receipt, is_repeat=True)
    try:
        with transaction.atomic():
            _conflict_store(actor, held=held, report=report, content=content)
    except IntegrityError:
        # This content has arrived before, or at this very moment: it is kept already.
        other = ReportConflict.objects.get(report=held, sha256=sha256)
        return _conflict_receipt(other, is_repeat=True)
    return _conflict_receipt(ReportConflict.objects.get(report=held, sha256=sha256), is_repeat=False)


def _conflict_receipt(row: ReportConflict, *, is_repeat: bool) -> Receipt:
    return Receipt(
        number=receipt_number(row.sha256),
        report_id=row.report_id,
        sha256=row.sha256,
        received_at=row.received_at,
        is_repeat=is_repeat,
        is_conflict=True,
    )


def _is_taken(error: IntegrityError) -> bool:
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", "") == PRIMARY_KEY


def _rows_store(act: Act, report: NewReport, place: Place, sha256: str) -> Report:
    row = _row(act, report, place, sha256)
    row.save(force_insert=True)
    checked = _checked_rows(row, report)
    CheckedPerson.objects.bulk_create(checked)
    Finding.objects.bulk_create(_finding_rows(row, report))
    Protection.objects.bulk_create(
        Protection(
            checked_id=checked_id(row.pk, at),
            wilayah=row.wilayah,
            signs=[cleaned(sign) for sign in one.signs],
            note=_note_for_protection(one),
        )
        for at, one in enumerate(report.checked, start=1)
        if needs_protection(one)
    )
    return row


def _note_for_protection(one: NewChecked) -> str:
    """Return what was written, and what was done where it was something else than the referral."""
    note = cleaned(one.note)
    if one.outcome is Outcome.PROTECTION:
        return note
    return f"{note} Hasil di formulir: {one.outcome.value.replace('_', ' ')}.".strip()


def _store(act: Act, report: NewReport, place: Place) -> Receipt:
    content = content_of(report)
    row = _rows_store(act, report, place, digest_of(content))
    attached_store(row, report, root=row.pk)
    number_note(row.device_id, row.device_seq, officer_id=row.officer_id, at=row.received_at)
    _original_store(row, sha256=row.sha256, content=content, is_sealed=is_sealed(report))
    subject = subject_of(row)
    refs: Refs = {
        "operation": str(row.operation_id),
        "target": str(row.target_id or ""),
        "unit": row.unit_code,
        "kind": row.kind,
        "sha256": row.sha256,
        "device": str(row.device_id),
        "seq": row.device_seq,
    }
    if row.encounter_id is not None:
        refs = {**refs, "encounter": str(row.encounter_id)}
    act.upon(subject, refs=carried_refs(act, report, subject, refs), payload=content)
    act.publish(subject, refs)
    return receipt_of(row)


def _row(act: Act, report: NewReport, place: Place, sha256: str) -> Report:
    findings = len(report.findings) + sum(len(one.findings) for one in report.checked)
    sop = operations.sop_of(report.operation_id)
    author = author_of(act.actor, report)
    is_carried = author.id != act.actor.id
    row = Report(
        id=report.id,
        operation_id=report.operation_id,
        target_id=report.target_id,
        encounter_id=report.encounter_id,
        unit_code=place.unit_code,
        unit_name=place.unit_name,
        wilayah=place.wilayah,
        kind=str(report.kind),
        sha256=sha256,
        captured_at=report.captured_at,
        received_at=act.at,
        device_id=report.device_id,
        device_seq=report.device_seq,
        officer_id=author.id,
        officer_name=author.name,
        carried_by_id=act.actor.id if is_carried else None,
        carried_by=act.actor.name if is_carried else "",
        lat=report.lat,
        lng=report.lng,
        accuracy_m=report.accuracy_m,
        headcount=max(report.headcount, len(report.checked)),
        checks_count=len(report.checked),
        findings_count=findings,
        steps=[step_fields(step) for step in report.steps],
        sop_version=sop.version,
        breaches=[{"code": b.code, "kind": b.kind.value} for b in breaches_of(report, sop.steps)],
        note=cleaned(report.note),
        answers=answers_stored(report),
    )
    row.doubts = [str(doubt) for doubt in _doubts(report, row)]
    return row


def _doubts(report: NewReport, row: Report) -> list[Doubt]:
    late = row.received_at - report.captured_at
    on = row.received_at.date()
    found = {
        Doubt.CLOCK_AHEAD: late < -AHEAD,
        Doubt.CLOCK_BEHIND: late > BEHIND,
        Doubt.FORM_SHORT: bool(answers_missing(report)),
        Doubt.NOT_COUNTED: len(report.checked) > report.headcount,
        Doubt.STEPS_BROKEN: bool(row.breaches),
        Doubt.ORDER_WITHDRAWN: row.target_id is not None and operations.order_is_withdrawn(row.target_id),
        Doubt.WITHHELD: report.was_withheld,
        Doubt.DEVICE_FOREIGN: device_is_others(row.device_id, row.officer_id),
        Doubt.KEY_WITHDRAWN: report.key_was_withdrawn,
        Doubt.MRZ_WRONG: any(mrz_holds(one.mrz, on) is False for one in report.checked),
    }
    return [doubt for doubt, holds in found.items() if holds]


def _checked_rows(row: Report, report: NewReport) -> list[CheckedPerson]:
    on = row.received_at.date()
    known = holders_of(report.checked, on)
    return [
        CheckedPerson(
            id=checked_id(row.pk, at),
            report=row,
            position=at,
            name=cleaned(one.name),
            document_number=cleaned(one.document_number),
            document_state=cleaned(one.document_state),
            birth_text=cleaned(one.birth_text),
            nationality=cleaned(one.nationality),
            sex=one.sex,
            mrz=cleaned(one.mrz),
            mrz_holds=mrz_holds(one.mrz, on),
            # Who goes to protection stays under its seal: here it is a referral like others, so that no
            # case opens on whoever showed a sign, whatever outcome the device sent with it.
            outcome=str(Outcome.REFERRED if needs_protection(one) else one.outcome),
            # What was written about somebody who may be a victim goes under the seal with the signs.
            note="" if needs_protection(one) else cleaned(one.note),
            person_id=holder.person if (holder := known.get(at - 1)) else None,
            person_is_sure=holder is None or holder.is_sure,
        )
        for at, one in enumerate(report.checked, start=1)
    ]


def _finding_rows(row: Report, report: NewReport) -> list[Finding]:
    groups = [(0, report.findings), *((at, one.findings) for at, one in enumerate(report.checked, start=1))]
    return [
        Finding(
            id=finding_id(row.pk, at, number),
            report=row,
            checked_id=_person_at(row.pk, at),
            kind=str(found.kind),
            note=cleaned(found.note),
        )
        for at, group in groups
        for number, found in enumerate(group, start=1)
    ]


def _person_at(report: UUID, position: int) -> UUID | None:
    return checked_id(report, position) if position else None


def _original_store(row: Report, *, sha256: str, content: str, is_sealed: bool) -> None:
    original = Original(report=row, sha256=sha256, wilayah=row.wilayah, content=content, is_sealed=is_sealed)
    Original.objects.bulk_create([original])
