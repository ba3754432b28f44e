"""Django's name for the office commands."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Commands of the server room."""

    name = "timpora.interface.console"
    label = "console"
