"""The submission endpoint for reports of the field (docs/contract-reports.md): one JSON body, one receipt."""

import json
from http import HTTPStatus
from typing import Final

import segno
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from timpora.apps.findings import actions, queries
from timpora.apps.findings.errors import AnswersWrong
from timpora.apps.findings.types import NewReport, Receipt, Withheld
from timpora.interface.api import photos
from timpora.interface.api.problems import problem, problems_of
from timpora.interface.gate import public
from timpora.interface.queue_file import Entry, entry_open
from timpora.interface.report_body import ReportBody
from timpora.interface.requests import devices_of
from timpora.interface.sentences import told
from timpora.kernel.access import AccessDenied, Actor
from timpora.kernel.audit.entry import canonical
from timpora.kernel.errors import Refusal

LARGEST: Final = 512 * 1024
# A report as it lies in the queue of a phone: for one that may not open it any more.
SEALED: Final = "application/vnd.timpora.antrean+json"
LARGEST_SEALED: Final = 1024 * 1024
# One of the eight masks of ISO/IEC 18004. Every reader takes any of them; to draw all eight and weigh them
# took a quarter of the whole answer.
MASK: Final = 0


# Open at the gate only so that a stranger gets 401 in JSON instead of the page of the door, which a phone
# could take for an answer (P3).
@public
@require_POST
def submit(request: HttpRequest) -> HttpResponse:
    """Take one report: 201 with a receipt, 200 when it was held, 409 when another content was.

    202 when it is kept and does not count until somebody decides.
    """
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return problem(HTTPStatus.UNAUTHORIZED, "masuk-dahulu", gettext("Masuk dahulu, lalu kirim lagi."))
    try:
        raw = request.body
    except (RequestDataTooBig, UnreadablePostError):
        raw = b" " * (LARGEST_SEALED + 1)
    except RawPostDataException:
        # A form with files: looking for its token has used the body up.
        return problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "bukan-json", gettext("Kirim laporan sebagai JSON.")
        )
    if len(raw) > (LARGEST_SEALED if request.content_type == SEALED else LARGEST):
        return problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "laporan-terlalu-besar",
            gettext("Laporan melebihi 512 kB. Bagi menjadi dua laporan."),
        )
    return (_sealed_answer if request.content_type == SEALED else _plain_answer)(request, actor, raw)


def _plain_answer(request: HttpRequest, actor: Actor, raw: bytes) -> HttpResponse:
    try:
        body = ReportBody.model_validate_json(raw, strict=True)
    except ValidationError as error:
        return problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "laporan-belum-benar",
            gettext("Laporan belum dapat diterima. Perbaiki isian yang disebut, lalu kirim lagi."),
            errors=problems_of(error),
        )
    return _answer(request, actor, body.to_report(canonical(json.loads(raw))))


def _sealed_answer(request: HttpRequest, actor: Actor, raw: bytes) -> HttpResponse:
    """Open one entry of the officer's own queue, and take it like any other report."""
    try:
        entry = Entry.model_validate_json(raw)
    except ValidationError:
        entry = None
    opened = entry_open(entry) if entry is not None and entry.officer == actor.id else None
    if opened is None:
        told = gettext("Tidak terbaca: rusak, diubah, atau disandi dengan kunci lama.")
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "tidak-terbaca", told)
    return _answer(request, actor, opened.report)


def _taken(request: HttpRequest, actor: Actor, report: NewReport) -> Receipt:
    """Take a report; what the session of a revoked phone sends is kept apart, whichever phone it names."""
    devices = devices_of(request.session)
    if devices and queries.devices_revoked(devices):
        return actions.report_withhold(actor, report=report, reason=Withheld.DEVICE)
    return actions.report_submit(actor, report=report)


def _answer(request: HttpRequest, actor: Actor, report: NewReport) -> HttpResponse:
    try:
        receipt = _taken(request, actor, report)
    except AccessDenied:
        return problem(HTTPStatus.NOT_FOUND, "tidak-ada", gettext("Tidak ada yang seperti itu."))
    except AnswersWrong as wrong:
        faults = [{"field": f"answers.{one.key}", "message": told(one.because)} for one in wrong.faults]
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, wrong.code, told(wrong), errors=faults)
    except Refusal as refusal:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, refusal.code, told(refusal))
    # Worked out anew from what was taken, so that a phone sees its own papers confirmed (B13).
    papers = {str(at): digest for at, digest in queries.minutes_digests(report).items()}
    return JsonResponse({**receipt_json(receipt), "minutes": papers}, status=_status(receipt))


def _status(receipt: Receipt) -> HTTPStatus:
    if receipt.is_withheld:
        return HTTPStatus.ACCEPTED
    if receipt.is_conflict:
        return HTTPStatus.CONFLICT
    return HTTPStatus.OK if receipt.is_repeat else HTTPStatus.CREATED


def receipt_json(receipt: Receipt) -> dict[str, object]:
    """Return the receipt as the contract words it; `qr` is a picture of `verify_at`."""
    address = reverse("field:receipt", args=[receipt.report_id])
    verify_at = f"{settings.PUBLIC_URL.rstrip('/')}{address}"
    return {
        "report": str(receipt.report_id),
        "number": receipt.number,
        "sha256": receipt.sha256,
        "received_at": receipt.received_at.isoformat(),
        "is_repeat": receipt.is_repeat,
        "is_conflict": receipt.is_conflict,
        "is_withheld": receipt.is_withheld,
        "doubts": [str(doubt) for doubt in receipt.doubts],
        "verify_at": verify_at,
        "qr": segno.make(verify_at, error="m", micro=False, mask=MASK).svg_data_uri(scale=4, border=2),
    }


app_name = "api"
urlpatterns = [path("api/laporan", submit, name="report-submit"), *photos.paths]
