"""An operation keeps the report form and the template that it was opened with."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0013_notes_of_a_post"),
    ]

    operations = [
        migrations.AddField(
            model_name="operation",
            name="report_form",
            field=models.JSONField(blank=True, default=dict, help_text="Formulir laporan, beku sejak dibuka"),
        ),
        migrations.AddField(
            model_name="operation",
            name="template_title",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="operation",
            name="template_version",
            field=models.UUIDField(help_text="Versi templat asal; kosong bila tanpa templat", null=True),
        ),
        migrations.AddConstraint(
            model_name="operation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("template_title", ""), ("template_version", None)),
                    models.Q(
                        ("template_version__isnull", False), models.Q(("template_title", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="operation_template_is_named",
            ),
        ),
    ]
