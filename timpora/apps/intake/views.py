"""Stored rows as the values that cross the doors."""

from collections.abc import Iterable

from timpora.apps.intake.kinds import ListKind
from timpora.apps.intake.linkage import Evidence
from timpora.apps.intake.models import Pair, RowFault, Submission
from timpora.apps.intake.reading import Row, Table
from timpora.apps.intake.states import PairState, SubmissionState
from timpora.apps.intake.types import FaultView, PairRow, Progress, SubmissionView, Unknown
from timpora.apps.intake.validation import FieldError


def submission_view(row: Submission) -> SubmissionView:
    """Return a submission as its screen shows it."""
    return SubmissionView(
        id=row.id,
        state=SubmissionState(row.state),
        kind=ListKind(row.kind) if row.kind else None,
        file_name=row.file_name,
        sha256=row.sha256,
        size=row.size,
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        sender_name=row.sender_name,
        zone=row.zone,
        places=tuple(row.places),
        received_at=row.received_at,
        reported_on=row.reported_on,
        headers=tuple(row.headers),
        notices=tuple(row.notices),
        is_whole=row.is_whole,
        progress=_progress(row),
        good=row.rows_good,
        bad=row.rows_bad,
        repeated=row.rows_repeated,
        noted=row.rows_noted,
        unknown=tuple(
            Unknown(field, rows, tuple(seen)) for field, (rows, seen) in sorted(row.unknown.items())
        ),
        persons_new=row.persons_new,
        joined=row.joined,
        doubtful=row.doubtful,
        refusal=row.refusal,
        finished_at=row.finished_at,
    )


def _progress(row: Submission) -> Progress:
    left = max(0, row.rows_total - row.rows_done)
    seconds = round(left / row.speed) if row.speed > 0 else None
    return Progress(row.rows_total, row.rows_done, row.speed, seconds)


def table_of_sample(row: Submission) -> Table:
    """Return the first rows as they were kept, without opening the file again."""
    sample = tuple(_row(cells) for cells in row.sample)
    return Table(row.file_name, tuple(row.headers), sample, opener=lambda: iter(sample), noticer=tuple)


def sample_kept(rows: Iterable[Row]) -> list[list[object]]:
    """Return rows as they are kept beside a submission."""
    return [[row.number, list(row.cells), list(row.surplus)] for row in rows]


def _row(kept: list[object]) -> Row:
    number, cells, surplus = kept
    if not (isinstance(number, int) and isinstance(cells, list) and isinstance(surplus, list)):
        raise TypeError("a kept sample row is [number, cells, surplus]")
    return Row(number, tuple(cells), tuple(surplus))


def fault_view(row: RowFault) -> FaultView:
    """Return a faulty row with its sentences."""
    errors = tuple(FieldError(*error) for error in row.errors)
    return FaultView(row.number, tuple(row.cells), tuple(row.surplus), errors)


def pair_row(row: Pair) -> PairRow:
    """Return a pair in one line."""
    return PairRow(
        id=row.id,
        left=row.left,
        right=row.right,
        state=PairState(row.state),
        probability=row.probability,
        weight=row.weight,
        found_at=row.found_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
    )


def evidence_of(row: Pair) -> tuple[Evidence, ...]:
    """Return the reasons of a pair, strongest first."""
    found = [Evidence(str(field), str(text), float(str(weight))) for field, text, weight in row.evidence]
    return tuple(sorted(found, key=lambda item: -abs(item.weight)))
