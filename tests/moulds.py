"""A database that is migrated once and then copied for each process that tests, run after run.

It holds the carried tables too, in a schema of their own, so that a test that asks for the country gets it
by a copy. A change in any file of the program makes another mould, and the old one goes.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction

from tests import again
from timpora.apps.wilayah import loading
from timpora.config.settings_test import APP_ROLE, OWNER, SERVER, TEST_DATA
from timpora.kernel import clock

PREFIX = "mould_"
PROGRAM = Path(loading.__file__).parents[2]
# Nothing of these takes part in how a database is made.
SHOWN = {"locale", "static", "templates", "fonts", "__pycache__"}
CARRIED = (
    "wilayah_region",
    "wilayah_regionword",
    "wilayah_officearea",
    "wilayah_checkpoint",
    "wilayah_referencerow",
    "wilayah_referenceload",
)


def mould() -> str:
    """Return the name of the database to copy, made now unless another process was quicker."""
    name = PREFIX + _digest()
    with (TEST_DATA / "mould.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = SERVER.psql(f"SELECT datname FROM pg_database WHERE datname LIKE '{PREFIX}%'").split()
        if name not in known:
            for old in known:
                SERVER.psql(f"DROP DATABASE {old} WITH (FORCE)")
            _make(name)
    return name


def _digest() -> str:
    files = (p for p in PROGRAM.rglob("*") if p.is_file() and not SHOWN.intersection(p.parts))
    told = hashlib.sha256(Path(__file__).read_bytes() + again.FUNCTIONS.encode())
    for file in sorted(files):
        told.update(str(file.relative_to(PROGRAM)).encode() + hashlib.sha256(file.read_bytes()).digest())
    return told.hexdigest()[:16]


def _make(name: str) -> None:
    """Make it under another name, so that one that was broken off is never copied."""
    making = f"{PREFIX}in_the_making"
    SERVER.psql(f"DROP DATABASE IF EXISTS {making} WITH (FORCE)")
    SERVER.psql(f"CREATE DATABASE {making} OWNER {OWNER}")
    with _connected_to(making):
        call_command("migrate", verbosity=0, interactive=False)
        with transaction.atomic():
            country_load()
            with connection.cursor() as cursor:
                cursor.execute("CREATE SCHEMA carried")
                for table in CARRIED:
                    cursor.execute(f"CREATE TABLE carried.{table} AS TABLE public.{table}")
                cursor.execute(f"TRUNCATE {', '.join(CARRIED)} RESTART IDENTITY")
    SERVER.psql(again.FUNCTIONS + "GRANT USAGE ON SCHEMA carried TO PUBLIC", database=making)
    SERVER.psql(f"ALTER DATABASE {making} RENAME TO {name}")


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def country_load() -> None:
    """Load the carried tables from their files, as the first start does."""
    loading.regions_write()
    loading.reference_write(clock.now())
    loading.areas_write()
    loading.checkpoints_write()


def country_copy() -> None:
    """Put the carried tables into their places, as they were loaded for the mould."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for table in CARRIED:
            cursor.execute(f"INSERT INTO public.{table} SELECT * FROM carried.{table}")
            cursor.execute(NUMBERED, [table])
            for column, sequence in cursor.fetchall():
                cursor.execute(f"SELECT setval('{sequence}', max({column})) FROM {table}")
        cursor.execute(f"SET ROLE {APP_ROLE}")


def country_clear() -> None:
    """Take the carried tables away, as the owner may."""
    with connection.cursor() as cursor:
        cursor.execute(f"RESET ROLE; TRUNCATE {', '.join(CARRIED)}; SET ROLE {APP_ROLE}")


NUMBERED = """
SELECT attname, pg_get_serial_sequence(attrelid::regclass::text, attname) FROM pg_attribute
WHERE attrelid = %s::regclass AND attidentity <> '' AND attnum > 0
"""
