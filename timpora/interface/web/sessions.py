"""Sessions in the database, under keys of our own making only."""

import re

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

KEY = re.compile(r"[a-z0-9]{32}")


class SessionStore(DatabaseStore):
    """A key that we cannot have made is no key: a cookie may carry anything, NUL among it (P29)."""

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key) and KEY.fullmatch(key or "") is not None
