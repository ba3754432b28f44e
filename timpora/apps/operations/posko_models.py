"""The tables of the posko's desk: its journal and the movements of teams. Written once, never changed."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from timpora.apps.operations.posko_types import Medium, Priority
from timpora.domain.states import JournalState, TeamState
from timpora.kernel.carriage import WRITTEN_HERE, Brought, brought_whole


class JournalEntry(Brought):
    """A message that reached the posko; what becomes of it are steps, and an error a later message (F40)."""

    access_by = "territories"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    operation = models.ForeignKey("operations.Operation", models.PROTECT, related_name="journal")
    territories = ArrayField(models.TextField())
    unit_code = models.TextField(
        blank=True, help_text="Kantor yang bersangkutan; * semua, kosong posko sendiri"
    )
    unit_name = models.TextField(blank=True)
    zone = models.TextField()
    text = models.TextField()
    medium = models.TextField()
    priority = models.TextField()
    owner = models.TextField(blank=True)
    owner_name = models.TextField(blank=True)
    noted_at = models.DateTimeField(help_text="Jam pesan sampai di posko")
    written_at = models.DateTimeField(help_text="Jam server")
    by_id = models.UUIDField()
    by = models.TextField()
    by_unit = models.TextField()
    by_unit_name = models.TextField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")

    class Meta:
        db_table = "operations_journal"
        indexes = (models.Index(fields=["operation", "-noted_at", "id"], name="journal_newest"),)
        constraints = (
            brought_whole("journal_brought_whole"),
            models.CheckConstraint(name="journal_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="journal_medium_known", condition=Q(medium__in=sorted(m.value for m in Medium))
            ),
            models.CheckConstraint(
                name="journal_priority_known", condition=Q(priority__in=sorted(p.value for p in Priority))
            ),
        )

    def __str__(self) -> str:
        return self.text


class JournalStep(Brought):
    """A message handed to somebody, settled, or opened again: `number` lets one of two at once win.

    `uid` is the same in every system to which the step travels.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, db_default=RandomUUID())
    entry = models.ForeignKey(JournalEntry, models.PROTECT, related_name="steps")
    number = models.IntegerField()
    before = models.TextField()
    after = models.TextField()
    owner = models.TextField(blank=True)
    owner_name = models.TextField(blank=True)
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()
    because = models.TextField(blank=True)

    class Meta:
        db_table = "operations_journalstep"
        constraints = (
            models.UniqueConstraint(
                fields=["entry", "number"], condition=WRITTEN_HERE, name="journal_step_once"
            ),
            brought_whole("journal_step_brought_whole"),
            models.CheckConstraint(
                name="journal_step_known", condition=Q(after__in=sorted(s.value for s in JournalState))
            ),
            models.CheckConstraint(
                name="journal_settled_says_how",
                condition=~Q(after__in=["dikoreksi", "selesai"]) | ~Q(because=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"


class TeamMovement(Brought):
    """A team departed, arrived or returned; a correction names its reason and follows what it corrects.

    `uid` is the same in every system to which the movement travels.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, db_default=RandomUUID())
    team = models.ForeignKey("operations.Team", models.PROTECT, related_name="movements")
    number = models.IntegerField()
    before = models.TextField()
    after = models.TextField()
    target = models.ForeignKey("operations.Target", models.PROTECT, null=True, related_name="+")
    by_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()
    because = models.TextField(blank=True)

    class Meta:
        db_table = "operations_teammovement"
        constraints = (
            models.UniqueConstraint(fields=["team", "number"], condition=WRITTEN_HERE, name="movement_once"),
            brought_whole("movement_brought_whole"),
            models.CheckConstraint(
                name="movement_known", condition=Q(after__in=sorted(s.value for s in TeamState))
            ),
        )

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"
