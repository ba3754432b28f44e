"""Django's name for the database kernel: the SQL functions every policy and default stands on."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    """The SQL side of clock and access."""

    name = "timpora.kernel.database"
    label = "database"
