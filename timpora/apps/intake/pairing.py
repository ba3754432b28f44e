"""Keeping pairs: where both persons are known, so that whoever sees the pair sees both."""

import json
from collections.abc import Iterable, Sequence
from uuid import UUID

from timpora.apps.intake.linkage import Pair as Proposal
from timpora.apps.intake.linkage import Verdict
from timpora.apps.intake.models import Pair, Submission
from timpora.apps.intake.states import PairState
from timpora.apps.registry import queries as registry
from timpora.domain.territory import NATION, known_at
from timpora.kernel.act import Act
from timpora.kernel.database.bulk import rows_add

COLUMNS = tuple(field.attname for field in Pair._meta.concrete_fields)  # noqa: SLF001 - public by custom


def pairs_keep(act: Act, submission: Submission, proposals: Sequence[Proposal]) -> int:
    """Keep doubtful pairs for two eyes; return how many that are new wait at the places of the list.

    Of the others its sender's office learns nothing, not even how many: it would tell whom the register
    knows elsewhere.
    """
    doubtful = [pair for pair in proposals if pair.verdict is Verdict.DOUBTFUL and pair.left != pair.right]
    if not doubtful:
        return 0
    rows = pairs_of(doubtful, submission, act)
    _rows_keep(row for row in rows if not known_at(row.territories, submission.places))
    return _rows_keep(row for row in rows if known_at(row.territories, submission.places))


def _rows_keep(rows: Iterable[Pair]) -> int:
    return rows_add("intake_pair", COLUMNS, ([_cell(row, name) for name in COLUMNS] for row in rows))


def pairs_of(proposals: Sequence[Proposal], submission: Submission, act: Act) -> list[Pair]:
    """Return proposals as rows, waiting for a decision."""
    places = registry.person_places({UUID(side) for pair in proposals for side in (pair.left, pair.right)})
    return [_row(proposal, submission, act, places) for proposal in proposals]


def _cell(row: Pair, name: str) -> object:
    return json.dumps(row.evidence) if name == "evidence" else getattr(row, name)


def _row(proposal: Proposal, submission: Submission, act: Act, places: dict[UUID, tuple[str, ...]]) -> Pair:
    left, right = sorted((UUID(proposal.left), UUID(proposal.right)))
    shared = set(places.get(left, ())) & set(places.get(right, ()))
    return Pair(
        left=left,
        right=right,
        state=PairState.WAITING,
        probability=proposal.probability,
        weight=proposal.match_weight,
        evidence=[[item.field, item.sentence, item.weight] for item in proposal.evidence],
        submission=submission,
        territories=sorted(shared | {NATION}),
        found_at=act.at,
    )
