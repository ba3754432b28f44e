"""A letter about a case that was sealed later closes with it, for lists and statements alike (P10, P26)."""

from django.db import migrations

from timpora.kernel.database.rls import SealRows

SEALED = """
CREATE FUNCTION cases_is_sealed(kind text, identifier text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF kind <> 'case' OR identifier !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' THEN
    RETURN false;
  END IF;
  RETURN EXISTS (SELECT 1 FROM cases_case WHERE id = identifier::uuid AND is_sealed);
END $$;
"""
UNSEALED = "DROP FUNCTION cases_is_sealed(text, text);"


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_thread"), ("documents", "0001_initial")]
    operations = [
        migrations.RunSQL(SEALED, UNSEALED),
        SealRows("documents_letter", seal="tppo", when="cases_is_sealed(subject_kind, subject_id)"),
    ]
