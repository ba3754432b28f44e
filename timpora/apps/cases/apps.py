"""Django's name for the cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """From what was found to a lawful decision: screened first, proposed by one, decided by another."""

    name = "timpora.apps.cases"
    label = "cases"
