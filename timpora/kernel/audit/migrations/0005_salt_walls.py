"""Salts go in with their entry and are not read by the program: whoever holds one could test guesses (P28)."""

from django.db import migrations

FORWARD = """
ALTER TABLE audit_salt ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_salt FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_salt_write ON audit_salt FOR INSERT WITH CHECK (true);
CREATE POLICY audit_salt_scope ON audit_salt FOR SELECT
  USING (EXISTS (SELECT 1 FROM audit_entry e WHERE e.id = audit_salt.entry_id OFFSET 0));
CREATE TRIGGER audit_salt_no_truncate BEFORE TRUNCATE ON audit_salt
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_append_only();
"""
BACKWARD = """
DROP TRIGGER audit_salt_no_truncate ON audit_salt;
DROP POLICY audit_salt_scope ON audit_salt; DROP POLICY audit_salt_write ON audit_salt;
ALTER TABLE audit_salt NO FORCE ROW LEVEL SECURITY; ALTER TABLE audit_salt DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_no_forgery")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
