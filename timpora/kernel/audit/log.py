"""Writing the logs: entries with the act, then their place in the tree by one sequencer.

What is done under a seal goes into a log of its own: the common one stays the same in every line and
number whether a case was sealed or not (ADR 0015).
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from timpora.domain.merkle import Frontier
from timpora.kernel import clock
from timpora.kernel.access.actor import Actor
from timpora.kernel.audit.entry import Note, Subject, entry_of
from timpora.kernel.audit.models import (
    Bond,
    Checkpoint,
    Entry,
    Head,
    Line,
    Salt,
    SealedCheckpoint,
    SealedEntry,
)
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import seal_lifted

SEQUENCER_LOCK = 6962
BATCH = 20_000
PROTECTION = "tppo"
NUMBER = (
    "UPDATE {table} e SET seq = n.seq FROM unnest(%s::uuid[], %s::bigint[]) AS n(id, seq) WHERE e.id = n.id"
)


def append(actor: Actor, notes: Iterable[Note]) -> None:
    """Write `notes` in the running transaction: where the log fails, the act fails with it (P17)."""
    at = clock.now()
    rows = [entry_of(actor, note, at) for note in notes]
    Entry.objects.bulk_create([entry for entry, _ in rows if isinstance(entry, Entry)])
    SealedEntry.objects.bulk_create([entry for entry, _ in rows if isinstance(entry, SealedEntry)])
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
    """Give every waiting entry its number, append it to its tree and seal a checkpoint; return how many.

    One sequencer at a time: a second call returns 0 at once. Runs under an actor with national territory.
    The sealed log goes first, so that the checkpoint of the common one can bear its digest.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEQUENCER_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        with seal_lifted(PROTECTION):
            sealed, grown = _grow(SealedEntry, SealedCheckpoint, "audit_sealed")
            if grown:
                SealedCheckpoint.objects.create(**grown)
            placed, grown = _grow(Entry, Checkpoint, "audit_entry")
            if grown:
                Checkpoint.objects.create(**grown, bond=_bond(int(grown["size"])))
        return placed + sealed


def _grow(entries: type[Line], heads: type[Head], table: str) -> tuple[int, dict[str, Any]]:
    """Put the waiting entries of a log into its tree; return how many, and its new head if there is one."""
    last = heads.objects.order_by("-size").first()  # type: ignore[attr-defined]
    tree = Frontier.of(last.size, [bytes(peak) for peak in last.frontier]) if last else Frontier()
    rows = entries.objects.filter(seq=None).order_by("at", "id")  # type: ignore[attr-defined]
    waiting = list(rows.values_list("id", "leaf")[:BATCH])
    if not waiting:
        return 0, {}
    numbers = []
    for identifier, leaf in waiting:
        numbers.append((identifier, tree.size))
        tree = tree.append(bytes(leaf))
    with connection.cursor() as cursor:
        cursor.execute(NUMBER.format(table=table), [[i for i, _ in numbers], [n for _, n in numbers]])
    head = {"size": tree.size, "root": tree.root(), "frontier": tree.hashes(), "at": clock.now()}
    return len(waiting), head


def _bond(size: int) -> bytes:
    """Tie the sealed log to a checkpoint: a salted digest, which tells nobody whether it grew."""
    last = SealedCheckpoint.objects.order_by("-size").first()
    sealed_size, root = (last.size, bytes(last.root)) if last else (0, Frontier().root())
    salt = secrets.token_hex(16)
    Bond.objects.create(checkpoint_size=size, salt=salt, sealed_size=sealed_size, sealed_root=root)
    return bond_of(salt, sealed_size, root)


def bond_of(salt: str, size: int, root: bytes) -> bytes:
    """Return the digest that ties a head of the sealed log to the common one (docs/audit-format.md)."""
    return hashlib.sha256(f"{salt}:{size}:{root.hex()}".encode()).digest()
