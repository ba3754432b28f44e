"""The command `timpora`: a few words keep the system going, every other one is an office command."""

import gc
import os
import sys
from importlib import import_module

from django.core.management import execute_from_command_line

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
        execute_from_command_line(["timpora", *sys.argv[1:]])


if __name__ == "__main__":
    main()
