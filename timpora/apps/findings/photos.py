"""Photos of a report: taken in pieces until they are whole, and shown to whoever may open persons (P6)."""

import hashlib
from dataclasses import replace
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, Sum

from timpora.apps.findings.attached_models import Photo, PhotoArrival, PhotoPiece
from timpora.apps.findings.attached_types import PhotoState
from timpora.apps.findings.devices import device_is_revoked
from timpora.apps.findings.errors import DeviceRevoked, PhotoAhead, PhotoGivenUp, PhotoNotJpeg
from timpora.apps.findings.models import Report
from timpora.domain.jpeg import is_jpeg, may_begin_jpeg
from timpora.kernel.access import AccessDenied, Actor, P, require, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs, Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import seal_lifted

# Bytes that do not have the digest are kept apart and asked for again, this often.
ATTEMPTS: Final = 3
SEAL: Final = "tppo"


def photo_state(actor: Actor, *, report_id: UUID, sha256: str) -> PhotoState:
    """Return how much has arrived of a photo of the actor's own report; `AccessDenied` for any other."""
    require(actor, P.FINDINGS_REPORT_SUBMIT)
    photo = _own(actor, report_id, sha256)
    return _state(photo)[0]


def photo_take(actor: Actor, *, report_id: UUID, sha256: str, starts: int, data: bytes) -> PhotoState:
    """Take a piece that begins at byte `starts`; one that is held already is no harm.

    Raises `AccessDenied` for what is not a photo of the actor's own report, `DeviceRevoked`, `PhotoAhead`
    where bytes before it are missing, `PhotoNotJpeg`, and `PhotoGivenUp` after bytes with another digest.
    """
    require(actor, P.FINDINGS_REPORT_SUBMIT)
    photo = _own(actor, report_id, sha256)
    if device_is_revoked(photo.report.device_id):
        raise DeviceRevoked
    state, attempt = _state(photo)
    if state.is_whole or starts < state.arrived:
        return state
    if attempt > ATTEMPTS:
        raise PhotoGivenUp
    if starts > state.arrived or not data or starts + len(data) > photo.size:
        raise PhotoAhead
    if starts == 0 and not may_begin_jpeg(data):
        raise PhotoNotJpeg
    try:
        with transaction.atomic():
            return _piece_store(actor, photo=photo, attempt=attempt, starts=starts, data=data)
    except IntegrityError:
        # Another sending of it was first, an instant ago.
        return _state(photo)[0]


@deed(P.FINDINGS_REPORT_SUBMIT, tag=Tag.FINDINGS_PHOTO_PIECE)
def _piece_store(act: Act, *, photo: Photo, attempt: int, starts: int, data: bytes) -> PhotoState:
    report = photo.report
    subject = Subject(
        kind="report",
        id=str(photo.root_id),
        places=(report.wilayah,),
        unit=report.unit_code,
        seal=SEAL if photo.is_sealed else "",
    )
    ends = starts + len(data)
    refs: Refs = {"photo": photo.sha256, "from": starts, "to": ends, "of": photo.size}
    PhotoPiece(
        root_id=photo.root_id,
        sha256=photo.sha256,
        attempt=attempt,
        starts=starts,
        size=len(data),
        data=data,
        is_sealed=photo.is_sealed,
    ).save(force_insert=True)
    act.upon(subject, refs=refs)
    if ends == photo.size:
        _conclude(act, photo, attempt, subject)
    return _state(photo)[0]


def _conclude(act: Act, photo: Photo, attempt: int, subject: Subject) -> None:
    """Note that the photo is whole, or that these bytes are not what the report names."""
    with seal_lifted(SEAL):
        data = photo_bytes(photo, attempt)
    if hashlib.sha256(data).hexdigest() != photo.sha256 or not is_jpeg(data):
        act.note(subject, refs={"photo": photo.sha256}, tag=Tag.FINDINGS_PHOTO_REFUSED)
        return
    PhotoArrival(
        root_id=photo.root_id, sha256=photo.sha256, attempt=attempt, at=act.at, is_sealed=photo.is_sealed
    ).save(force_insert=True)
    act.note(subject, refs={"photo": photo.sha256}, tag=Tag.FINDINGS_PHOTO_ARRIVED)


def photo_bytes(photo: Photo, attempt: int) -> bytes:
    """Return what arrived of a photo in one attempt, as far as the actor may look behind its seal."""
    rows = PhotoPiece.objects.filter(root_id=photo.root_id, sha256=photo.sha256, attempt=attempt)
    return b"".join(bytes(data) for data in rows.order_by("starts").values_list("data", flat=True))


def _own(actor: Actor, report_id: UUID, sha256: str) -> Photo:
    reports = scope(actor, P.FINDINGS_REPORT_SUBMIT, Report.objects.filter(officer_id=actor.id))
    rows = Photo.objects.filter(root_id=report_id, sha256=sha256, report__in=reports)
    with seal_lifted(SEAL):
        photo = rows.select_related("report").order_by("id").first()
    if photo is None:
        raise AccessDenied
    return photo


def _state(photo: Photo) -> tuple[PhotoState, int]:
    """Return how a photo stands, and which attempt its next piece belongs to."""
    here = {"root_id": photo.root_id, "sha256": photo.sha256}
    blank = PhotoState(photo.root_id, photo.sha256, photo.size, 0, is_whole=False)
    with seal_lifted(SEAL):
        if PhotoArrival.objects.filter(**here).exists():
            return replace(blank, arrived=photo.size, is_whole=True), 0
        last = PhotoPiece.objects.filter(**here).aggregate(most=Max("attempt"))["most"] or 1
        sums = PhotoPiece.objects.filter(**here, attempt=last).aggregate(all=Sum("size"))
    arrived = sums["all"] or 0
    if arrived >= photo.size:
        return blank, last + 1
    return replace(blank, arrived=arrived), last
