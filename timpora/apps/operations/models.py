"""The tables of operations.

An operation and its phases belong to the country and have no territory; what an office does in it does:
the answers of offices, targets, teams and orders are seen within their territory.
"""

import uuid

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from timpora.apps.operations.grounds import GROUNDS, Ground
from timpora.apps.operations.order_models import Encounter, EncounterStep, Order, OrderStep
from timpora.apps.operations.plan_models import Answer, Asset, Booking, EventPeriod, Need
from timpora.apps.operations.posko_models import JournalEntry, JournalStep, TeamMovement
from timpora.apps.operations.register_models import RegisterEntry
from timpora.apps.operations.template_models import (
    Template,
    TemplateAnnex,
    TemplateVersion,
    TemplateWithdrawal,
    VersionAnnex,
)
from timpora.apps.operations.types import OperationKind, Readiness
from timpora.domain.states import OperationState, TargetState

__all__ = [
    "Answer",
    "Asset",
    "Booking",
    "Encounter",
    "EncounterStep",
    "EventPeriod",
    "JournalEntry",
    "JournalStep",
    "Need",
    "Operation",
    "OperationStep",
    "Order",
    "OrderStep",
    "Participation",
    "Phase",
    "RegisterEntry",
    "Target",
    "TargetPerson",
    "TargetStep",
    "Team",
    "TeamMember",
    "TeamMovement",
    "TeamTarget",
    "Template",
    "TemplateAnnex",
    "TemplateVersion",
    "TemplateWithdrawal",
    "VersionAnnex",
]
UNDOCUMENTED = sorted(g.value for g, words in GROUNDS.items() if not words.is_documented)
AWAITING = TargetState.PROPOSED.value
# Nobody has decided on these, and no name stands for a decision.
UNDECIDED = [AWAITING, TargetState.RETRACTED.value]
REASONED = [TargetState.REFUSED.value, TargetState.RETRACTED.value, TargetState.WITHDRAWN.value]


def _values(
    kind: type[Ground | OperationKind | OperationState | Readiness | TargetState],
) -> list[str]:
    return sorted(member.value for member in kind)


class Operation(models.Model):
    """An operation: national and simultaneous, or an office's own; `area` is where it holds."""

    access_by = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    code = models.TextField(unique=True)
    name = models.TextField()
    kind = models.TextField()
    area = models.TextField(help_text="Kode wilayah operasi; ID untuk nasional")
    unit_code = models.TextField(help_text="Kantor yang membuka")
    state = models.TextField(default=OperationState.PLANNED.value)
    sop_version = models.TextField()
    instruction = models.TextField(blank=True)
    order_number = models.TextField(blank=True, help_text="Nomor surat yang memerintahkan")
    order_on = models.DateField(null=True)
    opened_by_id = models.UUIDField()
    opened_by = models.TextField()
    opened_at = models.DateTimeField()
    # No foreign key: a post on a laptop takes the operation along, and not the template.
    template_version = models.UUIDField(null=True, help_text="Versi templat asal; kosong bila tanpa templat")
    template_title = models.TextField(blank=True, default="")
    report_form = models.JSONField(default=dict, blank=True, help_text="Formulir laporan, beku sejak dibuka")

    class Meta:
        db_table = "operations_operation"
        indexes = (models.Index(fields=["-opened_at", "id"], name="operation_newest"),)
        constraints = (
            models.CheckConstraint(name="operation_kind_known", condition=Q(kind__in=_values(OperationKind))),
            models.CheckConstraint(
                name="operation_state_known", condition=Q(state__in=_values(OperationState))
            ),
            models.CheckConstraint(
                name="operation_serentak_is_national",
                condition=~Q(kind=OperationKind.SIMULTANEOUS.value) | Q(area="ID"),
            ),
            models.CheckConstraint(
                name="operation_template_is_named",
                condition=Q(template_version=None, template_title="")
                | Q(template_version__isnull=False) & ~Q(template_title=""),
            ),
        )

    def __str__(self) -> str:
        return self.code


