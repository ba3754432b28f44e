"""A database that does not answer: told from a question that fails, and not asked by everybody at once."""

import logging
import time
from threading import Lock
from typing import Final

from django.db import Error, InterfaceError, OperationalError, connection
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

log = logging.getLogger("timpora.web")
# Classes of SQLSTATE: no connection, no resources, somebody ended the server or our connection to it.
AWAY: Final = ("08", "53", "57P")
# Between two tries; and how long one may take, which is longer than the pool waits for a connection.
REST_SECONDS: Final = 3.0
TRY_SECONDS: Final = 15.0
# How long the server has to say that it is there.
PING_SECONDS: Final = 2


def is_away(error: BaseException) -> bool:
    """Tell whether `error` says that the database does not answer, rather than that it refuses."""
    if isinstance(error, InterfaceError):
        return True  # the connection was closed under us
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or str(state).startswith(AWAY)


def is_reachable() -> bool:
    """Ask the server itself whether it takes connections, beside the pool; nobody signs in for that."""
    told = connection.get_connection_params()
    known = {name: told[name] for name in ("host", "port", "dbname", "user") if told.get(name)}
    address = make_conninfo("", connect_timeout=PING_SECONDS, **known)
    return PGconn.ping(address.encode()) == Ping.OK


class Away(Error):
    """The database did not answer a moment ago, so this question was not put."""


class Outage:
    """What a process knows of a database that is away: then one question at a time tries whether it is back.

    Everybody else is told at once, instead of waiting for a connection in a queue that holds up those who
    need none.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._until = 0.0

    def check(self) -> None:
        """Raise `Away` where the database was away a moment ago and it is not yet time to try again."""
        with self._lock:
            now = time.monotonic()
            if now < self._until:
                raise Away
            if self._until:
                self._until = now + TRY_SECONDS

    def suspect(self) -> None:
        """Take note of a question that failed as they do when the database is away.

        One question that failed proves nothing about those of others: it may have been too much by itself, or
        lost its own connection, or waited for a pool that others keep busy. So the server is asked.
        """
        self.learn(is_away=not is_reachable())

    def learn(self, *, is_away: bool) -> None:
        """Take note of whether the database answers."""
        with self._lock:
            if is_away != bool(self._until):
                log.warning("basis data tidak menjawab" if is_away else "basis data menjawab lagi")
            self._until = time.monotonic() + REST_SECONDS if is_away else 0.0


outage: Final = Outage()
