"""Django's name for the letter desk."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Issued letters, their numbers and the public register that proves them."""

    name = "timpora.kernel.documents"
    label = "documents"
