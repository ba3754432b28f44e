"""Which content of a report stands: decided by a named human, within the territory, written once."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from timpora.kernel.database.rls import AppendOnly, ScopeRows


class Migration(migrations.Migration):
    dependencies = [
        ("database", "0001_functions"),
        ("findings", "0003_protection_note"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportconflict",
            name="rival",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="findings.report"
            ),
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("unit_code", models.TextField()),
                ("wilayah", models.TextField()),
                ("because", models.TextField()),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlements",
                        to="findings.report",
                    ),
                ),
                (
                    "stands",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="findings.report"
                    ),
                ),
            ],
            options={
                "db_table": "findings_settlement",
                "constraints": [
                    models.UniqueConstraint(fields=("report", "number"), name="settlement_once"),
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True), name="settlement_says_why"
                    ),
                ],
            },
        ),
        ScopeRows("findings_settlement", by="wilayah"),
        AppendOnly("findings_settlement"),
    ]
