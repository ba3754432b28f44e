"""Protection follows a person through merges, and the thread from a case to its person cannot be cut."""

from django.db import migrations

# Whoever is held to be one human with somebody under protection is under protection: the referral
# bears the identifier of its day, and merges move on from it (P26).
MERGED = """
CREATE OR REPLACE FUNCTION cases_person_is_sheltered(the_person uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  seals text := coalesce(current_setting('timpora.seals', true), '');
  territories text := coalesce(current_setting('timpora.territories', true), '');
  found_one boolean;
BEGIN
  PERFORM set_config('timpora.seals', 'tppo', true), set_config('timpora.territories', 'ID', true);
  WITH RECURSIVE onward(id) AS (
    SELECT the_person
    UNION SELECT p.merged_into_id FROM registry_person p JOIN onward o ON p.id = o.id
    WHERE p.merged_into_id IS NOT NULL
  ), one_human(id) AS (
    SELECT id FROM onward
    UNION SELECT p.id FROM registry_person p JOIN one_human h ON p.merged_into_id = h.id
  )
  SELECT EXISTS (SELECT 1 FROM cases_referral r JOIN one_human h ON r.person_id = h.id) INTO found_one;
  PERFORM set_config('timpora.seals', seals, true), set_config('timpora.territories', territories, true);
  RETURN found_one;
END $$;
"""
PLAIN = """
CREATE OR REPLACE FUNCTION cases_person_is_sheltered(the_person uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  seals text := coalesce(current_setting('timpora.seals', true), '');
  territories text := coalesce(current_setting('timpora.territories', true), '');
  found_one boolean;
BEGIN
  PERFORM set_config('timpora.seals', 'tppo', true), set_config('timpora.territories', 'ID', true);
  SELECT EXISTS (SELECT 1 FROM cases_referral WHERE person_id = the_person) INTO found_one;
  PERFORM set_config('timpora.seals', seals, true), set_config('timpora.territories', territories, true);
  RETURN found_one;
END $$;
"""

# Words of the party may be corrected; whom it is about may not.
THREAD = """
CREATE FUNCTION cases_party_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.case_id <> OLD.case_id OR NEW.person_id IS DISTINCT FROM OLD.person_id THEN
    RAISE EXCEPTION 'a case stays about the person it was opened on' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_party_stays BEFORE UPDATE ON cases_party
  FOR EACH ROW EXECUTE FUNCTION cases_party_stays();
CREATE TRIGGER cases_party_kept BEFORE DELETE ON cases_party
  FOR EACH ROW EXECUTE FUNCTION kernel_append_only();
CREATE TRIGGER cases_party_no_truncate BEFORE TRUNCATE ON cases_party
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_append_only();
"""
UNTHREAD = """
DROP TRIGGER cases_party_no_truncate ON cases_party; DROP TRIGGER cases_party_kept ON cases_party;
DROP TRIGGER cases_party_stays ON cases_party; DROP FUNCTION cases_party_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_walls"), ("registry", "0002_walls")]
    operations = [migrations.RunSQL(MERGED, PLAIN), migrations.RunSQL(THREAD, UNTHREAD)]
