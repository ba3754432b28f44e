"""The table of the registers of an operation: written once, never changed, corrected by later entries."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from timpora.apps.operations.register_types import RegisterKind
from timpora.kernel.carriage import Brought, brought_whole


class RegisterEntry(Brought):
    """A use of force, an injury or a complaint; `involved` are roles, and nobody is named (F44)."""

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    operation = models.ForeignKey("operations.Operation", models.PROTECT, related_name="register")
    unit_code = models.TextField()
    unit_name = models.TextField()
    wilayah = models.TextField()
    zone = models.TextField()
    kind = models.TextField()
    happened_at = models.DateTimeField(help_text="Jam kejadian menurut pencatat")
    place = models.TextField()
    involved = ArrayField(models.TextField())
    text = models.TextField(help_text="Apa yang terjadi")
    done = models.TextField(help_text="Apa yang dilakukan")
    reported_to = models.TextField()
    by_id = models.UUIDField()
    by = models.TextField()
    written_at = models.DateTimeField(help_text="Jam server")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")
    because = models.TextField(blank=True, help_text="Alasan koreksi")

    class Meta:
        db_table = "operations_register"
        indexes = (models.Index(fields=["operation", "-happened_at", "id"], name="register_newest"),)
        constraints = (
            brought_whole("register_brought_whole"),
            models.CheckConstraint(
                name="register_kind_known", condition=Q(kind__in=sorted(k.value for k in RegisterKind))
            ),
            models.CheckConstraint(
                name="register_says_all",
                condition=~Q(text="") & ~Q(done="") & ~Q(place="") & ~Q(reported_to=""),
            ),
            models.CheckConstraint(
                name="register_correction_says_why", condition=Q(corrects=None) | ~Q(because="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_code}"
