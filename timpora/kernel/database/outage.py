"""A database that does not answer: told from a question that fails, and not asked by everybody at once."""

import logging
import time
from threading import Lock
from typing import Final

from django.db import Error, InterfaceError, OperationalError

log = logging.getLogger("timpora.web")
# Classes of SQLSTATE: no connection, no resources, somebody ended the server or our connection to it.
AWAY: Final = ("08", "53", "57P")
# Between two tries; and how long one may take, which is longer than the pool waits for a connection.
REST_SECONDS: Final = 3.0
TRY_SECONDS: Final = 15.0


def is_away(error: BaseException) -> bool:
    """Tell whether `error` says that the database does not answer, rather than that it refuses."""
    if isinstance(error, InterfaceError):
        return True  # the connection was closed under us
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or str(state).startswith(AWAY)


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

    def learn(self, *, is_away: bool) -> None:
        """Take note of how a question went that was put."""
        with self._lock:
            if is_away != bool(self._until):
                log.warning("basis data tidak menjawab" if is_away else "basis data menjawab lagi")
            self._until = time.monotonic() + REST_SECONDS if is_away else 0.0


outage: Final = Outage()
