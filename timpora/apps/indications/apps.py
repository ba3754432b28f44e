"""Django's name for the indications."""

from django.apps import AppConfig


class IndicationsConfig(AppConfig):
    """An indication is computed; what an officer records at a visit is a finding."""

    name = "timpora.apps.indications"
    label = "indications"
