"""Django's name for the findings."""

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    """What officers saw and reported to the posko (temuan)."""

    name = "timpora.apps.findings"
    label = "findings"
