"""What accountability answers."""

import heapq
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db.models import F, QuerySet

from timpora.apps.accountability.types import BondView, CheckpointView, EntryView, ReadView, Verification
from timpora.domain.merkle import Frontier, leaf_hash
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, holds, may, require, scope
from timpora.kernel.access.policy import NATION
from timpora.kernel.audit.entry import Note, Subject
from timpora.kernel.audit.log import PROTECTION, append, bond_of
from timpora.kernel.audit.models import Bond, Checkpoint, Entry, Head, Line, SealedCheckpoint, SealedEntry
from timpora.kernel.audit.tags import Tag

LineOf = TypeVar("LineOf", bound=Line)
PAGE = 50
# What was noted last stands first: clocks may be set, numbers only grow, and new lines have none yet.
NEWEST = (F("seq").desc(nulls_first=True), "-at", "id")
FORMAT = "timpora-audit/1"
READERS = (P.REGISTRY_PERSON_READ, P.ACCOUNTABILITY_READS_LIST, P.CASES_PROTECTION_READ)
READS = (str(Tag.REGISTRY_PERSON_READ), str(Tag.REGISTRY_PERSON_SEARCHED))
# As the canonical body has it: within a text of somebody its quotes would be escaped.
OF_A_CASE_PAGE = '"shown":"halaman perkara"'


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which lines of the log are asked for; empty fields do not narrow."""

    tag: str = ""
    actor: str = ""
    subject: str = ""
    since: datetime | None = None
    before: datetime | None = None


def entry_list(actor: Actor, wanted: EntryFilter, *, page: int = 1) -> list[EntryView]:
    """Return one page of the log, newest first: verbs and references, no content of cases."""
    rows = scope(actor, P.ACCOUNTABILITY_AUDIT_READ, Entry.objects.order_by(*NEWEST))
    if wanted.tag:
        rows = rows.filter(tag__startswith=wanted.tag)
    if wanted.actor:
        rows = rows.filter(actor_name__icontains=wanted.actor)
    if wanted.subject:
        rows = rows.filter(subject_id=wanted.subject)
    if wanted.since:
        rows = rows.filter(at__gte=wanted.since)
    if wanted.before:
        rows = rows.filter(at__lt=wanted.before)
    start = (max(page, 1) - 1) * PAGE
    return [_entry(row) for row in rows.defer("body", "leaf")[start : start + PAGE]]


def reads_of_person(actor: Actor, person_id: UUID, *, limit: int = PAGE) -> list[ReadView]:
    """Return who looked at a person and why, newest first: for whoever may read the person, and auditors.

    That protection looked would by itself tell of a victim, so those looks stand in the sealed log and only
    holders of the seal find them here (P26). Whoever reads the person for the work of an office finds no
    look at the page of a case, of nobody and open ones as little: the own look at a closed case would name
    its person. Raises `AccessDenied` for others.
    """
    if not any(holds(actor, permission) for permission in READERS):
        raise AccessDenied
    rows: Iterable[Line] = _looks(_common(actor), person_id)[:limit]
    if may(actor, P.CASES_PROTECTION_READ):
        # By the grant that opens the seal: the wall below knows seals and territories apart from each other.
        sealed = scope(actor, P.CASES_PROTECTION_READ, SealedEntry.objects.all())
        # The two logs count apart; each keeps its own order.
        both: tuple[Iterable[Line], Iterable[Line]] = (rows, _looks(sealed, person_id)[:limit])
        rows = heapq.merge(*both, key=lambda row: row.at, reverse=True)
    return [
        ReadView(
            at=row.at,
            actor_name=row.actor_name,
            unit_name=row.unit_name,
            purpose=row.purpose,
            shown=str(json.loads(row.body)["note"].get("shown", "")),
        )
        for row in islice(rows, limit)
    ]


def _common(actor: Actor) -> QuerySet[Entry]:
    """Return the lines of the common log that may tell the actor of looks: of case pages by grant alone."""
    rows = Entry.objects.exclude(body__contains=OF_A_CASE_PAGE)
    for permission in (P.ACCOUNTABILITY_READS_LIST, P.CASES_PROTECTION_READ):
        if may(actor, permission):
            rows |= scope(actor, permission, Entry.objects.all())
    return rows


def _looks(rows: QuerySet[LineOf], person_id: UUID) -> QuerySet[LineOf]:
    return rows.filter(person_id=person_id, tag__in=READS).order_by(*NEWEST)


def sealed_list(actor: Actor, *, page: int = 1) -> list[EntryView]:
    """Return one page of the sealed log, newest first, for holders of the seal and for nobody else."""
    rows = scope(actor, P.CASES_PROTECTION_READ, SealedEntry.objects.order_by(*NEWEST))
    start = (max(page, 1) - 1) * PAGE
    return [_entry(row) for row in rows.defer("body", "leaf")[start : start + PAGE]]


def bond_open(actor: Actor, checkpoint_size: int) -> BondView:
    """Prove to a holder of the seal what a public checkpoint bound of the sealed log (P15).

    Raises `AccessDenied` without the seal, or where there is no such checkpoint.
    """
    require(actor, P.CASES_PROTECTION_READ)
    bond = Bond.objects.filter(pk=checkpoint_size).first()
    head = Checkpoint.objects.filter(pk=checkpoint_size).first()
    if bond is None or head is None or head.bond is None:
        raise AccessDenied
    return _bond(bond, head)


def bonds_open(actor: Actor) -> list[BondView]:
    """Open for a holder of the seal every bond of the common log, the oldest first."""
    require(actor, P.CASES_PROTECTION_READ)
    heads = {head.size: head for head in Checkpoint.objects.exclude(bond=None)}
    rows = Bond.objects.order_by("checkpoint_size")
    return [_bond(row, heads[row.checkpoint_size]) for row in rows if row.checkpoint_size in heads]


def _bond(row: Bond, head: Checkpoint) -> BondView:
    root = bytes(row.sealed_root)
    told = bytes(head.bond or b"")
    return BondView(
        size=row.sealed_size,
        root=root.hex(),
        holds=bond_of(row.salt, row.sealed_size, root) == told,
        of=head.size,
        at=head.at,
        salt=row.salt,
        digest=told.hex(),
    )


def checkpoint_newest() -> CheckpointView | None:
    """Return the newest sealed head of the log; it is public by intent."""
    row = Checkpoint.objects.order_by("-size").first()
    return _checkpoint(row) if row else None


def log_verify() -> Verification:
    """Go through every sealed entry and every checkpoint and say what is the first fault, if any.

    Runs in a transaction that sees the whole nation. Checks the hash of each body, that its columns say
    the same, that numbers have no gap, and the root at each checkpoint.
    """
    return _verified(Entry, Checkpoint)


def sealed_verify(actor: Actor) -> Verification:
    """Go through the sealed log in the same way, for a holder of the seal."""
    require(actor, P.CASES_PROTECTION_READ)
    return _verified(SealedEntry, SealedCheckpoint)


def _verified(
    entries: type[Entry | SealedEntry], heads_of: type[Checkpoint | SealedCheckpoint]
) -> Verification:
    tree = Frontier()
    heads = {row.size: row for row in heads_of.objects.order_by("size")}
    newest = _checkpoint(heads[max(heads)]) if heads else None
    waiting = entries.objects.filter(seq=None).count()
    checked = 0

    def verdict(fault: str, day: str) -> Verification:
        return Verification(
            entries=tree.size,
            waiting=waiting,
            head=newest,
            fault=fault,
            fault_at=day,
            checked_checkpoints=checked,
        )

    for row in entries.objects.exclude(seq=None).order_by("seq").iterator(chunk_size=5_000):
        if fault := _fault(row, tree.size):
            return verdict(fault, f"{row.at:%d-%m-%Y}")
        tree = tree.append(bytes(row.leaf))
        head = heads.pop(tree.size, None)
        if head is not None and bytes(head.root) != tree.root():
            return verdict(f"akar pada {head.size} entri berbeda", f"{head.at:%d-%m-%Y}")
        checked += head is not None
    if heads:
        missing = min(heads)
        fault = f"entri {tree.size} dan seterusnya hilang; titik periksa menyebut {missing} entri"
        return verdict(fault, f"{heads[missing].at:%d-%m-%Y}")
    return verdict("", "")


def _fault(row: Line, number: int) -> str:
    if row.seq != number:
        return f"entri nomor {number} hilang"
    if leaf_hash(row.body.encode()) != bytes(row.leaf):
        return f"isi entri nomor {number} diubah"
    told = json.loads(row.body)
    columns = (str(row.id), row.tag, row.actor_name, row.purpose, row.subject_id)
    body = (told["id"], told["tag"], told["actor"]["name"], told["purpose"], told["subject"]["id"])
    return "" if columns == body else f"kolom entri nomor {number} tidak sama dengan isinya"


def log_export() -> Iterator[str]:
    """Yield the lines of the export that the separate verifier reads (docs/audit-format.md)."""
    yield json.dumps({"format": FORMAT, "exported_at": clock.now().isoformat()})
    yield from _entries(Entry)
    for head in Checkpoint.objects.order_by("size"):
        told = {"size": head.size, "root": bytes(head.root).hex(), "at": head.at.isoformat()}
        if head.bond is not None:
            told["bond"] = bytes(head.bond).hex()
        yield json.dumps({"checkpoint": told})


def sealed_export(actor: Actor) -> list[str]:
    """Return the lines of the sealed log's export: the same format, and every bond opened.

    A bond stands as a checkpoint of the sealed log with the salt that opens it, so the separate verifier
    recomputes the root that was bound. The export is a line of the sealed log itself, the next after it.
    Raises `AccessDenied` without the seal, and for a holder of less than the nation, who would get a part.
    """
    require(actor, P.CASES_PROTECTION_READ, places=(NATION,))
    lines = [json.dumps({"format": FORMAT, "exported_at": clock.now().isoformat(), "log": "sealed"})]
    lines += _entries(SealedEntry)
    heads = [
        {"size": head.size, "root": bytes(head.root).hex(), "at": head.at.isoformat()}
        for head in SealedCheckpoint.objects.all()
    ]
    bonds = [
        {"size": bond.size, "root": bond.root, "at": bond.at.isoformat(), "bond": _opened(bond)}
        for bond in bonds_open(actor)
    ]
    lines += [json.dumps({"checkpoint": told}) for told in sorted([*heads, *bonds], key=_size)]
    subject = Subject(kind="log", id="sealed", places=(NATION,), seal=PROTECTION)
    append(actor, [Note(tag=Tag.ACCOUNTABILITY_SEALED_EXPORTED, subject=subject)])
    return lines


def _opened(bond: BondView) -> dict[str, object]:
    return {"of": bond.of, "salt": bond.salt, "digest": bond.digest}


def _size(told: Mapping[str, object]) -> int:
    return int(str(told["size"]))


def _entries(entries: type[Entry | SealedEntry]) -> Iterator[str]:
    for row in entries.objects.exclude(seq=None).order_by("seq").iterator(chunk_size=5_000):
        yield json.dumps(
            {"seq": row.seq, "body": row.body, "leaf": bytes(row.leaf).hex()}, ensure_ascii=False
        )


def _entry(row: Line) -> EntryView:
    return EntryView(
        id=row.pk,
        seq=row.seq,
        at=row.at,
        tag=row.tag,
        actor_name=row.actor_name,
        unit_name=row.unit_name,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        purpose=row.purpose,
        person_id=row.person_id,
    )


def _checkpoint(row: Head) -> CheckpointView:
    return CheckpointView(size=row.size, root=bytes(row.root).hex(), at=row.at)
