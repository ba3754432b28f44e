"""The tables of the intake: a list as it arrived, its faulty rows, saved column plans, pairs of persons."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from timpora.apps.intake.states import PairState, SubmissionState


class Submission(models.Model):
    """One list of one agency. The same file sent twice by a unit is one submission."""

    access_by = "territories"
    access_unit = "unit_code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    state = models.TextField(default=SubmissionState.RECEIVED)
    kind = models.TextField(blank=True)
    file_name = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()
    unit_code = models.TextField()
    unit_name = models.TextField()
    sender_id = models.UUIDField()
    sender_name = models.TextField()
    zone = models.TextField(help_text="Zona waktu pengirim")
    places = ArrayField(models.TextField(), help_text="Wilayah yang diwakili pengirim")
    territories = ArrayField(models.TextField())
    received_at = models.DateTimeField()
    reported_on = models.DateField(help_text="Tanggal keadaan daftar")
    headers = models.JSONField(default=list)
    sample = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    constants = models.JSONField(default=dict)
    is_whole = models.BooleanField(default=False, help_text="Ditolak seluruhnya bila ada kesalahan")
    rows_total = models.IntegerField(default=0)
    rows_done = models.IntegerField(default=0)
    last_row = models.IntegerField(default=0, help_text="Nomor baris terakhir yang sudah disimpan")
    rows_good = models.IntegerField(default=0)
    rows_bad = models.IntegerField(default=0)
    rows_repeated = models.IntegerField(default=0)
    rows_noted = models.IntegerField(default=0, help_text="Baris dengan isian yang dicatat tidak diketahui")
    unknown = models.JSONField(default=dict, help_text="isian -> [baris, contoh]")
    persons_new = models.IntegerField(default=0)
    joined = models.IntegerField(default=0)
    doubtful = models.IntegerField(default=0)
    speed = models.FloatField(default=0, help_text="Baris per detik")
    refusal = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "intake_submission"
        indexes = (models.Index(fields=["-received_at", "id"], name="submission_newest"),)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit_code", "sha256"], name="submission_same_file_once"),
            models.CheckConstraint(
                name="submission_state_known", condition=Q(state__in=list(SubmissionState))
            ),
            models.CheckConstraint(
                name="submission_finished_when_settled",
                condition=Q(finished_at=None) | Q(state__in=list(SubmissionState.settled())),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class SubmissionPart(models.Model):
    """A stretch of the file as it arrived; together they are the file, byte for byte."""

    id = models.BigAutoField(primary_key=True)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="parts")
    number = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "intake_submissionpart"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "number"], name="submissionpart_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.number}"


class RowFault(models.Model):
    """A row that could not be taken in: its cells as written, and what is wrong."""

    id = models.BigAutoField(primary_key=True)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="faults")
    number = models.IntegerField()
    cells = models.JSONField()
    surplus = models.JSONField(default=list)
    errors = models.JSONField(help_text="[isian, kode, kalimat]")

    class Meta:
        db_table = "intake_rowfault"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "number"], name="rowfault_once"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.number}"


class Newcomer(models.Model):
    """A person made by a running import, still to be compared with the register."""

    id = models.BigAutoField(primary_key=True)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="newcomers")
    person_id = models.UUIDField()

    class Meta:
        db_table = "intake_newcomer"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "person_id"], name="newcomer_once"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class ColumnMapping(models.Model):
    """What a unit chose for a set of titles, offered again when a list with the same titles comes."""

    access_by = "territories"
    access_unit = "unit_code"

    id = models.BigAutoField(primary_key=True)
    unit_code = models.TextField()
    kind = models.TextField()
    signature = models.TextField()
    columns = models.JSONField(help_text="Kunci judul -> isian")
    constants = models.JSONField(default=dict)
    territories = ArrayField(models.TextField())
    saved_by = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "intake_columnmapping"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit_code", "signature"], name="columnmapping_one_per_titles"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_code} {self.kind}"


class Pair(models.Model):
    """Two persons who are, or may be, one: what linkage said, and what a human made of it.

    `territories` are those that both persons share, so that whoever sees the pair sees both.
    """

    access_by = "territories"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    left = models.UUIDField()
    right = models.UUIDField()
    state = models.TextField(default=PairState.WAITING)
    probability = models.FloatField()
    weight = models.FloatField()
    evidence = models.JSONField(help_text="[isian, kalimat, bobot]")
    model = models.TextField(blank=True, help_text="Parameter yang dipakai")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True)
    territories = ArrayField(models.TextField())
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.UUIDField(null=True)
    decided_by = models.TextField(blank=True)
    because = models.TextField(blank=True)
    merge_id = models.UUIDField(null=True)

    class Meta:
        db_table = "intake_pair"
        indexes = (
            models.Index(fields=["-weight", "id"], name="pair_waiting", condition=Q(state="menunggu")),
            models.Index(fields=["-decided_at"], name="pair_decided"),
        )
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["left", "right"], name="pair_once"),
            models.CheckConstraint(name="pair_in_order", condition=Q(left__lt=F("right"))),
            models.CheckConstraint(name="pair_state_known", condition=Q(state__in=list(PairState))),
            models.CheckConstraint(
                name="pair_decided_by_and_at_go_together",
                condition=Q(decided_at=None, state="menunggu")
                | Q(decided_at__isnull=False) & ~Q(state="menunggu"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left} {self.right}"
