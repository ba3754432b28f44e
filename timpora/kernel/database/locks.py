"""Locks by name, for what two transactions must not count at once; each ends with its transaction."""

import hashlib

from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

# A lock is kept for the few statements of a count; whoever keeps it longer is stuck.
LONGEST_WAIT = "3s"


class LockTaken(Exception):
    """Another transaction kept a lock for longer than anybody waits for it; nothing was done."""


def hold(*names: str) -> None:
    """Wait for the locks of these names, one after the other, and keep them until the transaction ends.

    Callers name them in one order (the narrow one first), so that two of them never wait for each other.
    Raises `LockTaken` where one is not free within `LONGEST_WAIT`; the transaction can go on.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('lock_timeout')")
            before = cursor.fetchone()[0]
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LONGEST_WAIT])
            for name in names:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(name)])
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [before])
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise LockTaken from error
        raise


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
