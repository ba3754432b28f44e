"""The tables of the audit log: entries, and the tree heads (checkpoints) that seal them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One act or disclosure; `body` is the exact text that is hashed, the columns repeat it for reading.

    `seq` is empty until the sequencer places the entry in the tree; nothing else ever changes.
    """

    access_by = "territories"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    seq = models.BigIntegerField(null=True, unique=True)
    at = models.DateTimeField()
    tag = models.TextField()
    actor_id = models.UUIDField()
    actor_name = models.TextField()
    unit_code = models.TextField()
    unit_name = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.TextField()
    person_id = models.UUIDField(null=True)
    purpose = models.TextField()
    territories = ArrayField(models.TextField())
    body = models.TextField()
    leaf = models.BinaryField()

    class Meta:
        db_table = "audit_entry"
        indexes = (
            models.Index(fields=["seq"], name="audit_unsequenced", condition=Q(seq=None)),
            models.Index(fields=["person_id", "-at"], name="audit_of_person", condition=~Q(person_id=None)),
            models.Index(fields=["subject_kind", "subject_id"], name="audit_of_subject"),
            models.Index(fields=["-at"], name="audit_newest"),
        )

    def __str__(self) -> str:
        return f"{self.at:%d-%m-%Y %H:%M:%S} {self.tag}"


class Checkpoint(models.Model):
    """The head of the tree at `size` entries, with the compact range from which the next one grows."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    frontier = ArrayField(models.BinaryField())
    at = models.DateTimeField()

    class Meta:
        db_table = "audit_checkpoint"

    def __str__(self) -> str:
        return f"{self.size} {bytes(self.root).hex()}"


class Salt(models.Model):
    """The salt of an entry's payload digest: erased with the payload, the digest tells nothing (P28)."""

    entry = models.OneToOneField(Entry, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False)
    salt = models.TextField()

    class Meta:
        db_table = "audit_salt"

    def __str__(self) -> str:
        return f"{self.entry_id}"
