"""Records, facts and the lines of persons into their tables, many at once and without model instances."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Final
from uuid import UUID, uuid5

from timpora.apps.registry.models import PersonKey, Record
from timpora.apps.registry.profile import RecordRow, profile_of
from timpora.apps.registry.types import (
    NewCrossing,
    NewFact,
    NewPermit,
    NewRecord,
    NewStay,
    NewWork,
    Source,
)
from timpora.domain.linkage import link_keys
from timpora.domain.territory import closure, within
from timpora.kernel.database.bulk import rows_add, rows_change

PERSON: Final = (
    *("id", "name", "birth", "sex", "nationality", "document"),
    *("link_letters", "link_sounds", "link_document"),
    *("territories", "records_count", "changed_at", "merged_into_id"),
)
TABLES: Final[dict[type[NewFact], str]] = {
    NewPermit: "registry_permit",
    NewCrossing: "registry_crossing",
    NewStay: "registry_stay",
    NewWork: "registry_work",
}
_TOLD: Final = {kind: attrgetter(*kind.__slots__) for kind in TABLES}


def record_row(source: Source, at: datetime, new: NewRecord) -> RecordRow:
    """Return what a source said as a row, visible where the source stands and where its facts lie.

    A plan's place is one on paper: where it is none of the source's, nobody there has met the person.
    """
    told = frozenset(fact.wilayah for fact in new.facts if fact.wilayah and _is_there(fact, source.places))
    return RecordRow(
        new.id,
        new.person,
        source.submission_id,
        new.row,
        source.agency,
        source.label,
        source.reported_on,
        at,
        new.name,
        new.birth,
        new.birth_place,
        new.sex,
        new.nationality,
        new.document_kind,
        new.document_number,
        new.document_state,
        new.document_ends,
        _territories(source.places, told),
    )


def _is_there(fact: NewFact, places: tuple[str, ...]) -> bool:
    is_on_paper = isinstance(fact, NewWork) and fact.is_plan
    return not is_on_paper or any(within(fact.wilayah, place) for place in places)


@lru_cache(maxsize=10_000)  # the rows of a list name the same few places
def _territories(places: tuple[str, ...], told: frozenset[str]) -> list[str]:
    return list(closure((*places, *told)))


def records_write(rows: Iterable[RecordRow]) -> None:
    """Write records; their persons must be there."""
    rows_add("registry_record", RecordRow._fields, rows)


def facts_write(records: Iterable[NewRecord]) -> None:
    """Write the facts of records that are there."""
    rows: dict[type[NewFact], list[tuple[object, ...]]] = defaultdict(list)
    for record in records:
        for index, fact in enumerate(record.facts):
            kind = type(fact)
            rows[kind].append((uuid5(record.id, f"{index}"), record.id, *_TOLD[kind](fact)))
    for kind, found in rows.items():
        rows_add(TABLES[kind], ("id", "record_id", *kind.__slots__), found)


def persons_write(rows: Iterable[RecordRow]) -> None:
    """Make the persons that nobody knew yet, whole at once, of their records alone."""
    made = _lines(rows)
    rows_add("registry_person", PERSON, (line.row for line in made))
    rows_add("registry_personkey", ("person_id", "key"), _keys(made))


def profiles_renew(persons: Collection[UUID]) -> None:
    """Work out each person's line and keys from the records it holds now."""
    if not persons:
        return
    held = Record.objects.filter(person_id__in=list(persons)).values_list(*RecordRow._fields)
    made = _lines(map(RecordRow._make, held))
    if not made:
        return
    rows_change("registry_person", PERSON[:-1], (line.row[:-1] for line in made))
    PersonKey.objects.filter(person_id__in=[line.person for line in made]).delete()
    rows_add("registry_personkey", ("person_id", "key"), _keys(made))


@dataclass(frozen=True, slots=True)
class _Line:
    """A person as its records make it: the row in the order of `PERSON`, and the look-up keys."""

    person: UUID
    row: Sequence[object]
    keys: tuple[str, ...]


def _lines(rows: Iterable[RecordRow]) -> list[_Line]:
    held: dict[UUID, list[RecordRow]] = defaultdict(list)
    for row in rows:
        held[row.person_id].append(row)
    return [_line(person, records) for person, records in held.items()]


def _line(person: UUID, records: list[RecordRow]) -> _Line:
    found = profile_of(records)
    # The time of the newest record, not of this deed: undoing a merge must leave no trace here.
    changed_at = max(record.recorded_at for record in records)
    told = (found.name, found.birth, found.sex, found.nationality, found.document)
    link = link_keys(found.name, found.document)
    row = (
        *(person, *told, link.letters, link.sounds, link.document),
        *(list(found.territories), len(records), changed_at, None),
    )
    return _Line(person, row, found.keys)


def _keys(made: Iterable[_Line]) -> Iterator[tuple[UUID, str]]:
    return ((line.person, key) for line in made for key in line.keys)
