"""Targets that may be one: near, alike in name or address, or for one person (F43); a warning, no refusal."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from uuid import UUID

from timpora.apps.operations.types import TargetView, Twin
from timpora.domain.geo import Point, metres_between

NEAR_METRES: Final = 150
# Cells are a little wider than the distance, so that a near one lies in the same or a neighbouring cell.
CELL_DEGREES: Final = 0.002


def twins_among(targets: Sequence[TargetView]) -> dict[UUID, tuple[Twin, ...]]:
    """Return for each target that has any: the others that may be the same, nearest first."""
    found: dict[UUID, dict[UUID, Twin]] = defaultdict(dict)
    for one, other in _pairs(targets):
        metres = round(metres_between(Point(one.lat, one.lng), Point(other.lat, other.lng)))
        is_same_person = bool(set(one.person_ids) & set(other.person_ids))
        if metres <= NEAR_METRES or is_same_person or set(_words(one)) & set(_words(other)):
            found[one.id][other.id] = Twin(other, metres, is_same_person)
            found[other.id][one.id] = Twin(one, metres, is_same_person)
    return {key: tuple(sorted(twins.values(), key=lambda t: t.metres)) for key, twins in found.items()}


def _pairs(targets: Sequence[TargetView]) -> Iterator[tuple[TargetView, TargetView]]:
    """Yield pairs worth comparing, each once: of neighbouring cells, or with a person or words in common."""
    groups: dict[object, list[TargetView]] = defaultdict(list)
    seen: set[tuple[UUID, UUID]] = set()
    for target in targets:
        keys = [*_cells(target), *target.person_ids, *_words(target)]
        for other in _unseen(target, (o for key in keys for o in groups[key]), seen):
            yield target, other
        for key in {_cells(target)[0], *target.person_ids, *_words(target)}:
            groups[key].append(target)


def _unseen(
    target: TargetView, others: Iterable[TargetView], seen: set[tuple[UUID, UUID]]
) -> Iterator[TargetView]:
    for other in others:
        if (target.id, other.id) not in seen:
            seen.add((target.id, other.id))
            yield other


def _words(target: TargetView) -> list[tuple[str, str, str]]:
    """Return name and address as compared: small letters and figures alone, within a kabupaten."""
    kabupaten = ".".join(target.wilayah.split(".")[:2])
    told = (("name", target.name), ("address", target.address))
    return [
        (what, kabupaten, words)
        for what, text in told
        if (words := " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split()))
    ]


def _cells(target: TargetView) -> list[tuple[int, int]]:
    """Return the target's own cell and its eight neighbours."""
    row, column = int(target.lat // CELL_DEGREES), int(target.lng // CELL_DEGREES)
    steps = [(0, 0), *((r, c) for r in (-1, 0, 1) for c in (-1, 0, 1) if (r, c) != (0, 0))]
    return [(row + r, column + c) for r, c in steps]
