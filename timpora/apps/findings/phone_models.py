"""The tables of the phones: what they told, their revocation, quarantine, and numbers that were closed."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest

from timpora.kernel.carriage import Brought, brought_whole


class Device(models.Model):
    """A phone as it last told of itself, in the hand of one officer: for finding a lost one."""

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    device_id = models.UUIDField()
    officer_id = models.UUIDField()
    officer_name = models.TextField()
    unit_code = models.TextField()
    unit_name = models.TextField()
    wilayah = models.TextField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    queue = models.IntegerField(help_text="Laporan yang menunggu di ponsel")

    class Meta:
        db_table = "findings_device"
        constraints = (
            models.UniqueConstraint(fields=["device_id", "officer_id", "unit_code"], name="device_once"),
        )

    def __str__(self) -> str:
        return f"{self.device_id} {self.officer_name}"


class DeviceOwner(models.Model):
    """Whose the identifier of a phone is, how many of its numbers arrived, and how far it says they reach.

    It has no territory, as the numbers have none; it names neither officer nor place, only an identifier.
    """

    device_id = models.UUIDField(primary_key=True)
    officer_id = models.UUIDField()
    since = models.DateTimeField()
    arrived = models.BigIntegerField(help_text="Berapa nomor yang sampai")
    highest = models.BigIntegerField(help_text="Nomor tertinggi yang sampai")
    told = models.BigIntegerField(help_text="Nomor tertinggi menurut ponselnya")
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "findings_device_owner"
        indexes = (
            models.Index(
                fields=["device_id"],
                name="device_owner_holed",
                condition=Q(arrived__lt=Greatest("highest", "told")),
            ),
        )

    def __str__(self) -> str:
        return str(self.device_id)


class Revocation(models.Model):
    """That a phone was revoked: final, since a phone that is found begins anew as another one (P14)."""

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    device_id = models.UUIDField(unique=True)
    unit_code = models.TextField()
    wilayah = models.TextField()
    because = models.TextField()
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "findings_revocation"
        constraints = (models.CheckConstraint(name="revocation_says_why", condition=~Q(because="")),)

    def __str__(self) -> str:
        return self.because


class Quarantined(models.Model):
    """A report that is kept and not counted: what of it may be shown to whoever decides; nobody is named."""

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report_id = models.UUIDField()
    sha256 = models.TextField()
    reason = models.TextField()
    operation_id = models.UUIDField()
    target_id = models.UUIDField(null=True)
    unit_code = models.TextField()
    unit_name = models.TextField()
    wilayah = models.TextField()
    officer_id = models.UUIDField()
    officer_name = models.TextField()
    device_id = models.UUIDField()
    device_seq = models.BigIntegerField()
    kind = models.TextField()
    headcount = models.IntegerField()
    checks_count = models.IntegerField()
    findings_count = models.IntegerField()
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        db_table = "findings_quarantined"
        constraints = (models.UniqueConstraint(fields=["report_id", "sha256"], name="quarantined_once"),)

    def __str__(self) -> str:
        return self.sha256


class QuarantinedContent(models.Model):
    """The text of a report in quarantine; sealed where it names a victim, read by the program alone."""

    access_by = "wilayah"

    quarantined = models.OneToOneField(
        Quarantined, on_delete=models.PROTECT, primary_key=True, related_name="kept"
    )
    wilayah = models.TextField()
    content = models.TextField()
    is_sealed = models.BooleanField()

    class Meta:
        db_table = "findings_quarantined_content"

    def __str__(self) -> str:
        return str(self.pk)


class QuarantineDecision(models.Model):
    """Who released or rejected a report in quarantine, and why; the report is kept either way."""

    access_by = "wilayah"
    access_unit = "unit_code"

    quarantined = models.OneToOneField(
        Quarantined, on_delete=models.PROTECT, primary_key=True, related_name="decision"
    )
    unit_code = models.TextField()
    wilayah = models.TextField()
    is_released = models.BooleanField()
    because = models.TextField()
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "findings_quarantine_decision"
        constraints = (models.CheckConstraint(name="quarantine_says_why", condition=~Q(because="")),)

    def __str__(self) -> str:
        return self.because


class GapClosure(Brought):
    """That numbers of a phone will never arrive, and why: they are no gap of the posko's any more (P5)."""

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    operation_id = models.UUIDField()
    device_id = models.UUIDField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    officer_name = models.TextField()
    unit_code = models.TextField()
    unit_name = models.TextField()
    wilayah = models.TextField()
    because = models.TextField()
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "findings_gap_closure"
        constraints = (
            models.UniqueConstraint(fields=["device_id", "first", "last"], name="gap_closed_once"),
            brought_whole("gap_closure_brought_whole"),
            models.CheckConstraint(name="gap_closure_says_why", condition=~Q(because="")),
            models.CheckConstraint(name="gap_closure_in_order", condition=Q(first__lte=models.F("last"))),
        )

    def __str__(self) -> str:
        return self.because