class OperationStep(models.Model):
    """A change of an operation's state: from, to, who, when, why."""

    access_by = ""

    id = models.BigAutoField(primary_key=True)
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="steps")
    before = models.TextField(blank=True)
    after = models.TextField()
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()
    because = models.TextField(blank=True)

    class Meta:
        db_table = "operations_operationstep"

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"


class Phase(models.Model):
    """A phase: days and wall times without a zone, so that they hold in each office's own zone."""

    access_by = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="phases")
    number = models.SmallIntegerField()
    name = models.TextField()
    starts_on = models.DateField()
    starts_time = models.TimeField()
    ends_on = models.DateField()
    ends_time = models.TimeField()
    answer_on = models.DateField(null=True, help_text="Hari terakhir menjawab kesiapan")

    class Meta:
        db_table = "operations_phase"
        constraints = (
            models.UniqueConstraint(fields=["operation", "number"], name="phase_numbered_once"),
            models.CheckConstraint(
                name="phase_ends_after_start",
                condition=Q(starts_on__lt=F("ends_on"))
                | Q(starts_on=F("ends_on"), starts_time__lt=F("ends_time")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Participation(models.Model):
    """An office in an operation and its answer; named as it was when the operation was opened."""

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.BigAutoField(primary_key=True)
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="offices")
    unit_code = models.TextField()
    name = models.TextField()
    zone = models.TextField()
    wilayah = models.TextField()
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    readiness = models.TextField(default=Readiness.SILENT.value)
    note = models.TextField(blank=True)
    answered_by_id = models.UUIDField(null=True)
    answered_by = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    reminders = models.SmallIntegerField(default=0)
    reminded_by = models.TextField(blank=True)
    reminded_at = models.DateTimeField(null=True)
    last_target = models.IntegerField(default=0, help_text="Nomor urut sasaran terakhir")

    class Meta:
        db_table = "operations_office"
        constraints = (
            models.UniqueConstraint(fields=["operation", "unit_code"], name="office_once_in_operation"),
            models.CheckConstraint(
                name="office_readiness_known", condition=Q(readiness__in=_values(Readiness))
            ),
            models.CheckConstraint(
                name="office_answer_has_author",
                condition=Q(readiness=Readiness.SILENT.value, answered_at=None, answered_by_id=None)
                | Q(answered_at__isnull=False, answered_by_id__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_code}: {self.readiness}"


class Target(models.Model):
    """A place to check, with a documented ground and the official who approved it (F35)."""

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="targets")
    unit_code = models.TextField()
    number = models.IntegerField()
    wilayah = models.TextField()
    name = models.TextField()
    address = models.TextField()
    lat = models.FloatField()
    lng = models.FloatField()
    ground = models.TextField()
    ground_text = models.TextField()
    checks = models.TextField()
    employer = models.TextField(blank=True, help_text="Nama perusahaan seperti dalam daftar TKA")
    state = models.TextField(default=AWAITING)
    indication_ids = ArrayField(models.UUIDField(), default=list)
    proposed_by_id = models.UUIDField()
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    decided_by_id = models.UUIDField(null=True)
    decided_by = models.TextField(null=True)  # noqa: DJ001 - nobody yet is not a nameless somebody
    decided_at = models.DateTimeField(null=True)
    because = models.TextField(blank=True)

    class Meta:
        db_table = "operations_target"
        indexes = (
            models.Index(fields=["operation", "state"], name="target_of_operation"),
            GinIndex(fields=["indication_ids"], name="target_of_indication"),
        )
        constraints = (
            models.UniqueConstraint(fields=["operation", "unit_code", "number"], name="target_numbered_once"),
            models.CheckConstraint(name="target_ground_known", condition=Q(ground__in=_values(Ground))),
            models.CheckConstraint(name="target_state_known", condition=Q(state__in=_values(TargetState))),
            models.CheckConstraint(
                name="target_ground_is_said", condition=~Q(ground_text="") & ~Q(checks="") & ~Q(name="")
            ),
            models.CheckConstraint(
                name="target_decided_as_a_whole",
                condition=Q(state__in=UNDECIDED, decided_by_id=None, decided_by=None, decided_at=None)
                | (
                    ~Q(state__in=UNDECIDED)
                    & Q(decided_by_id__isnull=False, decided_by__isnull=False, decided_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="target_decided_by_another",
                condition=Q(decided_by_id=None) | ~Q(decided_by_id=F("proposed_by_id")),
            ),
            models.CheckConstraint(
                name="target_refusal_has_reason",
                condition=~Q(state__in=REASONED) | ~Q(because=""),
            ),
            models.CheckConstraint(
                name="target_hearsay_never_approved",
                condition=~Q(ground__in=UNDOCUMENTED) | Q(state__in=[*UNDECIDED, TargetState.REFUSED.value]),
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_code} {self.number}: {self.name}"


class TargetPerson(models.Model):
    """A person whom the ground concerns; seen by whoever sees the target."""

    id = models.BigAutoField(primary_key=True)
    target = models.ForeignKey(Target, models.PROTECT, related_name="persons")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")

    class Meta:
        db_table = "operations_targetperson"
        constraints = (models.UniqueConstraint(fields=["target", "person"], name="person_once_in_target"),)

    def __str__(self) -> str:
        return f"{self.target_id} {self.person_id}"


class TargetStep(models.Model):
    """A change of a target's state: from, to, who, when, why."""

    id = models.BigAutoField(primary_key=True)
    target = models.ForeignKey(Target, models.PROTECT, related_name="steps")
    before = models.TextField(blank=True)
    after = models.TextField()
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()
    because = models.TextField(blank=True)

    class Meta:
        db_table = "operations_targetstep"

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"


class Team(models.Model):
    """Officers who go together in one phase, with their vehicles in words."""

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="teams")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="teams")
    unit_code = models.TextField()
    wilayah = models.TextField()
    name = models.TextField()
    vehicles = models.TextField(blank=True)
    formed_by_id = models.UUIDField()
    formed_at = models.DateTimeField()
    dissolved_at = models.DateTimeField(null=True)
    dissolved_by = models.TextField(blank=True)
    dissolved_because = models.TextField(blank=True)

    class Meta:
        db_table = "operations_team"
        constraints = (
            models.UniqueConstraint(
                fields=["phase", "unit_code", "name"],
                condition=Q(dissolved_at=None),
                name="team_named_once",
            ),
            models.CheckConstraint(name="team_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="team_dissolved_says_why",
                condition=Q(dissolved_at=None, dissolved_by="", dissolved_because="")
                | Q(dissolved_at__isnull=False) & ~Q(dissolved_by="") & ~Q(dissolved_because=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_code} {self.name}"


class TeamMember(models.Model):
    """An officer in a team; `during` forbids a second team at the same time, and so does the booking."""

    id = models.BigAutoField(primary_key=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="members")
    officer_id = models.UUIDField(db_index=True)
    name = models.TextField()
    nip = models.TextField(blank=True)
    rank = models.TextField(blank=True)
    title = models.TextField(blank=True)
    is_leader = models.BooleanField(default=False)
    during = DateTimeRangeField()

    class Meta:
        db_table = "operations_teammember"
        constraints = (
            models.UniqueConstraint(fields=["team"], condition=Q(is_leader=True), name="team_has_one_leader"),
        )

    def __str__(self) -> str:
        return self.name


class TeamTarget(models.Model):
    """A target given to a team; to one only (F43)."""

    id = models.BigAutoField(primary_key=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="targets")
    target = models.OneToOneField(Target, models.PROTECT, related_name="assignment")

    class Meta:
        db_table = "operations_teamtarget"

    def __str__(self) -> str:
        return f"{self.team_id} {self.target_id}"
