"""A loaded law file is never changed: a correction is a new version."""

from django.db import migrations

from timpora.kernel.database.rls import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("lawbook", "0001_initial"), ("database", "0001_functions")]
    operations = [AppendOnly("lawbook_file")]
