"""The files in which a post hands over a day: reports, their photos, notes (ADR 0021, 0027)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from timpora.apps.findings import actions as findings
from timpora.apps.findings.types import DayLine
from timpora.interface.note_file import note_file_write
from timpora.interface.photo_file import photo_file_write
from timpora.interface.post_key import post_key_require
from timpora.interface.queue_file import queue_file_write
from timpora.kernel.access import AccessDenied, Actor

REPORTS: Final = "laporan"
PHOTOS: Final = "foto"
NOTES: Final = "catatan"


@dataclass(frozen=True, slots=True)
class DayFile:
    """One file, and the name under which it is handed out."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which file of which day; `cut` is how its photos were cut when it was listed (`DayLine`)."""

    operation_id: UUID
    on: date
    part: int
    cut: str


def day_file(actor: Actor, kind: str, wanted: Wanted) -> DayFile:
    """Return one file; raises `PostKeyMissing`, `DayGrown`, and `AccessDenied` where there is none."""
    return KINDS[kind](actor, wanted)


def day_files(actor: Actor, line: DayLine) -> Iterator[DayFile]:
    """Return all files of a day, in the order in which they are brought in."""
    noted = (1,) if line.notes else ()
    for kind, parts in ((NOTES, noted), (REPORTS, line.parts), (PHOTOS, line.photo_parts)):
        for part in parts:
            yield day_file(actor, kind, Wanted(line.operation_id, line.on, part, line.photo_cut))


def _reports(actor: Actor, wanted: Wanted) -> DayFile:
    operation, on, part = wanted.operation_id, wanted.on, wanted.part
    entries = findings.day_take(actor, operation_id=operation, on=on, part=part)
    return DayFile(f"hari-{on:%Y-%m-%d}-{part}.json", queue_file_write(operation, entries))


def _photos(actor: Actor, wanted: Wanted) -> DayFile:
    operation, on, part = wanted.operation_id, wanted.on, wanted.part
    post_key_require(operation)
    load = findings.day_photos_take(actor, operation_id=operation, on=on, part=part, cut=wanted.cut)
    return DayFile(f"hari-{on:%Y-%m-%d}-foto-{part}-dari-{load.of}.timpora", photo_file_write(load))


def _notes(actor: Actor, wanted: Wanted) -> DayFile:
    if wanted.part != 1:
        raise AccessDenied
    post_key_require(wanted.operation_id)
    load = findings.notes_take(actor, operation_id=wanted.operation_id, on=wanted.on)
    return DayFile(f"hari-{wanted.on:%Y-%m-%d}-catatan.timpora", note_file_write(load))


KINDS: Final[dict[str, Callable[[Actor, Wanted], DayFile]]] = {
    NOTES: _notes,
    REPORTS: _reports,
    PHOTOS: _photos,
}
