"""Who calls, told from the session's cookie alone: for what is answered or settled before Django."""

from collections.abc import Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Final, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import Error, transaction

from timpora.apps.findings import queries as findings
from timpora.apps.identity import queries as identity
from timpora.interface.parking import is_parked
from timpora.interface.requests import devices_of
from timpora.interface.web.middleware import SESSION_KEY, SESSION_USER
from timpora.kernel.access import Actor, P, holds
from timpora.kernel.database.session import assume
from timpora.kernel.outbox.hub import at_desk

# Where people send large files, and who: an agency its list, the head of a section a post's day.
SENDS_MUCH: Final = {"/daftar/kirim": P.INTAKE_SUBMISSION_SEND, "/ponsel/berkas": P.FINDINGS_REPORT_CARRY}
Found = TypeVar("Found")
Headers = Iterable[tuple[bytes, bytes]]


async def asked(act: Callable[..., Found], *args: object) -> Found:
    """Ask the database something as nobody, off the event loop."""

    def run() -> Found:
        with transaction.atomic():
            assume(None)
            return act(*args)

    return await at_desk(run)


def session_named(headers: Headers) -> str:
    """Return the key of the session that the cookie of a request names, or nothing."""
    cookies = "; ".join(value.decode("latin-1") for name, value in headers if name.lower() == b"cookie")
    try:
        found = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return found.value if found else ""


def actor_of(session: str) -> Actor | None:
    """Return who opened the session, as the middleware would; it is read and never written here."""
    store = import_module(settings.SESSION_ENGINE).SessionStore(session_key=session or None)
    stored = store.get(SESSION_USER)
    devices = devices_of(store)
    if is_parked(store) or (devices and findings.devices_revoked(devices)):
        return None
    actor = identity.actor_get(UUID(stored), session_key=store.get(SESSION_KEY, -1)) if stored else None
    return actor if actor and actor.grants else None


async def may_send_much(path: str, headers: Headers) -> bool:
    """Tell whether the caller is an officer who sends the large files of an address (`SENDS_MUCH`)."""
    session = session_named(headers)
    if not session:
        return False
    try:
        actor = await asked(actor_of, session)
    except (Error, OSError):
        return False
    return actor is not None and holds(actor, SENDS_MUCH[path])
