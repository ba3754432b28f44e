"""The web process: Django behind a table of what is answered before it."""

import os
from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import sync_to_async
from django.core.asgi import get_asgi_application
from django.db import connection, connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.config.settings")
django = get_asgi_application()  # what follows has tables, which exist for Python only from here on

from timpora.config import wiring  # noqa: E402
from timpora.config.bodies import bounded  # noqa: E402
from timpora.config.ending import when_ending  # noqa: E402
from timpora.interface.web.callers import may_send_much  # noqa: E402
from timpora.interface.web.stream import posko_stream  # noqa: E402
from timpora.kernel.database.guard import PrivilegedRole, refuse_privileged  # noqa: E402
from timpora.kernel.leash import watch_parent  # noqa: E402

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Django = Callable[[Any, Any, Any], Awaitable[None]]


async def ready(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Answer `/siap`: this process is up. It tells nothing else and touches no table."""
    head = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": b"siap\n"})


async def lifespan(_scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse to serve on a database role that row-level security does not bind."""
    await receive()
    try:
        await sync_to_async(_guard, thread_sensitive=False)()
    except PrivilegedRole as refusal:
        await send({"type": "lifespan.startup.failed", "message": str(refusal)})
        return
    when_ending(posko_stream.end)
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


def _guard() -> None:
    try:
        refuse_privileged(connection)
    finally:
        connections.close_all()


# Paths that Django must not see: a stream would hold one of its threads and connections until it ends.
BEFORE_DJANGO: dict[str, App] = {
    "/siap": ready,
    "/sse/posko/": posko_stream,
}


def dispatch(behind: Django) -> App:
    """Return the application that sends each path to `BEFORE_DJANGO` or to Django.

    A key ending in `/` stands for everything below it.
    """

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await lifespan(scope, receive, send)
        path = scope["path"]
        for prefix, app in BEFORE_DJANGO.items():
            if path == prefix or (prefix.endswith("/") and path.startswith(prefix)):
                return await app(scope, receive, send)
        return await behind(scope, receive, send)

    return application


wiring.connect()
watch_parent()
application = dispatch(bounded(django, may_send=may_send_much))
