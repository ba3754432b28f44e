"""The registers of an operation: within their territory, written once."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from timpora.kernel.database.rls import AppendOnly, ScopeRows


class Migration(migrations.Migration):
    dependencies = [
        ("database", "0001_functions"),
        ("operations", "0006_orders_that_follow"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("unit_code", models.TextField()),
                ("unit_name", models.TextField()),
                ("wilayah", models.TextField()),
                ("zone", models.TextField()),
                ("kind", models.TextField()),
                ("happened_at", models.DateTimeField(help_text="Jam kejadian menurut pencatat")),
                ("place", models.TextField()),
                (
                    "involved",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("text", models.TextField(help_text="Apa yang terjadi")),
                ("done", models.TextField(help_text="Apa yang dilakukan")),
                ("reported_to", models.TextField()),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("written_at", models.DateTimeField(help_text="Jam server")),
                ("because", models.TextField(blank=True, help_text="Alasan koreksi")),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="operations.registerentry",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register",
                        to="operations.operation",
                    ),
                ),
            ],
            options={
                "db_table": "operations_register",
                "indexes": [models.Index(fields=["operation", "-happened_at", "id"], name="register_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["cedera", "kekuatan", "keluhan"])),
                        name="register_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            models.Q(("done", ""), _negated=True),
                            models.Q(("place", ""), _negated=True),
                            models.Q(("reported_to", ""), _negated=True),
                        ),
                        name="register_says_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects", None), models.Q(("because", ""), _negated=True), _connector="OR"
                        ),
                        name="register_correction_says_why",
                    ),
                ],
            },
        ),
        ScopeRows("operations_register", by="wilayah"),
        AppendOnly("operations_register"),
    ]
