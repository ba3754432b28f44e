"""The tables of the audit logs: entries, and the tree heads (checkpoints) that seal them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Line(models.Model):
    """What both logs are made of; `body` is the exact text that is hashed, the columns repeat it for reading.

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
        abstract = True

    def __str__(self) -> str:
        return f"{self.at:%d-%m-%Y %H:%M:%S} {self.tag}"


class Entry(Line):
    """One act or disclosure, in the log that auditors read."""

    class Meta(Line.Meta):
        db_table = "audit_entry"
        indexes = (
            models.Index(fields=["seq"], name="audit_unsequenced", condition=Q(seq=None)),
            models.Index(fields=["person_id", "-at"], name="audit_of_person", condition=~Q(person_id=None)),
            models.Index(fields=["subject_kind", "subject_id"], name="audit_of_subject"),
            models.Index(fields=["-at"], name="audit_newest"),
        )


class SealedEntry(Line):
    """One act or disclosure under a seal: a log of its own, with a tree of its own (ADR 0015).

    In the common log even a line without a name would tell that a case has one more than others have.
    """

    class Meta(Line.Meta):
        db_table = "audit_sealed"
        indexes = (
            models.Index(fields=["person_id", "-at"], name="sealed_of_person"),
            models.Index(fields=["-at"], name="sealed_newest"),
        )


class Head(models.Model):
    """The head of a tree at `size` entries, with the compact range from which the next one grows."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    frontier = ArrayField(models.BinaryField())
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.size} {bytes(self.root).hex()}"


class Checkpoint(Head):
    """A head of the common log; `bond` is the salted digest of the sealed log's head at that moment."""

    bond = models.BinaryField(null=True)

    class Meta(Head.Meta):
        db_table = "audit_checkpoint"


class SealedCheckpoint(Head):
    """A head of the sealed log, read under the seal."""

    class Meta(Head.Meta):
        db_table = "audit_sealedcheckpoint"


class Bond(models.Model):
    """What opens the bond of a checkpoint: the salt, with size and root of the sealed log, under the seal."""

    checkpoint_size = models.BigIntegerField(primary_key=True)
    salt = models.TextField()
    sealed_size = models.BigIntegerField()
    sealed_root = models.BinaryField()

    class Meta:
        db_table = "audit_bond"

    def __str__(self) -> str:
        return f"{self.checkpoint_size}: {self.sealed_size}"


class Salt(models.Model):
    """The salt of an entry's payload digest: erased with the payload, the digest tells nothing (P28)."""

    entry = models.OneToOneField(Entry, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False)
    salt = models.TextField()

    class Meta:
        db_table = "audit_salt"

    def __str__(self) -> str:
        return f"{self.entry_id}"
