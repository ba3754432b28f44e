"""The machine's work on one list: read, check, settle whom each row is about, hand over, link.

Each batch is one transaction that also moves the list's own counters, so a machine that is killed
goes on after the last batch that held; and since a record's identifier follows from what its row
says, a row that is read twice adds nothing.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from timpora.apps.intake import joining, stages
from timpora.apps.intake.cells import Note
from timpora.apps.intake.countries import Nations, in_force
from timpora.apps.intake.errors import IntakeError
from timpora.apps.intake.kinds import ListKind
from timpora.apps.intake.mapping import ColumnPlan, row_reader
from timpora.apps.intake.places import Gazetteer
from timpora.apps.intake.reading import Row, Table, open_table
from timpora.apps.intake.stages import Batch
from timpora.apps.intake.storing import file_lay
from timpora.apps.intake.types import SubmissionView
from timpora.apps.intake.validation import Checked, check_row
from timpora.kernel.access import Actor
from timpora.kernel.database.session import acting_as

BATCH_ROWS = 2_000
Batched = Sequence[tuple[Row, Checked]]


@dataclass(slots=True)
class Work:
    """One list while the machine works on it."""

    actor: Actor
    submission: SubmissionView
    plan: ColumnPlan
    table: Table
    gazetteer: Gazetteer
    nations: Nations
    paces: list[float] = field(default_factory=list)

    @property
    def kind(self) -> ListKind:
        """Return which list it is."""
        return self.plan.kind


def submission_run(actor: Actor, submission_id: UUID) -> None:
    """Take one queued list in, or go on where a killed machine stopped; a settled list is left alone."""
    with acting_as(actor):
        order = stages.begin(actor, submission_id=submission_id)
    if order is None:
        return
    try:
        with TemporaryDirectory(prefix="timpora-daftar-") as folder:
            with acting_as(actor):
                path = file_lay(submission_id, Path(folder))
            _run(actor, order, path)
    except IntakeError as refusal:
        with acting_as(actor):
            stages.fail(actor, submission_id=submission_id, because=str(refusal))


def _run(actor: Actor, order: stages.Order, path: Path) -> None:
    table = open_table(path, order.submission.file_name)
    with acting_as(actor):
        gazetteer, nations = Gazetteer(order.submission.zone), in_force()
    work = Work(actor, order.submission, order.plan, table, gazetteer, nations)
    if not order.is_read:
        total = _count(work)
        if order.submission.is_whole and not order.last_row and _refused_as_a_whole(work, total):
            return
        with acting_as(actor):
            notices = [notice.text for notice in table.notices]
            stages.count(actor, submission_id=order.submission.id, rows=total, notices=notices)
        _read(work, after=order.last_row)
    with acting_as(actor):
        stages.link(actor, submission_id=order.submission.id)
    joining.join(actor, order.submission.id)
    with acting_as(actor):
        stages.finish(actor, submission_id=order.submission.id)


def _count(work: Work) -> int:
    return sum(1 for _ in work.table.rows())


def _refused_as_a_whole(work: Work, total: int) -> bool:
    """Check every row before the first goes in; with one fault nothing goes in at all."""
    found = False
    with acting_as(work.actor):
        stages.rewind(work.actor, submission_id=work.submission.id)
    for batch in _batches(_checked(work, work.table.rows())):
        faults = [(row, checked.errors) for row, checked in batch if checked.errors]
        with acting_as(work.actor):
            stages.examine(
                work.actor, submission_id=work.submission.id, faults=faults, rows=len(batch), total=total
            )
        found = found or bool(faults)
    with acting_as(work.actor):
        if found:
            stages.refuse(work.actor, submission_id=work.submission.id)
        else:
            stages.rewind(work.actor, submission_id=work.submission.id)
    return found


def _read(work: Work, *, after: int) -> None:
    rows = (row for row in work.table.rows() if row.number > after)
    for batch in _ahead(_batches(_checked(work, rows))):
        started = time.monotonic()
        good = [(row, checked.record) for row, checked in batch if checked.record is not None]
        faults = tuple((row, checked.errors) for row, checked in batch if checked.errors)
        with acting_as(work.actor):
            work.gazetteer.prepare(record for _, record in good)
            stages.store(
                work.actor,
                submission=work.submission,
                batch=Batch(
                    work.kind,
                    tuple(good),
                    faults,
                    len(batch),
                    batch[-1][0].number,
                    _pace(work),
                    notes=_notes(work, batch),
                ),
                gazetteer=work.gazetteer,
            )
        work.paces.append(len(batch) / max(1e-6, time.monotonic() - started))


def _notes(work: Work, batch: Batched) -> tuple[tuple[Note, ...], ...]:
    """Return what each good row leaves unknown, rows without any left out; places must be prepared."""
    said = ((*row.notes, *work.gazetteer.misses(row.record)) for _, row in batch if row.record is not None)
    return tuple(notes for notes in said if notes)


def _pace(work: Work) -> float:
    """Return rows per second over the last batches, so that the promise of the bar is steady."""
    last = work.paces[-5:]
    return sum(last) / len(last) if last else 0.0


def _checked(work: Work, rows: Iterable[Row]) -> Iterator[tuple[Row, Checked]]:
    read = row_reader(work.plan, work.table.headers)
    on, places = work.submission.reported_on, work.submission.places
    for row in rows:
        told = check_row(
            work.kind, read(row), on=on, surplus=row.surplus, nations=work.nations, places=places
        )
        yield row, told


def _ahead(batches: Iterator[Batched]) -> Iterator[Batched]:
    """Read and check the next batch while the database takes in the one before."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        coming = pool.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = pool.submit(next, batches, None)
            yield batch


def _batches(rows: Iterator[tuple[Row, Checked]]) -> Iterator[Batched]:
    while batch := list(islice(rows, BATCH_ROWS)):
        yield batch
