"""Sessions in the database, under keys of our own making only, and of each key its digest alone."""

import hashlib
import re

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession

from timpora.kernel import clock

KEY = re.compile(r"[a-z0-9]{32}")
LENGTH = 40
# Every request asks this; put together anew it costs more than the answer.
LASTING = "SELECT * FROM django_session WHERE session_key = %s AND expire_date > %s"


def kept_as(key: str) -> str:
    """Return under what a session lies: whoever reads the table, or a stolen copy, learns no key (P34)."""
    return hashlib.sha256(key.encode()).hexdigest()[:LENGTH]


class SessionStore(DatabaseStore):
    """A key that we cannot have made is no key: a cookie may carry anything, NUL among it (P29)."""

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key) and KEY.fullmatch(key or "") is not None

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        asked = (kept_as(self.session_key or ""), clock.true_now())
        found: AbstractBaseSession | None = next(iter(self.model.objects.raw(LASTING, asked)), None)
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Return whether there is a session of this key."""
        return super().exists(kept_as(session_key))

    def create_model_instance(self, data: dict[str, object]) -> AbstractBaseSession:
        """Return the row of the session as it stands."""
        row = super().create_model_instance(data)
        row.session_key = kept_as(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Remove the session of a key, this one's without."""
        key = session_key or self.session_key
        if key:
            super().delete(kept_as(key))
