"""What every office command shares."""

from django.core.management.base import BaseCommand


class OfficeCommand(BaseCommand):
    """A word at the console, said on its own; it begins at once.

    Django's checks read every page's code to find a programmer's mistake, which takes as long as all else
    that a short command does. They are made where programmers work: `make check` asks for the migrations,
    and so for them.
    """

    requires_system_checks = ()
