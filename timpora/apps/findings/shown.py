"""Handing out photos and Berita Acara of a report: to whoever may open persons, and logged (P18)."""

import hashlib
from uuid import UUID

from timpora.apps.findings.attached_models import Minutes, Photo, PhotoArrival
from timpora.apps.findings.attached_types import AttachedFile
from timpora.apps.findings.content import receipt_number
from timpora.apps.findings.errors import PhotoAltered, PhotoMissing
from timpora.apps.findings.models import CheckedPerson, Report
from timpora.apps.findings.photos import SEAL, photo_bytes
from timpora.apps.findings.protecting import photos_are_sealed
from timpora.kernel.access import AccessDenied, Actor, P, require, scope
from timpora.kernel.audit.entry import Note, Refs, Subject
from timpora.kernel.audit.log import append, disclosure_record
from timpora.kernel.audit.tags import Tag


def photo_get(actor: Actor, *, operation_id: UUID, report_id: UUID, position: int) -> AttachedFile:
    """Return a photo as the phone took it, whole and with its digest, or nothing.

    Raises `AccessDenied` where report or photo are absent or foreign, `PurposeMissing`, `PhotoMissing` where
    it has not arrived or lies under a seal, which nobody is to tell apart (P26), `PhotoAltered`.
    """
    row = _report(actor, operation_id, report_id)
    photo = Photo.objects.filter(report=row, position=position).select_related("report").first()
    if photo is None:
        raise AccessDenied
    arrived = PhotoArrival.objects.filter(root_id=photo.root_id, sha256=photo.sha256).first()
    if arrived is None:
        raise PhotoMissing
    data = photo_bytes(photo.root_id, photo.sha256, arrived.attempt)
    if hashlib.sha256(data).hexdigest() != photo.sha256:
        raise PhotoAltered
    # For whoever reads without the seal it never arrived, so the common log must not say that it was shown.
    seal = SEAL if photos_are_sealed(photo.root_id) else ""
    _log(actor, row, {"shown": "foto", "photo": photo.sha256}, seal=seal)
    return AttachedFile(data, f"foto-{receipt_number(row.sha256)}-{position}.jpg")


def minutes_get(actor: Actor, *, operation_id: UUID, report_id: UUID, position: int) -> AttachedFile:
    """Return a Berita Acara as computed when the report was taken; raises as `photo_get`."""
    row = _report(actor, operation_id, report_id)
    found = Minutes.objects.filter(report=row, position=position).first()
    if found is None:
        raise AccessDenied
    _log(actor, row, {"shown": "berita acara", "minutes": found.sha256})
    person = CheckedPerson.objects.filter(report=row, position=position).first()
    if person is not None and person.person_id is not None:
        disclosure_record(actor, person.person_id, (row.wilayah,), what="berita acara lapangan")
    return AttachedFile(bytes(found.pdf), f"berita-acara-{receipt_number(row.sha256)}-{position}.pdf")


def _report(actor: Actor, operation_id: UUID, report_id: UUID) -> Report:
    rows = scope(actor, P.FINDINGS_REPORT_READ, Report.objects.filter(operation_id=operation_id))
    row = rows.filter(pk=report_id).first()
    if row is None:
        raise AccessDenied
    require(actor, P.REGISTRY_PERSON_READ, places=(row.wilayah,))
    return row


def _log(actor: Actor, row: Report, refs: Refs, *, seal: str = "") -> None:
    subject = Subject(kind="report", id=str(row.pk), places=(row.wilayah,), unit=row.unit_code, seal=seal)
    append(actor, [Note(tag=Tag.FINDINGS_REPORT_READ, subject=subject, refs=refs)])
