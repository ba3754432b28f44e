"""The files in which a post hands over a day: its reports and their photos (ADR 0021)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from timpora.apps.findings import actions as findings
from timpora.apps.findings.types import DayLine
from timpora.interface.photo_file import photo_file_write
from timpora.interface.post_key import post_key_require
from timpora.interface.queue_file import queue_file_write
from timpora.kernel.access import Actor

REPORTS: Final = "laporan"
PHOTOS: Final = "foto"


@dataclass(frozen=True, slots=True)
class DayFile:
    """One file, and the name under which it is handed out."""

    name: str
    data: bytes


def day_file(actor: Actor, kind: str, *, operation_id: UUID, on: date, part: int) -> DayFile:
    """Return one file of a day; raises `PostKeyMissing`, and `AccessDenied` where there is none."""
    return KINDS[kind](actor, operation_id, on, part)


def day_files(actor: Actor, line: DayLine) -> Iterator[DayFile]:
    """Return all files of a day, in the order in which they are brought in."""
    for kind, parts in ((REPORTS, line.parts), (PHOTOS, line.photo_parts)):
        for part in parts:
            yield day_file(actor, kind, operation_id=line.operation_id, on=line.on, part=part)


def _reports(actor: Actor, operation_id: UUID, on: date, part: int) -> DayFile:
    entries = findings.day_take(actor, operation_id=operation_id, on=on, part=part)
    return DayFile(f"hari-{on:%Y-%m-%d}-{part}.json", queue_file_write(operation_id, entries))


def _photos(actor: Actor, operation_id: UUID, on: date, part: int) -> DayFile:
    post_key_require(operation_id)
    load = findings.day_photos_take(actor, operation_id=operation_id, on=on, part=part)
    return DayFile(f"hari-{on:%Y-%m-%d}-foto-{part}-dari-{load.of}.timpora", photo_file_write(load))


KINDS: Final[dict[str, Callable[[Actor, UUID, date, int], DayFile]]] = {REPORTS: _reports, PHOTOS: _photos}
