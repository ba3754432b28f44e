"""Worked out once for all who may see the same, and kept until there is news: never a cache of pages.

The key must say who may see it (`kernel.access.policy.reach`); the pulse of the outbox, read below the
walls of whoever asks, says whether something happened since.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from timpora.kernel import clock
from timpora.kernel.outbox.post import Pulse

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


@dataclass(slots=True)
class _Place(Generic[Made]):
    """Where one key's value lies; whoever makes it anew makes it for all who wait."""

    lock: Lock = field(default_factory=Lock)
    pulse: Pulse | None = None
    at: datetime | None = None
    made: Made | None = None


class Kept(Generic[Key, Made]):
    """At most `most` values of this process, each for as long as its pulse beats, and `seconds` at most."""

    def __init__(self, *, most: int, seconds: float) -> None:
        self._places: OrderedDict[Key, _Place[Made]] = OrderedDict()
        self._lock = Lock()
        self._most = most
        self._seconds = seconds

    def get(self, key: Key, pulse: Pulse, make: Callable[[Made | None], Made]) -> Made:
        """Return what is kept under `key`, or let `make` work it out from what was kept before.

        `pulse` is read before: what is made then holds at least what the pulse has counted. Whoever calls
        holds a connection already, so that nobody waits here for one while others wait for him.
        """
        place = self._place(key)
        with place.lock:
            if place.made is None or not self._is_fresh(place, pulse):
                place.made = make(place.made)
                place.pulse, place.at = pulse, clock.now()
            return place.made

    def _is_fresh(self, place: _Place[Made], pulse: Pulse) -> bool:
        if place.pulse is None or place.at is None or place.pulse < pulse:
            return False
        # Silence grows and days end without news; a demonstration's clock lets them pass faster.
        longest = timedelta(seconds=self._seconds * max(1.0, clock.setting().rate))
        return timedelta() <= clock.now() - place.at <= longest

    def _place(self, key: Key) -> _Place[Made]:
        with self._lock:
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            while len(self._places) > self._most:
                self._places.popitem(last=False)
            return place
