"""Whether all photo files of a post's day, or of a phone, came in: the session remembers which have."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.sessions.backends.base import SessionBase

from timpora.interface.bringing import SHOWN, Brought
from timpora.interface.sessions import session_change

KEPT: Final = "berkas_foto"
# Of days and phones that somebody brings in before he signs out.
SETS_MOST: Final = 30
PHONE: Final = "ponsel"


@dataclass(frozen=True, slots=True)
class PhotoSet:
    """The photo files of one day, or of the phone that ends on `device`: how many, and which are missing."""

    on: date | None
    device: str
    of: int
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Came:
    """A file that came: of which set, and whether all of it was taken; part 0 only tells of a set."""

    key: str
    cut: str
    of: int
    part: int
    is_taken: bool


def photo_sets(session: SessionBase, brought: Brought | None) -> list[PhotoSet]:
    """Note which files came, each with whether all of it was taken; return the sets of this session.

    Files of one cut belong together; where a day or a phone comes in another, the former counts no more.
    """
    came = list(_came(brought)) if brought else []
    if came:
        session_change(session, KEPT, lambda held: _noted(held or {}, came))
    held = session.get(KEPT, {})
    return [_set(key, one) for key, one in held.items()]


def _came(brought: Brought) -> Iterable[_Came]:
    for load, is_taken in brought.loads:
        yield _Came(f"{load.on.isoformat()}/{load.operation_id}", load.cut, load.of, load.part, is_taken)
    for one, is_taken in brought.phones:
        yield _Came(f"{PHONE}/{one.device}", one.cut, one.of, one.part, is_taken)


def _noted(held: dict[str, Any], came: Iterable[_Came]) -> dict[str, Any]:
    sets = dict(held)
    for one in came:
        known = sets.pop(one.key, {})
        parts = set(known["parts"]) if known.get("cut") == one.cut else set()
        if one.is_taken:
            parts.add(one.part)
        sets[one.key] = {"cut": one.cut, "of": one.of, "parts": sorted(parts)}
    return dict(list(sets.items())[-SETS_MOST:])


def _set(key: str, one: dict[str, Any]) -> PhotoSet:
    what, _, whose = key.partition("/")
    missing = tuple(part for part in range(1, one["of"] + 1) if part not in one["parts"])
    if what == PHONE:
        return PhotoSet(None, whose[-SHOWN:], one["of"], missing)
    return PhotoSet(date.fromisoformat(what), "", one["of"], missing)
