"""Handing out photos and Berita Acara of a report: to whoever may open persons, and logged (P18).

Those of a report that names who may be a victim go to protection alone, on the case it has taken over (P26).
"""

import hashlib
from uuid import UUID

from timpora.apps.findings.attached_models import Minutes, Photo, PhotoArrival
from timpora.apps.findings.attached_types import AttachedFile, ReportPhoto
from timpora.apps.findings.content import receipt_number
from timpora.apps.findings.errors import MinutesAltered, PhotoAltered, PhotoMissing
from timpora.apps.findings.models import CheckedPerson, Report
from timpora.apps.findings.photos import SEAL, is_of_author, photo_bytes
from timpora.apps.findings.protecting import photos_are_sealed
from timpora.apps.findings.subjects import subject_of
from timpora.kernel.access import AccessDenied, Actor, P, require, scope
from timpora.kernel.audit.entry import Note, Refs
from timpora.kernel.audit.log import append, disclosure_record
from timpora.kernel.audit.tags import Tag


def photo_get(actor: Actor, *, operation_id: UUID, report_id: UUID, position: int) -> AttachedFile:
    """Return a photo as the phone took it, whole and with its digest, or nothing.

    Raises `AccessDenied` where report or photo are absent or foreign, `PurposeMissing`, `PhotoMissing` where
    it has not arrived or lies under a seal, which nobody is to tell apart (P26), `PhotoAltered`.
    """
    row = _report(actor, operation_id, report_id)
    photo = Photo.objects.filter(report=row, position=position).select_related("report", "root").first()
    if photo is None:
        raise AccessDenied
    arrived = PhotoArrival.objects.filter(root_id=photo.root_id, sha256=photo.sha256).first()
    if arrived is None or not is_of_author(photo):
        raise PhotoMissing
    data = _whole(arrived)
    # For whoever reads without the seal it never arrived, so the common log must not say that it was shown.
    seal = SEAL if photos_are_sealed(photo.root_id) else ""
    _log(actor, row, {"shown": "foto", "photo": photo.sha256}, seal=seal)
    return AttachedFile(data, f"foto-{receipt_number(row.sha256)}-{position}.jpg")


def minutes_get(actor: Actor, *, operation_id: UUID, report_id: UUID, position: int) -> AttachedFile:
    """Return a Berita Acara as computed when the report was taken.

    Raises as `photo_get`, and `MinutesAltered`.
    """
    row = _report(actor, operation_id, report_id)
    found = Minutes.objects.filter(report=row, position=position).first()
    if found is None:
        raise AccessDenied
    pdf = bytes(found.pdf)
    if hashlib.sha256(pdf).hexdigest() != found.sha256:
        raise MinutesAltered
    _log(actor, row, {"shown": "berita acara", "minutes": found.sha256})
    person = CheckedPerson.objects.filter(report=row, position=position).first()
    if person is not None and person.person_id is not None and person.person_is_sure:
        disclosure_record(actor, person.person_id, (row.wilayah,), what="berita acara lapangan")
    return AttachedFile(pdf, f"berita-acara-{receipt_number(row.sha256)}-{position}.pdf")


def report_photos(actor: Actor, report_id: UUID) -> list[ReportPhoto]:
    """Return the photos that all contents of a report name, each once, for who takes over whom it met.

    `AccessDenied` for everybody else. To list them shows nothing of them, so it is not logged.
    """
    here = _arrivals(_root(actor, report_id))
    return [
        ReportPhoto(number, photo.taken_at, photo.size, is_here=photo.sha256 in here)
        for number, photo in enumerate(_named(report_id), start=1)
    ]


def report_photo_get(actor: Actor, report_id: UUID, number: int) -> AttachedFile:
    """Return one of `report_photos`; the look stands in the sealed log. Raises as `photo_get`."""
    row = _root(actor, report_id)
    named = _named(report_id)
    if not 1 <= number <= len(named):
        raise AccessDenied
    arrived = _arrivals(row).get(named[number - 1].sha256)
    if arrived is None:
        raise PhotoMissing
    data = _whole(arrived)
    # Of every report alike: that protection looked would by itself tell of somebody in it.
    _log(actor, row, {"shown": "foto", "photo": arrived.sha256}, seal=SEAL)
    return AttachedFile(data, f"foto-{receipt_number(row.sha256)}-{number}.jpg")


def _root(actor: Actor, report_id: UUID) -> Report:
    row = scope(actor, P.CASES_PROTECTION_HANDLE, Report.objects.filter(pk=report_id)).first()
    if row is None:
        raise AccessDenied
    return row


def _named(root_id: UUID) -> list[Photo]:
    """Return the photos by when their content came; one that several contents name stands once."""
    first: dict[str, Photo] = {}
    for row in Photo.objects.filter(root_id=root_id).order_by("report__received_at", "report", "position"):
        first.setdefault(row.sha256, row)
    return list(first.values())


def _arrivals(row: Report) -> dict[str, PhotoArrival]:
    return {one.sha256: one for one in PhotoArrival.objects.filter(root_id=row.pk)}


def _whole(arrived: PhotoArrival) -> bytes:
    data = photo_bytes(arrived.root_id, arrived.sha256, arrived.attempt)
    if hashlib.sha256(data).hexdigest() != arrived.sha256:
        raise PhotoAltered
    return data


def _report(actor: Actor, operation_id: UUID, report_id: UUID) -> Report:
    rows = scope(actor, P.FINDINGS_REPORT_READ, Report.objects.filter(operation_id=operation_id))
    row = rows.filter(pk=report_id).first()
    if row is None:
        raise AccessDenied
    require(actor, P.REGISTRY_PERSON_READ, places=(row.wilayah,))
    return row


def _log(actor: Actor, row: Report, refs: Refs, *, seal: str = "") -> None:
    subject = subject_of(row, seal=seal)
    append(actor, [Note(tag=Tag.FINDINGS_REPORT_READ, subject=subject, refs=refs)])
