"""What each office answered for each phase, until when it should, and how often it was reminded."""

import django.db.models.deletion
from django.db import migrations, models

from timpora.kernel.database.rls import AppendOnly, ScopeRows

# What offices have answered already was for the first phase. The walls hold for the owner as well.
FILL = """
SELECT set_config('timpora.territories', 'ID', true);
INSERT INTO operations_answer (phase_id, unit_code, wilayah, readiness, note, by_id, by, at)
SELECT p.id, o.unit_code, o.wilayah, o.readiness, coalesce(nullif(o.note, ''), '-'), o.answered_by_id, o.answered_by,
  o.answered_at
FROM operations_office o JOIN operations_phase p ON p.operation_id = o.operation_id AND p.number = 1
WHERE o.answered_at IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0008_planning"),
    ]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="reminded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="participation",
            name="reminded_by",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="participation",
            name="reminders",
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="phase",
            name="answer_on",
            field=models.DateField(help_text="Hari terakhir menjawab kesiapan", null=True),
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("unit_code", models.TextField()),
                ("wilayah", models.TextField()),
                ("readiness", models.TextField()),
                ("note", models.TextField(blank=True)),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "phase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="operations.phase",
                    ),
                ),
            ],
            options={
                "db_table": "operations_answer",
                "indexes": [models.Index(fields=["phase", "unit_code", "at"], name="answer_of_phase")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("readiness__in", ["belum_siap", "siap", "siap_sebagian"])),
                        name="answer_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("readiness", "siap"), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="answer_short_says_what",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        ScopeRows("operations_answer", by="wilayah"),
        AppendOnly("operations_answer"),
    ]
