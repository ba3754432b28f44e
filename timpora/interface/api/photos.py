"""Photos of a report, piece by piece (docs/contract-reports.md): ask how much arrived, send what follows."""

import re
from http import HTTPStatus
from typing import Final
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from timpora.apps.findings import actions, queries
from timpora.apps.findings.errors import PhotoAhead
from timpora.apps.findings.types import PhotoState
from timpora.interface.api.problems import problem
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.sentences import told
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.errors import Refusal

LARGEST_PIECE: Final = 256 * 1024
RAW: Final = "application/octet-stream"
DIGEST: Final = re.compile(r"[0-9a-f]{64}")
OFFSET: Final = re.compile(r"\d{1,9}", re.ASCII)


@needs(P.FINDINGS_REPORT_SUBMIT)
@require_http_methods(["GET", "POST"])
def photo(request: OfficerRequest, report_id: UUID, sha256: str) -> HttpResponse:
    """Say how much of a photo has arrived; a POST brings the piece that begins at byte `dari`.

    `ukuran` says how long the photo is, where contents of the report tell it differently.
    A revoked phone's session gets no further than the door.
    """
    if not DIGEST.fullmatch(sha256):
        raise AccessDenied
    size = request.GET.get("ukuran", "")
    if size and not OFFSET.fullmatch(size):
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "ukuran-salah", gettext("Sebut ukuran fotonya."))
    total = int(size) if size else None
    state = queries.photo_state(request.actor, report_id=report_id, sha256=sha256, size=total)
    if request.method != "POST":
        return JsonResponse(state_json(state))
    data = _piece(request)
    return data if isinstance(data, HttpResponse) else _taken(request, report_id, sha256, total, data)


def _taken(
    request: OfficerRequest, report_id: UUID, sha256: str, total: int | None, data: bytes
) -> HttpResponse:
    starts = int(request.GET["dari"])
    try:
        state = actions.photo_take(
            request.actor, report_id=report_id, sha256=sha256, starts=starts, data=data, size=total
        )
    except AccessDenied:
        raise
    except Refusal as refusal:
        status = HTTPStatus.CONFLICT if isinstance(refusal, PhotoAhead) else HTTPStatus.UNPROCESSABLE_ENTITY
        return problem(status, refusal.code, told(refusal))
    return JsonResponse(state_json(state))


def _piece(request: OfficerRequest) -> bytes | HttpResponse:
    if not OFFSET.fullmatch(request.GET.get("dari", "")):
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "tanpa-awal", gettext("Sebut awal potongannya."))
    if request.content_type != RAW:
        return problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "bukan-potongan", gettext("Kirim potongan foto."))
    try:
        data = request.body
    except (RequestDataTooBig, UnreadablePostError, RawPostDataException):
        data = b" " * (LARGEST_PIECE + 1)
    if len(data) > LARGEST_PIECE:
        text = gettext("Potongan melebihi 256 kB.")
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "potongan-terlalu-besar", text)
    return data


def state_json(state: PhotoState) -> dict[str, object]:
    """Return how a photo stands as the contract words it."""
    return {
        "report": str(state.report_id),
        "sha256": state.sha256,
        "size": state.size,
        "arrived": state.arrived,
        "is_whole": state.is_whole,
    }


paths = [path("api/laporan/<uuid:report_id>/foto/<str:sha256>", photo, name="photo")]
