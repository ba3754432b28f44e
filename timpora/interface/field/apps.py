"""Django's name for the officers' form."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    """The form of the field: one page that goes on working when the network goes."""

    name = "timpora.interface.field"
    label = "field"
