"""The numbers that arrived from each device, beginning with those of the reports that are held."""

from typing import Any

from django.db import migrations, models

from timpora.kernel.database.rls import AppendOnly

FILL = """
INSERT INTO findings_arrived (device_id, seq, received_at)
SELECT device_id, device_seq, min(received_at) FROM findings_report GROUP BY device_id, device_seq
"""


def fill(_apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        # The walls hold for the owner as well, and every report lies in the nation.
        cursor.execute("SELECT set_config('timpora.territories', 'ID', true)")
        cursor.execute(FILL)


class Migration(migrations.Migration):
    dependencies = [
        ("database", "0001_functions"),
        ("findings", "0005_gates_and_encounters"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArrivedNumber",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("device_id", models.UUIDField()),
                ("seq", models.BigIntegerField()),
                ("received_at", models.DateTimeField()),
            ],
            options={
                "db_table": "findings_arrived",
                "constraints": [
                    models.UniqueConstraint(fields=("device_id", "seq"), name="number_arrived_once")
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        AppendOnly("findings_arrived"),
    ]
