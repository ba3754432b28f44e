"""The tables of the registry.

A *record* is what one source wrote about somebody, and never changes. A *person* is the set of records
held to be of one human; its columns are only the pure result of its records (`profile.py`), so that a
merge can be undone to the last byte. *Facts* belong to a record and follow it.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper


class Person(models.Model):
    """One human, as far as known; unknown stays empty and nothing is invented.

    The columns `link_…` are the keys of `domain.linkage`, by which a list finds whom to compare with.
    """

    access_by = "territories"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.TextField(blank=True)
    birth = models.TextField(blank=True, help_text="YYYY, YYYY-MM atau YYYY-MM-DD")
    sex = models.TextField(blank=True)
    nationality = models.TextField(blank=True)
    document = models.TextField(blank=True)
    link_letters = models.TextField(blank=True, default="")
    link_sounds = models.TextField(blank=True, default="")
    link_document = models.TextField(blank=True, default="")
    territories = ArrayField(models.TextField())
    records_count = models.IntegerField(default=0)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="absorbed")
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "registry_person"
        indexes = (
            GinIndex(fields=["territories"], name="person_territories"),
            models.Index(fields=["-changed_at", "id"], name="person_newest", condition=Q(merged_into=None)),
            *(
                models.Index(fields=[name], name=f"person_{name}", condition=Q(merged_into=None))
                for name in ("birth", "link_letters", "link_sounds", "link_document")
            ),
        )
        constraints = (models.CheckConstraint(name="person_not_own_twin", condition=~Q(merged_into=F("id"))),)

    def __str__(self) -> str:
        return self.name


class PersonKey(models.Model):
    """A look-up key of a person: a folded part of a name, or a document number.

    There are seven for each person, so the table is kept lean: no number of its own, and no foreign key,
    since the wall admits a key only beside a person that is there.
    """

    pk = models.CompositePrimaryKey("person_id", "key")
    key = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_index=False, db_constraint=False)

    class Meta:
        db_table = "registry_personkey"
        indexes = (models.Index(fields=["key", "person"], name="personkey_key"),)

    def __str__(self) -> str:
        return self.key


class Record(models.Model):
    """What one row of one source wrote about somebody; never changed, only moved between persons."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records")
    submission_id = models.UUIDField(null=True)
    row = models.IntegerField(null=True)
    agency = models.TextField()
    source = models.TextField(help_text="Sumber dengan kata-kata kantor")
    reported_on = models.DateField()
    recorded_at = models.DateTimeField()
    name = models.TextField(blank=True)
    birth = models.TextField(blank=True)
    birth_place = models.TextField(blank=True)
    sex = models.TextField(blank=True)
    nationality = models.TextField(blank=True)
    document_kind = models.TextField(blank=True)
    document_number = models.TextField(blank=True)
    document_state = models.TextField(blank=True)
    document_ends = models.DateField(null=True)
    territories = ArrayField(models.TextField())

    class Meta:
        db_table = "registry_record"
        indexes = (
            models.Index(fields=["document_number", "document_state"], name="record_document"),
            models.Index(fields=["submission_id", "row"], name="record_of_submission"),
        )

    def __str__(self) -> str:
        return f"{self.source}: {self.name}"


class Permit(models.Model):
    """A stay permit as a source states it; `ends` is the first day without it (half-open)."""

    id = models.UUIDField(primary_key=True)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="permits")
    kind = models.TextField()
    visa_index = models.TextField(blank=True)
    number = models.TextField(blank=True)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    guarantor = models.TextField(blank=True)
    guarantor_ends = models.DateField(null=True)
    address = models.TextField(blank=True)
    wilayah = models.TextField(blank=True)
    is_extension_pending = models.BooleanField(default=False)

    class Meta:
        db_table = "registry_permit"
        indexes = (models.Index(fields=["ends"], name="permit_ends"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Crossing(models.Model):
    """An entry or exit at a checkpoint, at an instant."""

    id = models.UUIDField(primary_key=True)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="crossings")
    direction = models.TextField()
    checkpoint = models.TextField(blank=True)
    wilayah = models.TextField(blank=True)
    at = models.DateTimeField()
    has_time = models.BooleanField(default=True)
    carrier = models.TextField(blank=True)

    class Meta:
        db_table = "registry_crossing"
        constraints = (
            models.CheckConstraint(name="crossing_direction_known", condition=Q(direction__in=["in", "out"])),
        )

    def __str__(self) -> str:
        return f"{self.direction} {self.at}"


class Stay(models.Model):
    """A presence reported by whoever gives lodging; `ends` is the day of leaving, empty while unknown."""

    id = models.UUIDField(primary_key=True)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="stays")
    lodging = models.TextField(blank=True)
    address = models.TextField(blank=True)
    wilayah = models.TextField(blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    reported_on = models.DateField(null=True)

    class Meta:
        db_table = "registry_stay"

    def __str__(self) -> str:
        return f"{self.lodging} {self.starts}"


class Work(models.Model):
    """Employment as a plan (RPTKA) or a visit states it: employer, position, place, half-open period."""

    id = models.UUIDField(primary_key=True)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="works")
    employer = models.TextField(blank=True)
    position = models.TextField(blank=True)
    place = models.TextField(blank=True)
    wilayah = models.TextField(blank=True)
    plan_number = models.TextField(blank=True)
    is_plan = models.BooleanField(help_text="Rencana (RPTKA), bukan keadaan yang dilaporkan")
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)

    class Meta:
        db_table = "registry_work"
        indexes = (models.Index(Upper("employer"), name="work_of_employer"),)

    def __str__(self) -> str:
        return f"{self.employer} {self.position}"


class Merge(models.Model):
    """A merge of two persons: which records moved, on whose word and why, and whether it was undone."""

    access_by = "territories"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_kept")
    absorbed = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_absorbed")
    records = ArrayField(models.UUIDField())
    because = models.TextField()
    territories = ArrayField(models.TextField())
    by_id = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.TextField(blank=True)
    undone_because = models.TextField(blank=True)

    class Meta:
        db_table = "registry_merge"

    def __str__(self) -> str:
        return f"{self.absorbed_id} -> {self.kept_id}"
