"""The catalogue itself is asked: every table with a territory has its policy, forced (P9)."""

import pytest
from django.db import connection

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


def ask(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
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
