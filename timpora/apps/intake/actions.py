"""What the intake does: receive a list, take it in, decide a pair, take a decision back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from timpora.apps.intake import errors
from timpora.apps.intake.kinds import ListKind
from timpora.apps.intake.mapping import ColumnPlan, row_reader, signature
from timpora.apps.intake.models import ColumnMapping, Pair, RowFault, Submission
from timpora.apps.intake.reading import Table, open_table
from timpora.apps.intake.stages import subject_of
from timpora.apps.intake.states import PairState, SubmissionState
from timpora.apps.intake.storing import digest, file_keep
from timpora.apps.intake.titles import title_key
from timpora.apps.intake.types import Decision, Received
from timpora.apps.intake.views import sample_kept, submission_view
from timpora.apps.registry import actions as registry
from timpora.domain.territory import closure
from timpora.kernel.access import AccessDenied, Actor, Grant, P, holds, may, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

IMPORT_TASK = "intake.submission_import"
MAX_NAME = 200
# What these lists say becomes somebody's permit or crossing: they come from who keeps those registers.
REGISTERS = {ListKind.CROSSINGS: P.INTAKE_CROSSINGS_SEND, ListKind.PERMITS: P.INTAKE_PERMITS_SEND}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a sender chose for a list: its kind, its columns, values for all rows, and all-or-nothing."""

    kind: ListKind
    columns: Mapping[str, str]
    constants: Mapping[str, str]
    is_whole: bool


@deed(P.INTAKE_SUBMISSION_SEND, tag=Tag.INTAKE_RECEIVED)
def submission_receive(act: Act, *, path: Path, name: str, reported_on: date) -> Received:
    """Take a list in hand: open it safely, keep it as it came; the same file again is the same submission.

    Raises the refusals of `reading` (`FileUnreadable` and its kinds).
    """
    grant = _grant(act)
    sha256 = digest(path)
    before = Submission.objects.filter(unit_code=grant.unit_code, sha256=sha256).first()
    if before is not None:
        act.upon(subject_of(before), refs={"repeat": 1})
        return Received(submission_view(before), is_repeat=True)
    table = open_table(path, name)
    row = _submission(act, grant, table, reported_on)
    row.sha256, row.size = sha256, path.stat().st_size
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # Somebody of the same desk sent the same file in the same moment.
        row = Submission.objects.get(unit_code=grant.unit_code, sha256=sha256)
        act.upon(subject_of(row), refs={"repeat": 1})
        return Received(submission_view(row), is_repeat=True)
    file_keep(row, path)
    act.upon(subject_of(row), refs={"sha256": sha256, "bytes": row.size}, payload=row.file_name)
    return Received(submission_view(row), is_repeat=False)


def _grant(act: Act) -> Grant:
    grants = act.actor.grants_for(P.INTAKE_SUBMISSION_SEND)
    if not grants:
        raise AccessDenied
    return grants[0]


def _submission(act: Act, grant: Grant, table: Table, reported_on: date) -> Submission:
    return Submission(
        file_name=(cleaned(table.name) or "daftar")[:MAX_NAME],
        unit_code=grant.unit_code,
        unit_name=grant.unit_name,
        sender_id=act.actor.id,
        sender_name=act.actor.name,
        zone=grant.zone,
        places=list(grant.territories),
        territories=list(closure(grant.territories)),
        received_at=act.at,
        reported_on=reported_on,
        headers=list(table.headers),
        sample=sample_kept(table.sample),
        notices=[notice.text for notice in table.notices],
    )


@deed(P.INTAKE_SUBMISSION_SEND, tag=Tag.INTAKE_MAPPING_SAVED)
def submission_start(act: Act, *, submission_id: UUID, choice: Choice) -> None:
    """Save the choice of columns and queue the list for the machine; a refused list may be tried again.

    Raises `SubmissionBusy`, `KindNotYours`, `MappingIncomplete`, `MappingUnknownField`.
    """
    row = _mine(act, submission_id)
    if SubmissionState(row.state) not in {
        SubmissionState.RECEIVED,
        SubmissionState.REFUSED,
        SubmissionState.FAILED,
    }:
        raise errors.SubmissionBusy
    register = REGISTERS.get(choice.kind)
    if register and not may(act.actor, register, places=row.places, unit=row.unit_code):
        raise errors.KindNotYours
    headers = tuple(row.headers)
    columns = {header: choice.columns[header] for header in headers if choice.columns.get(header)}
    constants = {name: text for name, value in choice.constants.items() if (text := cleaned(value))}
    row_reader(ColumnPlan(choice.kind, columns, constants), headers)
    _mapping_save(act, row, ColumnPlan(choice.kind, columns, constants))
    RowFault.objects.filter(submission=row).delete()
    row.kind, row.columns, row.constants, row.is_whole = choice.kind, columns, constants, choice.is_whole
    row.state, row.refusal, row.finished_at, row.started_at = SubmissionState.QUEUED, "", None, None
    row.rows_done = row.rows_good = row.rows_bad = row.rows_repeated = row.rows_noted = row.last_row = 0
    row.speed, row.unknown = 0, {}
    row.save()
    act.upon(subject_of(row), refs={"kind": choice.kind, "columns": len(columns)})
    app.configure_task(IMPORT_TASK, queue="intake").defer(submission_id=str(row.id))


