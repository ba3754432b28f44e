"""What belongs to a report, handed out at the posko: photos and Berita Acara, never shown within a page."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import AttachedFile
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.kernel.access import P

JPEG: Final = "image/jpeg"
PDF: Final = "application/pdf"
# Whatever is in the bytes, a browser that opens them nevertheless lets them do nothing.
INERT: Final = "default-src 'none'; sandbox"


@needs(P.REGISTRY_PERSON_READ)
@require_safe
def photo(request: OfficerRequest, operation_id: UUID, report_id: UUID, position: int) -> HttpResponse:
    """Hand out one photo of a report; that it was is logged."""
    file = findings.photo_get(
        request.actor, operation_id=operation_id, report_id=report_id, position=position
    )
    return handed(file, JPEG)


@needs(P.REGISTRY_PERSON_READ)
@require_safe
def minutes(request: OfficerRequest, operation_id: UUID, report_id: UUID, position: int) -> HttpResponse:
    """Hand out a Berita Acara, byte for byte as the officer's phone computed it; that it was is logged."""
    file = findings.minutes_get(
        request.actor, operation_id=operation_id, report_id=report_id, position=position
    )
    return handed(file, PDF)


def handed(file: AttachedFile, kind: str) -> HttpResponse:
    """Hand out a file to be saved, never to be shown within a page."""
    answer = HttpResponse(file.data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    answer["Content-Security-Policy"] = INERT
    answer["Cache-Control"] = "no-store"
    return answer


REPORT: Final = "posko/<uuid:operation_id>/laporan/<uuid:report_id>"
paths = [
    path(f"{REPORT}/foto/<int:position>", photo, name="photo"),
    path(f"{REPORT}/berita-acara/<int:position>", minutes, name="minutes"),
]
