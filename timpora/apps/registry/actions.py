"""What the registry does: add records, merge persons, and take a merge back exactly."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID, uuid5

from django.db.models import Manager, Model, Q

from timpora.apps.registry import errors
from timpora.apps.registry.models import Crossing, Merge, Permit, Person, PersonKey, Record, Stay, Work
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
from timpora.kernel.text import cleaned

BATCH = 2_000
_MODELS: dict[type[NewFact], type[Model]] = {
    NewPermit: Permit,
    NewCrossing: Crossing,
    NewStay: Stay,
    NewWork: Work,
}
MergedBack = tuple[UUID, UUID]


@deed(P.REGISTRY_RECORD_ADD, tag=Tag.REGISTRY_RECORDS_ADDED)
def records_add(act: Act, *, source: Source, records: Sequence[NewRecord]) -> int:
    """Add one batch of a source's rows and return how many were new; rows sent before add nothing.

    Each new person is made from its records alone; a known one is brought up to date.
    """
    places = {record.id: _places(source, record) for record in records}
    known = set(Record.objects.filter(pk__in=list(places)).values_list("pk", flat=True))
    new = [record for record in records if record.id not in known]
    _persons_ensure(act, new, places)
    Record.objects.bulk_create(
        [_record(act, source, record, places[record.id]) for record in new],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    _facts_add(new)
    _profiles_renew({record.person for record in new})
    act.upon(
        Subject(kind="submission", id=str(source.submission_id or ""), places=source.places),
        refs={"records": len(new), "repeated": len(records) - len(new)},
    )
    return len(new)


def _places(source: Source, record: NewRecord) -> tuple[str, ...]:
    told = {fact.wilayah for fact in record.facts if fact.wilayah}
    return closure((*source.places, *told))


def _persons_ensure(act: Act, records: Sequence[NewRecord], places: dict[UUID, tuple[str, ...]]) -> None:
    wanted: dict[UUID, set[str]] = defaultdict(set)
    for record in records:
        wanted[record.person].update(places[record.id])
    Person.objects.bulk_create(
        [Person(id=pk, territories=sorted(codes), changed_at=act.at) for pk, codes in wanted.items()],
        ignore_conflicts=True,
        batch_size=BATCH,
    )


def _record(act: Act, source: Source, new: NewRecord, places: tuple[str, ...]) -> Record:
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
        territories=list(places),
    )


def _facts_add(records: Iterable[NewRecord]) -> None:
    rows: dict[type[Model], list[Model]] = defaultdict(list)
    for record in records:
        for index, fact in enumerate(record.facts):
            row = _fact(record.id, index, fact)
            rows[type(row)].append(row)
    for model, found in rows.items():
        manager: Manager[Model] = model._default_manager  # noqa: SLF001 - the name every model has
        manager.bulk_create(found, ignore_conflicts=True, batch_size=BATCH)


def _fact(record: UUID, index: int, fact: NewFact) -> Model:
    model = _MODELS[type(fact)]
    fields = {name: getattr(fact, name) for name in fact.__slots__}
    return model(id=uuid5(record, f"{index}"), record_id=record, **fields)


def _profiles_renew(persons: Iterable[UUID]) -> None:
    """Work out each person's line and keys from the records it holds now."""
    ids = list(persons)
    held: dict[UUID, list[Record]] = defaultdict(list)
    for record in Record.objects.filter(person_id__in=ids):
        held[record.person_id].append(record)
    rows: list[Person] = []
    keys: list[PersonKey] = []
    for person in Person.objects.filter(pk__in=ids):
        if not held[person.id]:
            continue
        profile = profile_of(held[person.id])
        person.name, person.birth, person.sex = profile.name, profile.birth, profile.sex
        person.nationality, person.document = profile.nationality, profile.document
        person.territories, person.records_count = list(profile.territories), len(held[person.id])
        # The time of the newest record, not of this deed: undoing a merge must leave no trace here.
        person.changed_at = max(record.recorded_at for record in held[person.id])
        rows.append(person)
        keys.extend(PersonKey(key=key, person_id=person.id) for key in profile.keys)
    fields = ["name", "birth", "sex", "nationality", "document", "territories", "records_count", "changed_at"]
    Person.objects.bulk_update(rows, fields, batch_size=BATCH)
    PersonKey.objects.filter(person_id__in=ids).delete()
    PersonKey.objects.bulk_create(keys, batch_size=BATCH)


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
