"""Whom the lists name at one employer, whatever the case of its letters."""

from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_link_keys_filled")]

    operations = [
        migrations.AddIndex("work", models.Index(Upper("employer"), name="work_of_employer")),
    ]
