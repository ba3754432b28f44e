"""Photos of a report: taken in pieces until they are whole, and shown to whoever may open persons (P6)."""

import hashlib
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, Sum

from timpora.apps.findings.attached_models import Photo, PhotoArrival, PhotoPiece
from timpora.apps.findings.attached_types import PhotoState
from timpora.apps.findings.devices import device_is_revoked
from timpora.apps.findings.errors import (
    DeviceRevoked,
    PhotoAhead,
    PhotoGivenUp,
    PhotoNotJpeg,
    PhotoPieceSmall,
)
from timpora.apps.findings.models import Report
from timpora.apps.findings.protecting import photos_are_sealed
from timpora.domain.jpeg import is_jpeg, may_begin_jpeg
from timpora.kernel.access import AccessDenied, Actor, P, require, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs, Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import seal_lifted

# Bytes that do not have the digest are kept apart and asked for again, this often.
ATTEMPTS: Final = 3
# No piece but the last is smaller: what a photo costs in rows is bounded by its length.
SMALLEST: Final = 64 * 1024
SEAL: Final = "tppo"


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a photo stands, and to which attempt its sender's next piece belongs."""

    state: PhotoState
    attempt: int = 0
    is_given_up: bool = False


def photo_state(actor: Actor, *, report_id: UUID, sha256: str, size: int | None = None) -> PhotoState:
    """Return how much has arrived of a photo of the actor's own report; `AccessDenied` for any other.

    Where contents of the report tell its length differently, `size` says which is meant.
    """
    require(actor, P.FINDINGS_REPORT_SUBMIT)
    return _standing(_own(actor, report_id, sha256, size)).state


def photo_take(
    actor: Actor, *, report_id: UUID, sha256: str, starts: int, data: bytes, size: int | None = None
) -> PhotoState:
    """Take a piece that begins at byte `starts`; one that is held already is no harm.

    Raises `AccessDenied` for what is not a photo of the actor's own report, `DeviceRevoked`, `PhotoAhead`
    where bytes before it are missing, `PhotoPieceSmall`, `PhotoNotJpeg`, and `PhotoGivenUp` after bytes with
    another digest.
    """
    require(actor, P.FINDINGS_REPORT_SUBMIT)
    photo = _own(actor, report_id, sha256, size)
    if device_is_revoked(photo.report.device_id):
        raise DeviceRevoked
    now = _standing(photo)
    if now.state.is_whole or starts < now.state.arrived:
        return now.state
    if now.is_given_up:
        raise PhotoGivenUp
    _look(photo, now.state, starts, data)
    try:
        with transaction.atomic():
            return _piece_store(actor, photo=photo, attempt=now.attempt, starts=starts, data=data)
    except IntegrityError:
        # Another sending of it was first, an instant ago.
        return _standing(photo).state


def _look(photo: Photo, state: PhotoState, starts: int, data: bytes) -> None:
    ends = starts + len(data)
    if starts > state.arrived or not data or ends > photo.size:
        raise PhotoAhead
    if starts == 0 and not may_begin_jpeg(data):
        raise PhotoNotJpeg
    if len(data) < SMALLEST and ends < photo.size:
        raise PhotoPieceSmall


def _piece_store(actor: Actor, *, photo: Photo, attempt: int, starts: int, data: bytes) -> PhotoState:
    """Keep a piece, which is no deed and no line of the log: the last one makes the photo arrive, or not."""
    report = photo.report
    require(actor, P.FINDINGS_REPORT_SUBMIT, places=(report.wilayah,), unit=report.unit_code)
    _piece(photo, attempt=attempt, starts=starts, data=data).save(force_insert=True)
    if starts + len(data) == photo.size:
        _conclude(actor, photo=photo, attempt=attempt)
    return _standing(photo).state


@deed(P.FINDINGS_REPORT_SUBMIT, tag=Tag.FINDINGS_PHOTO_ARRIVED)
def _conclude(act: Act, *, photo: Photo, attempt: int) -> None:
    """Note that the photo is whole, or that these bytes are not what the report names."""
    with seal_lifted(SEAL):
        data = photo_bytes(photo.root_id, photo.sha256, attempt)
    if not _holds(photo, data):
        act.upon(_refused(photo), refs=_refs(photo), tag=Tag.FINDINGS_PHOTO_REFUSED)
        return
    PhotoArrival(root_id=photo.root_id, sha256=photo.sha256, attempt=attempt, at=act.at).save(
        force_insert=True
    )
    act.upon(_subject(photo), refs=_refs(photo))


