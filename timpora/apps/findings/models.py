"""The tables of the findings. Reports are facts: written once, never changed, corrected by later ones."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from timpora.apps.findings.attached_models import Minutes, Photo, PhotoArrival, PhotoPiece, PhotoSeal
from timpora.apps.findings.keeping_models import FileBreak, LookRound
from timpora.apps.findings.phone_models import (
    Device,
    GapClosure,
    Quarantined,
    QuarantinedContent,
    QuarantineDecision,
    Revocation,
)

__all__ = [
    "ArrivedNumber",
    "CheckedPerson",
    "Device",
    "Explanation",
    "FileBreak",
    "Finding",
    "GapClosure",
    "LookRound",
    "Minutes",
    "Original",
    "Photo",
    "PhotoArrival",
    "PhotoPiece",
    "PhotoSeal",
    "Protection",
    "QuarantineDecision",
    "Quarantined",
    "QuarantinedContent",
    "Report",
    "ReportConflict",
    "Revocation",
    "Settlement",
]


class Report(models.Model):
    """The result of one visit, or the nil of an office; `id` is made on the device."""

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    operation = models.ForeignKey("operations.Operation", on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey("operations.Target", on_delete=models.PROTECT, null=True, related_name="+")
    encounter = models.ForeignKey(
        "operations.Encounter", on_delete=models.PROTECT, null=True, related_name="+"
    )
    unit_code = models.TextField()
    unit_name = models.TextField()
    wilayah = models.TextField()
    kind = models.TextField()
    sha256 = models.TextField(help_text="SHA-256 isi sebagaimana dikirim, huruf kecil heksadesimal")
    captured_at = models.DateTimeField(help_text="Jam ponsel")
    received_at = models.DateTimeField(help_text="Jam server")
    device_id = models.UUIDField()
    device_seq = models.BigIntegerField()
    officer_id = models.UUIDField()
    officer_name = models.TextField()
    carried_by_id = models.UUIDField(null=True, help_text="Yang membawa masuk lewat berkas")
    carried_by = models.TextField(blank=True, default="")
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    accuracy_m = models.IntegerField(null=True)
    headcount = models.IntegerField(default=0)
    checks_count = models.IntegerField(default=0)
    findings_count = models.IntegerField(default=0)
    steps = models.JSONField(default=list)
    sop_version = models.TextField(blank=True)
    breaches = models.JSONField(default=list, help_text="Langkah wajib yang dilewati: kode dan caranya")
    doubts = ArrayField(models.TextField(), default=list)
    answers = models.JSONField(default=dict, help_text="Jawaban formulir laporan, menurut kuncinya")
    note = models.TextField(blank=True)

    class Meta:
        db_table = "findings_report"
        indexes = (
            models.Index(fields=["operation", "-received_at", "id"], name="report_newest"),
            models.Index(fields=["operation", "unit_code"], name="report_of_unit"),
            models.Index(fields=["device_id", "device_seq"], name="report_of_device"),
        )
        constraints = (
            models.CheckConstraint(
                name="report_nil_has_nobody",
                condition=~Q(kind="nihil") | Q(headcount=0, checks_count=0, findings_count=0),
            ),
            models.CheckConstraint(
                name="report_of_office_is_nil",
                condition=Q(target__isnull=False) | Q(encounter__isnull=False) | Q(kind="nihil"),
            ),
            models.CheckConstraint(name="report_of_one_thing", condition=Q(target=None) | Q(encounter=None)),
            models.CheckConstraint(
                name="report_place_is_whole",
                condition=Q(lat=None, lng=None) | Q(lat__isnull=False, lng__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_code}"


class ArrivedNumber(models.Model):
    """A number that a device gave a report and that arrived; nothing of the report, its officer or place.

    It has no territory: a hole in the numbers shows only where those of all operations are held together.
    """

    id = models.BigAutoField(primary_key=True)
    device_id = models.UUIDField()
    seq = models.BigIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        db_table = "findings_arrived"
        constraints = (models.UniqueConstraint(fields=["device_id", "seq"], name="number_arrived_once"),)

    def __str__(self) -> str:
        return str(self.seq)


class CheckedPerson(models.Model):
    """A person met, as written at the visit; `person_id` is whom the registry knows by the document's number.

    Where not `person_is_sure` nothing but the number says so: it shelters that person, and is no word about
    him (ADR 0030).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="checked")
    position = models.IntegerField()
    name = models.TextField(blank=True)
    document_number = models.TextField(blank=True)
    document_state = models.TextField(blank=True)
    birth_text = models.TextField(blank=True)
    nationality = models.TextField(blank=True)
    sex = models.TextField(blank=True)
    mrz = models.TextField(blank=True)
    mrz_holds = models.BooleanField(null=True)
    outcome = models.TextField()
    note = models.TextField(blank=True)
    person_id = models.UUIDField(null=True, db_index=True)
    person_is_sure = models.BooleanField(default=False)

    class Meta:
        db_table = "findings_checked"
        constraints = (models.UniqueConstraint(fields=["report", "position"], name="checked_once"),)

    def __str__(self) -> str:
        return f"{self.position}. {self.name}"


