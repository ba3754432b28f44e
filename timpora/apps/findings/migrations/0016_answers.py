"""A report answers the questions of its operation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("findings", "0015_notes_of_a_post"),
        ("operations", "0014_report_form"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="answers",
            field=models.JSONField(default=dict, help_text="Jawaban formulir laporan, menurut kuncinya"),
        ),
    ]