def may_send(actor: Actor, kind: ListKind) -> bool:
    """Return whether the actor sends lists of this kind somewhere: enough to show the choice."""
    register = REGISTERS.get(kind)
    return register is None or holds(actor, register)


def _mapping_save(act: Act, row: Submission, plan: ColumnPlan) -> None:
    ColumnMapping.objects.update_or_create(
        unit_code=row.unit_code,
        signature=signature(row.headers),
        defaults={
            "kind": plan.kind,
            "columns": {title_key(header): name for header, name in plan.columns.items()},
            "constants": dict(plan.constants),
            "territories": row.territories,
            "saved_by": act.actor.name,
            "saved_at": act.at,
        },
    )


def _mine(act: Act, submission_id: UUID) -> Submission:
    rows = scope(act.actor, P.INTAKE_SUBMISSION_SEND, Submission.objects.all())
    row = rows.select_for_update().filter(pk=submission_id).first()
    if row is None:
        raise AccessDenied
    return row


@deed(P.INTAKE_PAIR_DECIDE, tag=Tag.INTAKE_PAIR_DECIDED, is_decision=True)
def pair_decide(act: Act, *, pair_id: UUID, is_same: bool | None, because: str = "") -> Decision:
    """Decide a doubtful pair: one person, or two. One person means a merge, which can be taken back.

    Raises `AnswerMissing` for neither, `PairDecided`, and the registry's refusals where one of the two was
    merged meanwhile.
    """
    row = _pair(act, pair_id)
    if is_same is None:
        raise errors.AnswerMissing
    if row.state != PairState.WAITING:
        raise errors.PairDecided(by=row.decided_by)
    row.because = cleaned(because)
    row.state = PairState.SAME if is_same else PairState.DIFFERENT
    row.decided_at, row.decided_by, row.decided_by_id = act.at, act.actor.name, act.actor.id
    if is_same:
        reason = row.because or f"Diputus sama pada pemeriksaan pasangan; peluang {row.probability:.4f}."
        row.merge_id = registry.person_merge(act.actor, keep=row.left, absorb=row.right, because=reason)
    row.save()
    subject = Subject(kind="pair", id=str(row.id), places=tuple(row.territories))
    act.upon(subject, refs={"state": row.state, "merge": str(row.merge_id or "")}, payload=row.because)
    return Decision(row.id, PairState(row.state), row.merge_id)


@deed(P.INTAKE_PAIR_DECIDE, tag=Tag.INTAKE_PAIR_UNDONE, is_decision=True)
def pair_undo(act: Act, *, pair_id: UUID, because: str = "") -> Decision:
    """Take a decision back, the machine's too: exactly the records that moved return, the pair waits again.

    Raises `PairUndecided`, and the registry's refusals where a later merge stands in the way.
    """
    row = _pair(act, pair_id)
    if row.state == PairState.WAITING:
        raise errors.PairUndecided
    if row.merge_id is not None:
        reason = cleaned(because) or "Keputusan pasangan dibatalkan."
        registry.person_unmerge(act.actor, merge_id=row.merge_id, because=reason)
    undone = row.merge_id
    row.state, row.merge_id, row.because = PairState.WAITING, None, ""
    row.decided_at, row.decided_by, row.decided_by_id = None, "", None
    row.save()
    subject = Subject(kind="pair", id=str(row.id), places=tuple(row.territories))
    act.publish(act.upon(subject, refs={"merge": str(undone or "")}, payload=cleaned(because)))
    return Decision(row.id, PairState.WAITING, undone)


def _pair(act: Act, pair_id: UUID) -> Pair:
    rows = scope(act.actor, P.INTAKE_PAIR_DECIDE, Pair.objects.all())
    row = rows.select_for_update().filter(pk=pair_id).first()
    if row is None:
        raise AccessDenied
    return row
