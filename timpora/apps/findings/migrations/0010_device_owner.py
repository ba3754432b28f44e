"""Whose each phone's numbers are; of those of before, whoever used it first."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Greatest

FILL = """
INSERT INTO findings_device_owner (device_id, officer_id, since, arrived, highest, told)
SELECT DISTINCT ON (used.device_id) used.device_id, used.officer_id, used.at,
       coalesce(come.number, 0), coalesce(come.highest, 0), 0
FROM (
  SELECT device_id, officer_id, received_at AS at FROM findings_report
  UNION ALL SELECT device_id, officer_id, received_at FROM findings_quarantined
  UNION ALL SELECT device_id, officer_id, first_at FROM findings_device
) used
LEFT JOIN (
  SELECT device_id, count(*) AS number, max(seq) AS highest FROM findings_arrived WHERE seq > 0 GROUP BY 1
) come USING (device_id)
ORDER BY used.device_id, used.at, used.officer_id
"""


def fill(_apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        # The walls hold for the owner as well, and every report lies in the nation.
        cursor.execute("SELECT set_config('timpora.territories', 'ID', true)")
        cursor.execute(FILL)


class Migration(migrations.Migration):
    dependencies = [("findings", "0009_gap_closure")]

    operations = [
        migrations.CreateModel(
            name="DeviceOwner",
            fields=[
                ("device_id", models.UUIDField(primary_key=True, serialize=False)),
                ("officer_id", models.UUIDField()),
                ("since", models.DateTimeField()),
                ("arrived", models.BigIntegerField(help_text="Berapa nomor yang sampai")),
                ("highest", models.BigIntegerField(help_text="Nomor tertinggi yang sampai")),
                ("told", models.BigIntegerField(help_text="Nomor tertinggi menurut ponselnya")),
                ("told_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "findings_device_owner",
                "indexes": [
                    models.Index(
                        condition=Q(arrived__lt=Greatest("highest", "told")),
                        fields=["device_id"],
                        name="device_owner_holed",
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
