"""Whose clock a screen shows: that of the officer's own unit."""

from timpora.domain.territory import WIB
from timpora.kernel.access import Actor


def zone_of_actor(actor: Actor) -> str:
    """Return the IANA zone of the unit the officer works at; Jakarta for whoever has none."""
    return actor.main.zone if actor.main else WIB
