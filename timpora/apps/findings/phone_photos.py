"""Photos that waited on a phone come in by file, beside the queue that names them (F51, ADR 0017, 0023)."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import QuerySet

from timpora.apps.findings.attached_models import Photo
from timpora.apps.findings.models import Report
from timpora.apps.findings.phone_photo_types import PhonePhoto, PhotoAnswer, PhotoFate
from timpora.apps.findings.photos import photo_arrive
from timpora.kernel.access import Actor, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs, Subject
from timpora.kernel.audit.tags import Tag

Named = dict[tuple[UUID, str, UUID], list[Photo]]


@deed(P.FINDINGS_REPORT_SUBMIT, tag=Tag.FINDINGS_PHONE_PHOTOS_BROUGHT)
def phone_photos_bring(
    act: Act, *, device_id: UUID, part: int, of: int, photos: Sequence[PhonePhoto]
) -> list[PhotoAnswer]:
    """Take in the photos of a file; return what became of each, the same under a seal as without.

    One counts as if its phone had sent it: a content of its officer names it, which is the actor's own or
    which he may carry, and length, digest and form hold. One that is here already is no harm. The phone is
    not asked after: what a report names by its digest nobody can make anew, whoever holds the phone by now.
    """
    reports = _reports(act.actor)
    asked = {one.report_id for one in photos}
    known, named = reports.in_bulk(asked), _named(reports, asked)
    answers = [_taken(act, one, known.get(one.report_id), named) for one in photos]
    met = [*known.values(), *(row.report for rows in named.values() for row in rows)]
    places = sorted({row.wilayah for row in met}) or act.actor.territories
    refs: Refs = {"part": part, "of": of}
    act.upon(Subject(kind="device", id=str(device_id), places=tuple(places)), refs=refs)
    return answers


def _reports(actor: Actor) -> QuerySet[Report]:
    """Return the reports whose photos the actor may bring: the own, and those that he may carry."""
    every = Report.objects.all()
    own = scope(actor, P.FINDINGS_REPORT_SUBMIT, every).filter(officer_id=actor.id)
    return own | scope(actor, P.FINDINGS_REPORT_CARRY, every)


def _named(reports: QuerySet[Report], roots: Iterable[UUID]) -> Named:
    rows = Photo.objects.filter(root__in=list(roots), report__in=reports).select_related("report", "root")
    named: Named = {}
    for row in rows:
        named.setdefault((row.root_id, row.sha256, row.report.officer_id), []).append(row)
    return named


def _taken(act: Act, one: PhonePhoto, report: Report | None, named: Named) -> PhotoAnswer:
    # Of contents that tell several lengths, the one that this photo has.
    same = sorted(
        named.get((one.report_id, one.sha256, one.officer_id), ()), key=lambda row: row.size != len(one.data)
    )
    if same:
        fate = PhotoFate.BROUGHT if photo_arrive(act, photo=same[0], data=one.data) else PhotoFate.SPOILT
        return PhotoAnswer(one.report_id, fate, same[0].report.officer_name)
    if report is None:
        return PhotoAnswer(one.report_id, PhotoFate.REPORTLESS)
    return PhotoAnswer(one.report_id, PhotoFate.UNNAMED, report.officer_name)
