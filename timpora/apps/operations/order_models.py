"""The tables of orders: the order of a team, the check that went before one, and the steps of both."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from timpora.apps.operations.order_types import NATURES, Exemption
from timpora.domain.states import EncounterState, OrderState
from timpora.kernel.carriage import Brought, brought_whole

DECIDED = sorted({state.value for state in EncounterState} - {EncounterState.REPORTED.value})


class Encounter(Brought):
    """A check without an order (pemeriksaan langsung): reported first, then decided by another (Pasal 30).

    `met` and `because` say no more of anybody than the decision needs, and name nobody.
    """

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    operation = models.ForeignKey("operations.Operation", models.PROTECT, related_name="encounters")
    team = models.ForeignKey("operations.Team", models.PROTECT, related_name="encounters")
    unit_code = models.TextField()
    wilayah = models.TextField()
    zone = models.TextField()
    exemption = models.TextField(help_text="Keadaan menurut Pasal 30")
    because = models.TextField()
    met = models.TextField(help_text="Siapa yang ditemui, tanpa nama")
    place = models.TextField()
    address = models.TextField()
    state = models.TextField(default=EncounterState.REPORTED.value)
    reported_by_id = models.UUIDField()
    reported_by = models.TextField()
    reported_at = models.DateTimeField()
    decided_by_id = models.UUIDField(null=True)
    decided_by = models.TextField(null=True)  # noqa: DJ001 - nobody yet is not a nameless somebody
    decided_at = models.DateTimeField(null=True)
    decided_because = models.TextField(blank=True)
    check_on = models.DateField(null=True, help_text="Hari pemeriksaan menurut jam kantor")

    class Meta:
        db_table = "operations_encounter"
        indexes = (models.Index(fields=["operation", "-reported_at", "id"], name="encounter_newest"),)
        constraints = (
            brought_whole("encounter_brought_whole"),
            models.CheckConstraint(
                name="encounter_exemption_known",
                condition=Q(exemption__in=sorted(e.value for e in Exemption)),
            ),
            models.CheckConstraint(
                name="encounter_state_known", condition=Q(state__in=sorted(s.value for s in EncounterState))
            ),
            models.CheckConstraint(
                name="encounter_says_why", condition=~Q(because="") & ~Q(met="") & ~Q(place="")
            ),
            models.CheckConstraint(
                name="encounter_decided_as_a_whole",
                condition=Q(state="dilaporkan", decided_by_id=None, decided_by=None, decided_at=None)
                | Q(
                    state__in=DECIDED,
                    decided_by_id__isnull=False,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                & ~Q(decided_because=""),
            ),
            models.CheckConstraint(
                name="encounter_decided_by_another",
                condition=Q(decided_by_id=None) | ~Q(decided_by_id=F("reported_by_id")),
            ),
            models.CheckConstraint(
                name="encounter_checked_has_its_day",
                condition=Q(check_on=None) ^ Q(state__in=["ada_temuan", "tanpa_temuan"]),
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_code} {self.exemption}: {self.state}"


class EncounterStep(Brought):
    """A change of the state of a check without an order: from, to, who, when, why."""

    id = models.BigAutoField(primary_key=True)
    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="steps")
    before = models.TextField(blank=True)
    after = models.TextField()
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()
    because = models.TextField(blank=True)

    class Meta:
        db_table = "operations_encounterstep"
        constraints = (brought_whole("encounter_step_brought_whole"),)

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"


class Order(models.Model):
    """Surat perintah of a team: drafted by one, issued and numbered by another (Pasal 30).

    With an `encounter` it follows a check that was approved without one: `due_on` is the last day on which
    it is in time, and `late_because` says why one was issued after it.
    """

    access_by = "wilayah"
    access_unit = "unit_code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    team = models.ForeignKey("operations.Team", models.PROTECT, related_name="orders")
    encounter = models.OneToOneField("operations.Encounter", models.PROTECT, null=True, related_name="order")
    unit_code = models.TextField()
    wilayah = models.TextField()
    state = models.TextField(default=OrderState.DRAFTED.value)
    considering = ArrayField(models.TextField(), default=list)
    tasks = ArrayField(models.TextField(), default=list)
    funding = models.TextField(blank=True)
    copies = ArrayField(models.TextField(), default=list)
    nature = models.TextField(default=NATURES[0], help_text="Sifat surat")
    is_pen_signed = models.BooleanField(default=False, help_text="Tempat tanda tangan basah, bukan TTE")
    due_on = models.DateField(null=True, help_text="Hari terakhir surat yang menyusul")
    late_because = models.TextField(blank=True)
    overdue_at = models.DateTimeField(null=True, help_text="Sejak kapan diumumkan terlambat")
    first_day = models.DateField()
    last_day = models.DateField(help_text="Hari terakhir, termasuk dalam surat")
    drafted_by_id = models.UUIDField()
    drafted_by = models.TextField()
    drafted_at = models.DateTimeField()
    issued_by_id = models.UUIDField(null=True)
    issued_by = models.TextField(null=True)  # noqa: DJ001 - nobody yet is not a nameless somebody
    issued_at = models.DateTimeField(null=True)
    number = models.TextField(blank=True)
    letter_id = models.UUIDField(null=True)
    token = models.TextField(blank=True)

    class Meta:
        db_table = "operations_order"
        constraints = (
            models.UniqueConstraint(
                fields=["team"],
                condition=~Q(state__in=[OrderState.CANCELLED.value, OrderState.WITHDRAWN.value])
                & Q(encounter=None),
                name="order_one_living_of_team",
            ),
            models.CheckConstraint(
                name="order_state_known", condition=Q(state__in=sorted(s.value for s in OrderState))
            ),
            models.CheckConstraint(name="order_days_in_order", condition=Q(first_day__lte=F("last_day"))),
            models.CheckConstraint(
                name="order_issued_as_a_whole",
                condition=Q(issued_by_id=None, issued_by=None, issued_at=None, letter_id=None, number="")
                | (
                    Q(issued_by_id__isnull=False, issued_by__isnull=False, issued_at__isnull=False)
                    & Q(letter_id__isnull=False)
                    & ~Q(number="")
                ),
            ),
            models.CheckConstraint(
                name="order_state_needs_letter",
                condition=Q(state__in=["disusun", "menyusul", "dibatalkan"]) | Q(letter_id__isnull=False),
            ),
            models.CheckConstraint(
                name="order_issued_by_another",
                condition=Q(issued_by_id=None) | ~Q(issued_by_id=F("drafted_by_id")),
            ),
            models.CheckConstraint(
                name="order_that_follows_has_its_day",
                condition=Q(encounter=None, due_on=None) & ~Q(state=OrderState.TO_FOLLOW.value)
                | Q(encounter__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(name="order_nature_known", condition=Q(nature__in=NATURES)),
        )

    def __str__(self) -> str:
        return self.number or f"{self.unit_code} {self.state}"


class OrderStep(models.Model):
    """A change of an order's state: from, to, who, when, why; `number` lets one of two at once win."""

    id = models.BigAutoField(primary_key=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="steps")
    number = models.IntegerField()
    before = models.TextField(blank=True)
    after = models.TextField()
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()
    because = models.TextField(blank=True)
    cites = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "operations_orderstep"
        constraints = (
            models.UniqueConstraint(fields=["order", "number"], name="order_step_once"),
            models.CheckConstraint(
                name="order_taken_back_says_why",
                condition=~Q(after__in=[OrderState.CANCELLED.value, OrderState.WITHDRAWN.value])
                | ~Q(because=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"
