"""Sessions in the database, under keys of our own making only, and of each key its digest alone."""

import hashlib
import re
from collections.abc import Callable
from typing import Any, cast

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import transaction

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

    def change(self, name: str, new: Callable[[Any], Any]) -> None:
        """Store what `new` makes of one thing as it is by now; where that is None, it stays.

        A request has read its session at its beginning; what others wrote into it since is not undone. The
        cookie is not sent anew either: an answer that is late would undo a later sign-in. A session that has
        ended stays ended.
        """
        with transaction.atomic():
            rows = self.model.objects.select_for_update()
            row = rows.filter(session_key=kept_as(self.session_key or "")).first()
            held = self.decode(row.session_data) if row else {}
            value = new(held.get(name)) if row else None
            if row is None or value is None:
                return
            row.session_data = self.encode({**held, name: value})
            row.save(update_fields=["session_data"])
        was_modified = self.modified
        self[name] = value
        self.modified = was_modified

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


def session_change(session: SessionBase, name: str, new: Callable[[Any], Any]) -> None:
    """Change one thing of a request's session, which is one of ours (`SessionStore.change`)."""
    cast("SessionStore", session).change(name, new)
