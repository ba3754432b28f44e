"""The tables of the indications."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from timpora.apps.indications.types import State, VerdictKind


class Indication(models.Model):
    """Facts about one person that do not agree, by one version of one rule; it accuses nobody."""

    access_by = "territories"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    rule_id = models.TextField()
    rule_version = models.IntegerField()
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT)
    territories = ArrayField(models.TextField())
    because = models.TextField()
    evidence = models.JSONField()
    cites = ArrayField(models.TextField())
    innocent = ArrayField(models.TextField())
    law_digest = models.TextField()
    fingerprint = models.TextField(help_text="Sidik aturan dan fakta, supaya temuan yang sama tetap satu")
    found_on = models.DateField()
    found_at = models.DateTimeField()
    seen_on = models.DateField(help_text="Hari terakhir aturan masih menemukannya")
    state = models.TextField(default=State.OPEN)

    class Meta:
        db_table = "indications_indication"
        indexes = (
            GinIndex(fields=["territories"], name="indication_territories"),
            models.Index(fields=["state", "-found_at"], name="indication_by_state"),
            models.Index(fields=["person"], name="indication_of_person"),
        )
        constraints = (
            models.UniqueConstraint(fields=["person", "fingerprint"], name="indication_once"),
            models.CheckConstraint(name="indication_state_known", condition=Q(state__in=list(State))),
        )

    def __str__(self) -> str:
        return f"{self.rule_id} {self.found_on}"


class Verdict(models.Model):
    """What a human said of an indication, and why; several over time are several rows."""

    id = models.BigAutoField(primary_key=True)
    indication = models.ForeignKey(Indication, on_delete=models.PROTECT, related_name="verdicts")
    kind = models.TextField()
    because = models.TextField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "indications_verdict"
        constraints = (
            models.CheckConstraint(name="verdict_kind_known", condition=Q(kind__in=list(VerdictKind))),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.by_name}"


class RuleStop(models.Model):
    """A suspension of one version of a rule: while a row is open, the rule does not run."""

    id = models.BigAutoField(primary_key=True)
    rule_id = models.TextField()
    rule_version = models.IntegerField()
    because = models.TextField()
    by_name = models.TextField()
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.TextField(blank=True)
    lifted_because = models.TextField(blank=True)

    class Meta:
        db_table = "indications_rulestop"
        constraints = (
            models.UniqueConstraint(
                fields=["rule_id", "rule_version"], condition=Q(lifted_at=None), name="rule_stopped_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule_id} v{self.rule_version}"
