"""Django's name for the places."""

from django.apps import AppConfig


class WilayahConfig(AppConfig):
    """Regions, office areas, checkpoints, boundaries and the editable reference tables."""

    name = "timpora.apps.wilayah"
    label = "wilayah"
