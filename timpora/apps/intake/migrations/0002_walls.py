"""Lists and saved columns are seen within their territory; parts, faults and newcomers follow their list."""

from django.db import migrations

from timpora.kernel.database.rls import ScopeRows, ScopeThrough

OF_A_LIST = ("intake_submissionpart", "intake_rowfault", "intake_newcomer")


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("database", "0001_functions")]
    operations = [
        ScopeRows("intake_submission", by="territories"),
        ScopeRows("intake_columnmapping", by="territories"),
        ScopeRows("intake_pair", by="territories"),
        *[ScopeThrough(table, column="submission_id", parent="intake_submission") for table in OF_A_LIST],
    ]