def photo_arrive(act: Act, *, photo: Photo, data: bytes) -> bool:
    """Take a photo that came whole by file, within the deed that brings it in; one that is here is no harm.

    Return whether these bytes are what the report names; others are noted and not kept.
    """
    holds = len(data) == photo.size and _holds(photo, data)
    refs: Refs = {**_refs(photo), "author": str(photo.report.officer_id)}
    if _standing(photo).state.is_whole:
        return holds
    if not holds:
        act.note(_refused(photo), refs=refs, tag=Tag.FINDINGS_PHOTO_REFUSED)
        return False
    with seal_lifted(SEAL):
        every = PhotoPiece.objects.filter(root_id=photo.root_id, sha256=photo.sha256)
        attempt = (every.aggregate(most=Max("attempt"))["most"] or 0) + 1
    try:
        with transaction.atomic():
            _piece(photo, attempt=attempt, starts=0, data=data).save(force_insert=True)
            PhotoArrival(root_id=photo.root_id, sha256=photo.sha256, attempt=attempt, at=act.at).save(
                force_insert=True
            )
    except IntegrityError:
        return True  # Its phone was first, an instant ago, or brings it at this moment.
    act.note(_subject(photo), refs=refs, tag=Tag.FINDINGS_PHOTO_ARRIVED)
    return True


def _piece(photo: Photo, *, attempt: int, starts: int, data: bytes) -> PhotoPiece:
    return PhotoPiece(
        root_id=photo.root_id,
        sha256=photo.sha256,
        officer_id=photo.report.officer_id,
        total=photo.size,
        attempt=attempt,
        starts=starts,
        size=len(data),
        data=data,
    )


def _holds(photo: Photo, data: bytes) -> bool:
    return hashlib.sha256(data).hexdigest() == photo.sha256 and is_jpeg(data)


def _subject(photo: Photo) -> Subject:
    return Subject(
        kind="report",
        id=str(photo.root_id),
        places=(photo.report.wilayah,),
        unit=photo.report.unit_code,
        seal=SEAL if photos_are_sealed(photo.root_id) else "",
    )


def _refused(photo: Photo) -> Subject:
    """Return the subject of a refusal: under the seal for every report, or its absence would tell of one."""
    return replace(_subject(photo), seal=SEAL)


def _refs(photo: Photo) -> Refs:
    return {"photo": photo.sha256, "bytes": photo.size}


def photo_bytes(root_id: UUID, sha256: str, attempt: int) -> bytes:
    """Return what arrived of a photo in one attempt, as far as the actor may look behind its seal."""
    rows = PhotoPiece.objects.filter(root_id=root_id, sha256=sha256, attempt=attempt)
    return b"".join(bytes(data) for data in rows.order_by("starts").values_list("data", flat=True))


def _own(actor: Actor, report_id: UUID, sha256: str, size: int | None) -> Photo:
    """Return the photo as the officer's own content names it, the first where several say the same."""
    reports = scope(actor, P.FINDINGS_REPORT_SUBMIT, Report.objects.filter(officer_id=actor.id))
    rows = Photo.objects.filter(root_id=report_id, sha256=sha256, report__in=reports)
    if size is not None:
        rows = rows.filter(size=size)
    photo = rows.select_related("report", "root").order_by("report__received_at", "id").first()
    if photo is None:
        raise AccessDenied
    return photo


def is_of_author(photo: Photo) -> bool:
    """Tell whether the content that names a photo is by the officer who was first under its identifier.

    Anybody may send another content under a report's identifier, with a photo of his own. Were that photo
    shown, it would tell whether those of the report are under the seal (P26): so it never arrives.
    """
    return photo.report.officer_id == photo.root.officer_id


def _standing(photo: Photo) -> _Standing:
    blank = PhotoState(photo.root_id, photo.sha256, photo.size, 0, is_whole=False)
    every = PhotoPiece.objects.filter(root_id=photo.root_id, sha256=photo.sha256)
    own = every.filter(officer_id=photo.report.officer_id, total=photo.size)
    with seal_lifted(SEAL):
        arrivals = PhotoArrival.objects.filter(root_id=photo.root_id, sha256=photo.sha256)
        whole = arrivals if is_of_author(photo) else arrivals.filter(attempt__in=own.values("attempt"))
        if whole.exists():
            return _Standing(replace(blank, arrived=photo.size, is_whole=True))
        tries = list(own.values("attempt").annotate(held=Sum("size")).order_by("attempt"))
        last = every.aggregate(most=Max("attempt"))["most"] or 0
    if tries and tries[-1]["held"] < photo.size:
        return _Standing(replace(blank, arrived=tries[-1]["held"]), tries[-1]["attempt"])
    return _Standing(blank, last + 1, is_given_up=len(tries) >= ATTEMPTS)
