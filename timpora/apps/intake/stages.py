"""What the machine writes while it takes a list in; each step is one deed in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from timpora.apps.intake import persons
from timpora.apps.intake.cells import Note
from timpora.apps.intake.facts import new_record, record_id
from timpora.apps.intake.kinds import ListKind, PersonRecord
from timpora.apps.intake.mapping import ColumnPlan
from timpora.apps.intake.models import RowFault, Submission
from timpora.apps.intake.pairing import pairs_keep
from timpora.apps.intake.places import Gazetteer
from timpora.apps.intake.reading import Row
from timpora.apps.intake.states import SubmissionState
from timpora.apps.intake.tallies import tallied
from timpora.apps.intake.types import SOURCE_WORDS, SubmissionView
from timpora.apps.intake.validation import FieldError
from timpora.apps.intake.views import submission_view
from timpora.apps.registry import actions as registry
from timpora.apps.registry import queries as registry_queries
from timpora.apps.registry.types import Source
from timpora.kernel.access import P
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.bulk import rows_add

Faults = Sequence[tuple[Row, tuple[FieldError, ...]]]
BULK = 2_000


@dataclass(frozen=True, slots=True)
class Order:
    """What the machine is to do: the list, its columns, and how far an earlier run came."""

    submission: SubmissionView
    plan: ColumnPlan
    last_row: int
    is_read: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a list, checked: the good, the faulty, what rows left unknown, and how many there were."""

    kind: ListKind
    good: tuple[tuple[Row, PersonRecord], ...]
    faults: tuple[tuple[Row, tuple[FieldError, ...]], ...]
    rows: int
    last_row: int
    speed: float
    notes: tuple[tuple[Note, ...], ...]


def subject_of(row: Submission) -> Subject:
    """Return a submission as the log names it."""
    return Subject(kind="submission", id=str(row.id), places=tuple(row.places), unit=row.unit_code)


@deed(P.INTAKE_SUBMISSION_IMPORT, tag=Tag.INTAKE_IMPORTED)
def begin(act: Act, *, submission_id: UUID) -> Order | None:
    """Take a queued list in hand; None where it is settled already."""
    row = _locked(submission_id)
    act.upon(subject_of(row), refs={"stage": "begin", "last_row": row.last_row})
    state = SubmissionState(row.state)
    if state not in SubmissionState.running():
        return None
    if state is SubmissionState.QUEUED:
        row.state, row.started_at = SubmissionState.READING, act.at
        row.save(update_fields=["state", "started_at"])
    plan = ColumnPlan(ListKind(row.kind), row.columns, row.constants)
    return Order(submission_view(row), plan, row.last_row, is_read=state is SubmissionState.LINKING)


@deed(P.INTAKE_SUBMISSION_IMPORT, tag=Tag.INTAKE_IMPORTED)
def count(act: Act, *, submission_id: UUID, rows: int, notices: Sequence[str]) -> None:
    """Write down how many rows there are to do, and what the whole file has to tell."""
    row = _locked(submission_id)
    row.rows_total, row.notices = rows, list(notices)
    row.save(update_fields=["rows_total", "notices"])
    act.upon(subject_of(row), refs={"stage": "count", "rows": rows})


@deed(P.INTAKE_SUBMISSION_IMPORT, tag=Tag.INTAKE_IMPORTED)
def examine(act: Act, *, submission_id: UUID, faults: Faults, rows: int, total: int) -> None:
    """Keep the faults of a list that goes in as a whole or not at all; nothing goes in yet."""
    row = _locked(submission_id)
    _faults_keep(row, faults)
    row.rows_total, row.rows_done = total, row.rows_done + rows
    row.rows_bad += len(faults)
    row.save(update_fields=["rows_total", "rows_done", "rows_bad"])
    act.upon(subject_of(row), refs={"stage": "examine", "rows": rows, "faulty": len(faults)})


@deed(P.INTAKE_SUBMISSION_IMPORT, tag=Tag.INTAKE_IMPORTED)
def rewind(act: Act, *, submission_id: UUID) -> None:
    """Begin to take in a list in which no fault was found."""
    row = _locked(submission_id)
    row.rows_done = row.rows_bad = 0
    row.save(update_fields=["rows_done", "rows_bad"])
    act.upon(subject_of(row), refs={"stage": "rewind"})


@deed(P.INTAKE_SUBMISSION_IMPORT, tag=Tag.INTAKE_IMPORTED)
def refuse(act: Act, *, submission_id: UUID) -> None:
    """Turn the list back as a whole, as its sender chose."""
    row = _locked(submission_id)
    row.state, row.finished_at = SubmissionState.REFUSED, act.at
    row.refusal = f"{row.rows_bad} baris salah; sesuai pilihan pengirim tidak ada baris yang dimasukkan."
    row.save(update_fields=["state", "finished_at", "refusal"])
    act.publish(act.upon(subject_of(row), refs={"stage": "refuse", "faulty": row.rows_bad}))


