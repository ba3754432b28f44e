"""Who hears which news of the outbox: the one table of it."""

from timpora.kernel.audit.tags import Tag
from timpora.kernel.outbox.post import Hearer, wire

HEARERS: dict[Tag, tuple[Hearer, ...]] = {}


def connect() -> None:
    """Hand the table to the outbox; called once by every process."""
    wire(HEARERS)
