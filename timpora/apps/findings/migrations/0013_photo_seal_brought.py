"""Photos that lay under the seal at a post lie under it here, whichever content of their report has come."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from timpora.kernel.database.rls import AppendOnly, ScopeThrough, SealRows

BEFORE = """
CREATE OR REPLACE FUNCTION findings_is_sealed(root uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
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
SEALED = """
CREATE OR REPLACE FUNCTION findings_is_sealed(root uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  seals text := coalesce(current_setting('timpora.seals', true), '');
  territories text := coalesce(current_setting('timpora.territories', true), '');
  found_one boolean;
BEGIN
  PERFORM set_config('timpora.seals', 'tppo', true), set_config('timpora.territories', 'ID', true);
  SELECT EXISTS (SELECT 1 FROM findings_original o WHERE o.report_id = root AND o.is_sealed) OR EXISTS (
    SELECT 1 FROM findings_quarantined q JOIN findings_quarantined_content c ON c.quarantined_id = q.id
    WHERE q.report_id = root AND c.is_sealed)
    OR EXISTS (SELECT 1 FROM findings_photo_seal s WHERE s.root_id = root) INTO found_one;
  PERFORM set_config('timpora.seals', seals, true), set_config('timpora.territories', territories, true);
  RETURN found_one;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("findings", "0012_photo_seal")]

    operations = [
        migrations.CreateModel(
            name="PhotoSeal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "root",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="findings.report"
                    ),
                ),
            ],
            options={"db_table": "findings_photo_seal"},
        ),
        ScopeThrough("findings_photo_seal", column="root_id", parent="findings_report"),
        SealRows("findings_photo_seal", seal="tppo", when="true"),
        AppendOnly("findings_photo_seal"),
        migrations.RunSQL(SEALED, BEFORE),
    ]
