"""Django's name for the office screens."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Screens; they decide nothing."""

    name = "timpora.interface.web"
    label = "web"
