"""What an office does in an operation is seen within its territory; no officer is in two teams at once."""

from django.db import migrations

from timpora.kernel.database.rls import AppendOnly, ScopeRows, ScopeThrough

# A range of one identifier lets core GiST compare identifiers, so that no extension is needed.
BOOKING = """
CREATE TYPE operations_uuidrange AS RANGE (subtype = uuid);
ALTER TABLE operations_teammember ADD CONSTRAINT officer_in_one_team_at_a_time
  EXCLUDE USING gist (operations_uuidrange(officer_id, officer_id, '[]') WITH &&, during WITH &&);
"""
UNBOOK = """
ALTER TABLE operations_teammember DROP CONSTRAINT officer_in_one_team_at_a_time;
DROP TYPE operations_uuidrange;
"""


class Migration(migrations.Migration):
    dependencies = [("operations", "0001_initial"), ("database", "0001_functions")]
    operations = [
        migrations.RunSQL(BOOKING, UNBOOK),
        *[
            ScopeRows(table, by="wilayah")
            for table in ("operations_office", "operations_target", "operations_team", "operations_order")
        ],
        ScopeThrough("operations_targetperson", column="target_id", parent="operations_target"),
        ScopeThrough("operations_targetstep", column="target_id", parent="operations_target"),
        ScopeThrough("operations_teammember", column="team_id", parent="operations_team"),
        ScopeThrough("operations_teamtarget", column="team_id", parent="operations_team"),
        AppendOnly("operations_operationstep"),
        AppendOnly("operations_targetstep"),
    ]
