"""The photos of a post's day as files: how they are cut, what lies in them, and how they come in at home.

Which photos a report names everybody reads alike; whether one has arrived lies under the seal where the
report may speak of a victim (P26, ADR 0023). So the files are cut and filled up by what is named, a photo
that has not arrived leaves its room empty, and whoever brings a file in is told what he may see anyway.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final
from uuid import UUID

from django.db.models import Max

from timpora.apps.findings.attached_models import Photo, PhotoArrival
from timpora.apps.findings.content import receipt_number
from timpora.apps.findings.day_types import Brought, PhotoLoad, PhotoSlot
from timpora.apps.findings.models import Report
from timpora.apps.findings.photos import SEAL, photo_arrive, photo_bytes
from timpora.apps.findings.protecting import photos_are_sealed, photos_seal
from timpora.apps.findings.subjects import subject_of
from timpora.kernel.access import P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs, Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import seal_lifted

FULL: Final = 16 * 1024 * 1024
LEAST: Final = 1024 * 1024
# What a file tells of each photo, and of itself.
AROUND: Final = 256
# Of what tells one cut from another, in letters.
DIGEST: Final = 16


@dataclass(frozen=True, slots=True)
class Named:
    """A photo that a report of the day names; where contents tell several lengths, the longest."""

    root: UUID
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class PhotoFiles:
    """How the photos of a day are cut: which go in which file, and how many bytes each file has.

    `digest` tells this cut from any other, of what the reports name alone: files of one cut are all of a day.
    """

    parts: tuple[tuple[Named, ...], ...]
    room: int
    digest: str

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the files, from one."""
        return tuple(range(1, len(self.parts) + 1))


def cut(named: Sequence[Named]) -> PhotoFiles:
    """Cut photos into files of one size, so that all of a day together are a power of two.

    A day without photos has a file as well, of a mebibyte; nobody tells it from one with a few.
    """
    largest = max((one.size for one in named), default=0)
    full = max(FULL, _power(largest + 2 * AROUND))
    parts: list[list[Named]] = [[]]
    weight = AROUND
    for one in named:
        if weight + AROUND + one.size > full:
            parts.append([])
            weight = AROUND
        parts[-1].append(one)
        weight += AROUND + one.size
    room = full if len(parts) > 1 else max(LEAST, _power(weight))
    empty = _power(len(parts)) - len(parts)
    told = "\n".join(f"{one.root} {one.sha256} {one.size}" for one in named)
    digest = hashlib.sha256(told.encode()).hexdigest()[:DIGEST]
    return PhotoFiles((*map(tuple, parts), *((),) * empty), room, digest)


def _power(number: int) -> int:
    return 1 << max(number - 1, 0).bit_length()


def photo_files(reports: Collection[UUID]) -> PhotoFiles:
    """Return how the photos of these reports are cut, those of their other contents among them."""
    rows = Photo.objects.filter(root__in=list(reports))
    told = rows.values("root_id", "sha256").annotate(most=Max("size")).order_by("root_id", "sha256")
    return cut([Named(one["root_id"], one["sha256"], one["most"]) for one in told])


def photos_held(reports: dict[UUID, Report], named: Iterable[Named]) -> tuple[PhotoSlot, ...]:
    """Return a slot for each photo, with its bytes where it has arrived, also those under a seal."""
    found = []
    for root, group in groupby(named, lambda one: one.root):
        row, is_sealed = reports[root], photos_are_sealed(root)
        for one in group:
            blank = PhotoSlot(
                root, receipt_number(row.sha256), row.device_seq, one.sha256, one.size, is_sealed
            )
            found.append(replace(blank, data=_bytes(one)))
    return tuple(found)


def _bytes(one: Named) -> bytes:
    with seal_lifted(SEAL):
        arrived = PhotoArrival.objects.filter(root_id=one.root, sha256=one.sha256).first()
        return photo_bytes(one.root, one.sha256, arrived.attempt) if arrived else b""


@deed(P.FINDINGS_REPORT_CARRY, tag=Tag.FINDINGS_DAY_PHOTOS_BROUGHT)
def day_photos_bring(act: Act, *, load: PhotoLoad) -> list[Brought]:
    """Take in the photos of a file; return how those of each report stand, as the actor may see it.

    A photo counts as one that its phone sent: a report of the post's operation that the actor may carry names
    it, and length, digest and form hold; a post speaks for no other operation, whoever holds its key. What
    was under the seal where it comes from is under it here, whichever content of the
    report has come. What is here already is no harm.
    """
    reports = scope(act.actor, act.permission, Report.objects.filter(operation_id=load.operation_id))
    known = reports.in_bulk({slot.report_id for slot in load.slots})
    rows = Photo.objects.filter(root__in=list(known)).select_related("report", "root")
    photos: dict[tuple[UUID, str], list[Photo]] = {}
    for row in rows:
        photos.setdefault((row.root_id, row.sha256), []).append(row)
    told: dict[UUID, list[PhotoSlot]] = {}
    for slot in load.slots:
        told.setdefault(slot.report_id, []).append(slot)
        if slot.is_sealed and slot.report_id in known:
            _seal(act, known[slot.report_id])
        if not slot.data:
            continue
        # Of contents that tell several lengths, the one that this photo has.
        same = sorted(
            photos.get((slot.report_id, slot.sha256), ()), key=lambda one: one.size != len(slot.data)
        )
        for photo in same[:1]:
            photo_arrive(act, photo=photo, data=slot.data)
    places = sorted({row.wilayah for row in known.values()}) or act.actor.territories
    refs: Refs = {"on": load.on.isoformat(), "part": load.part, "of": load.of, "named": len(load.slots)}
    act.upon(Subject(kind="day", id=str(load.operation_id), places=tuple(places)), refs=refs)
    return [_brought(known.get(root), slots, set(photos)) for root, slots in told.items()]


def _seal(act: Act, report: Report) -> None:
    """Put the photos of a report under the seal; who carried what did so stands in the log under it."""
    if photos_seal(report.pk):
        act.note(subject_of(report, seal=SEAL), tag=Tag.FINDINGS_PHOTOS_SEALED)


def _brought(row: Report | None, slots: Sequence[PhotoSlot], named: set[tuple[UUID, str]]) -> Brought:
    first = slots[0]
    if row is None:
        return Brought(first.number, first.seq, "", len(slots), 0, is_known=False)
    is_known = all((slot.report_id, slot.sha256) in named for slot in slots)
    # As far as the actor may see: under a seal it has not arrived.
    here = PhotoArrival.objects.filter(root=row, sha256__in=[slot.sha256 for slot in slots]).count()
    return Brought(first.number, first.seq, row.officer_name, len(slots), here, is_known)
