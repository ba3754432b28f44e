"""A case opens again only when no referral of its human is left, in whatever case it stands.

Who is one human is asked in one place, through merges in both directions, for the gate and for the take-over.
"""

from django.db import migrations

WALK = """WITH RECURSIVE onward(id) AS (
    SELECT the_person
    UNION SELECT p.merged_into_id FROM registry_person p JOIN onward o ON p.id = o.id
    WHERE p.merged_into_id IS NOT NULL
  ), one_human(id) AS (
    SELECT id FROM onward
    UNION SELECT p.id FROM registry_person p JOIN one_human h ON p.merged_into_id = h.id
  )
  """
HUMAN = """
-- All identifiers under which the registry has one human, wherever they stand.
CREATE FUNCTION cases_one_human(the_person uuid) RETURNS SETOF uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  territories text := coalesce(current_setting('timpora.territories', true), '');
BEGIN
  PERFORM set_config('timpora.territories', 'ID', true);
  RETURN QUERY {walk}SELECT h.id FROM one_human h;
  PERFORM set_config('timpora.territories', territories, true);
END $$;
"""

SHELTERED = """
CREATE OR REPLACE FUNCTION cases_person_is_sheltered(the_person uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  seals text := coalesce(current_setting('timpora.seals', true), '');
  territories text := coalesce(current_setting('timpora.territories', true), '');
  found_one boolean;
BEGIN
  PERFORM set_config('timpora.seals', 'tppo', true), set_config('timpora.territories', 'ID', true);
  {walk}SELECT EXISTS (SELECT 1 FROM cases_referral r JOIN {human} ON r.person_id = h.id
    WHERE NOT EXISTS (SELECT 1 FROM cases_referralstep s WHERE s.referral_id = r.id AND s.after = 'dikembalikan')
  ) INTO found_one;
  PERFORM set_config('timpora.seals', seals, true), set_config('timpora.territories', territories, true);
  RETURN found_one;
END $$;
"""

RETURNED = """
CREATE OR REPLACE FUNCTION cases_is_returned(the_case uuid) RETURNS boolean LANGUAGE sql {kind} AS $$
  SELECT EXISTS (SELECT 1 FROM cases_referral WHERE case_id = the_case)
    AND NOT EXISTS (
      SELECT 1 FROM cases_referral r WHERE r.case_id = the_case AND NOT EXISTS (
        SELECT 1 FROM cases_referralstep s WHERE s.referral_id = r.id AND s.after = 'dikembalikan')){human}
    AND coalesce((SELECT trafficking = 'tidak_ada_tanda' AND refugee = 'tidak_ada_tanda'
      FROM cases_screening WHERE case_id = the_case ORDER BY id DESC LIMIT 1), false) $$;
"""
OF_THE_HUMAN = """
    AND NOT coalesce((SELECT cases_person_is_sheltered(p.person_id)
      FROM cases_party p WHERE p.case_id = the_case AND p.person_id IS NOT NULL), false)"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_particulars")]
    operations = [
        migrations.RunSQL(HUMAN.format(walk=WALK), "DROP FUNCTION cases_one_human(uuid);"),
        migrations.RunSQL(
            SHELTERED.format(walk="", human="cases_one_human(the_person) AS h(id)"),
            SHELTERED.format(walk=WALK, human="one_human h"),
        ),
        migrations.RunSQL(
            RETURNED.format(kind="VOLATILE", human=OF_THE_HUMAN), RETURNED.format(kind="STABLE", human="")
        ),
    ]
