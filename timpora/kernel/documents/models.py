"""The tables of the letter desk: series of numbers, issued letters, and the public register of proofs."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Series(models.Model):
    """One book of numbers: of a unit, an archive classification (`register`) and a year.

    Letters of one classification share one book, as in the agenda of an office, so that two kinds can
    never bear the same number.
    """

    access_by = ""

    unit = models.TextField()
    register = models.TextField()
    year = models.SmallIntegerField()
    last = models.IntegerField()

    class Meta:
        db_table = "documents_series"
        constraints = (
            models.UniqueConstraint(fields=["unit", "register", "year"], name="documents_one_series"),
            models.CheckConstraint(name="documents_series_from_one", condition=models.Q(last__gte=1)),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.register} {self.year}: {self.last}"


class Proof(models.Model):
    """What anyone holding a letter may check, by its code: no personal data, hence open to all.

    Kept apart from the letters so that the public page cannot read them even by a defect.
    """

    access_by = ""

    token = models.TextField(primary_key=True)
    kind = models.TextField()
    name = models.TextField()
    number = models.TextField()
    office = models.TextField()
    unit = models.TextField()
    dated = models.DateField()
    issued_at = models.DateTimeField()
    sha256 = models.TextField()
    seal = models.TextField(help_text="The first 12 characters of the data digest, as printed.")
    pages = models.SmallIntegerField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replacement")

    class Meta:
        db_table = "documents_proof"
        constraints = (models.UniqueConstraint(fields=["unit", "number"], name="documents_one_number"),)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class StoredLetter(models.Model):
    """A letter as it left the house: its file and what it rests on. Never changed, never removed."""

    access_by = "wilayah"
    access_unit = "unit"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    proof = models.OneToOneField(Proof, models.PROTECT, related_name="letter")
    kind = models.TextField()
    number = models.TextField()
    unit = models.TextField()
    wilayah = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.TextField()
    person_id = models.UUIDField(null=True)
    data_digest = models.TextField()
    template_digest = models.TextField()
    law_digest = models.TextField()
    cites = ArrayField(models.TextField())
    pdf = models.BinaryField()
    issued_by_id = models.UUIDField()
    issued_by = models.TextField()

    class Meta:
        db_table = "documents_letter"
        indexes = (models.Index(fields=["subject_kind", "subject_id"], name="documents_of_subject"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
