"""Photos with their pieces, and Berita Acara: seen with their report, photos of victims under the seal."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from timpora.kernel.database.rls import AppendOnly, ScopeThrough, SealRows

ROOTED = ("photo_piece", "photo_arrival")


class Migration(migrations.Migration):
    dependencies = [
        ("findings", "0010_device_owner"),
    ]

    operations = [
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("position", models.IntegerField(help_text="Orang ke berapa; 0 penanggung jawab tempat")),
                ("sha256", models.TextField()),
                ("state", models.TextField(blank=True, help_text="Kosong bila ditandatangani")),
                ("because", models.TextField(blank=True)),
                ("pdf", models.BinaryField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes",
                        to="findings.report",
                    ),
                ),
            ],
            options={
                "db_table": "findings_minutes",
                "constraints": [
                    models.UniqueConstraint(fields=("report", "position"), name="minutes_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", ""), models.Q(("because", ""), _negated=True), _connector="OR"
                        ),
                        name="minutes_refusal_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("position", models.IntegerField()),
                ("sha256", models.TextField()),
                ("size", models.IntegerField()),
                ("taken_at", models.DateTimeField(help_text="Jam ponsel")),
                ("lat", models.FloatField(null=True)),
                ("lng", models.FloatField(null=True)),
                ("accuracy_m", models.IntegerField(null=True)),
                ("is_sealed", models.BooleanField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="findings.report",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="findings.report"
                    ),
                ),
            ],
            options={
                "db_table": "findings_photo",
                "constraints": [
                    models.UniqueConstraint(fields=("report", "position"), name="photo_once"),
                    models.UniqueConstraint(fields=("report", "sha256"), name="photo_named_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PhotoArrival",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("sha256", models.TextField()),
                ("attempt", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("is_sealed", models.BooleanField()),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="findings.report"
                    ),
                ),
            ],
            options={
                "db_table": "findings_photo_arrival",
                "constraints": [
                    models.UniqueConstraint(fields=("root", "sha256"), name="photo_arrived_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PhotoPiece",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("sha256", models.TextField()),
                ("attempt", models.IntegerField()),
                ("starts", models.IntegerField()),
                ("size", models.IntegerField()),
                ("data", models.BinaryField()),
                ("is_sealed", models.BooleanField()),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="findings.report"
                    ),
                ),
            ],
            options={
                "db_table": "findings_photo_piece",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("root", "sha256", "attempt", "starts"), name="piece_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="piece_has_bytes"),
                ],
            },
        ),
        ScopeThrough("findings_photo", column="report_id", parent="findings_report"),
        ScopeThrough("findings_minutes", column="report_id", parent="findings_report"),
        *[ScopeThrough(f"findings_{table}", column="root_id", parent="findings_report") for table in ROOTED],
        *[SealRows(f"findings_{table}", seal="tppo", when="is_sealed") for table in ("photo", *ROOTED)],
        *[AppendOnly(f"findings_{table}") for table in ("photo", "minutes", *ROOTED)],
    ]
