"""What the intake answers: lists, their progress and faults, and pairs side by side."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from timpora.apps.intake.countries import in_force
from timpora.apps.intake.errors import IntakeError
from timpora.apps.intake.errors_file import write_errors
from timpora.apps.intake.kinds import RECORDS, ListKind
from timpora.apps.intake.linkage.model import Quality, quality
from timpora.apps.intake.mapping import (
    ColumnGuess,
    ColumnPlan,
    guess,
    guess_kind,
    missing_fields,
    row_reader,
    signature,
)
from timpora.apps.intake.models import ColumnMapping, Pair, RowFault, Submission
from timpora.apps.intake.reading import Row, Table
from timpora.apps.intake.states import PairState
from timpora.apps.intake.titles import title_key
from timpora.apps.intake.types import FaultView, PairPage, PairRow, Preview, SampleRow, SubmissionView
from timpora.apps.intake.validation import check_row
from timpora.apps.intake.views import evidence_of, fault_view, pair_row, submission_view, table_of_sample
from timpora.apps.registry import queries as registry
from timpora.domain.territory import NATION, PROVINCES
from timpora.kernel.access import AccessDenied, Actor, P, holds, scope

LISTED = 50
SAMPLES = 3
TRIED = 8


def submission_list(actor: Actor, *, limit: int = LISTED) -> list[SubmissionView]:
    """Return the newest lists that the actor may see."""
    rows = scope(actor, P.INTAKE_SUBMISSION_READ, Submission.objects.all()).defer("sample")
    return [submission_view(row) for row in rows.order_by("-received_at", "id")[:limit]]


def submissions_open(actor: Actor, submission_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of the lists that the actor may open."""
    if not holds(actor, P.INTAKE_SUBMISSION_READ):
        return frozenset()
    rows = scope(actor, P.INTAKE_SUBMISSION_READ, Submission.objects.filter(pk__in=set(submission_ids)))
    return frozenset(rows.values_list("pk", flat=True))


def submission_get(actor: Actor, submission_id: UUID) -> SubmissionView:
    """Return one list; raises `AccessDenied` where it is absent or foreign."""
    return submission_view(_submission(actor, submission_id))


def _submission(actor: Actor, submission_id: UUID) -> Submission:
    row = scope(actor, P.INTAKE_SUBMISSION_READ, Submission.objects.all()).filter(pk=submission_id).first()
    if row is None:
        raise AccessDenied
    return row


def submission_preview(
    actor: Actor, submission_id: UUID, *, kind: ListKind | None = None, chosen: ColumnPlan | None = None
) -> Preview:
    """Return what each column seems to be and how the first rows fare with it.

    What a form has just chosen comes first, then what the unit chose for the same titles before, then the
    guess for `kind` or the best.
    """
    row = _submission(actor, submission_id)
    table = table_of_sample(row)
    if chosen is not None:
        return _preview(row, table, chosen, _columns_as_chosen(table, chosen))
    saved = ColumnMapping.objects.filter(unit_code=row.unit_code, signature=signature(row.headers)).first()
    if saved is not None and kind in {None, ListKind(saved.kind)}:
        columns = {h: saved.columns[key] for h in table.headers if (key := title_key(h)) in saved.columns}
        plan = ColumnPlan(ListKind(saved.kind), columns, saved.constants)
        return replace(
            _preview(row, table, plan, _columns_as_chosen(table, plan, is_saved=True)), is_saved_plan=True
        )
    proposal = guess(table, kind) if kind else guess_kind(table)
    return _preview(row, table, proposal.plan, proposal.columns)


def _preview(row: Submission, table: Table, plan: ColumnPlan, columns: tuple[ColumnGuess, ...]) -> Preview:
    return Preview(
        submission=submission_view(row),
        plan=plan,
        columns=columns,
        missing=missing_fields(plan),
        missing_fields=_missing_names(plan),
        is_saved_plan=False,
        rows=_tried(row, table, plan),
    )


def _columns_as_chosen(table: Table, plan: ColumnPlan, *, is_saved: bool = False) -> tuple[ColumnGuess, ...]:
    """Return the columns as chosen; one left as it was guessed stays a guess, unless the plan was kept."""
    guessed = {} if is_saved else {one.header: one for one in guess(table, plan.kind).columns}
    return tuple(
        ColumnGuess(
            header,
            plan.columns.get(header),
            _sureness(plan.columns.get(header), guessed.get(header)),
            tuple(cell for row in table.sample if (cell := row.cells[index]))[:SAMPLES],
        )
        for index, header in enumerate(table.headers)
    )


