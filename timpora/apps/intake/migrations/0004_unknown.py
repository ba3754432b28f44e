"""What rows left unknown, by field with examples."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_noted")]
    operations = [
        migrations.AddField(
            "submission",
            "unknown",
            models.JSONField(default=dict, help_text="isian -> [baris, contoh]"),
        )
    ]
