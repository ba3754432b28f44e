"""Clock, whole-step comparison of territories, and the settings that row-level security reads."""

from django.db import migrations

FORWARD = """
CREATE TABLE kernel_clock (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  base timestamptz NOT NULL, origin timestamptz NOT NULL,
  rate double precision NOT NULL, is_simulated boolean NOT NULL);
INSERT INTO kernel_clock VALUES (true, 'epoch', 'epoch', 1, false);

CREATE FUNCTION kernel_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT base + (clock_timestamp() - origin) * rate FROM kernel_clock $$;

CREATE FUNCTION kernel_steps(code text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN code = 'ID' THEN ARRAY['ID'] ELSE ARRAY['ID',
    split_part(code, '.', 1),
    array_to_string((string_to_array(code, '.'))[1:2], '.'),
    array_to_string((string_to_array(code, '.'))[1:3], '.'),
    code] END $$;

CREATE FUNCTION kernel_territories() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT string_to_array(coalesce(current_setting('timpora.territories', true), ''), ',') $$;

CREATE FUNCTION kernel_seals() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT string_to_array(coalesce(current_setting('timpora.seals', true), ''), ',') $$;

CREATE FUNCTION kernel_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
BACKWARD = """
DROP FUNCTION kernel_append_only(); DROP FUNCTION kernel_seals(); DROP FUNCTION kernel_territories();
DROP FUNCTION kernel_steps(text); DROP FUNCTION kernel_now(); DROP TABLE kernel_clock;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
