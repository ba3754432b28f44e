"""What offices have and need, and who or what is booked for when: once at a time, which the database sees to."""

import uuid

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

from timpora.kernel.database.rls import ScopeRows

# As for the members of teams (0002): a range of one identifier, so that no extension is needed.
BOOKED = """
ALTER TABLE operations_booking ADD CONSTRAINT booked_once_at_a_time
  EXCLUDE USING gist (operations_uuidrange(thing_id, thing_id, '[]') WITH &&, during WITH &&)
  WHERE (released_at IS NULL);
"""
UNBOOK = "ALTER TABLE operations_booking DROP CONSTRAINT booked_once_at_a_time;"
# Who is in a team already is booked by it. The walls hold for the owner as well; every team lies in the nation.
FILL = """
SELECT set_config('timpora.territories', 'ID', true);
INSERT INTO operations_booking
  (id, unit_code, wilayah, resource, thing_id, name, team_id, because, during, by_id, by, at, released_by)
SELECT gen_random_uuid(), t.unit_code, t.wilayah, 'petugas', m.officer_id, m.name, t.id, '', m.during, t.formed_by_id, '', t.formed_at, ''
FROM operations_teammember m JOIN operations_team t ON t.id = m.team_id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0007_registers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Asset",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("unit_code", models.TextField()),
                ("wilayah", models.TextField()),
                ("resource", models.TextField()),
                ("name", models.TextField()),
                ("mark", models.TextField(help_text="Nomor polisi atau nomor inventaris")),
                ("is_usable", models.BooleanField(default=True)),
                ("because", models.TextField(blank=True, help_text="Mengapa tidak dapat dipakai")),
                ("kept_by_id", models.UUIDField()),
                ("kept_by", models.TextField()),
                ("kept_at", models.DateTimeField()),
            ],
            options={
                "db_table": "operations_asset",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit_code", "resource", "mark"), name="asset_marked_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "resource__in",
                                [
                                    "kamera",
                                    "mobil",
                                    "p3k",
                                    "pemindai_paspor",
                                    "perahu",
                                    "printer",
                                    "radio",
                                    "sepeda_motor",
                                ],
                            )
                        ),
                        name="asset_resource_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("mark", ""), _negated=True)
                        ),
                        name="asset_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_usable", True), models.Q(("because", ""), _negated=True), _connector="OR"
                        ),
                        name="asset_unusable_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("unit_code", models.TextField()),
                ("wilayah", models.TextField()),
                ("resource", models.TextField()),
                ("thing_id", models.UUIDField(help_text="Petugas atau barang")),
                ("name", models.TextField()),
                ("because", models.TextField(blank=True)),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                ("released_by_id", models.UUIDField(null=True)),
                ("released_by", models.TextField(blank=True)),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="operations.team",
                    ),
                ),
            ],
            options={
                "db_table": "operations_booking",
                "indexes": [models.Index(fields=["unit_code"], name="booking_of_office")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "resource__in",
                                [
                                    "kamera",
                                    "mobil",
                                    "p3k",
                                    "pemindai_paspor",
                                    "perahu",
                                    "petugas",
                                    "printer",
                                    "radio",
                                    "sepeda_motor",
                                ],
                            )
                        ),
                        name="booking_resource_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at", None), ("released_by_id", None)),
                            models.Q(("released_at__isnull", False), ("released_by_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="booking_released_as_a_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("team__isnull", False), models.Q(("because", ""), _negated=True), _connector="OR"
                        ),
                        name="booking_is_for_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("unit_code", models.TextField()),
                ("wilayah", models.TextField()),
                ("resource", models.TextField()),
                ("number", models.SmallIntegerField()),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "phase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="operations.phase",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="operations.target",
                    ),
                ),
            ],
            options={
                "db_table": "operations_need",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("phase", "unit_code", "target", "resource"),
                        name="need_said_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "resource__in",
                                [
                                    "kamera",
                                    "mobil",
                                    "p3k",
                                    "pemindai_paspor",
                                    "perahu",
                                    "petugas",
                                    "printer",
                                    "radio",
                                    "sepeda_motor",
                                ],
                            )
                        ),
                        name="need_resource_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 0), ("number__lte", 999)), name="need_is_a_number"
                    ),
                ],
            },
        ),
        migrations.RunSQL(BOOKED, UNBOOK),
        *[ScopeRows(f"operations_{table}", by="wilayah") for table in ("asset", "booking", "need")],
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
