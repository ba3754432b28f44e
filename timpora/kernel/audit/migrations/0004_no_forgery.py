"""A new entry has no number yet and carries the hash of its own body: only the sequencer gives places."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_entry_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq IS NOT NULL OR NEW.leaf <> sha256('\\x00'::bytea || convert_to(NEW.body, 'UTF8')) THEN
    RAISE EXCEPTION 'an audit entry is numbered by the sequencer and carries the hash of its body'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_entry_new BEFORE INSERT ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_new();
"""
BACKWARD = "DROP TRIGGER audit_entry_new ON audit_entry; DROP FUNCTION audit_entry_new();"


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_salt")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
