"""What the registry does: add records, merge persons, and take a merge back exactly."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db.models import Q

from timpora.apps.registry import errors
from timpora.apps.registry.models import Merge, Person, PersonKey, Record
from timpora.apps.registry.profile import profile_of
from timpora.apps.registry.types import (
    NewCrossing,
    NewFact,
    NewPermit,
    NewRecord,
    NewStay,
    NewWork,
    Source,
)
from timpora.domain.territory import closure
from timpora.kernel.access import P
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.bulk import rows_add, rows_change
from timpora.kernel.text import cleaned

RECORD = tuple(field.attname for field in Record._meta.concrete_fields)  # noqa: SLF001 - public by custom
PERSON = (
    *("id", "name", "birth", "sex", "nationality", "document"),
    *("territories", "records_count", "changed_at", "merged_into_id"),
)
TABLES: dict[type[NewFact], str] = {
    NewPermit: "registry_permit",
    NewCrossing: "registry_crossing",
    NewStay: "registry_stay",
    NewWork: "registry_work",
}
MergedBack = tuple[UUID, UUID]


@deed(P.REGISTRY_RECORD_ADD, tag=Tag.REGISTRY_RECORDS_ADDED)
def records_add(act: Act, *, source: Source, records: Sequence[NewRecord]) -> int:
    """Add one batch of a source's rows and return how many were new; rows sent before add nothing.

    Each new person is made from its records alone; a known one is brought up to date.
    """
    known = set(Record.objects.filter(pk__in=[r.id for r in records]).values_list("pk", flat=True))
    rows = [_record(act, source, record) for record in records if record.id not in known]
    met = {row.person_id for row in rows}
    before = set(Person.objects.filter(pk__in=met).values_list("pk", flat=True))
    _persons_add([row for row in rows if row.person_id not in before])
    rows_add("registry_record", RECORD, ([getattr(row, name) for name in RECORD] for row in rows))
    _facts_add(record for record in records if record.id not in known)
    _profiles_renew(before)
    act.upon(
        Subject(kind="submission", id=str(source.submission_id or ""), places=source.places),
        refs={"records": len(rows), "repeated": len(records) - len(rows)},
    )
    return len(rows)


def _record(act: Act, source: Source, new: NewRecord) -> Record:
    told = {fact.wilayah for fact in new.facts if fact.wilayah}
    return Record(
        id=new.id,
        person_id=new.person,
        submission_id=source.submission_id,
        row=new.row,
        agency=source.agency,
        source=source.label,
        reported_on=source.reported_on,
        recorded_at=act.at,
        name=new.name,
        birth=new.birth,
        birth_place=new.birth_place,
        sex=new.sex,
        nationality=new.nationality,
        document_kind=new.document_kind,
        document_number=new.document_number,
        document_state=new.document_state,
        document_ends=new.document_ends,
        territories=list(closure((*source.places, *told))),
    )


def _persons_add(rows: Iterable[Record]) -> None:
    """Make the persons that nobody knew yet, whole at once."""
    lines = _lines(rows)
    rows_add("registry_person", PERSON, (line.row for line in lines))
    rows_add("registry_personkey", ("key", "person_id"), _keys(lines))


def _facts_add(records: Iterable[NewRecord]) -> None:
    rows: dict[str, list[list[object]]] = defaultdict(list)
    columns: dict[str, list[str]] = {}
    for record in records:
        for index, fact in enumerate(record.facts):
            table = TABLES[type(fact)]
            columns.setdefault(table, ["id", "record_id", *fact.__slots__])
            told = [getattr(fact, name) for name in fact.__slots__]
            rows[table].append([uuid5(record.id, f"{index}"), record.id, *told])
    for table, found in rows.items():
        rows_add(table, columns[table], found)


def _profiles_renew(persons: Iterable[UUID]) -> None:
    """Work out each person's line and keys from the records it holds now."""
    lines = _lines(Record.objects.filter(person_id__in=list(persons)))
    if not lines:
        return
    rows_change("registry_person", PERSON[:-1], (line.row[:-1] for line in lines))
    PersonKey.objects.filter(person_id__in=[line.person for line in lines]).delete()
    rows_add("registry_personkey", ("key", "person_id"), _keys(lines))


@dataclass(frozen=True, slots=True)
class _Line:
    """A person as its records make it: the row in the order of `PERSON`, and the look-up keys."""

    person: UUID
    row: Sequence[object]
    keys: tuple[str, ...]


def _lines(rows: Iterable[Record]) -> list[_Line]:
    held: dict[UUID, list[Record]] = defaultdict(list)
    for row in rows:
        held[row.person_id].append(row)
    return [_line(person, records) for person, records in held.items()]


