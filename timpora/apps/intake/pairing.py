"""Keeping pairs: where both persons are known, so that whoever sees the pair sees both."""

from collections.abc import Iterable
from uuid import UUID

from timpora.apps.intake.linkage import Pair as Proposal
from timpora.apps.intake.linkage import Verdict
from timpora.apps.intake.models import Pair, Submission
from timpora.apps.intake.states import PairState
from timpora.apps.registry import queries as registry
from timpora.domain.territory import NATION
from timpora.kernel.act import Act


def pairs_keep(act: Act, submission: Submission | None, proposals: Iterable[Proposal]) -> int:
    """Keep doubtful pairs for two eyes and return how many were not known before."""
    rows = [
        pair_of(proposal, submission, act)
        for proposal in proposals
        if proposal.verdict is Verdict.DOUBTFUL and proposal.left != proposal.right
    ]
    before = Pair.objects.count() if rows else 0
    Pair.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    return Pair.objects.count() - before if rows else 0


def pair_of(proposal: Proposal, submission: Submission | None, act: Act) -> Pair:
    """Return a proposal as a row, waiting for a decision."""
    left, right = sorted((UUID(proposal.left), UUID(proposal.right)))
    shared = set(registry.person_places(left)) & set(registry.person_places(right))
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
