"""The command `timpora`: a few words keep the system going, every other one is an office command."""

import gc
import os
import sys
from importlib import import_module

from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import OperationalError

# These know all parts, so they live under the roof; the console's commands know none of it.
PROGRAMS = {
    "join": "timpora.config.join",
    "run": "timpora.config.run",
    "web": "timpora.config.web",
    "worker": "timpora.config.worker",
}
# Where much is loaded to stay, a look for garbage after each 700 new objects finds nothing and costs time.
GARBAGE = (50_000, 20, 50)


def main() -> None:
    """Hand the words to one of the programs, or to Django's commands."""
    gc.set_threshold(*GARBAGE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.config.settings")
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    if word in PROGRAMS:
        sys.argv[:2] = [f"timpora {word}"]
        sys.exit(import_module(PROGRAMS[word]).main())
    else:
        _command(["timpora", *sys.argv[1:]])


def _command(words: list[str]) -> None:
    """Do an office command; where no database answers, say what to do about it in place of a trace."""
    try:
        execute_from_command_line(words)
    except OperationalError as error:
        # What PostgreSQL itself says has a code; that nobody answered at all has none.
        if "--traceback" in words or getattr(error.__cause__, "sqlstate", None):
            raise
        where = "TIMPORA_DATABASE_URL" if settings.DATABASE_URL else f"folder data {settings.DATA}"
        sys.exit(
            f"Basis data tidak menjawab ({where}). Jalankan programnya dulu (make run), "
            f"atau sebut folder data yang lain: TIMPORA_DATA=FOLDER timpora {' '.join(words[1:2])} …"
        )


if __name__ == "__main__":
    main()
