"""`timpora web`: the web server; Django is loaded once, before the workers are forked from it."""

import gc
import os
from importlib import import_module
from ipaddress import IPv4Address
from typing import Any

import django
from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels

from timpora.config.ending import Server
from timpora.config.lan import Lan, certificate_keep

RESPAWN_SECONDS = 1
# Asked to end, a worker ends its streams (`ending`) and finishes the question and the board it is at; on a
# busy machine that is seconds. Less than the supervisor waits for us (`STOP_SECONDS`).
KILL_SECONDS = 8
APPLICATION = "timpora.config.asgi:application"


def main() -> int:
    """Serve until asked to end; return the code for the shell."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.config.settings")
    # Loaded here it is loaded once, and its memory shared; no connection is opened before the fork.
    django.setup()
    import_module(settings.ROOT_URLCONF)
    # Never looked through again, so that the workers go on sharing it too.
    gc.freeze()
    Server(
        APPLICATION,
        **_door(),
        interface=Interfaces.ASGI,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_SECONDS,
        workers_kill_timeout=KILL_SECONDS,
        log_level=LogLevels.warning,
    ).serve()
    return 0


def _door() -> dict[str, Any]:
    """Return where this process listens and how: phones come over TLS, the laptop's own screen without."""
    if not settings.IS_LAN_DOOR:
        # The screen of a laptop is one person's.
        workers = 1 if settings.LAN_ADDRESS else settings.WEB_WORKERS
        return {"address": settings.HOST, "port": settings.PORT, "workers": workers}
    lan = Lan(IPv4Address(settings.LAN_ADDRESS), settings.LAN_PORT)
    files = certificate_keep(settings.DATA, lan)
    return {
        "address": str(lan.address),
        "port": lan.port,
        "workers": settings.WEB_WORKERS,
        "ssl_cert": files.certificate,
        "ssl_key": files.key,
    }
