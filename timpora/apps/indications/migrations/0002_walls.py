"""Indications are seen within their territories; verdicts follow their indication."""

from django.db import migrations

from timpora.kernel.database.rls import AppendOnly, ScopeRows, ScopeThrough


class Migration(migrations.Migration):
    dependencies = [("indications", "0001_initial"), ("database", "0001_functions")]
    operations = [
        ScopeRows("indications_indication", by="territories"),
        ScopeThrough("indications_verdict", column="indication_id", parent="indications_indication"),
        AppendOnly("indications_verdict"),
    ]
