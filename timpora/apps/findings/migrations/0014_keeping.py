"""Where the program notes how far it is in going through stored files, and what it found altered."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from timpora.kernel.database.rls import ScopeThrough, SealRows


class Migration(migrations.Migration):
    dependencies = [
        ("findings", "0013_photo_seal_brought"),
    ]

    operations = [
        migrations.CreateModel(
            name="LookRound",
            fields=[
                ("kind", models.TextField(primary_key=True, serialize=False)),
                (
                    "after",
                    models.UUIDField(help_text="Berkas terakhir yang diperiksa putaran ini", null=True),
                ),
                ("began_at", models.DateTimeField(null=True)),
                ("looked", models.IntegerField(default=0)),
                ("last_began_at", models.DateTimeField(null=True)),
                ("last_ended_at", models.DateTimeField(null=True)),
                ("last_looked", models.IntegerField(default=0)),
            ],
            options={
                "db_table": "findings_look_round",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["berita_acara", "foto", "isi"])),
                        name="look_round_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FileBreak",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("sha256", models.TextField()),
                ("found_sha256", models.TextField()),
                ("found_at", models.DateTimeField()),
                ("mended_at", models.DateTimeField(null=True)),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="findings.report"
                    ),
                ),
            ],
            options={
                "db_table": "findings_file_break",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("mended_at", None)),
                        fields=("root", "kind", "sha256"),
                        name="file_broken_once",
                    )
                ],
            },
        ),
        ScopeThrough("findings_file_break", column="root_id", parent="findings_report"),
        SealRows("findings_file_break", seal="tppo", when="findings_is_sealed(root_id)"),
    ]
