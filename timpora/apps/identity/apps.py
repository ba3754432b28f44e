"""Django's name for identity."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Who works here, for which unit, in which role, from when to when."""

    name = "timpora.apps.identity"
    label = "identity"
