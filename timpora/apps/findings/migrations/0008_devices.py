"""Phones and their revocation; reports that are kept and not counted until somebody decides."""

import uuid
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from timpora.kernel.database.rls import AppendOnly, ScopeRows

MINE = "kernel_steps(wilayah) && (SELECT kernel_territories())"
SEAL = "ARRAY['tppo'] && (SELECT kernel_seals())"
CONTENT = "findings_quarantined_content"
# Phones of before, as far as their reports tell of them.
FILL = """
INSERT INTO findings_device (id, device_id, officer_id, officer_name, unit_code, unit_name, wilayah,
                             first_at, last_at, queue)
SELECT gen_random_uuid(), device_id, officer_id, max(officer_name), unit_code, max(unit_name), min(wilayah),
       min(received_at), max(received_at), 0
FROM findings_report GROUP BY device_id, officer_id, unit_code
"""


def fill(_apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        # The walls hold for the owner as well, and every report lies in the nation.
        cursor.execute("SELECT set_config('timpora.territories', 'ID', true)")
        cursor.execute(FILL)


class Migration(migrations.Migration):
    dependencies = [
        ("findings", "0007_carried"),
        ("database", "0001_functions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Quarantined",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("report_id", models.UUIDField()),
                ("sha256", models.TextField()),
                ("reason", models.TextField()),
                ("operation_id", models.UUIDField()),
                ("target_id", models.UUIDField(null=True)),
                ("unit_code", models.TextField()),
                ("unit_name", models.TextField()),
                ("wilayah", models.TextField()),
                ("officer_id", models.UUIDField()),
                ("officer_name", models.TextField()),
                ("device_id", models.UUIDField()),
                ("device_seq", models.BigIntegerField()),
                ("kind", models.TextField()),
                ("headcount", models.IntegerField()),
                ("checks_count", models.IntegerField()),
                ("findings_count", models.IntegerField()),
                ("captured_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
            ],
            options={
                "db_table": "findings_quarantined",
            },
        ),
        migrations.CreateModel(
            name="Revocation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("device_id", models.UUIDField(unique=True)),
                ("unit_code", models.TextField()),
                ("wilayah", models.TextField()),
                ("because", models.TextField()),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "findings_revocation",
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("device_id", models.UUIDField()),
                ("officer_id", models.UUIDField()),
                ("officer_name", models.TextField()),
                ("unit_code", models.TextField()),
                ("unit_name", models.TextField()),
                ("wilayah", models.TextField()),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("queue", models.IntegerField(help_text="Laporan yang menunggu di ponsel")),
            ],
            options={
                "db_table": "findings_device",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("device_id", "officer_id", "unit_code"), name="device_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QuarantinedContent",
            fields=[
                (
                    "quarantined",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="kept",
                        serialize=False,
                        to="findings.quarantined",
                    ),
                ),
                ("wilayah", models.TextField()),
                ("content", models.TextField()),
                ("is_sealed", models.BooleanField()),
            ],
            options={
                "db_table": "findings_quarantined_content",
            },
        ),
        migrations.CreateModel(
            name="QuarantineDecision",
            fields=[
                (
                    "quarantined",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="decision",
                        serialize=False,
                        to="findings.quarantined",
                    ),
                ),
                ("unit_code", models.TextField()),
                ("wilayah", models.TextField()),
                ("is_released", models.BooleanField()),
                ("because", models.TextField()),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "findings_quarantine_decision",
            },
        ),
        migrations.AddConstraint(
            model_name="quarantined",
            constraint=models.UniqueConstraint(fields=("report_id", "sha256"), name="quarantined_once"),
        ),
        migrations.AddConstraint(
            model_name="revocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("because", ""), _negated=True), name="revocation_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="quarantinedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("because", ""), _negated=True), name="quarantine_says_why"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        *[
            ScopeRows(f"findings_{table}", by="wilayah")
            for table in ("device", "revocation", "quarantined", "quarantine_decision")
        ],
        # Written by whoever reports; where it names a victim it is read by the program alone.
        migrations.RunSQL(
            f"ALTER TABLE {CONTENT} ENABLE ROW LEVEL SECURITY; ALTER TABLE {CONTENT} FORCE ROW LEVEL SECURITY;"
            f"CREATE POLICY {CONTENT}_write ON {CONTENT} FOR INSERT WITH CHECK ({MINE});"
            f"CREATE POLICY {CONTENT}_scope ON {CONTENT} FOR SELECT "
            f"USING ({MINE} AND (NOT is_sealed OR {SEAL}));",
            f"DROP POLICY {CONTENT}_scope ON {CONTENT}; DROP POLICY {CONTENT}_write ON {CONTENT};"
            f"ALTER TABLE {CONTENT} NO FORCE ROW LEVEL SECURITY;"
            f"ALTER TABLE {CONTENT} DISABLE ROW LEVEL SECURITY;",
        ),
        *[
            AppendOnly(f"findings_{table}")
            for table in ("revocation", "quarantined", "quarantined_content", "quarantine_decision")
        ],
    ]
