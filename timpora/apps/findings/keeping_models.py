"""The tables of going through stored files: how far it is, and what was found altered."""

import uuid

from django.db import models
from django.db.models import Q

from timpora.apps.findings.keeping_types import FileKind


class LookRound(models.Model):
    """How far the program is with one kind of file; one row each, and no data of anybody."""

    access_by = ""

    kind = models.TextField(primary_key=True)
    after = models.UUIDField(null=True, help_text="Berkas terakhir yang diperiksa putaran ini")
    began_at = models.DateTimeField(null=True)
    looked = models.IntegerField(default=0)
    last_began_at = models.DateTimeField(null=True)
    last_ended_at = models.DateTimeField(null=True)
    last_looked = models.IntegerField(default=0)

    class Meta:
        db_table = "findings_look_round"
        constraints = (
            models.CheckConstraint(
                name="look_round_kind_known", condition=Q(kind__in=sorted(kind.value for kind in FileKind))
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.looked}"


class FileBreak(models.Model):
    """A file whose bytes have another digest than the one under which they were taken in (P6).

    Of a report that names who may be a victim it is read under the seal: that a photo is altered tells that
    it arrived (P26).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    root = models.ForeignKey("findings.Report", on_delete=models.PROTECT, related_name="+")
    kind = models.TextField()
    sha256 = models.TextField()
    found_sha256 = models.TextField()
    found_at = models.DateTimeField()
    mended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "findings_file_break"
        constraints = (
            models.UniqueConstraint(
                fields=["root", "kind", "sha256"], condition=Q(mended_at=None), name="file_broken_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256}"
