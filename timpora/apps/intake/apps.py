"""Django's name for the intake."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Agencies' lists in, and the pairs that two eyes look at."""

    name = "timpora.apps.intake"
    label = "intake"
