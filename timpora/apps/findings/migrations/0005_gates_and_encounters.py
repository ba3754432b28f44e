"""Reports of checks without an order, the steps that were passed over, and why."""

import django.db.models.deletion
from django.db import migrations, models

from timpora.kernel.database.rls import AppendOnly, ScopeRows


class Migration(migrations.Migration):
    dependencies = [
        ("database", "0001_functions"),
        ("findings", "0004_settlement"),
        ("operations", "0006_orders_that_follow"),
    ]

    operations = [
        migrations.CreateModel(
            name="Explanation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("unit_code", models.TextField()),
                ("wilayah", models.TextField()),
                ("text", models.TextField()),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "findings_explanation",
            },
        ),
        migrations.RemoveConstraint(
            model_name="report",
            name="report_of_office_is_nil",
        ),
        migrations.AddField(
            model_name="report",
            name="breaches",
            field=models.JSONField(default=list, help_text="Langkah wajib yang dilewati: kode dan caranya"),
        ),
        migrations.AddField(
            model_name="report",
            name="encounter",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="operations.encounter",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="sop_version",
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("target__isnull", False),
                    ("encounter__isnull", False),
                    ("kind", "nihil"),
                    _connector="OR",
                ),
                name="report_of_office_is_nil",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("target", None), ("encounter", None), _connector="OR"),
                name="report_of_one_thing",
            ),
        ),
        migrations.AddField(
            model_name="explanation",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="explanations", to="findings.report"
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="explanation_says_why"
            ),
        ),
        ScopeRows("findings_explanation", by="wilayah"),
        AppendOnly("findings_explanation"),
    ]
