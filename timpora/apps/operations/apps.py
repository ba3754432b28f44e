"""Django's name for operations."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Operations, their phases and offices, targets, teams and orders."""

    name = "timpora.apps.operations"
    label = "operations"
