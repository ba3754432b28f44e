"""What the registry does: add records, merge persons, and take a merge back exactly."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from timpora.apps.registry import errors
from timpora.apps.registry.models import Merge, Person, PersonKey, Record
from timpora.apps.registry.types import NewRecord, Source
from timpora.apps.registry.writing import (
    facts_write,
    persons_write,
    profiles_renew,
    record_row,
    records_write,
)
from timpora.kernel.access import P
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.bulk import rows_there
from timpora.kernel.text import cleaned

MergedBack = tuple[UUID, UUID]


@deed(P.REGISTRY_RECORD_ADD, tag=Tag.REGISTRY_RECORDS_ADDED)
def records_add(act: Act, *, source: Source, records: Sequence[NewRecord]) -> int:
    """Add one batch of a source's rows and return how many were new; rows sent before add nothing.

    Each new person is made from its records alone; a known one is brought up to date.
    """
    known = rows_there("registry_record", [record.id for record in records])
    new = [record for record in records if record.id not in known]
    rows = [record_row(source, act.at, record) for record in new]
    met = {row.person_id for row in rows}
    before = rows_there("registry_person", met)
    persons_write(row for row in rows if row.person_id not in before)
    records_write(rows)
    facts_write(new)
    profiles_renew(before)
    act.upon(
        Subject(kind="submission", id=str(source.submission_id or ""), places=source.places),
        refs={"records": len(rows), "repeated": len(records) - len(rows)},
    )
    return len(rows)


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
    profiles_renew([kept.pk])
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
def person_unmerge(act: Act, *, merge_id: UUID, because: str, person_id: UUID | None = None) -> MergedBack:
    """Take a merge back: exactly the records it moved return, and both lines are as before (P24, B1).

    Where `person_id` is named, a merge of others is as unknown as one that never was. Raises `MergeUndone`,
    `MergeBuried` (a later merge must be undone first), `PersonUnknown`, `ReasonMissing`.
    """
    reason = cleaned(because)
    if not reason:
        raise errors.ReasonMissing
    merge = Merge.objects.select_for_update().filter(pk=merge_id).first()
    if merge is None or person_id not in {None, merge.kept_id, merge.absorbed_id}:
        raise errors.PersonUnknown
    if merge.undone_at is not None:
        raise errors.MergeUndone
    _refuse_buried(merge)
    Person.objects.filter(pk=merge.absorbed_id).update(merged_into=None)
    Record.objects.filter(pk__in=merge.records).update(person_id=merge.absorbed_id)
    profiles_renew([merge.kept_id, merge.absorbed_id])
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