@deed(P.INTAKE_SUBMISSION_IMPORT, tag=Tag.INTAKE_IMPORTED)
def store(act: Act, *, submission: SubmissionView, batch: Batch, gazetteer: Gazetteer) -> None:
    """Hand a batch's good rows to the registry, keep the faulty ones, and move the counters on."""
    row = _locked(submission.id)
    rows = [(record_id(batch.kind, row.unit_code, record), record) for _, record in batch.good]
    owners = registry_queries.document_owners(act.actor, persons.keys_of(record for _, record in rows))
    numbers = {record.document_number for _, record in rows if record.document_number}
    told = registry_queries.births_told_by(act.actor, row.unit_name, numbers)
    settled = persons.settle(rows, owners, places=tuple(row.places), told=told)
    # Two rows that say the same are one record.
    records = {
        identifier: new_record(identifier, person, record, row=source.number, gazetteer=gazetteer)
        for (identifier, record), (source, _), person in zip(rows, batch.good, settled.persons, strict=True)
    }
    added = registry.records_add(act.actor, source=_source(row), records=list(records.values()))
    _faults_keep(row, batch.faults)
    rows_add("intake_newcomer", ("submission_id", "person_id"), ((row.id, who) for who in settled.newcomers))
    row.doubtful += pairs_keep(act, row, settled.pairs)
    row.rows_done += batch.rows
    row.last_row, row.speed = batch.last_row, batch.speed or row.speed
    row.rows_good += len(rows)
    row.rows_bad += len(batch.faults)
    row.rows_repeated += len(rows) - added
    row.rows_noted += len(batch.notes)
    row.unknown = tallied(row.unknown, batch.notes)
    row.save(
        update_fields=[
            "rows_done",
            "last_row",
            "speed",
            "rows_good",
            "rows_bad",
            "rows_repeated",
            "rows_noted",
            "unknown",
            "doubtful",
        ]
    )
    act.upon(subject_of(row), refs={"stage": "store", "rows": batch.rows, "faulty": len(batch.faults)})


@deed(P.INTAKE_SUBMISSION_IMPORT, tag=Tag.INTAKE_IMPORTED)
def link(act: Act, *, submission_id: UUID) -> None:
    """Go over from reading to linking."""
    row = _locked(submission_id)
    row.state = SubmissionState.LINKING
    row.persons_new = row.newcomers.count()
    row.save(update_fields=["state", "persons_new"])
    act.upon(subject_of(row), refs={"stage": "link", "persons": row.persons_new})


@deed(P.INTAKE_SUBMISSION_IMPORT, tag=Tag.INTAKE_IMPORTED)
def finish(act: Act, *, submission_id: UUID) -> None:
    """Settle the list and tell the house that it is in."""
    row = _locked(submission_id)
    row.newcomers.all().delete()
    row.state, row.finished_at = SubmissionState.DONE, act.at
    row.save(update_fields=["state", "finished_at"])
    refs: dict[str, str | int] = {
        "stage": "finish",
        "good": row.rows_good,
        "faulty": row.rows_bad,
        "repeated": row.rows_repeated,
    }
    act.publish(act.upon(subject_of(row), refs=refs), refs)


@deed(P.INTAKE_SUBMISSION_IMPORT, tag=Tag.INTAKE_IMPORTED)
def fail(act: Act, *, submission_id: UUID, because: str) -> None:
    """Settle a list that cannot be read after all, with the sentence for its sender."""
    row = _locked(submission_id)
    row.state, row.finished_at, row.refusal = SubmissionState.FAILED, act.at, because
    row.save(update_fields=["state", "finished_at", "refusal"])
    act.publish(act.upon(subject_of(row), refs={"stage": "fail"}, payload=because))


def _locked(submission_id: UUID) -> Submission:
    return Submission.objects.select_for_update().get(pk=submission_id)


def _faults_keep(row: Submission, faults: Faults) -> None:
    RowFault.objects.bulk_create(
        [
            RowFault(
                submission=row,
                number=source.number,
                cells=list(source.cells),
                surplus=list(source.surplus),
                errors=[[error.field, error.code, error.text] for error in errors],
            )
            for source, errors in faults
        ],
        ignore_conflicts=True,
        batch_size=BULK,
    )


def _source(row: Submission) -> Source:
    return Source(
        agency=row.unit_name,
        label=SOURCE_WORDS[ListKind(row.kind)],
        reported_on=row.reported_on,
        places=tuple(row.places),
        submission_id=row.id,
    )
