"""The posko's journal and the movements of teams: within their territory, written once."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from timpora.kernel.database.rls import AppendOnly, ScopeRows, ScopeThrough


class Migration(migrations.Migration):
    dependencies = [
        ("database", "0001_functions"),
        ("operations", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "territories",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                (
                    "unit_code",
                    models.TextField(
                        blank=True, help_text="Kantor yang bersangkutan; * semua, kosong posko sendiri"
                    ),
                ),
                ("unit_name", models.TextField(blank=True)),
                ("zone", models.TextField()),
                ("text", models.TextField()),
                ("medium", models.TextField()),
                ("priority", models.TextField()),
                ("owner", models.TextField(blank=True)),
                ("owner_name", models.TextField(blank=True)),
                ("noted_at", models.DateTimeField(help_text="Jam pesan sampai di posko")),
                ("written_at", models.DateTimeField(help_text="Jam server")),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("by_unit", models.TextField()),
                ("by_unit_name", models.TextField()),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="operations.journalentry",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="journal",
                        to="operations.operation",
                    ),
                ),
            ],
            options={
                "db_table": "operations_journal",
            },
        ),
        migrations.CreateModel(
            name="JournalStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("before", models.TextField()),
                ("after", models.TextField()),
                ("owner", models.TextField(blank=True)),
                ("owner_name", models.TextField(blank=True)),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                ("because", models.TextField(blank=True)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="operations.journalentry",
                    ),
                ),
            ],
            options={
                "db_table": "operations_journalstep",
            },
        ),
        migrations.CreateModel(
            name="TeamMovement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("before", models.TextField()),
                ("after", models.TextField()),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                ("because", models.TextField(blank=True)),
                (
                    "target",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="operations.target",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="operations.team",
                    ),
                ),
            ],
            options={
                "db_table": "operations_teammovement",
            },
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(fields=["operation", "-noted_at", "id"], name="journal_newest"),
        ),
        migrations.AddConstraint(
            model_name="journalentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="journal_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="journalentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("medium__in", ["radio", "tatap_muka", "telepon", "wa"])),
                name="journal_medium_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="journalentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("priority__in", ["biasa", "darurat", "segera"])),
                name="journal_priority_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="journalstep",
            constraint=models.UniqueConstraint(fields=("entry", "number"), name="journal_step_once"),
        ),
        migrations.AddConstraint(
            model_name="journalstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("after__in", ["dicatat", "selesai", "terbuka"])),
                name="journal_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="journalstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("after", "selesai"), _negated=True),
                    models.Q(("because", ""), _negated=True),
                    _connector="OR",
                ),
                name="journal_settled_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammovement",
            constraint=models.UniqueConstraint(fields=("team", "number"), name="movement_once"),
        ),
        migrations.AddConstraint(
            model_name="teammovement",
            constraint=models.CheckConstraint(
                condition=models.Q(("after__in", ["di_jalan", "di_kantor", "di_lokasi"])),
                name="movement_known",
            ),
        ),
        ScopeRows("operations_journal", by="territories"),
        ScopeThrough("operations_journalstep", column="entry_id", parent="operations_journal"),
        ScopeThrough("operations_teammovement", column="team_id", parent="operations_team"),
        *[AppendOnly(f"operations_{table}") for table in ("journal", "journalstep", "teammovement")],
    ]
