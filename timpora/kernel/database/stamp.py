"""The stamp: which program last prepared this database, so that the next start need not do it again.

It lies with the data (a comment on the table of migrations), since a note in a file would still speak
after the database was restored or exchanged.
"""

from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

# A start that was killed while the schema was made leaves tables which the program may not yet read.
READ = """
SELECT coalesce(obj_description(to_regclass('django_migrations'), 'pg_class'), ''),
       coalesce(has_table_privilege(to_regclass('kernel_clock'), 'SELECT'), false)
"""
NOT_PREPARING = {"static", "templates", "locale", "__pycache__"}


def program_digest(package: Path) -> str:
    """Return the digest of all that prepares a database: code, migrations and the data we carry."""
    digest = sha256()
    for path in sorted(package.rglob("*")):
        if path.is_file() and not NOT_PREPARING.intersection(path.relative_to(package).parts):
            digest.update(str(path.relative_to(package)).encode() + path.read_bytes())
    return digest.hexdigest()[:32]


def stamp_read(connection: psycopg.Connection[Any]) -> tuple[str, bool]:
    """Return the stamp (empty where the database was never prepared) and whether its clock was turned."""
    stamp, has_clock = connection.execute(READ).fetchone() or ("", False)
    if not has_clock:
        return "", False
    simulated = connection.execute("SELECT is_simulated FROM kernel_clock").fetchone()
    return str(stamp), simulated == (True,)


def stamp_write(connection: psycopg.Connection[Any], stamp: str) -> None:
    """Write the stamp; only the owner of the tables may."""
    connection.execute(sql.SQL("COMMENT ON TABLE django_migrations IS {}").format(stamp))
