"""The company that a target is, as the lists of foreign workers name it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("operations", "0011_dissolved_and_overdue")]

    operations = [
        migrations.AddField(
            "target",
            "employer",
            models.TextField(blank=True, default="", help_text="Nama perusahaan seperti dalam daftar TKA"),
            preserve_default=False,
        ),
    ]
