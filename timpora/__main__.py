"""The command `timpora`: `run` supervises the whole system, every other word is an office command."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Hand the words to Django's commands, of which `interface/console` holds ours."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.config.settings")
    execute_from_command_line(["timpora", *sys.argv[1:]])


if __name__ == "__main__":
    main()
