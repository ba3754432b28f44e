"""An entry as a value, and the one canonical text of it that is hashed (docs/audit-format.md)."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid4

from timpora.domain.merkle import leaf_hash
from timpora.domain.territory import closure
from timpora.kernel.access.actor import Actor
from timpora.kernel.access.policy import NATION
from timpora.kernel.audit.models import Entry, Salt, SealedEntry
from timpora.kernel.audit.tags import Tag

VERSION = 1
Refs = Mapping[str, str | int | bool | list[str] | None]


@dataclass(frozen=True)
class Subject:
    """What an act was upon: a kind, an identifier, the places (codes) it belongs to.

    `person` is the person concerned, if one is; `unit` the code of the owning unit, for roles bound to
    their own. `seal` names the sensitivity under which the log keeps what is done upon it.
    """

    kind: str
    id: str
    places: tuple[str, ...] = (NATION,)
    person: UUID | None = None
    unit: str = ""
    seal: str = ""


@dataclass(frozen=True)
class Note:
    """One line for the log: the verb, the subject, references (never personal data) and a payload digest."""

    tag: Tag
    subject: Subject
    refs: Refs = field(default_factory=dict)
    payload: str = ""
    cites: tuple[str, ...] = ()


def entry_of(actor: Actor, note: Note, at: datetime) -> tuple[Entry | SealedEntry, Salt | None]:
    """Build the row of one entry, and of the salt where a payload enters as a salted digest (P28)."""
    main = actor.main
    salt = secrets.token_hex(16) if note.payload else ""
    identifier = uuid4()
    purpose = _purpose_told(actor, is_sealed=bool(note.subject.seal))
    body = canonical(
        {
            "v": VERSION,
            "id": str(identifier),
            "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "tag": str(note.tag),
            "actor": {
                "id": str(actor.id),
                "name": actor.name,
                "role": main.role if main else "",
                "unit": main.unit_code if main else "",
                "human": actor.is_human,
            },
            "subject": {"kind": note.subject.kind, "id": note.subject.id},
            "purpose": purpose,
            "wilayah": sorted(note.subject.places),
            "note": dict(note.refs),
            "digest": digest_of(salt, note.payload) if salt else "",
            "cites": list(note.cites),
        },
    )
    entry = (SealedEntry if note.subject.seal else Entry)(
        id=identifier,
        at=at,
        tag=str(note.tag),
        actor_id=actor.id,
        actor_name=actor.name,
        unit_code=main.unit_code if main else "",
        unit_name=main.unit_name if main else "",
        subject_kind=note.subject.kind,
        subject_id=note.subject.id,
        person_id=note.subject.person,
        purpose=purpose,
        territories=list(closure(note.subject.places)),
        body=body,
        leaf=leaf_hash(body.encode()),
    )
    return entry, Salt(entry_id=identifier, salt=salt) if salt else None


def _purpose_told(actor: Actor, *, is_sealed: bool) -> str:
    """Return the purpose as the line's log may have it.

    Whoever holds a seal names a sealed case as his purpose, so the common log has its kind alone (P26).
    """
    if actor.purpose is None:
        return ""
    return actor.purpose.kind if actor.seals and not is_sealed else str(actor.purpose)


def digest_of(salt: str, payload: str) -> str:
    """Return what stands in an entry for its payload."""
    return hashlib.sha256((salt + payload).encode()).hexdigest()


def canonical(fields: Mapping[str, object]) -> str:
    """Return the one JSON text of `fields`: sorted keys, no spaces, UTF-8 characters as they are."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
