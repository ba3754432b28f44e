"""Whether all photo files of a post's day came in: the session remembers which have."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.sessions.backends.base import SessionBase

from timpora.apps.findings.types import PhotoLoad
from timpora.interface.sessions import session_change

KEPT: Final = "berkas_foto"
# Of days that somebody brings in before he signs out.
DAYS_MOST: Final = 30


@dataclass(frozen=True, slots=True)
class PhotoSet:
    """The photo files of one day: how many there are, and which were not brought in yet."""

    on: date
    of: int
    missing: tuple[int, ...]


def photo_sets(session: SessionBase, loads: Iterable[tuple[PhotoLoad, bool]]) -> list[PhotoSet]:
    """Note which files came, each with whether all of it was taken; return the days of this session.

    Files of one cut belong together (`PhotoLoad`); where a day comes in another, the former counts no more.
    """
    came = list(loads)
    if came:
        session_change(session, KEPT, lambda held: _noted(held or {}, came))
    held = session.get(KEPT, {})
    return [_set(key, one) for key, one in held.items()]


def _noted(held: dict[str, Any], came: Iterable[tuple[PhotoLoad, bool]]) -> dict[str, Any]:
    days = dict(held)
    for load, is_taken in came:
        key = f"{load.on.isoformat()}/{load.operation_id}"
        day = days.pop(key, {})
        parts = set(day["parts"]) if day.get("cut") == load.cut else set()
        if is_taken:
            parts.add(load.part)
        days[key] = {"cut": load.cut, "of": load.of, "parts": sorted(parts)}
    return dict(list(days.items())[-DAYS_MOST:])


def _set(key: str, one: dict[str, Any]) -> PhotoSet:
    missing = tuple(part for part in range(1, one["of"] + 1) if part not in one["parts"])
    return PhotoSet(date.fromisoformat(key.partition("/")[0]), one["of"], missing)
