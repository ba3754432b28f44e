"""The program refuses to work as a database role that row-level security does not bind.

A superuser, a role with BYPASSRLS and the owner of a table see and change every row whatever the
policies say, so the second wall behind `scope` would silently be gone (promise P9).
"""

from typing import Any, Protocol

from timpora.kernel.errors import Refusal

# Roles count that we may turn into (`SET ROLE`), and `session_user` since a role once set can be put off.
# Whoever owns a schema may drop its tables, and whoever runs programs as the server is a superuser in all
# but name.
FINDINGS = """
WITH mine AS (
  SELECT oid, rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles
  WHERE pg_has_role(session_user, oid, 'MEMBER') OR pg_has_role(current_user, oid, 'MEMBER')
), ours AS (
  SELECT oid, nspname, nspowner FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
)
SELECT 1, rolname, 'superuser' FROM mine WHERE rolsuper
UNION ALL SELECT 2, rolname, 'BYPASSRLS' FROM mine WHERE rolbypassrls
UNION ALL SELECT 3, rolname, 'CREATEROLE' FROM mine WHERE rolcreaterole
UNION ALL SELECT 4, rolname, 'peran setara superuser' FROM mine WHERE rolname IN
  ('pg_execute_server_program', 'pg_write_server_files', 'pg_read_server_files')
UNION ALL SELECT 5, rolname, 'pemilik skema ' || nspname FROM mine JOIN ours ON nspowner = mine.oid
UNION ALL SELECT 6, rolname, 'pemilik tabel ' || min(relname) FROM mine
  JOIN pg_class ON relowner = mine.oid JOIN ours ON relnamespace = ours.oid
  WHERE relkind IN ('r', 'p', 'v', 'm', 'S') GROUP BY rolname
ORDER BY 1, 2 LIMIT 1
"""


class PrivilegedRole(Refusal):
    """The database role may pass row-level security; the message says why and what to do."""

    code = "database.privileged-role"

    def __init__(self, role: str, through: str, reason: str) -> None:
        member = "" if role == through else f" melalui keanggotaan dalam '{through}'"
        super().__init__(
            f"Timpora menolak berjalan dengan peran basis data '{role}': {reason}{member}. Peran seperti itu "
            "melewati pembatasan baris (RLS). Buat peran yang benar dengan `timpora database prepare` dan "
            "pakai alamatnya di TIMPORA_DATABASE_URL."
        )


class Connection(Protocol):
    """A connection of Django's or of psycopg's."""

    def cursor(self) -> Any:
        """Return a cursor that is a context manager."""


def refuse_privileged(connection: Connection) -> None:
    """Raise `PrivilegedRole` unless row-level security binds the role of this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        (role,) = cursor.fetchone()
        cursor.execute(FINDINGS)
        found = cursor.fetchone()
    if found:
        raise PrivilegedRole(role, through=found[1], reason=found[2])
