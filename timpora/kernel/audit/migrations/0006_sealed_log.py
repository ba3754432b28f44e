"""A log under the seal beside the common one: same entries, same walls, a tree of its own (ADR 0015).

Everybody who acts may write there; only holders of the seal read again.
"""

import uuid

import django.contrib.postgres.fields
from django.db import migrations, models

from timpora.kernel.database.rls import AppendOnly

FORWARD = """
ALTER TABLE audit_sealed ENABLE ROW LEVEL SECURITY; ALTER TABLE audit_sealed FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_sealed_write ON audit_sealed FOR INSERT WITH CHECK (true);
CREATE POLICY audit_sealed_scope ON audit_sealed FOR SELECT
  USING (territories && (SELECT kernel_territories()) AND ARRAY['tppo'] && (SELECT kernel_seals()));
CREATE POLICY audit_sealed_sequence ON audit_sealed FOR UPDATE
  USING (territories && (SELECT kernel_territories()) AND ARRAY['tppo'] && (SELECT kernel_seals()));
CREATE TRIGGER audit_sealed_keep BEFORE UPDATE OR DELETE ON audit_sealed
  FOR EACH ROW EXECUTE FUNCTION audit_entry_keep();
CREATE TRIGGER audit_sealed_no_truncate BEFORE TRUNCATE ON audit_sealed
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_append_only();
CREATE TRIGGER audit_sealed_new BEFORE INSERT ON audit_sealed
  FOR EACH ROW EXECUTE FUNCTION audit_entry_new();
"""
BACKWARD = """
DROP TRIGGER audit_sealed_new ON audit_sealed; DROP TRIGGER audit_sealed_no_truncate ON audit_sealed;
DROP TRIGGER audit_sealed_keep ON audit_sealed; DROP POLICY audit_sealed_sequence ON audit_sealed;
DROP POLICY audit_sealed_scope ON audit_sealed; DROP POLICY audit_sealed_write ON audit_sealed;
ALTER TABLE audit_sealed NO FORCE ROW LEVEL SECURITY; ALTER TABLE audit_sealed DISABLE ROW LEVEL SECURITY;
"""


def written_by_all(table: str) -> migrations.RunSQL:
    """Let every act write to `table`, and only holders of the seal read it."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_write ON {table} FOR INSERT WITH CHECK (true);"
        f"CREATE POLICY {table}_read ON {table} FOR SELECT USING (ARRAY['tppo'] && (SELECT kernel_seals()));",
        f"DROP POLICY {table}_read ON {table};"
        f"DROP POLICY {table}_write ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0005_salt_walls"),
        ("database", "0001_functions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bond",
            fields=[
                ("checkpoint_size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("salt", models.TextField()),
                ("sealed_size", models.BigIntegerField()),
                ("sealed_root", models.BinaryField()),
            ],
            options={
                "db_table": "audit_bond",
            },
        ),
        migrations.CreateModel(
            name="SealedCheckpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("root", models.BinaryField()),
                (
                    "frontier",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BinaryField(), size=None),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "audit_sealedcheckpoint",
            },
        ),
        migrations.AddField(
            model_name="checkpoint",
            name="bond",
            field=models.BinaryField(null=True),
        ),
        migrations.CreateModel(
            name="SealedEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField(null=True, unique=True)),
                ("at", models.DateTimeField()),
                ("tag", models.TextField()),
                ("actor_id", models.UUIDField()),
                ("actor_name", models.TextField()),
                ("unit_code", models.TextField()),
                ("unit_name", models.TextField()),
                ("subject_kind", models.TextField()),
                ("subject_id", models.TextField()),
                ("person_id", models.UUIDField(null=True)),
                ("purpose", models.TextField()),
                (
                    "territories",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("body", models.TextField()),
                ("leaf", models.BinaryField()),
            ],
            options={
                "db_table": "audit_sealed",
                "indexes": [
                    models.Index(fields=["person_id", "-at"], name="sealed_of_person"),
                    models.Index(fields=["-at"], name="sealed_newest"),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        *[written_by_all(table) for table in ("audit_sealedcheckpoint", "audit_bond")],
        AppendOnly("audit_sealedcheckpoint"),
        AppendOnly("audit_bond"),
    ]
