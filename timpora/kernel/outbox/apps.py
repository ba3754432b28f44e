"""Django's name for the outbox."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """News written in the transaction of the act it tells of."""

    name = "timpora.kernel.outbox"
    label = "outbox"
