"""The tables of templates: what an operation can be opened from, its versions and annexes (F34, N1).

A template belongs to a unit and is seen downwards: the centre's by all offices, a Kanwil's by those under it,
an office's by itself. So territory says who may write one, and `template_queries` who may use one.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from timpora.apps.operations.operation_types import OperationKind

KINDS = sorted(kind.value for kind in OperationKind)


class TemplateContent(models.Model):
    """What a draft and a version say alike."""

    name = models.TextField()
    kinds = ArrayField(models.TextField(), help_text="Jenis operasi yang boleh dibuka darinya")
    instruction = models.TextField(blank=True)
    sop_version = models.TextField()
    phases = models.JSONField(default=list, help_text="Tahap relatif terhadap hari mulai")
    report_form = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True


class Template(TemplateContent):
    """A template and its draft; without a draft it says what its last version says."""

    access_by = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit_code = models.TextField()
    unit_name = models.TextField()
    wilayah = models.TextField(help_text="ID untuk pusat; kode wilayah kanwil atau kantor")
    has_draft = models.BooleanField(default=True)
    annex_ids = ArrayField(models.UUIDField(), default=list, help_text="Lampiran rancangan, berurutan")
    last_number = models.IntegerField(default=0)
    changed_by_id = models.UUIDField()
    changed_by = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "operations_template"
        indexes = (models.Index(fields=["unit_code"], name="template_of_unit"),)
        constraints = (
            models.CheckConstraint(name="template_is_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="template_kinds_known", condition=Q(kinds__contained_by=KINDS) & Q(kinds__len__gt=0)
            ),
        )

    def __str__(self) -> str:
        return self.name


class TemplateVersion(TemplateContent):
    """A version as published by another person than its last author; it never changes."""

    access_by = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    template = models.ForeignKey(Template, models.PROTECT, related_name="versions")
    wilayah = models.TextField(help_text="Wilayah templatnya")
    number = models.IntegerField()
    digest = models.TextField(help_text="SHA-256 isinya, SOP dan lampirannya")
    drafted_by_id = models.UUIDField()
    drafted_by = models.TextField()
    published_by_id = models.UUIDField()
    published_by = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        db_table = "operations_templateversion"
        constraints = (
            models.UniqueConstraint(fields=["template", "number"], name="template_version_once"),
            models.CheckConstraint(
                name="template_published_by_another", condition=~Q(published_by_id=F("drafted_by_id"))
            ),
            models.CheckConstraint(name="template_version_has_digest", condition=~Q(digest="")),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class TemplateWithdrawal(models.Model):
    """That a version is offered no more, and why; operations that run on it keep it."""

    access_by = ""

    id = models.BigAutoField(primary_key=True)
    version = models.OneToOneField(TemplateVersion, models.PROTECT, related_name="withdrawal")
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()
    because = models.TextField()

    class Meta:
        db_table = "operations_templatewithdrawal"
        constraints = (models.CheckConstraint(name="template_withdrawn_says_why", condition=~Q(because="")),)

    def __str__(self) -> str:
        return str(self.version_id)


class TemplateAnnex(models.Model):
    """A file that goes with a template; never changed, and gone only if no version names it."""

    access_by = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    template = models.ForeignKey(Template, models.PROTECT, related_name="annexes")
    title = models.TextField()
    file_name = models.TextField()
    kind = models.TextField()
    size = models.IntegerField()
    sha256 = models.TextField()
    data = models.BinaryField()
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "operations_templateannex"
        constraints = (
            models.CheckConstraint(name="annex_is_named", condition=~Q(title="") & ~Q(file_name="")),
            models.CheckConstraint(name="annex_has_bytes", condition=Q(size__gt=0)),
        )

    def __str__(self) -> str:
        return self.title


class VersionAnnex(models.Model):
    """That a version has an annex, and in which place."""

    access_by = ""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="annexes")
    annex = models.ForeignKey(TemplateAnnex, models.PROTECT, related_name="versions")
    position = models.SmallIntegerField()

    class Meta:
        db_table = "operations_versionannex"
        constraints = (
            models.UniqueConstraint(fields=["version", "annex"], name="annex_once_in_version"),
            models.UniqueConstraint(fields=["version", "position"], name="annex_placed_once"),
        )

    def __str__(self) -> str:
        return f"{self.version_id} {self.position}"