def _line(person: UUID, records: list[Record]) -> _Line:
    found = profile_of(records)
    # The time of the newest record, not of this deed: undoing a merge must leave no trace here.
    changed_at = max(record.recorded_at for record in records)
    told = [found.name, found.birth, found.sex, found.nationality, found.document]
    row = [person, *told, list(found.territories), len(records), changed_at, None]
    return _Line(person, row, found.keys)


def _keys(lines: Iterable[_Line]) -> Iterator[tuple[str, UUID]]:
    return ((key, line.person) for line in lines for key in line.keys)


@deed(P.REGISTRY_PERSON_MERGE, tag=Tag.REGISTRY_MERGED)
def person_merge(act: Act, *, keep: UUID, absorb: UUID, because: str) -> UUID:
    """Hold two persons to be one: the records of `absorb` move to `keep`; returns the merge's id.

    Raises `SamePerson`, `PersonUnknown` (absent, out of territory or merged already), `ReasonMissing`.
    """
    reason = cleaned(because)
    if keep == absorb:
        raise errors.SamePerson
    if not reason:
        raise errors.ReasonMissing
    kept, absorbed = _pair(keep, absorb)
    moved = list(Record.objects.filter(person=absorbed).order_by("id").values_list("id", flat=True))
    places = _union(kept, absorbed)
    Record.objects.filter(pk__in=moved).update(person=kept)
    Person.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    PersonKey.objects.filter(person=absorbed).delete()
    _profiles_renew([kept.pk])
    merge = Merge.objects.create(
        kept=kept,
        absorbed=absorbed,
        records=moved,
        because=reason,
        territories=list(places),
        by_id=act.actor.id,
        by_name=act.actor.name,
        at=act.at,
    )
    subject = act.upon(
        Subject(kind="person", id=str(kept.pk), places=places, person=kept.pk),
        refs={"absorbed": str(absorbed.pk), "merge": str(merge.pk), "records": len(moved)},
        payload=reason,
    )
    act.publish(subject, {"absorbed": str(absorbed.pk), "merge": str(merge.pk)})
    return merge.pk


def _pair(keep: UUID, absorb: UUID) -> tuple[Person, Person]:
    both = Person.objects.filter(pk__in=[keep, absorb], merged_into=None)
    # Locked in one order, so that two officers merging the same pair both ways do not wait for each other.
    found = {person.pk: person for person in both.select_for_update().order_by("pk")}
    if keep not in found or absorb not in found:
        raise errors.PersonUnknown
    return found[keep], found[absorb]


def _union(*persons: Person) -> tuple[str, ...]:
    return tuple(sorted({code for person in persons for code in person.territories}))


@deed(P.REGISTRY_PERSON_MERGE, tag=Tag.REGISTRY_UNMERGED)
def person_unmerge(act: Act, *, merge_id: UUID, because: str) -> MergedBack:
    """Take a merge back: exactly the records it moved return, and both lines are as before (P24, B1).

    Raises `MergeUndone`, `MergeBuried` (a later merge must be undone first), `ReasonMissing`.
    """
    reason = cleaned(because)
    if not reason:
        raise errors.ReasonMissing
    merge = Merge.objects.select_for_update().filter(pk=merge_id).first()
    if merge is None:
        raise errors.PersonUnknown
    if merge.undone_at is not None:
        raise errors.MergeUndone
    _refuse_buried(merge)
    Person.objects.filter(pk=merge.absorbed_id).update(merged_into=None)
    Record.objects.filter(pk__in=merge.records).update(person_id=merge.absorbed_id)
    _profiles_renew([merge.kept_id, merge.absorbed_id])
    Merge.objects.filter(pk=merge.pk).update(
        undone_at=act.at, undone_by=act.actor.name, undone_because=reason
    )
    subject = act.upon(
        Subject(kind="person", id=str(merge.kept_id), places=tuple(merge.territories), person=merge.kept_id),
        refs={"absorbed": str(merge.absorbed_id), "merge": str(merge.pk)},
        payload=reason,
    )
    act.publish(subject, {"absorbed": str(merge.absorbed_id), "merge": str(merge.pk)})
    return merge.kept_id, merge.absorbed_id


def _refuse_buried(merge: Merge) -> None:
    later = Merge.objects.filter(undone_at=None, at__gte=merge.at).exclude(pk=merge.pk)
    touched = Q(absorbed_id__in=[merge.kept_id, merge.absorbed_id])
    if (
        later.filter(touched).exists()
        or Person.objects.filter(pk=merge.kept_id).exclude(merged_into=None).exists()
    ):
        raise errors.MergeBuried
