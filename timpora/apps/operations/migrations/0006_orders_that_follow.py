"""Checks without an order, the orders that follow them, and the history of orders."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from timpora.kernel.database.rls import AppendOnly, ScopeRows, ScopeThrough


class Migration(migrations.Migration):
    dependencies = [
        ("database", "0001_functions"),
        ("operations", "0005_target_retracted"),
    ]

    operations = [
        migrations.CreateModel(
            name="Encounter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("unit_code", models.TextField()),
                ("wilayah", models.TextField()),
                ("zone", models.TextField()),
                ("exemption", models.TextField(help_text="Keadaan menurut Pasal 30")),
                ("because", models.TextField()),
                ("met", models.TextField(help_text="Siapa yang ditemui, tanpa nama")),
                ("place", models.TextField()),
                ("address", models.TextField()),
                ("state", models.TextField(default="dilaporkan")),
                ("reported_by_id", models.UUIDField()),
                ("reported_by", models.TextField()),
                ("reported_at", models.DateTimeField()),
                ("decided_by_id", models.UUIDField(null=True)),
                ("decided_by", models.TextField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_because", models.TextField(blank=True)),
                ("check_on", models.DateField(help_text="Hari pemeriksaan menurut jam kantor", null=True)),
            ],
            options={
                "db_table": "operations_encounter",
            },
        ),
        migrations.CreateModel(
            name="EncounterStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField()),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                ("because", models.TextField(blank=True)),
            ],
            options={
                "db_table": "operations_encounterstep",
            },
        ),
        migrations.CreateModel(
            name="OrderStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField()),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                ("because", models.TextField(blank=True)),
                (
                    "cites",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
            ],
            options={
                "db_table": "operations_orderstep",
            },
        ),
        migrations.RemoveConstraint(
            model_name="order",
            name="order_one_living_of_team",
        ),
        migrations.AddField(
            model_name="order",
            name="due_on",
            field=models.DateField(help_text="Hari terakhir surat yang menyusul", null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="is_pen_signed",
            field=models.BooleanField(default=False, help_text="Tempat tanda tangan basah, bukan TTE"),
        ),
        migrations.AddField(
            model_name="order",
            name="late_because",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="order",
            name="nature",
            field=models.TextField(default="Biasa", help_text="Sifat surat"),
        ),
        migrations.AddField(
            model_name="encounter",
            name="operation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="encounters",
                to="operations.operation",
            ),
        ),
        migrations.AddField(
            model_name="encounter",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="encounters", to="operations.team"
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="encounter",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="order",
                to="operations.encounter",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["dibatalkan", "dicabut"]), _negated=True), ("encounter", None)
                ),
                fields=("team",),
                name="order_one_living_of_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("due_on", None), ("encounter", None), models.Q(("state", "menyusul"), _negated=True)
                    ),
                    models.Q(("due_on__isnull", False), ("encounter__isnull", False)),
                    _connector="OR",
                ),
                name="order_that_follows_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("nature__in", ("Biasa", "Segera", "Rahasia"))), name="order_nature_known"
            ),
        ),
        migrations.AddField(
            model_name="encounterstep",
            name="encounter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="operations.encounter"
            ),
        ),
        migrations.AddField(
            model_name="orderstep",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="operations.order"
            ),
        ),
        migrations.AddIndex(
            model_name="encounter",
            index=models.Index(fields=["operation", "-reported_at", "id"], name="encounter_newest"),
        ),
        migrations.AddConstraint(
            model_name="encounter",
            constraint=models.CheckConstraint(
                condition=models.Q(("exemption__in", ["daftar_cekal", "daftar_pencarian", "patut_diduga"])),
                name="encounter_exemption_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="encounter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["ada_temuan", "dilaporkan", "disetujui", "ditolak", "tanpa_temuan"])
                ),
                name="encounter_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="encounter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("because", ""), _negated=True),
                    models.Q(("met", ""), _negated=True),
                    models.Q(("place", ""), _negated=True),
                ),
                name="encounter_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="encounter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at", None),
                        ("decided_by", None),
                        ("decided_by_id", None),
                        ("state", "dilaporkan"),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("decided_by_id__isnull", False),
                        ("state__in", ["ada_temuan", "disetujui", "ditolak", "tanpa_temuan"]),
                        models.Q(("decided_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="encounter_decided_as_a_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="encounter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by_id", None),
                    models.Q(("decided_by_id", models.F("reported_by_id")), _negated=True),
                    _connector="OR",
                ),
                name="encounter_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="encounter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("check_on", None), ("state__in", ["ada_temuan", "tanpa_temuan"]), _connector="XOR"
                ),
                name="encounter_checked_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderstep",
            constraint=models.UniqueConstraint(fields=("order", "number"), name="order_step_once"),
        ),
        migrations.AddConstraint(
            model_name="orderstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("after__in", ["dibatalkan", "dicabut"]), _negated=True),
                    models.Q(("because", ""), _negated=True),
                    _connector="OR",
                ),
                name="order_taken_back_says_why",
            ),
        ),
        ScopeRows("operations_encounter", by="wilayah"),
        ScopeThrough("operations_encounterstep", column="encounter_id", parent="operations_encounter"),
        ScopeThrough("operations_orderstep", column="order_id", parent="operations_order"),
        AppendOnly("operations_encounterstep"),
        AppendOnly("operations_orderstep"),
    ]
