"""Fill the keys of linkage of persons that were there before the keys were."""

from typing import Any

from django.db import migrations

from timpora.domain.linkage import link_keys

AT_ONCE = 10_000
CHANGE = """
UPDATE registry_person p SET link_letters = n.letters, link_sounds = n.sounds, link_document = n.document
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[]) AS n(id, letters, sounds, document)
WHERE p.id = n.id
"""


def fill(_apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        # The walls hold for the owner as well, and every person lies in the nation.
        cursor.execute("SELECT set_config('timpora.territories', 'ID', true)")
        cursor.execute("SELECT id, name, document FROM registry_person")
        rows = cursor.fetchall()
        for start in range(0, len(rows), AT_ONCE):
            found = [(pk, link_keys(name, document)) for pk, name, document in rows[start : start + AT_ONCE]]
            cursor.execute(
                CHANGE,
                [
                    [pk for pk, _ in found],
                    [keys.letters for _, keys in found],
                    [keys.sounds for _, keys in found],
                    [keys.document for _, keys in found],
                ],
            )


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_link_keys")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
