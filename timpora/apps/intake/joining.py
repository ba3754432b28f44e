"""After the rows are in: the new persons against the register, by probability (F27).

What is beyond doubt is joined, each pair a deed of its own, and can be taken back; what is doubtful waits
for two eyes. Two persons who both stood in the register before are never joined by the machine.
"""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from timpora.apps.intake.linkage import Document, LinkRecord, Links, Verdict, link
from timpora.apps.intake.linkage import Pair as Proposal
from timpora.apps.intake.linkage.certain import MOST_COMPARED
from timpora.apps.intake.models import Pair, Submission
from timpora.apps.intake.pairing import pairs_keep, pairs_of
from timpora.apps.intake.persons import guesses
from timpora.apps.intake.stages import subject_of
from timpora.apps.intake.states import PairState
from timpora.apps.registry import actions as registry
from timpora.apps.registry import queries
from timpora.apps.registry.types import LinkRecord as Row
from timpora.kernel.access import Actor, P
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import acting_as

# Few enough that an officer who touches one of them waits a moment only.
JOINED_AT_ONCE = 50
BECAUSE = "Keterhubungan otomatis: peluang {probability:.4f}, parameter {model}."


def join(actor: Actor, submission_id: UUID) -> None:
    """Compare the newcomers of a list with everybody, join what is certain, keep what is doubtful."""
    with acting_as(actor):
        submission = Submission.objects.only("places", "unit_name").get(pk=submission_id)
        newcomers = set(submission.newcomers.values_list("person_id", flat=True))
        if not newcomers:
            return
        # Whoever comes behind so many of one number has a doubtful pair already, from the reading.
        crowd = queries.crowded(actor, persons=newcomers, most=MOST_COMPARED)
        told = queries.link_candidates(actor, persons=newcomers - crowd)
        rows = [row for row in told if row.person not in crowd]
        numbers = {row.document_number for row in rows if row.person in newcomers and row.document_number}
        guessed = guesses(queries.births_told_by(actor, submission.unit_name, numbers), ())
        records = list(records_of(rows, newcomers, places=tuple(submission.places), guessed=guessed))
    links = link(records)
    with acting_as(actor):
        doubtful_keep(actor, submission_id=submission_id, links=links)
    for start in range(0, len(links.same), JOINED_AT_ONCE):
        with acting_as(actor):
            for proposal in links.same[start : start + JOINED_AT_ONCE]:
                _join_one(actor, submission_id, proposal, links.model, newcomers)


def records_of(
    rows: Iterable[Row],
    newcomers: set[UUID],
    *,
    places: tuple[str, ...],
    guessed: Collection[str] = (),
) -> Iterator[LinkRecord]:
    """Yield persons of the register as linkage takes them; all but the newcomers are known.

    `places` are those for which the newcomers' list speaks, whatever else it tells of them; `guessed` are
    the numbers that its sender tells with several birth dates.
    """
    for row in rows:
        is_known = row.person not in newcomers
        documents = (Document(row.document_number, row.document_state),) if row.document_number else ()
        yield LinkRecord(
            id=str(row.person),
            names=(row.name,) if row.name else (),
            birth=row.birth,
            sex=row.sex,
            nationality=row.nationality,
            documents=documents,
            is_known=is_known,
            places=row.territories if is_known else places,
            is_guess=not is_known and row.document_number in guessed,
        )


@deed(P.INTAKE_SUBMISSION_IMPORT, tag=Tag.INTAKE_IMPORTED)
def doubtful_keep(act: Act, *, submission_id: UUID, links: Links) -> None:
    """Keep the doubtful pairs of a linkage for two eyes."""
    row = Submission.objects.select_for_update().get(pk=submission_id)
    kept = pairs_keep(act, row, links.doubtful)
    row.doubtful += kept
    row.save(update_fields=["doubtful"])
    act.upon(subject_of(row), refs={"stage": "doubtful", "pairs": kept, "model": links.model})


def _join_one(
    actor: Actor, submission_id: UUID, proposal: Proposal, model: str, newcomers: set[UUID]
) -> None:
    one, other = queries.person_resolve(UUID(proposal.left)), queries.person_resolve(UUID(proposal.right))
    if one == other:
        return
    if one not in newcomers and other not in newcomers:
        # A newcomer was joined to one of them and fits the other too: that is for a human.
        doubt_raise(actor, submission_id=submission_id, proposal=_between(one, other, proposal))
        return
    keep, absorb = (other, one) if one in newcomers else (one, other)
    pair_join(
        actor, submission_id=submission_id, proposal=_between(keep, absorb, proposal), keep=keep, model=model
    )


def _between(one: UUID, other: UUID, proposal: Proposal) -> Proposal:
    left, right = sorted((str(one), str(other)))
    return Proposal(
        left, right, proposal.probability, proposal.match_weight, Verdict.DOUBTFUL, proposal.evidence
    )


@deed(P.INTAKE_SUBMISSION_IMPORT, tag=Tag.INTAKE_IMPORTED)
def doubt_raise(act: Act, *, submission_id: UUID, proposal: Proposal) -> None:
    """Keep one more pair for two eyes."""
    row = Submission.objects.select_for_update().get(pk=submission_id)
    row.doubtful += pairs_keep(act, row, [proposal])
    row.save(update_fields=["doubtful"])
    act.upon(subject_of(row), refs={"stage": "doubtful", "pairs": 1})


@deed(P.INTAKE_SUBMISSION_IMPORT, tag=Tag.INTAKE_IMPORTED)
def pair_join(act: Act, *, submission_id: UUID, proposal: Proposal, keep: UUID, model: str) -> None:
    """Join two persons beyond doubt; the pair is kept, so that a human can take it back."""
    row = Submission.objects.select_for_update().get(pk=submission_id)
    (kept,) = pairs_of([proposal], row, act)
    known = Pair.objects.filter(left=kept.left, right=kept.right).first()
    if known is not None:
        # A human has seen this pair before; the machine does not overrule or repeat.
        act.upon(subject_of(row), refs={"stage": "join", "pair": str(known.id), "known": 1})
        return
    absorb = kept.right if kept.left == keep else kept.left
    because = BECAUSE.format(probability=proposal.probability, model=model)
    kept.merge_id = registry.person_merge(act.actor, keep=keep, absorb=absorb, because=because)
    kept.state, kept.because, kept.model = PairState.AUTOMATIC, because, model
    kept.decided_at, kept.decided_by, kept.decided_by_id = act.at, act.actor.name, act.actor.id
    kept.save(force_insert=True)
    row.joined += 1
    row.save(update_fields=["joined"])
    places = tuple(kept.territories)
    act.upon(
        Subject(kind="pair", id=str(kept.id), places=places),
        refs={"merge": str(kept.merge_id), "submission": str(row.id)},
    )
