"""Photos are named alike for everybody; their bytes lie under the seal once any content of their report does.

Pieces are counted apart by who sends them and how long the photo is said to be.
"""

import uuid

from django.db import migrations, models

from timpora.kernel.database.rls import SealRows

NEVER = uuid.UUID(int=0)
ROOTED = ("findings_photo_piece", "findings_photo_arrival")
# Asked behind seal and territories, so that what is hidden depends on the report and not on who asks.
SEALED = """
CREATE FUNCTION findings_is_sealed(root uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  seals text := coalesce(current_setting('timpora.seals', true), '');
  territories text := coalesce(current_setting('timpora.territories', true), '');
  found_one boolean;
BEGIN
  PERFORM set_config('timpora.seals', 'tppo', true), set_config('timpora.territories', 'ID', true);
  SELECT EXISTS (SELECT 1 FROM findings_original o WHERE o.report_id = root AND o.is_sealed) OR EXISTS (
    SELECT 1 FROM findings_quarantined q JOIN findings_quarantined_content c ON c.quarantined_id = q.id
    WHERE q.report_id = root AND c.is_sealed) INTO found_one;
  PERFORM set_config('timpora.seals', seals, true), set_config('timpora.territories', territories, true);
  RETURN found_one;
END $$;
"""


def open_again(table: str) -> migrations.RunSQL:
    former = SealRows(table, seal="tppo", when="is_sealed")
    return migrations.RunSQL(str(former.reverse_sql), str(former.sql))


def without_seal(model: str) -> migrations.RemoveField:
    return migrations.RemoveField(model_name=model, name="is_sealed")


class Migration(migrations.Migration):
    dependencies = [("findings", "0011_attached")]

    operations = [
        *[open_again(table) for table in ("findings_photo", *ROOTED)],
        *[without_seal(model) for model in ("photo", "photopiece", "photoarrival")],
        migrations.AddField(
            model_name="photopiece",
            name="officer_id",
            field=models.UUIDField(default=NEVER),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="photopiece",
            name="total",
            field=models.IntegerField(default=0, help_text="Panjang foto menurut laporannya, bita"),
            preserve_default=False,
        ),
        migrations.RunSQL(SEALED, "DROP FUNCTION findings_is_sealed(uuid);"),
        *[SealRows(table, seal="tppo", when="findings_is_sealed(root_id)") for table in ROOTED],
    ]
