"""News is heard within a territory, and announced to listeners when its act is committed."""

from django.db import migrations

FORWARD = """
ALTER TABLE outbox_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox_message FORCE ROW LEVEL SECURITY;
CREATE POLICY outbox_message_write ON outbox_message FOR INSERT WITH CHECK (true);
CREATE POLICY outbox_message_scope ON outbox_message FOR SELECT
  USING (territories && (SELECT kernel_territories()));
CREATE POLICY outbox_message_deliver ON outbox_message FOR UPDATE
  USING (territories && (SELECT kernel_territories()));

CREATE FUNCTION outbox_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('timpora_news', NEW.id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER outbox_announce AFTER INSERT ON outbox_message
  FOR EACH ROW EXECUTE FUNCTION outbox_announce();
"""
BACKWARD = """
DROP TRIGGER outbox_announce ON outbox_message; DROP FUNCTION outbox_announce();
DROP POLICY outbox_message_deliver ON outbox_message; DROP POLICY outbox_message_scope ON outbox_message;
DROP POLICY outbox_message_write ON outbox_message;
ALTER TABLE outbox_message DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial"), ("database", "0001_functions")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
