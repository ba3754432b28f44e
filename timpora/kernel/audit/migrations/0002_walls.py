"""The log is written by anybody who acts, read within a territory, and never changed or shortened."""

from django.db import migrations

from timpora.kernel.database.rls import AppendOnly

FORWARD = """
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_entry_write ON audit_entry FOR INSERT WITH CHECK (true);
CREATE POLICY audit_entry_scope ON audit_entry FOR SELECT
  USING (territories && (SELECT kernel_territories()));
CREATE POLICY audit_entry_sequence ON audit_entry FOR UPDATE
  USING (territories && (SELECT kernel_territories()));

CREATE FUNCTION audit_entry_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.seq IS NULL AND NEW.seq IS NOT NULL
     AND to_jsonb(OLD) - 'seq' = to_jsonb(NEW) - 'seq' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'audit_entry rows are never changed or removed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_entry_keep BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_keep();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_append_only();
"""
BACKWARD = """
DROP TRIGGER audit_entry_no_truncate ON audit_entry; DROP TRIGGER audit_entry_keep ON audit_entry;
DROP FUNCTION audit_entry_keep(); DROP POLICY audit_entry_sequence ON audit_entry;
DROP POLICY audit_entry_scope ON audit_entry; DROP POLICY audit_entry_write ON audit_entry;
ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("database", "0001_functions")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD), AppendOnly("audit_checkpoint")]
