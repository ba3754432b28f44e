"""Django's name for the registry."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Records, persons and facts, each with its source."""

    name = "timpora.apps.registry"
    label = "registry"
