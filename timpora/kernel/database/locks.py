"""Locks by name, for what two transactions must not count at once; each ends with its transaction."""

import hashlib

from django.db import connection


def hold(*names: str) -> None:
    """Wait for the locks of these names, one after the other, and keep them until the transaction ends.

    Callers name them in one order (the narrow one first), so that two of them never wait for each other.
    """
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(name)])


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
