"""The tables of identity: units, officers, assignments, sign-in attempts.

None of them has a territory of its own: they are what territories are computed from, read before the
actor is known. They hold no data of supervised persons.
"""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from timpora.kernel.access.roles import ROLES


class Unit(models.Model):
    """An office or agency: Ditjen, Kanwil, Kanim, Rudenim, TPI post or member agency of a Timpora."""

    class Kind(models.TextChoices):
        """What the unit is."""

        HQ = "HQ", "Direktorat Jenderal"
        KANWIL = "KANWIL", "Kantor Wilayah"
        KANIM = "KANIM", "Kantor Imigrasi"
        RUDENIM = "RUDENIM", "Rumah Detensi Imigrasi"
        UKK = "UKK", "Unit Kerja Keimigrasian"
        TPI = "TPI", "Tempat Pemeriksaan Imigrasi"
        AGENCY = "INSTANSI", "Instansi anggota Timpora"

    code = models.TextField(primary_key=True)
    name = models.TextField()
    short_name = models.TextField(blank=True)
    kind = models.TextField(choices=Kind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    wilayah = models.TextField(help_text="Kode tempat kedudukan")
    areas = ArrayField(models.TextField(), default=list, help_text="Wilayah kerja, kode wilayah")
    zone = models.TextField(default="Asia/Jakarta")
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    class_name = models.TextField(blank=True)
    letterhead = models.JSONField(default=dict, help_text="Baris kop surat dan alamat")
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "identity_unit"

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds officers; creates none: use `identity.actions.user_add`."""


class User(AbstractBaseUser):
    """An officer's account; what it may do lies in the assignments alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    username = models.TextField(unique=True)
    name = models.TextField()
    nip = models.TextField(blank=True, help_text="Nomor Induk Pegawai")
    rank = models.TextField(blank=True, help_text="Pangkat/golongan")
    post = models.TextField(blank=True, default="", help_text="Jabatan dalam kata-kata kantor")
    language = models.TextField(default="id")
    is_active = models.BooleanField(default=True)
    session_key = models.IntegerField(default=0, help_text="Dinaikkan untuk mencabut semua sesi")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        db_table = "identity_user"

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """A dated assignment, half-open: role at a unit over territories; `acting` for Plt. and Plh. (F6)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    territories = ArrayField(models.TextField())
    starts = models.DateField()
    ends = models.DateField(null=True)
    acting = models.TextField(blank=True)
    decree = models.TextField(blank=True, help_text="Nomor surat penugasan")

    class Meta:
        db_table = "identity_assignment"
        indexes = (models.Index(fields=["user", "starts"], name="assignment_of_user"),)
        constraints = (
            models.CheckConstraint(
                name="assignment_ends_after_start", condition=Q(ends=None) | Q(ends__gt=F("starts"))
            ),
            models.CheckConstraint(
                name="assignment_acting_known", condition=Q(acting__in=["", "Plt.", "Plh."])
            ),
            models.CheckConstraint(name="assignment_role_known", condition=Q(role__in=sorted(ROLES))),
            # Someone who stands in does so for a known time; only a definitive head has no end.
            models.CheckConstraint(
                name="acting_head_has_end", condition=Q(acting="") | Q(ends__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} @ {self.unit_id}"


class SignInAttempt(models.Model):
    """A refused sign-in, counted for the throttle; the name is kept as a digest only."""

    id = models.BigAutoField(primary_key=True)
    account_digest = models.TextField()
    address = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "identity_signinattempt"
        indexes = (
            models.Index(fields=["account_digest", "at"], name="attempt_of_account"),
            models.Index(fields=["address", "at"], name="attempt_of_address"),
        )

    def __str__(self) -> str:
        return f"{self.at} {self.address}"
