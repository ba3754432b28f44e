"""Numbers that were closed by hand: seen within their territory, written once."""

import uuid

from django.db import migrations, models

from timpora.kernel.database.rls import AppendOnly, ScopeRows


class Migration(migrations.Migration):
    dependencies = [
        ("database", "0001_functions"),
        ("findings", "0008_devices"),
    ]

    operations = [
        migrations.CreateModel(
            name="GapClosure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("operation_id", models.UUIDField()),
                ("device_id", models.UUIDField()),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                ("officer_name", models.TextField()),
                ("unit_code", models.TextField()),
                ("unit_name", models.TextField()),
                ("wilayah", models.TextField()),
                ("because", models.TextField()),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "findings_gap_closure",
                "constraints": [
                    models.UniqueConstraint(fields=("device_id", "first", "last"), name="gap_closed_once"),
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True), name="gap_closure_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lte", models.F("last"))), name="gap_closure_in_order"
                    ),
                ],
            },
        ),
        ScopeRows("findings_gap_closure", by="wilayah"),
        AppendOnly("findings_gap_closure"),
    ]
