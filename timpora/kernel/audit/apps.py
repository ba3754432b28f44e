"""Django's name for the audit log."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only log of every act and every disclosure."""

    name = "timpora.kernel.audit"
    label = "audit"
