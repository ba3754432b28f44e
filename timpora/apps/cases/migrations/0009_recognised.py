"""Who was recognised in the whole register when a referral was taken over is under protection as well.

The step of the referral bears the person, under the seal; the case itself goes on naming nobody.
"""

from django.db import migrations, models

SHELTERED = """
CREATE OR REPLACE FUNCTION cases_person_is_sheltered(the_person uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  seals text := coalesce(current_setting('timpora.seals', true), '');
  territories text := coalesce(current_setting('timpora.territories', true), '');
  found_one boolean;
BEGIN
  PERFORM set_config('timpora.seals', 'tppo', true), set_config('timpora.territories', 'ID', true);
  SELECT EXISTS (SELECT 1 FROM cases_referral r JOIN cases_one_human(the_person) AS h(id)
    ON r.person_id = h.id{recognised}
    WHERE NOT EXISTS (SELECT 1 FROM cases_referralstep s WHERE s.referral_id = r.id AND s.after = 'dikembalikan')
  ) INTO found_one;
  PERFORM set_config('timpora.seals', seals, true), set_config('timpora.territories', territories, true);
  RETURN found_one;
END $$;
"""
RECOGNISED = """
      OR EXISTS (SELECT 1 FROM cases_referralstep k WHERE k.referral_id = r.id AND k.person_id = h.id)"""

RETURNED = """
CREATE OR REPLACE FUNCTION cases_is_returned(the_case uuid) RETURNS boolean LANGUAGE sql VOLATILE AS $$
  SELECT EXISTS (SELECT 1 FROM cases_referral WHERE case_id = the_case)
    AND NOT EXISTS (
      SELECT 1 FROM cases_referral r WHERE r.case_id = the_case AND NOT EXISTS (
        SELECT 1 FROM cases_referralstep s WHERE s.referral_id = r.id AND s.after = 'dikembalikan'))
    AND NOT EXISTS (
      SELECT 1 FROM ({known}) AS known
      WHERE known.person_id IS NOT NULL AND cases_person_is_sheltered(known.person_id))
    AND coalesce((SELECT trafficking = 'tidak_ada_tanda' AND refugee = 'tidak_ada_tanda'
      FROM cases_screening WHERE case_id = the_case ORDER BY id DESC LIMIT 1), false) $$;
"""
NAMED = "SELECT p.person_id FROM cases_party p WHERE p.case_id = the_case"
KNOWN = (
    f"{NAMED} UNION SELECT s.person_id FROM cases_referral r"  # noqa: S608 - ours
    " JOIN cases_referralstep s ON s.referral_id = r.id WHERE r.case_id = the_case"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_one_human")]
    operations = [
        migrations.AddField(
            model_name="referralstep",
            name="person_id",
            field=models.UUIDField(help_text="Siapa yang dikenali di seluruh registrasi", null=True),
        ),
        migrations.RunSQL(SHELTERED.format(recognised=RECOGNISED), SHELTERED.format(recognised="")),
        migrations.RunSQL(RETURNED.format(known=KNOWN), RETURNED.format(known=NAMED)),
    ]
