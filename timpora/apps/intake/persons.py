"""Whom a row is about, by document: the holder the registry knows, or somebody new.

A holder whom the row contradicts is left alone: the row makes a new person and a doubtful pair. So is one
whom the register knows outside the list's places alone, unless birth date and name agree as well.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from timpora.apps.intake.kinds import PersonRecord
from timpora.apps.intake.linkage import Document, LinkRecord, Pair
from timpora.apps.intake.linkage.certain import Holders, pair_of
from timpora.apps.registry.types import DocumentOwner
from timpora.domain.linkage import FULL_DATE
from timpora.domain.territory import known_at

Key = tuple[str, str]
Births = Mapping[str, Collection[str]]


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
    rows: Sequence[tuple[UUID, PersonRecord]],
    owners: Mapping[Key, Sequence[DocumentOwner]],
    *,
    places: tuple[str, ...],
    told: Births | None = None,
) -> Settled:
    """Say for each row whom it is about; rows of one batch that share a document share the person.

    `places` are those for which the list speaks; `told` are the birth dates that its sender told of a
    number before.
    """
    guessed = guesses(told or {}, (record for _, record in rows))
    holders: dict[Key, Holders] = {}
    persons: list[UUID] = []
    newcomers: set[UUID] = set()
    pairs: list[Pair] = []
    for identifier, record in rows:
        fresh = uuid5(identifier, "orang")
        key = document_of(record)
        held = _held(holders, owners, key, places) if key else Holders()
        row = replace(as_link_record(str(fresh), record, places), is_guess=record.document_number in guessed)
        match = held.match(row)
        if match is not None:
            persons.append(UUID(match.id))
            continue
        if held.first is not None:
            pairs.append(pair_of(held.first, row))
        held.add(row)
        newcomers.add(fresh)
        persons.append(fresh)
    return Settled(tuple(persons), frozenset(newcomers), tuple(pairs))


def guesses(told: Births, records: Iterable[PersonRecord]) -> set[str]:
    """Return the numbers to which one sender gives more than one full birth date, now or before.

    Whoever tries all days of some years under a number would meet its holder's.
    """
    days = {number: set(births) for number, births in told.items()}
    for record in records:
        birth = record.birth_date.iso() if record.birth_date else ""
        if record.document_number and len(birth) == FULL_DATE:
            days.setdefault(record.document_number, set()).add(birth)
    return {number for number, births in days.items() if len(births) > 1}


def as_link_record(identifier: str, record: PersonRecord, places: tuple[str, ...]) -> LinkRecord:
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
        places=places,
    )


def _held(
    holders: dict[Key, Holders],
    owners: Mapping[Key, Sequence[DocumentOwner]],
    key: Key,
    places: tuple[str, ...],
) -> Holders:
    """Return who holds a document so far, those known at the list's places first."""
    if key not in holders:
        known = _known(owners, key)
        holders[key] = Holders(sorted(known, key=lambda holder: not known_at(holder.places, places)))
    return holders[key]


def _known(owners: Mapping[Key, Sequence[DocumentOwner]], key: Key) -> list[LinkRecord]:
    number, _ = key
    told: dict[UUID, list[DocumentOwner]] = {}
    for held in (key, (number, "")):
        for owner in owners.get(held, ()):
            told.setdefault(owner.person, []).append(owner)
    return [line for person in sorted(told) for line in _lines(told[person], key)]


def _lines(told: Sequence[DocumentOwner], key: Key) -> Iterator[LinkRecord]:
    """Yield a holder once for each birth date that records tell; one less known than another is no date."""
    births = {owner.birth for owner in told}
    names = tuple(sorted({owner.name for owner in told if owner.name}))
    for birth in sorted(births):
        if not any(other != birth and other.startswith(birth) for other in births):
            yield LinkRecord(
                str(told[0].person),
                names,
                birth=birth,
                documents=(Document(*key),),
                is_known=True,
                places=told[0].territories,
            )
