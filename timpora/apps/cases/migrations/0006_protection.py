"""A referral goes its own way under the seal, and only two persons of protection open a case again.

Every statement asks for that: the review and its confirmation by another, the newest screen without
signs, and no other referral of the case left. Protection of a person ends with the last referral returned.
"""

import django.db.models.deletion
from django.db import migrations, models

from timpora.kernel.database.rls import AppendOnly, ScopeRows

SEALED = ("cases_referralstep", "cases_serviceanswer")

SHELTERED = """
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
  SELECT EXISTS (SELECT 1 FROM cases_referral r JOIN one_human h ON r.person_id = h.id{lifted}) INTO found_one;
  PERFORM set_config('timpora.seals', seals, true), set_config('timpora.territories', territories, true);
  RETURN found_one;
END $$;
"""
LIFTED = """
    WHERE NOT EXISTS (SELECT 1 FROM cases_referralstep s WHERE s.referral_id = r.id AND s.after = 'dikembalikan')
"""

STEPS = """
-- A referral moves from where it stands, and is returned by another than who reviewed it.
CREATE FUNCTION cases_referralstep_gate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  SELECT after, by_id INTO last FROM cases_referralstep WHERE referral_id = NEW.referral_id
  ORDER BY id DESC LIMIT 1;
  IF NEW.before <> coalesce(last.after, 'menunggu') OR last.after IN ('dikembalikan', 'selesai') THEN
    RAISE EXCEPTION 'a referral moves from where it stands' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.after = 'dikembalikan' AND (last.after IS DISTINCT FROM 'ditinjau' OR last.by_id = NEW.by_id) THEN
    RAISE EXCEPTION 'a review is confirmed by a second person' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_referralstep_gate BEFORE INSERT ON cases_referralstep
  FOR EACH ROW EXECUTE FUNCTION cases_referralstep_gate();

-- Whether two persons have returned every referral of a case whose newest screen is clear. Without the seal
-- no referral is seen, and the answer is no.
CREATE FUNCTION cases_is_returned(the_case uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM cases_referral WHERE case_id = the_case)
    AND NOT EXISTS (
      SELECT 1 FROM cases_referral r WHERE r.case_id = the_case AND NOT EXISTS (
        SELECT 1 FROM cases_referralstep s WHERE s.referral_id = r.id AND s.after = 'dikembalikan'))
    AND coalesce((SELECT trafficking = 'tidak_ada_tanda' AND refugee = 'tidak_ada_tanda'
      FROM cases_screening WHERE case_id = the_case ORDER BY id DESC LIMIT 1), false) $$;
"""
UNSTEPS = """
DROP FUNCTION cases_is_returned(uuid);
DROP TRIGGER cases_referralstep_gate ON cases_referralstep; DROP FUNCTION cases_referralstep_gate();
"""

GATE = """
CREATE OR REPLACE FUNCTION cases_case_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'dilaporkan' OR NEW.is_sealed THEN
      RAISE EXCEPTION 'a case begins as reported' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (OLD.is_sealed AND NOT NEW.is_sealed) OR (OLD.began_sealed AND NOT NEW.began_sealed) THEN
    IF OLD.state <> 'dilindungi' OR NEW.state <> 'disaring' OR NOT cases_is_returned(NEW.id) THEN
      RAISE EXCEPTION 'a referred case stays sealed' USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  IF NEW.began_sealed AND NOT OLD.began_sealed THEN
    RAISE EXCEPTION 'how a case began stands' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.number <> OLD.number OR NEW.wilayah <> OLD.wilayah OR NEW.unit_code <> OLD.unit_code THEN
    RAISE EXCEPTION 'number, place and office of a case stand' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state
     AND NEW.state IN ('gelar', 'diusulkan', 'diputus', 'disampaikan', 'dilaksanakan') THEN
    PERFORM cases_require_clear(NEW.id, NEW.state);
  END IF;
  IF OLD.is_sealed AND NEW.is_sealed AND NEW.state NOT IN (OLD.state, 'ditutup') THEN
    RAISE EXCEPTION 'a referred case is handled by protection' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""
UNGATE = """
CREATE OR REPLACE FUNCTION cases_case_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'dilaporkan' OR NEW.is_sealed THEN
      RAISE EXCEPTION 'a case begins as reported' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.is_sealed AND NOT NEW.is_sealed THEN
    RAISE EXCEPTION 'a referred case stays sealed' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.number <> OLD.number OR NEW.wilayah <> OLD.wilayah OR NEW.unit_code <> OLD.unit_code THEN
    RAISE EXCEPTION 'number, place and office of a case stand' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state
     AND NEW.state IN ('gelar', 'diusulkan', 'diputus', 'disampaikan', 'dilaksanakan') THEN
    PERFORM cases_require_clear(NEW.id, NEW.state);
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_began_sealed"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReferralStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("wilayah", models.TextField()),
                ("before", models.TextField()),
                ("after", models.TextField()),
                ("by_id", models.UUIDField()),
                ("by_name", models.TextField()),
                ("at", models.DateTimeField()),
                ("because", models.TextField()),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="cases.protectionreferral",
                    ),
                ),
            ],
            options={
                "db_table": "cases_referralstep",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "after__in",
                                ["menunggu", "ditangani", "dilayani", "ditinjau", "dikembalikan", "selesai"],
                            )
                        ),
                        name="referral_state_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceAnswer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("wilayah", models.TextField()),
                ("provider", models.TextField()),
                ("answer", models.TextField()),
                ("by_id", models.UUIDField()),
                ("by_name", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="cases.protectionreferral",
                    ),
                ),
            ],
            options={
                "db_table": "cases_serviceanswer",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer__in", ["diterima", "menunggu", "tidak_ada_tempat", "tidak_bersedia"]),
                            (
                                "provider__in",
                                [
                                    "rumah_pelindungan",
                                    "layanan_perempuan_anak",
                                    "layanan_kesehatan",
                                    "bantuan_hukum",
                                    "polri_ppa",
                                    "unhcr_iom",
                                    "penampungan_pengungsi",
                                ],
                            ),
                        ),
                        name="service_answer_known",
                    )
                ],
            },
        ),
        *[ScopeRows(table, by="wilayah", seal="tppo") for table in SEALED],
        *[AppendOnly(table) for table in SEALED],
        migrations.RunSQL(STEPS, UNSTEPS),
        migrations.RunSQL(SHELTERED.format(lifted=LIFTED), SHELTERED.format(lifted="")),
        migrations.RunSQL(GATE, UNGATE),
    ]
