"""The program works only as a role that row-level security binds (P9)."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from timpora.config.settings_test import SERVER
from timpora.kernel.database.embedded import SUPERUSER
from timpora.kernel.database.guard import PrivilegedRole, refuse_privileged

PROBE = "guard_probe"
SETTING = f"""
CREATE ROLE guard_owner; CREATE ROLE guard_group; CREATE ROLE guard_bypass BYPASSRLS;
CREATE ROLE {PROBE} LOGIN;
CREATE SCHEMA guard_schema; GRANT USAGE, CREATE ON SCHEMA guard_schema TO guard_owner, {PROBE};
SET ROLE guard_owner; CREATE TABLE guard_schema.perkara (id int); RESET ROLE;
GRANT SELECT, INSERT ON guard_schema.perkara TO {PROBE};
"""


@pytest.fixture
def admin() -> Iterator[psycopg.Connection[Any]]:
    """A superuser's connection whose roles and tables vanish with the transaction."""
    with psycopg.connect(**SERVER.address(SUPERUSER, "postgres").to_conninfo()) as connection:
        connection.execute(SETTING)
        yield connection
        connection.rollback()


def become(connection: psycopg.Connection[Any], role: str) -> None:
    connection.execute(f"SET LOCAL SESSION AUTHORIZATION {role}")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (f"ALTER ROLE {PROBE} SUPERUSER", "superuser"),
        (f"ALTER ROLE {PROBE} BYPASSRLS", "BYPASSRLS"),
        (f"ALTER ROLE {PROBE} CREATEROLE", "CREATEROLE"),
        (f"ALTER TABLE guard_schema.perkara OWNER TO {PROBE}", "pemilik tabel perkara"),
        (f"ALTER SCHEMA guard_schema OWNER TO {PROBE}", "pemilik skema guard_schema"),
        (f"GRANT guard_owner TO {PROBE}", "keanggotaan dalam 'guard_owner'"),
        (f"GRANT guard_owner TO guard_group; GRANT guard_group TO {PROBE}", "pemilik tabel perkara"),
        (f"GRANT guard_bypass TO {PROBE} WITH INHERIT FALSE", "BYPASSRLS"),
        (f"GRANT pg_execute_server_program TO {PROBE}", "setara superuser"),
    ],
)
def test_a_role_past_the_wall_is_refused(admin: psycopg.Connection[Any], make: str, reason: str) -> None:
    admin.execute(make)
    become(admin, PROBE)
    with pytest.raises(PrivilegedRole) as refusal:
        refuse_privileged(admin)
    assert reason in str(refusal.value)
    assert "timpora database prepare" in str(refusal.value)


def test_a_bound_role_is_welcome(admin: psycopg.Connection[Any]) -> None:
    admin.execute(f"GRANT guard_group TO {PROBE}")
    become(admin, PROBE)
    refuse_privileged(admin)


def test_putting_a_lesser_role_on_hides_nothing(admin: psycopg.Connection[Any]) -> None:
    admin.execute(f"SET ROLE {PROBE}")
    with pytest.raises(PrivilegedRole, match="superuser"):
        refuse_privileged(admin)
