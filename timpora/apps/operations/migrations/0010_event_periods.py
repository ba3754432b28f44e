"""Times of heightened attention, which tag operations and give no power."""

import uuid

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0009_readiness"),
    ]

    operations = [
        migrations.CreateModel(
            name="EventPeriod",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("basis", models.TextField(help_text="Surat atau keputusan yang menetapkannya")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "regions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        help_text="Kode wilayah; ID untuk seluruh negeri",
                        size=None,
                    ),
                ),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                ("withdrawn_by", models.TextField(blank=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("because", models.TextField(blank=True)),
            ],
            options={
                "db_table": "operations_eventperiod",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lt", models.F("ends_on"))),
                        name="period_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("basis", ""), _negated=True)
                        ),
                        name="period_says_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None), models.Q(("because", ""), _negated=True), _connector="OR"
                        ),
                        name="period_withdrawn_says_why",
                    ),
                ],
            },
        ),
    ]
