"""`timpora web`: the web server; Django is loaded once, before the workers are forked from it."""

import os
from importlib import import_module

import django
from django.conf import settings
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

RESPAWN_SECONDS = 1
# Asked to end, a worker closes its streams by itself and finishes the question and the board it is at; on a
# busy machine that is seconds. Less than the supervisor waits for us (`STOP_SECONDS`).
KILL_SECONDS = 8
APPLICATION = "timpora.config.asgi:application"


def main() -> int:
    """Serve until asked to end; return the code for the shell."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.config.settings")
    # Loaded here it is loaded once, and its memory shared; no connection is opened before the fork.
    django.setup()
    import_module(settings.ROOT_URLCONF)
    Granian(
        APPLICATION,
        address=settings.HOST,
        port=settings.PORT,
        interface=Interfaces.ASGI,
        workers=settings.WEB_WORKERS,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_SECONDS,
        workers_kill_timeout=KILL_SECONDS,
        log_level=LogLevels.warning,
    ).serve()
    return 0
