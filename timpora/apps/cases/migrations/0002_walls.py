"""The walls around a case: territory, the seal of a referral, facts that stay, and the gate of the screen.

A case row names nobody and is seen in its territory. Everything that names or tells closes with the case:
once it is sealed, only the holder of `tppo` reads on. No proposal, decision, letter or later state can
exist without a finished screen without signs, whoever writes the row (B2, P26).
"""

from django.db import migrations

from timpora.kernel.database.rls import AppendOnly, ScopeRows

# Rows that follow their case: in its territory, and with the seal where the case is sealed.
FOLLOWERS = (
    "cases_party",
    "cases_step",
    "cases_screening",
    "cases_conference",
    "cases_proposal",
    "cases_countersign",
    "cases_decision",
    "cases_delivery",
    "cases_objection",
)
# Written once: a change is a new row.
FACTS = (
    "cases_step",
    "cases_screening",
    "cases_referral",
    "cases_conference",
    "cases_proposal",
    "cases_countersign",
    "cases_decision",
    "cases_delivery",
)

FOLLOW = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_scope ON {table}
  USING (EXISTS (SELECT 1 FROM cases_case c WHERE c.id = {table}.case_id
                 AND (NOT c.is_sealed OR (SELECT kernel_seals()) @> ARRAY['tppo'])))
  WITH CHECK (EXISTS (SELECT 1 FROM cases_case c WHERE c.id = {table}.case_id
                 AND (NOT c.is_sealed OR (SELECT kernel_seals()) @> ARRAY['tppo'])));
"""
UNFOLLOW = """
DROP POLICY {table}_scope ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""

# Whoever screens may write a referral without ever reading one.
REFERRAL = """
ALTER TABLE cases_referral ENABLE ROW LEVEL SECURITY; ALTER TABLE cases_referral FORCE ROW LEVEL SECURITY;
CREATE POLICY cases_referral_write ON cases_referral FOR INSERT
  WITH CHECK (kernel_steps(wilayah) && (SELECT kernel_territories()));
CREATE POLICY cases_referral_read ON cases_referral FOR SELECT
  USING (kernel_steps(wilayah) && (SELECT kernel_territories()) AND (SELECT kernel_seals()) @> ARRAY['tppo']);
"""
UNREFERRAL = """
DROP POLICY cases_referral_read ON cases_referral; DROP POLICY cases_referral_write ON cases_referral;
ALTER TABLE cases_referral NO FORCE ROW LEVEL SECURITY; ALTER TABLE cases_referral DISABLE ROW LEVEL SECURITY;
"""

