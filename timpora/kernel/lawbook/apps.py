"""Django's name for the law book."""

from django.apps import AppConfig


class LawBookConfig(AppConfig):
    """Law files loaded by the centre, every version kept."""

    name = "timpora.kernel.lawbook"
    label = "lawbook"
