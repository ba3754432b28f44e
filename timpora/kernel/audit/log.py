"""Writing the log: entries with the act, then their place in the tree by one sequencer."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection, transaction

from timpora.domain.merkle import Frontier
from timpora.kernel import clock
from timpora.kernel.access.actor import Actor
from timpora.kernel.audit.entry import Note, Subject, entry_of
from timpora.kernel.audit.models import Checkpoint, Entry, Salt
from timpora.kernel.audit.tags import Tag

SEQUENCER_LOCK = 6962
BATCH = 20_000


def append(actor: Actor, notes: Iterable[Note]) -> None:
    """Write `notes` in the running transaction: where the log fails, the act fails with it (P17)."""
    at = clock.now()
    rows = [entry_of(actor, note, at) for note in notes]
    Entry.objects.bulk_create([entry for entry, _ in rows])
    Salt.objects.bulk_create([salt for _, salt in rows if salt])


def disclosure_record(actor: Actor, person: UUID, places: Sequence[str], *, what: str) -> None:
    """Log that the record of `person` was shown to `actor`; the purpose is the session's (B4, P18)."""
    disclosures_record(actor, [(person, places)], what=what)


def disclosures_record(
    actor: Actor,
    people: Iterable[tuple[UUID, Sequence[str]]],
    *,
    what: str,
    tag: Tag = Tag.REGISTRY_PERSON_READ,
) -> None:
    """Log that a list showed several persons, one line each, in one statement."""
    append(
        actor,
        [
            Note(
                tag=tag,
                subject=Subject(kind="person", id=str(person), places=tuple(places), person=person),
                refs={"shown": what},
            )
            for person, places in people
        ],
    )


def sequence() -> int:
    """Give every waiting entry its number, append it to the tree and seal a checkpoint; return how many.

    One sequencer at a time: a second call returns 0 at once. Runs under an actor with national territory.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEQUENCER_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        last = Checkpoint.objects.order_by("-size").first()
        tree = Frontier.of(last.size, [bytes(peak) for peak in last.frontier]) if last else Frontier()
        waiting = list(Entry.objects.filter(seq=None).order_by("at", "id").values_list("id", "leaf")[:BATCH])
        if not waiting:
            return 0
        numbers = []
        for identifier, leaf in waiting:
            numbers.append((identifier, tree.size))
            tree = tree.append(bytes(leaf))
        cursor.execute(
            "UPDATE audit_entry e SET seq = n.seq FROM unnest(%s::uuid[], %s::bigint[]) AS n(id, seq) "
            "WHERE e.id = n.id",
            [[i for i, _ in numbers], [n for _, n in numbers]],
        )
        Checkpoint.objects.create(size=tree.size, root=tree.root(), frontier=tree.hashes(), at=clock.now())
        return len(waiting)
