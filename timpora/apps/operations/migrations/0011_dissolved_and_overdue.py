"""Teams that were dissolved, and orders that were announced as overdue."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("operations", "0010_event_periods")]

    operations = [
        migrations.AddField(
            "order",
            "overdue_at",
            models.DateTimeField(null=True, help_text="Sejak kapan diumumkan terlambat"),
        ),
        migrations.AddField("team", "dissolved_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "team", "dissolved_by", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AddField(
            "team", "dissolved_because", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.RemoveConstraint("operation", "operation_kind_known"),
        migrations.AddConstraint(
            "operation",
            models.CheckConstraint(
                name="operation_kind_known",
                condition=Q(
                    kind__in=["gabungan_insidental", "gabungan_khusus", "mandiri", "serentak", "wilayah"]
                ),
            ),
        ),
        migrations.RemoveConstraint("team", "team_named_once"),
        migrations.AddConstraint(
            "team",
            models.UniqueConstraint(
                fields=["phase", "unit_code", "name"], condition=Q(dissolved_at=None), name="team_named_once"
            ),
        ),
        migrations.AddConstraint(
            "team",
            models.CheckConstraint(
                name="team_dissolved_says_why",
                condition=Q(dissolved_at=None, dissolved_by="", dissolved_because="")
                | Q(dissolved_at__isnull=False) & ~Q(dissolved_by="") & ~Q(dissolved_because=""),
            ),
        ),
    ]