class Finding(models.Model):
    """One finding on a person, or on the place where no person is named."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="findings")
    checked = models.ForeignKey(CheckedPerson, on_delete=models.PROTECT, null=True, related_name="findings")
    kind = models.TextField()
    note = models.TextField(blank=True)

    class Meta:
        db_table = "findings_finding"

    def __str__(self) -> str:
        return self.kind


class Original(models.Model):
    """The very text a device sent, kept beside what was read from it; sealed where it names a victim."""

    access_by = "wilayah"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="originals")
    sha256 = models.TextField()
    wilayah = models.TextField()
    content = models.TextField()
    is_sealed = models.BooleanField()

    class Meta:
        db_table = "findings_original"
        constraints = (models.UniqueConstraint(fields=["report", "sha256"], name="original_once"),)

    def __str__(self) -> str:
        return self.sha256


class ReportConflict(models.Model):
    """Another content under the identifier of a report: both are kept, and the posko sees it (P2).

    `rival` is that content read like any report; it is missing where the content could not be a report
    (another place than the sender's task), and then it can never stand.
    """

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="conflicts")
    operation_id = models.UUIDField(db_index=True)
    unit_code = models.TextField()
    wilayah = models.TextField()
    sha256 = models.TextField()
    received_at = models.DateTimeField()
    officer_id = models.UUIDField()
    officer_name = models.TextField()
    rival = models.OneToOneField(Report, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "findings_conflict"
        constraints = (models.UniqueConstraint(fields=["report", "sha256"], name="conflict_once"),)

    def __str__(self) -> str:
        return self.sha256


class Protection(models.Model):
    """What led to a referral to protection; written by whoever reports, read only under the seal (P26)."""

    access_by = "wilayah"

    checked = models.OneToOneField(CheckedPerson, on_delete=models.PROTECT, primary_key=True)
    wilayah = models.TextField()
    signs = ArrayField(models.TextField())
    note = models.TextField(blank=True, default="", help_text="Catatan petugas tentang orang ini")

    class Meta:
        db_table = "findings_protection"

    def __str__(self) -> str:
        return str(self.pk)


class Settlement(models.Model):
    """Which content of a report stands, who decided it and why; a later one takes its place (P2)."""

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="settlements")
    number = models.IntegerField()
    stands = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    unit_code = models.TextField()
    wilayah = models.TextField()
    because = models.TextField()
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "findings_settlement"
        constraints = (
            models.UniqueConstraint(fields=["report", "number"], name="settlement_once"),
            models.CheckConstraint(name="settlement_says_why", condition=~Q(because="")),
        )

    def __str__(self) -> str:
        return self.because


class Explanation(models.Model):
    """Why a report did not keep the order of the steps; written once, a correction is another one."""

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="explanations")
    unit_code = models.TextField()
    wilayah = models.TextField()
    text = models.TextField()
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "findings_explanation"
        constraints = (models.CheckConstraint(name="explanation_says_why", condition=~Q(text="")),)

    def __str__(self) -> str:
        return self.text
