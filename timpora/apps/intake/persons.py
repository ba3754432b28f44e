"""Whom a row is about, by document: the holder the registry knows, or somebody new.

A holder whom the row contradicts is left alone: the row makes a new person and a doubtful pair.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from timpora.apps.intake.kinds import PersonRecord
from timpora.apps.intake.linkage import Document, LinkRecord, Pair
from timpora.apps.intake.linkage.certain import contradiction, pair_of
from timpora.apps.registry.types import DocumentOwner

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Settled:
    """Persons of the rows, in their order; who is new; and pairs that contradict each other."""

    persons: tuple[UUID, ...]
    newcomers: frozenset[UUID]
    pairs: tuple[Pair, ...]


def document_of(record: PersonRecord) -> Key | None:
    """Return number and likely issuer: where no column says, the state of nationality stands in.

    It stands in for comparing only; the registry keeps what the row says.
    """
    if not record.document_number:
        return None
    return record.document_number, record.document_state or record.nationality or ""


def keys_of(records: Iterable[PersonRecord]) -> set[Key]:
    """Return under which keys the registry may hold the documents of these rows."""
    keys = {key for record in records if (key := document_of(record))}
    return keys | {(number, "") for number, _ in keys}


def settle(
    rows: Sequence[tuple[UUID, PersonRecord]], owners: Mapping[Key, Sequence[DocumentOwner]]
) -> Settled:
    """Say for each row whom it is about; rows of one batch that share a document share the person."""
    holders: dict[Key, list[LinkRecord]] = {}
    persons: list[UUID] = []
    newcomers: set[UUID] = set()
    pairs: list[Pair] = []
    for identifier, record in rows:
        fresh = uuid5(identifier, "orang")
        key = document_of(record)
        held = holders.setdefault(key, _known(owners, key)) if key else []
        row = as_link_record(str(fresh), record)
        match = next((holder for holder in held if not contradiction(holder, row)), None)
        if match is not None:
            persons.append(UUID(match.id))
            continue
        if held:
            pairs.append(pair_of(held[0], row))
        held.append(row)
        newcomers.add(fresh)
        persons.append(fresh)
    return Settled(tuple(persons), frozenset(newcomers), tuple(pairs))


def as_link_record(identifier: str, record: PersonRecord) -> LinkRecord:
    """Return what linkage may compare of a row."""
    key = document_of(record)
    return LinkRecord(
        id=identifier,
        names=(record.written_name,),
        birth=record.birth_date.iso() if record.birth_date else "",
        sex=record.sex or "",
        nationality=record.nationality or "",
        birth_place=record.birth_place or "",
        documents=(Document(*key),) if key else (),
    )


def _known(owners: Mapping[Key, Sequence[DocumentOwner]], key: Key) -> list[LinkRecord]:
    number, _ = key
    found = {owner.person: owner for held in (key, (number, "")) for owner in owners.get(held, ())}
    return [
        LinkRecord(
            str(owner.person), (owner.name,), birth=owner.birth, documents=(Document(*key),), is_known=True
        )
        for owner in found.values()
    ]