GATE = """
-- Whether the newest screen of a case is finished and without signs, and the case not referred.
CREATE FUNCTION cases_screen_is_clear(the_case uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM cases_case WHERE id = the_case AND NOT is_sealed) AND coalesce(
    (SELECT trafficking = 'tidak_ada_tanda' AND refugee = 'tidak_ada_tanda'
     FROM cases_screening WHERE case_id = the_case ORDER BY id DESC LIMIT 1), false) $$;

-- Whether a person is under protection anywhere, told as yes or no to whoever is about to act on him:
-- for the length of one question it looks with the seal, and puts back what it found.
CREATE FUNCTION cases_person_is_sheltered(the_person uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
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

CREATE FUNCTION cases_require_clear(the_case uuid, what text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  who uuid;
BEGIN
  IF the_case IS NULL OR NOT cases_screen_is_clear(the_case) THEN
    RAISE EXCEPTION '% needs a finished screen without signs', what USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT person_id INTO who FROM cases_party WHERE case_id = the_case;
  IF who IS NOT NULL AND cases_person_is_sheltered(who) THEN
    RAISE EXCEPTION '% needs a finished screen without signs', what USING ERRCODE = 'restrict_violation';
  END IF;
END $$;

CREATE FUNCTION cases_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM cases_require_clear(NEW.case_id, TG_TABLE_NAME);
  RETURN NEW;
END $$;
CREATE TRIGGER cases_proposal_gate BEFORE INSERT ON cases_proposal
  FOR EACH ROW EXECUTE FUNCTION cases_gate();
CREATE TRIGGER cases_conference_gate BEFORE INSERT ON cases_conference
  FOR EACH ROW EXECUTE FUNCTION cases_gate();

-- A proposal stands on a conference of its own case.
CREATE FUNCTION cases_proposal_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM cases_conference WHERE id = NEW.conference_id AND case_id = NEW.case_id) THEN
    RAISE EXCEPTION 'a proposal needs a conference of its case' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_proposal_stands BEFORE INSERT ON cases_proposal
  FOR EACH ROW EXECUTE FUNCTION cases_proposal_stands();

-- Initials and decisions are about the newest version, and name its proposer as it is.
CREATE FUNCTION cases_signs_newest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM cases_require_clear(NEW.case_id, TG_TABLE_NAME);
  IF NOT EXISTS (
    SELECT 1 FROM cases_proposal p WHERE p.id = NEW.proposal_id AND p.case_id = NEW.case_id
      AND p.proposed_by_id = NEW.proposed_by_id
      AND p.version = (SELECT max(version) FROM cases_proposal WHERE case_id = NEW.case_id)) THEN
    RAISE EXCEPTION 'only the newest version is signed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_decision_gate BEFORE INSERT ON cases_decision
  FOR EACH ROW EXECUTE FUNCTION cases_signs_newest();
CREATE TRIGGER cases_countersign_gate BEFORE INSERT ON cases_countersign
  FOR EACH ROW EXECUTE FUNCTION cases_signs_newest();

-- A case begins with the screen before it, never leaves the seal, and reaches no measure past the gate.
CREATE FUNCTION cases_case_gate() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER cases_case_gate BEFORE INSERT OR UPDATE ON cases_case
  FOR EACH ROW EXECUTE FUNCTION cases_case_gate();
CREATE TRIGGER cases_case_kept BEFORE DELETE ON cases_case
  FOR EACH ROW EXECUTE FUNCTION kernel_append_only();

-- The third wall stands at the letters themselves.
CREATE FUNCTION cases_letter_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.subject_kind <> 'case'
     OR NEW.subject_id !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' THEN
    RAISE EXCEPTION 'a decision on a measure belongs to a case' USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM cases_require_clear(NEW.subject_id::uuid, TG_TABLE_NAME);
  RETURN NEW;
END $$;
CREATE TRIGGER cases_letter_gate BEFORE INSERT ON documents_letter
  FOR EACH ROW WHEN (NEW.kind = 'keputusan-tak') EXECUTE FUNCTION cases_letter_gate();
"""
UNGATE = """
DROP TRIGGER cases_letter_gate ON documents_letter; DROP FUNCTION cases_letter_gate();
DROP TRIGGER cases_case_kept ON cases_case; DROP TRIGGER cases_case_gate ON cases_case;
DROP FUNCTION cases_case_gate();
DROP TRIGGER cases_countersign_gate ON cases_countersign; DROP TRIGGER cases_decision_gate ON cases_decision;
DROP FUNCTION cases_signs_newest();
DROP TRIGGER cases_proposal_stands ON cases_proposal; DROP FUNCTION cases_proposal_stands();
DROP TRIGGER cases_conference_gate ON cases_conference; DROP TRIGGER cases_proposal_gate ON cases_proposal;
DROP FUNCTION cases_gate(); DROP FUNCTION cases_require_clear(uuid, text);
DROP FUNCTION cases_person_is_sheltered(uuid); DROP FUNCTION cases_screen_is_clear(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("database", "0001_functions"),
        ("documents", "0001_initial"),
    ]
    operations = [
        ScopeRows("cases_case", by="wilayah"),
        *[migrations.RunSQL(FOLLOW.format(table=t), UNFOLLOW.format(table=t)) for t in FOLLOWERS],
        migrations.RunSQL(REFERRAL, UNREFERRAL),
        *[AppendOnly(table) for table in FACTS],
        migrations.RunSQL(GATE, UNGATE),
    ]
