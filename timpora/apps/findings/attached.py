"""Keeping what belongs to a report: which photos it names, and the Berita Acara that follow from it."""

import hashlib
import json
from typing import Any
from uuid import UUID, uuid5

from timpora.apps.findings.attached_models import Minutes, Photo
from timpora.apps.findings.content import content_of, digest_of, receipt_number
from timpora.apps.findings.models import Report
from timpora.apps.findings.sent_types import NewReport
from timpora.domain.minutes import minutes_pdf, signed_positions
from timpora.kernel.text import cleaned


def attached_store(row: Report, report: NewReport, *, root: UUID) -> None:
    """Keep the photos that the report names, and its Berita Acara, beside the report."""
    Photo.objects.bulk_create(
        Photo(
            id=uuid5(row.pk, f"foto/{at}"),
            report=row,
            root_id=root,
            position=at,
            sha256=one.sha256,
            size=one.size,
            taken_at=one.taken_at,
            lat=one.lat,
            lng=one.lng,
            accuracy_m=one.accuracy_m,
        )
        for at, one in enumerate(report.photos, start=1)
    )
    Minutes.objects.bulk_create(_minutes(row, report))


def minutes_digests(report: NewReport) -> dict[int, str]:
    """Return the digest of each Berita Acara that follows from a report, by its position."""
    return {at: _sha256(pdf) for at, _, pdf in _papers(report)}


def _minutes(row: Report, report: NewReport) -> list[Minutes]:
    return [
        Minutes(
            id=uuid5(row.pk, f"berita-acara/{at}"),
            report=row,
            position=at,
            sha256=_sha256(pdf),
            state=signature.get("state", ""),
            because=cleaned(signature.get("because", "")),
            pdf=pdf,
        )
        for at, signature, pdf in _papers(report)
    ]


def _papers(report: NewReport) -> list[tuple[int, dict[str, Any], bytes]]:
    if report.minutes is None:
        return []
    text = content_of(report)
    content = json.loads(text)
    sha256 = digest_of(text)
    number = receipt_number(sha256)
    return [
        (
            at,
            (content["checked"][at - 1] if at else content["in_charge"])["signature"],
            minutes_pdf(content, sha256=sha256, number=number, position=at),
        )
        for at in signed_positions(content)
    ]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
