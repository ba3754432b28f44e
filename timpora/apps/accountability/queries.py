"""What accountability answers."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from timpora.apps.accountability.types import CheckpointView, EntryView, ReadView, Verification
from timpora.domain.merkle import Frontier, leaf_hash
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, holds, scope
from timpora.kernel.audit.models import Checkpoint, Entry
from timpora.kernel.audit.tags import Tag

PAGE = 50
FORMAT = "timpora-audit/1"
READS = (str(Tag.REGISTRY_PERSON_READ), str(Tag.REGISTRY_PERSON_SEARCHED))


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
    rows = scope(actor, P.ACCOUNTABILITY_AUDIT_READ, Entry.objects.order_by("-at", "id"))
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

    Raises `AccessDenied` for others.
    """
    if not (holds(actor, P.REGISTRY_PERSON_READ) or holds(actor, P.ACCOUNTABILITY_READS_LIST)):
        raise AccessDenied
    rows = Entry.objects.filter(person_id=person_id, tag__in=READS).order_by("-at", "id")[:limit]
    return [
        ReadView(
            at=row.at,
            actor_name=row.actor_name,
            unit_name=row.unit_name,
            purpose=row.purpose,
            shown=str(json.loads(row.body)["note"].get("shown", "")),
        )
        for row in rows
    ]


def checkpoint_newest() -> CheckpointView | None:
    """Return the newest sealed head of the log; it is public by intent."""
    row = Checkpoint.objects.order_by("-size").first()
    return _checkpoint(row) if row else None


def log_verify() -> Verification:
    """Go through every sealed entry and every checkpoint and say what is the first fault, if any.

    Runs in a transaction that sees the whole nation. Checks the hash of each body, that its columns say
    the same, that numbers have no gap, and the root at each checkpoint.
    """
    tree = Frontier()
    heads = {row.size: row for row in Checkpoint.objects.order_by("size")}
    checked = 0
    for row in Entry.objects.exclude(seq=None).order_by("seq").iterator(chunk_size=5_000):
        if fault := _fault(row, tree.size):
            return _verdict(tree.size, checked, fault, f"{row.at:%d-%m-%Y}")
        tree = tree.append(bytes(row.leaf))
        head = heads.pop(tree.size, None)
        if head is not None and bytes(head.root) != tree.root():
            return _verdict(tree.size, checked, f"akar pada {head.size} entri berbeda", f"{head.at:%d-%m-%Y}")
        checked += head is not None
    if heads:
        missing = min(heads)
        fault = f"entri {tree.size} dan seterusnya hilang; titik periksa menyebut {missing} entri"
        return _verdict(tree.size, checked, fault, f"{heads[missing].at:%d-%m-%Y}")
    return _verdict(tree.size, checked, "", "")


def _fault(row: Entry, number: int) -> str:
    if row.seq != number:
        return f"entri nomor {number} hilang"
    if leaf_hash(row.body.encode()) != bytes(row.leaf):
        return f"isi entri nomor {number} diubah"
    told = json.loads(row.body)
    columns = (str(row.id), row.tag, row.actor_name, row.purpose, row.subject_id)
    body = (told["id"], told["tag"], told["actor"]["name"], told["purpose"], told["subject"]["id"])
    return "" if columns == body else f"kolom entri nomor {number} tidak sama dengan isinya"


def _verdict(entries: int, checked: int, fault: str, day: str) -> Verification:
    return Verification(
        entries=entries,
        waiting=Entry.objects.filter(seq=None).count(),
        head=checkpoint_newest(),
        fault=fault,
        fault_at=day,
        checked_checkpoints=checked,
    )


def log_export() -> Iterator[str]:
    """Yield the lines of the export that the separate verifier reads (docs/audit-format.md)."""
    yield json.dumps({"format": FORMAT, "exported_at": clock.now().isoformat()})
    for row in Entry.objects.exclude(seq=None).order_by("seq").iterator(chunk_size=5_000):
        yield json.dumps(
            {"seq": row.seq, "body": row.body, "leaf": bytes(row.leaf).hex()}, ensure_ascii=False
        )
    for head in Checkpoint.objects.order_by("size"):
        told = {"size": head.size, "root": bytes(head.root).hex(), "at": head.at.isoformat()}
        yield json.dumps({"checkpoint": told})


def _entry(row: Entry) -> EntryView:
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


def _checkpoint(row: Checkpoint) -> CheckpointView:
    return CheckpointView(size=row.size, root=bytes(row.root).hex(), at=row.at)
