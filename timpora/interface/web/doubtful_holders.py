"""Whom a typed number alone names, on a screen: for who may open that person's page (ADR 0030)."""

from collections.abc import Collection
from uuid import UUID

from timpora.apps.registry import queries as registry
from timpora.kernel.access import Actor


def holders_shown(actor: Actor, holders: Collection[UUID | None]) -> frozenset[UUID]:
    """Return those of `holders` whom the actor may open; to others no number names anybody."""
    wanted = {holder for holder in holders if holder is not None}
    if not wanted or actor.purpose is None:
        return frozenset()
    return frozenset(registry.person_rows(actor, wanted))
