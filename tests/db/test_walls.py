"""The catalogue itself is asked: every table with a territory has its policy, forced (P9)."""

import pytest
from django.db import DatabaseError, connection

from tests.cast import arif
from timpora.kernel.audit.entry import Note, Subject
from timpora.kernel.audit.log import append
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.roles import CLOSED, TABLE_RIGHTS
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db

# Tables that carry a territory and yet have no policy, each with its reason.
OPEN = {
    "identity_unit": "offices are public reference data, read before the actor is known",
    "identity_assignment": "what territories are computed from, read before the actor is known",
}
SCOPED = """
SELECT DISTINCT c.relname, c.relrowsecurity, c.relforcerowsecurity,
       EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
  AND a.attname IN ('wilayah', 'territories') AND NOT a.attisdropped
"""


def ask(sql: str, values: list[object] | None = None) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def test_every_table_with_a_territory_is_walled_and_forced():
    rows = [row for row in ask(SCOPED) if row[0] not in OPEN]
    assert len(rows) > 4
    assert [row[0] for row in rows if not all(row[1:])] == []


def test_an_exception_is_not_kept_longer_than_its_table():
    assert set(OPEN) <= {row[0] for row in ask(SCOPED)}


def test_facts_follow_their_parents():
    walled = {
        row[0] for row in ask("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    }
    for table in ("record", "personkey", "permit", "crossing", "stay", "work"):
        assert f"registry_{table}" in walled


def test_no_view_or_privileged_function_walks_past_the_wall():
    assert ask("SELECT viewname FROM pg_views WHERE schemaname = 'public'") == []
    assert ask("SELECT matviewname FROM pg_matviews WHERE schemaname = 'public'") == []
    privileged = ask(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace "
        "AND proname NOT LIKE 'procrastinate%'"
    )
    assert privileged == []


def test_tests_run_as_the_program_runs():
    ((role, is_super, bypasses),) = ask(
        "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    assert (role, is_super, bypasses) == ("timpora_app", False, False)


# Tables that any statement of the program may read whole, each with why no jurisdiction is crossed by it.
COMMON = OPEN | {
    "audit_checkpoint": "heads of the log: sizes and hashes",
    "auth_group": "Django's, empty: rights come from roles in code",
    "auth_group_permissions": "Django's, empty",
    "auth_permission": "Django's names of models",
    "django_content_type": "Django's names of models",
    "django_migrations": "which migrations ran",
    "django_session": "read by its unguessable key before the actor is known",
    "documents_proof": "what the public page says of a letter to whoever holds its code: no person, no text",
    "documents_series": "the next number of each series of letters",
    "findings_arrived": "numbers of devices that arrived: no person, no place; a hole shows only across all",
    "findings_device_owner": "whose a phone is and how many of its numbers arrived: no person, no place",
    "identity_signinattempt": "digests of names and addresses, read before anybody is known",
    "identity_user": "officers, read before the actor is known",
    "indications_rulestop": "rules that are stopped, for the whole country",
    "kernel_clock": "the hour",
    "lawbook_file": "law, which is public",
    "findings_look_round": "how far the program is in going through stored files; counts alone",
    "operations_eventperiod": "times of attention, for everybody; they tag and give no power",
    "operations_operation": "every office that takes part knows it; what lies in it is walled",
    "operations_operationstep": "who opened and closed an operation",
    "operations_phase": "days of an operation",
    "procrastinate_events": "the queue's own record",
    "procrastinate_jobs": "identifiers of what a worker has to do",
    "procrastinate_periodic_defers": "the queue's own record",
    "procrastinate_workers": "heartbeats",
    "wilayah_boundary": "public reference data",
    "wilayah_checkpoint": "public reference data",
    "wilayah_officearea": "public reference data",
    "wilayah_referenceload": "public reference data",
    "wilayah_referencerow": "public reference data",
    "wilayah_region": "public reference data",
    "wilayah_regionword": "public reference data",
}
TABLES = """
SELECT relname, relrowsecurity AND relforcerowsecurity
  AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = c.oid)
FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
"""
RIGHTS = """
SELECT c.relname, r.word FROM pg_class c, unnest(%s::text[]) AS r(word)
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
  AND has_table_privilege('timpora_app', c.oid, r.word)
"""


def test_every_table_is_walled_or_said_to_be_common_and_why():
    assert {name for name, is_walled in ask(TABLES) if not is_walled} == set(COMMON)


def test_the_program_has_the_rights_of_production_and_no_more():
    words = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]
    wanted = {(name, word) for name, _ in ask(TABLES) for word in TABLE_RIGHTS.split(", ")}
    closed = {(name, word) for name, rights in CLOSED.items() for word in rights.split(", ")}
    assert set(ask(RIGHTS, [words])) == wanted - closed


def test_a_salt_goes_in_with_its_entry_and_is_not_read():
    note = Note(tag=Tag.CASES_READ, subject=Subject(kind="x", id="1"), payload="kata")
    with acting_as(arif):
        append(arif, [note])
    for sql in ("SELECT * FROM audit_salt", "UPDATE audit_salt SET salt = ''", "DELETE FROM audit_salt"):
        with pytest.raises(DatabaseError, match="permission denied"), acting_as(arif):
            ask(sql)


def test_a_privileged_function_has_its_search_path_fixed():
    loose = ask(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace "
        "AND NOT coalesce(array_to_string(proconfig, ',') LIKE '%search_path=%', false)"
    )
    assert loose == []