def _sureness(chosen: str | None, guessed: ColumnGuess | None) -> float:
    if chosen is None:
        return 0.0
    return guessed.score if guessed is not None and guessed.field == chosen else 1.0


def _missing_names(plan: ColumnPlan) -> tuple[str, ...]:
    filled = {*plan.columns.values(), *plan.constants}
    return tuple(group[0] for group in RECORDS[plan.kind].needed if not filled.intersection(group))


def _tried(row: Submission, table: Table, plan: ColumnPlan) -> tuple[SampleRow, ...]:
    try:
        read = row_reader(plan, table.headers)
    except IntakeError:
        return ()
    tried, nations = [], in_force()
    for sample in table.sample[:TRIED]:
        checked = check_row(
            plan.kind,
            read(sample),
            on=row.reported_on,
            surplus=sample.surplus,
            nations=nations,
            places=tuple(row.places),
        )
        notes = tuple(note.text for note in checked.notes)
        tried.append(SampleRow(sample.number, sample.cells, checked.errors, notes))
    return tuple(tried)


def fault_list(actor: Actor, submission_id: UUID, *, limit: int = LISTED) -> list[FaultView]:
    """Return the first faulty rows of a list."""
    row = _submission(actor, submission_id)
    faults = RowFault.objects.filter(submission=row).order_by("number")
    return [fault_view(fault) for fault in faults[:limit]]


def faults_write(actor: Actor, submission_id: UUID, path: Path) -> str:
    """Write the faulty rows of a list as XLSX to mend, and return how to call the file."""
    row = _submission(actor, submission_id)
    faults = RowFault.objects.filter(submission=row).order_by("number").iterator(chunk_size=1000)
    views = (fault_view(fault) for fault in faults)
    write_errors(
        path,
        tuple(row.headers),
        ((Row(view.number, view.cells, view.surplus), view.errors) for view in views),
    )
    return f"perbaikan-{Path(row.file_name).stem}.xlsx"


def linkage_quality() -> Quality:
    """Return how well the linkage was measured to do, for whoever relies on it (F29)."""
    return quality()


def pair_count(actor: Actor) -> int:
    """Return how many pairs wait for two eyes."""
    return _pairs(actor).filter(state=PairState.WAITING).count()


def pair_next(actor: Actor, *, after: UUID | None = None) -> PairRow | None:
    """Return the waiting pair with the strongest reasons, or the one behind `after`."""
    rows = _pairs(actor).filter(state=PairState.WAITING)
    waiting = rows.order_by("-weight", "id")
    if after is not None and (held := rows.filter(pk=after).first()) is not None:
        behind = waiting.filter(weight__lte=held.weight).exclude(pk=after)
        row = next((r for r in behind if (-r.weight, r.id) > (-held.weight, held.id)), None)
        row = row or waiting.exclude(pk=after).first()
    else:
        row = waiting.first()
    return pair_row(row) if row else None


def pair_decided_list(actor: Actor, *, limit: int = LISTED) -> list[PairRow]:
    """Return the pairs decided last, by humans and by the machine, each of which can be taken back."""
    rows = _pairs(actor).exclude(state=PairState.WAITING)
    return [pair_row(row) for row in rows.order_by("-decided_at", "id")[:limit]]


def _pairs(actor: Actor) -> QuerySet[Pair]:
    """Return the pairs that are the actor's to judge.

    Those of one office are its own; to the centre come those of whom no office knows both.
    """
    rows = scope(actor, P.INTAKE_PAIR_READ, Pair.objects.all())
    grants = actor.grants_for(P.INTAKE_PAIR_READ)
    if all(NATION in grant.territories for grant in grants):
        return rows.filter(territories__contained_by=[NATION, *PROVINCES])
    return rows


def pair_get(actor: Actor, pair_id: UUID) -> PairPage:
    """Return a pair side by side; that both persons were shown is logged with the purpose.

    Raises `AccessDenied` where the pair, or one of the two, is absent or foreign.
    """
    row = scope(actor, P.INTAKE_PAIR_READ, Pair.objects.all()).filter(pk=pair_id).first()
    if row is None:
        raise AccessDenied
    return PairPage(
        row=pair_row(row),
        left=registry.person_get(actor, row.left, what="pasangan ragu"),
        right=registry.person_get(actor, row.right, what="pasangan ragu"),
        evidence=evidence_of(row),
        because=row.because,
        source=row.submission.file_name if row.submission else "",
    )
