"""Templates of operations: seen downwards, written at home, and versions that never change."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from timpora.kernel.database.rls import AppendOnly, ShareDown

KEEP = """
CREATE TRIGGER operations_templateannex_kept BEFORE UPDATE ON operations_templateannex
  FOR EACH ROW EXECUTE FUNCTION kernel_append_only();
"""
UNKEEP = "DROP TRIGGER operations_templateannex_kept ON operations_templateannex;"


class Migration(migrations.Migration):
    dependencies = [
        ("database", "0001_functions"),
        ("operations", "0014_report_form"),
    ]

    operations = [
        migrations.CreateModel(
            name="Template",
            fields=[
                ("name", models.TextField()),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        help_text="Jenis operasi yang boleh dibuka darinya",
                        size=None,
                    ),
                ),
                ("instruction", models.TextField(blank=True)),
                ("sop_version", models.TextField()),
                ("phases", models.JSONField(default=list, help_text="Tahap relatif terhadap hari mulai")),
                ("report_form", models.JSONField(blank=True, default=dict)),
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("unit_code", models.TextField()),
                ("unit_name", models.TextField()),
                ("wilayah", models.TextField(help_text="ID untuk pusat; kode wilayah kanwil atau kantor")),
                ("has_draft", models.BooleanField(default=True)),
                (
                    "annex_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        default=list,
                        help_text="Lampiran rancangan, berurutan",
                        size=None,
                    ),
                ),
                ("last_number", models.IntegerField(default=0)),
                ("changed_by_id", models.UUIDField()),
                ("changed_by", models.TextField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "operations_template",
                "indexes": [models.Index(fields=["unit_code"], name="template_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="template_is_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kinds__contained_by",
                                ["gabungan_insidental", "gabungan_khusus", "mandiri", "serentak", "wilayah"],
                            ),
                            ("kinds__len__gt", 0),
                        ),
                        name="template_kinds_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateAnnex",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("title", models.TextField()),
                ("file_name", models.TextField()),
                ("kind", models.TextField()),
                ("size", models.IntegerField()),
                ("sha256", models.TextField()),
                ("data", models.BinaryField()),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annexes",
                        to="operations.template",
                    ),
                ),
            ],
            options={
                "db_table": "operations_templateannex",
            },
        ),
        migrations.CreateModel(
            name="TemplateVersion",
            fields=[
                ("name", models.TextField()),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        help_text="Jenis operasi yang boleh dibuka darinya",
                        size=None,
                    ),
                ),
                ("instruction", models.TextField(blank=True)),
                ("sop_version", models.TextField()),
                ("phases", models.JSONField(default=list, help_text="Tahap relatif terhadap hari mulai")),
                ("report_form", models.JSONField(blank=True, default=dict)),
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("wilayah", models.TextField(help_text="Wilayah templatnya")),
                ("number", models.IntegerField()),
                ("digest", models.TextField(help_text="SHA-256 isinya, SOP dan lampirannya")),
                ("drafted_by_id", models.UUIDField()),
                ("drafted_by", models.TextField()),
                ("published_by_id", models.UUIDField()),
                ("published_by", models.TextField()),
                ("published_at", models.DateTimeField()),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="operations.template",
                    ),
                ),
            ],
            options={
                "db_table": "operations_templateversion",
            },
        ),
        migrations.CreateModel(
            name="TemplateWithdrawal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("by_id", models.UUIDField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                ("because", models.TextField()),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="operations.templateversion",
                    ),
                ),
            ],
            options={
                "db_table": "operations_templatewithdrawal",
            },
        ),
        migrations.CreateModel(
            name="VersionAnnex",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.SmallIntegerField()),
                (
                    "annex",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="operations.templateannex",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annexes",
                        to="operations.templateversion",
                    ),
                ),
            ],
            options={
                "db_table": "operations_versionannex",
            },
        ),
        migrations.AddConstraint(
            model_name="templateannex",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True), models.Q(("file_name", ""), _negated=True)
                ),
                name="annex_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateannex",
            constraint=models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="annex_has_bytes"),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.UniqueConstraint(fields=("template", "number"), name="template_version_once"),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("published_by_id", models.F("drafted_by_id")), _negated=True),
                name="template_published_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest", ""), _negated=True), name="template_version_has_digest"
            ),
        ),
        migrations.AddConstraint(
            model_name="templatewithdrawal",
            constraint=models.CheckConstraint(
                condition=models.Q(("because", ""), _negated=True), name="template_withdrawn_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="versionannex",
            constraint=models.UniqueConstraint(fields=("version", "annex"), name="annex_once_in_version"),
        ),
        migrations.AddConstraint(
            model_name="versionannex",
            constraint=models.UniqueConstraint(fields=("version", "position"), name="annex_placed_once"),
        ),
        ShareDown("operations_template"),
        ShareDown("operations_templateversion"),
        ShareDown("operations_templateannex", column="template_id", parent="operations_template"),
        ShareDown("operations_templatewithdrawal", column="version_id", parent="operations_templateversion"),
        ShareDown("operations_versionannex", column="version_id", parent="operations_templateversion"),
        AppendOnly("operations_templateversion"),
        AppendOnly("operations_templatewithdrawal"),
        AppendOnly("operations_versionannex"),
        migrations.RunSQL(KEEP, UNKEEP),
    ]
