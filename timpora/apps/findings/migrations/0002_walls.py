"""Reports are seen within their territory and never change; what names a victim is written, not read."""

from django.db import migrations

from timpora.kernel.database.rls import AppendOnly, ScopeRows, ScopeThrough

MINE = "kernel_steps(wilayah) && (SELECT kernel_territories())"
SEAL = "ARRAY['tppo'] && (SELECT kernel_seals())"


def sealed(table: str, test: str) -> migrations.RunSQL:
    """Let whoever may report write here, and only readers who pass `test` besides read it again (P26)."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_write ON {table} FOR INSERT WITH CHECK ({MINE});"
        f"CREATE POLICY {table}_scope ON {table} FOR SELECT USING ({MINE} AND ({test}));",
        f"DROP POLICY {table}_scope ON {table}; DROP POLICY {table}_write ON {table};"
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):
    dependencies = [("findings", "0001_initial"), ("database", "0001_functions")]
    operations = [
        ScopeRows("findings_report", by="wilayah"),
        ScopeRows("findings_conflict", by="wilayah"),
        ScopeThrough("findings_checked", column="report_id", parent="findings_report"),
        ScopeThrough("findings_finding", column="report_id", parent="findings_report"),
        sealed("findings_original", f"NOT is_sealed OR {SEAL}"),
        sealed("findings_protection", SEAL),
        *[
            AppendOnly(f"findings_{table}")
            for table in ("report", "checked", "finding", "original", "conflict", "protection")
        ],
    ]
