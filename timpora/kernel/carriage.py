"""A row that somebody brought from a post by file: it stays what it was, and says who carried it and when.

Only what was written here has the empty mark. A number that counts rows one by one (the steps of a message,
the movements of a team) was counted where the row was written, so it is unique among rows of one mark alone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import models
from django.db.models import Q

from timpora.kernel.act import Act

# Of rows that were written in this database.
WRITTEN_HERE: Final = Q(brought_at=None)


@dataclass(frozen=True, slots=True)
class Carriage:
    """Who brought a row in, and when; `is_doubtful`: its author's key had been withdrawn by then."""

    by: str
    at: datetime
    is_doubtful: bool


def carriage_of(by: str, at: datetime | None, *, is_doubtful: bool) -> Carriage | None:
    """Return who brought a row with these marks; nothing for what was written here."""
    return Carriage(by, at, is_doubtful) if at else None


class Brought(models.Model):
    """A row that may have been written at a post."""

    brought_by_id = models.UUIDField(null=True)
    brought_by = models.TextField(blank=True, default="")
    brought_at = models.DateTimeField(null=True)
    brought_doubtful = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def carriage(self) -> Carriage | None:
        """Return who brought it; nothing for what was written here."""
        return carriage_of(self.brought_by, self.brought_at, is_doubtful=self.brought_doubtful)


def brought_whole(name: str) -> models.CheckConstraint:
    """Return the constraint that a row was brought by somebody at some time, or not at all."""
    written = Q(brought_at=None, brought_by_id=None, brought_by="", brought_doubtful=False)
    carried = Q(brought_at__isnull=False, brought_by_id__isnull=False) & ~Q(brought_by="")
    return models.CheckConstraint(name=name, condition=written | carried)


def brought_by(act: Act, *, is_doubtful: bool) -> dict[str, object]:
    """Return the mark that a row gets which this deed brings in."""
    return {
        "brought_by_id": act.actor.id,
        "brought_by": act.actor.name,
        "brought_at": act.at,
        "brought_doubtful": is_doubtful,
    }
