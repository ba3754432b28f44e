"""For tests with several connections: rows are committed, and taken away afterwards by the owner."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper

from timpora.interface.web.posko_rooms import easel

# What a test may leave behind. Reference tables stay: they are loaded once for all tests.
ROOMS = (
    "audit",
    "cases",
    "documents",
    "findings",
    "identity",
    "indications",
    "intake",
    "operations",
    "outbox",
)
TRIES = 4
OTHERS = ("django_session", "registry_person", "registry_merge", "registry_personkey", "registry_record")
TABLES = """
SELECT relname FROM pg_class
WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
"""


@contextmanager
def committing(blocker: object, role: str) -> Iterator[None]:
    """Let the test commit; `role` is the program's, under which the connection goes on afterwards."""
    with blocker.unblock():  # type: ignore[attr-defined]
        try:
            yield
        finally:
            easel.submit(int).result()  # A board that is still being drawn holds locks on what is cleared.
            _clear(role)
            # A browser's loop gives this thread a connection of its own, which nobody else would close.
            connection.close()


def _clear(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(TABLES)
        every = [row[0] for row in cursor.fetchall()]
        tables = [t for t in every if t.split("_")[0] in ROOMS or t in OTHERS]
        for table in tables:
            _insist(cursor, f"ALTER TABLE {table} DISABLE TRIGGER USER")
        _insist(cursor, f"TRUNCATE {', '.join(tables)} CASCADE")
        for table in tables:
            _insist(cursor, f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute(f"SET ROLE {role}")


def _insist(cursor: CursorWrapper, statement: str) -> None:
    """Say it again where the rest of a page, which nobody looks at any more, held what is cleared."""
    for attempt in range(TRIES):
        try:
            cursor.execute(statement)
        except OperationalError:
            if attempt == TRIES - 1:
                raise
        else:
            return
