"""Persons are seen within their territories; records, keys and facts follow their person."""

from django.db import migrations

from timpora.kernel.database.rls import ScopeRows, ScopeThrough

FACTS = ("registry_permit", "registry_crossing", "registry_stay", "registry_work")


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial"), ("database", "0001_functions")]
    operations = [
        ScopeRows("registry_person", by="territories"),
        ScopeRows("registry_merge", by="territories"),
        ScopeThrough("registry_personkey", column="person_id", parent="registry_person"),
        ScopeThrough("registry_record", column="person_id", parent="registry_person"),
        *[ScopeThrough(table, column="record_id", parent="registry_record") for table in FACTS],
    ]
