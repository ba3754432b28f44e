"""A case may be about somebody whom a number alone ties to the registry; those of before are sure."""

from django.db import migrations, models

STAYS = """
CREATE OR REPLACE FUNCTION cases_party_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.case_id <> OLD.case_id OR NEW.person_id IS DISTINCT FROM OLD.person_id{sure} THEN
    RAISE EXCEPTION 'a case stays about the person it was opened on' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""
SURE = " OR NEW.person_is_sure <> OLD.person_is_sure"


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_recognised")]
    operations = [
        migrations.AddField("party", "person_is_sure", models.BooleanField(default=True)),
        migrations.AlterField("party", "person_is_sure", models.BooleanField(default=False)),
        migrations.RunSQL(STAYS.format(sure=SURE), STAYS.format(sure="")),
    ]
