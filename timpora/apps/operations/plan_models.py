"""The tables of planning: what an office has, what a phase needs, and who or what is booked for when."""

import uuid

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import F, Q

from timpora.domain.supply import THINGS, Resource


class Asset(models.Model):
    """A vehicle or a piece of kit of an office, one row for each that has a number of its own."""

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit_code = models.TextField()
    wilayah = models.TextField()
    resource = models.TextField()
    name = models.TextField()
    mark = models.TextField(help_text="Nomor polisi atau nomor inventaris")
    is_usable = models.BooleanField(default=True)
    because = models.TextField(blank=True, help_text="Mengapa tidak dapat dipakai")
    kept_by_id = models.UUIDField()
    kept_by = models.TextField()
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "operations_asset"
        constraints = (
            models.UniqueConstraint(fields=["unit_code", "resource", "mark"], name="asset_marked_once"),
            models.CheckConstraint(
                name="asset_resource_known", condition=Q(resource__in=sorted(r.value for r in THINGS))
            ),
            models.CheckConstraint(name="asset_is_named", condition=~Q(name="") & ~Q(mark="")),
            models.CheckConstraint(
                name="asset_unusable_says_why", condition=Q(is_usable=True) | ~Q(because="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_code} {self.mark}"


class Need(models.Model):
    """How many of a resource an office needs in a phase: for the phase as such, or for one target."""

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.BigAutoField(primary_key=True)
    phase = models.ForeignKey("operations.Phase", models.PROTECT, related_name="needs")
    target = models.ForeignKey("operations.Target", models.PROTECT, null=True, related_name="needs")
    unit_code = models.TextField()
    wilayah = models.TextField()
    resource = models.TextField()
    number = models.SmallIntegerField()
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "operations_need"
        constraints = (
            models.UniqueConstraint(
                fields=["phase", "unit_code", "target", "resource"],
                name="need_said_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="need_resource_known", condition=Q(resource__in=sorted(r.value for r in Resource))
            ),
            models.CheckConstraint(name="need_is_a_number", condition=Q(number__gte=0, number__lte=999)),
        )

    def __str__(self) -> str:
        return f"{self.unit_code} {self.resource}: {self.number}"


class Answer(models.Model):
    """What an office answered for a phase; never changed, answering again is another row."""

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.BigAutoField(primary_key=True)
    phase = models.ForeignKey("operations.Phase", models.PROTECT, related_name="answers")
    unit_code = models.TextField()
    wilayah = models.TextField()
    readiness = models.TextField()
    note = models.TextField(blank=True)
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "operations_answer"
        indexes = (models.Index(fields=["phase", "unit_code", "at"], name="answer_of_phase"),)
        constraints = (
            models.CheckConstraint(
                name="answer_known", condition=Q(readiness__in=["belum_siap", "siap", "siap_sebagian"])
            ),
            models.CheckConstraint(
                name="answer_short_says_what", condition=Q(readiness="siap") | ~Q(note="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_code}: {self.readiness}"


class EventPeriod(models.Model):
    """A time of heightened attention (Pilkada, Christmas): a tag on what falls into it, and no power.

    It belongs to no office: everybody may know it. `ends_on` is the first day after it.
    """

    access_by = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.TextField()
    basis = models.TextField(help_text="Surat atau keputusan yang menetapkannya")
    starts_on = models.DateField()
    ends_on = models.DateField()
    regions = ArrayField(models.TextField(), help_text="Kode wilayah; ID untuk seluruh negeri")
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()
    withdrawn_by = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    because = models.TextField(blank=True)

    class Meta:
        db_table = "operations_eventperiod"
        constraints = (
            models.CheckConstraint(name="period_ends_after_start", condition=Q(starts_on__lt=F("ends_on"))),
            models.CheckConstraint(name="period_says_all", condition=~Q(name="") & ~Q(basis="")),
            models.CheckConstraint(
                name="period_withdrawn_says_why", condition=Q(withdrawn_at=None) | ~Q(because="")
            ),
        )

    def __str__(self) -> str:
        return self.name


class Booking(models.Model):
    """An officer or a thing for a time: in a team, or away (leave, repair) and then with the reason.

    The exclusion constraint `booked_once_at_a_time` forbids a second booking that overlaps, in whatever
    office, operation or session it is made; one that was released stays written and keeps nobody.
    """

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit_code = models.TextField()
    wilayah = models.TextField()
    resource = models.TextField()
    thing_id = models.UUIDField(help_text="Petugas atau barang")
    name = models.TextField()
    team = models.ForeignKey("operations.Team", models.PROTECT, null=True, related_name="bookings")
    because = models.TextField(blank=True)
    during = DateTimeRangeField()
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()
    released_by_id = models.UUIDField(null=True)
    released_by = models.TextField(blank=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "operations_booking"
        indexes = (models.Index(fields=["unit_code"], name="booking_of_office"),)
        constraints = (
            models.CheckConstraint(
                name="booking_resource_known", condition=Q(resource__in=sorted(r.value for r in Resource))
            ),
            models.CheckConstraint(
                name="booking_released_as_a_whole",
                condition=Q(released_at=None, released_by_id=None)
                | Q(released_at__isnull=False, released_by_id__isnull=False),
            ),
            models.CheckConstraint(
                name="booking_is_for_something", condition=Q(team__isnull=False) | ~Q(because="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.during}"
