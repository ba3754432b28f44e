"""The table of the outbox."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Message(models.Model):
    """One piece of news: the tag of the act, what it was upon, where it belongs; references only."""

    access_by = "territories"

    id = models.BigAutoField(primary_key=True)
    tag = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.TextField()
    territories = ArrayField(models.TextField())
    payload = models.JSONField(default=dict)
    at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "outbox_message"
        indexes = (models.Index(fields=["id"], name="outbox_waiting", condition=Q(delivered_at=None)),)

    def __str__(self) -> str:
        return f"{self.id} {self.tag}"
