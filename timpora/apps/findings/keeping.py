"""Going through what is stored of reports: whether each file still is what was taken in (P6).

A disk forgets a bit, a backup is put back in half, somebody with the database's own password changes a row:
no screen would show it until the day on which the file is needed. So the program looks at all of them, a few
every minute, and begins anew a day after it began.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Model, OuterRef, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from timpora.apps.findings.attached_models import Minutes, PhotoArrival
from timpora.apps.findings.keeping_models import FileBreak, LookRound
from timpora.apps.findings.keeping_types import FileKind
from timpora.apps.findings.models import Original, Report, ReportConflict
from timpora.apps.findings.photos import SEAL, photo_bytes
from timpora.apps.findings.protecting import photos_are_sealed
from timpora.apps.findings.subjects import subject_of
from timpora.kernel import clock
from timpora.kernel.access import Actor, P, require
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs, Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import seal_lifted

M = TypeVar("M", bound=Model)
ROUND_EVERY: Final = timedelta(days=1)
# At once, of each kind: so much that a country's photos are gone through in days, so little that the
# housekeeping between is never late.
BYTES_AT_ONCE: Final = 24 * 1024 * 1024
FILES_AT_ONCE: Final = 300


# The report that was first under the identifier: a content that came later has a row of its own.
ROOT: Final = Coalesce(
    Subquery(ReportConflict.objects.filter(rival=OuterRef("report")).values("report")[:1]),
    "report",
    output_field=UUIDField(),
)


@dataclass(frozen=True, slots=True)
class _Stored:
    """A file as it lies there: its row, its report, the digest it came under, and its bytes when asked."""

    id: UUID
    root_id: UUID
    sha256: str
    read: Callable[[], bytes]


def files_look(actor: Actor) -> int:
    """Look at the next files of each kind; return how many were looked at.

    One that is not what was taken in is noted once, in the log too, and so is one that is so again.
    """
    require(actor, P.FINDINGS_FILE_LOOK)
    return sum(_look_on(actor, kind) for kind in FileKind)


def _look_on(actor: Actor, kind: FileKind) -> int:
    LookRound.objects.get_or_create(kind=kind.value)
    at = LookRound.objects.select_for_update().get(kind=kind.value)
    if at.began_at is None:
        if not _is_due(at):
            return 0
        at.began_at, at.after, at.looked = clock.now(), None, 0
    looked, left, is_over = 0, BYTES_AT_ONCE, True
    # Behind every seal: a photo under one decays like any other. What is found there is noted under it.
    with seal_lifted(SEAL):
        for file in _following(kind, at.after):
            if left <= 0 or looked == FILES_AT_ONCE:
                is_over = False
                break
            data = file.read()
            _compare(actor, kind, file, hashlib.sha256(data).hexdigest())
            at.after, looked, left = file.id, looked + 1, left - len(data)
    at.looked += looked
    if is_over:
        at.last_began_at, at.last_ended_at, at.last_looked = at.began_at, clock.now(), at.looked
        at.began_at, at.after, at.looked = None, None, 0
    at.save()
    return looked


def _is_due(at: LookRound) -> bool:
    # A clock that was set back waits for nothing.
    return at.last_began_at is None or abs(clock.now() - at.last_began_at) >= ROUND_EVERY


def _following(kind: FileKind, after: UUID | None) -> Iterator[_Stored]:
    """Yield the files of a kind that come after one, one more than are looked at at once."""
    match kind:
        case FileKind.PHOTO:
            for row in _next(PhotoArrival.objects.all(), after):
                read = partial(photo_bytes, row.root_id, row.sha256, row.attempt)
                yield _Stored(row.pk, row.root_id, row.sha256, read)
        case FileKind.MINUTES:
            for paper, root, sha256 in _next(Minutes.objects.all(), after).values_list("pk", ROOT, "sha256"):
                yield _Stored(paper, root, sha256, partial(_pdf_of, paper))
        case FileKind.CONTENT:
            for text in _next(Original.objects.all(), after):
                yield _Stored(text.pk, text.report_id, text.sha256, text.content.encode)


def _pdf_of(pk: UUID) -> bytes:
    return bytes(Minutes.objects.values_list("pdf", flat=True).get(pk=pk))


def _next(rows: QuerySet[M], after: UUID | None) -> QuerySet[M]:
    following = rows.filter(pk__gt=after) if after else rows
    return following.order_by("pk")[: FILES_AT_ONCE + 1]


def _compare(actor: Actor, kind: FileKind, file: _Stored, found: str) -> None:
    known = FileBreak.objects.filter(
        root_id=file.root_id, kind=kind.value, sha256=file.sha256, mended_at=None
    ).first()
    if found == file.sha256:
        if known is not None:
            _mended_note(actor, known=known)
    elif known is None:
        row = FileBreak(
            root_id=file.root_id,
            kind=kind.value,
            sha256=file.sha256,
            found_sha256=found,
            found_at=clock.now(),
        )
        _broken_note(actor, row=row)


@deed(P.FINDINGS_FILE_LOOK, tag=Tag.FINDINGS_FILE_BROKEN)
def _broken_note(act: Act, *, row: FileBreak) -> None:
    refs: Refs = {"kind": row.kind, "sha256": row.sha256, "found": row.found_sha256}
    act.upon(_subject(row.root_id), refs=refs)
    row.save(force_insert=True)


@deed(P.FINDINGS_FILE_LOOK, tag=Tag.FINDINGS_FILE_MENDED)
def _mended_note(act: Act, *, known: FileBreak) -> None:
    act.upon(_subject(known.root_id), refs={"kind": known.kind, "sha256": known.sha256})
    FileBreak.objects.filter(pk=known.pk).update(mended_at=act.at)


def _subject(root_id: UUID) -> Subject:
    return subject_of(Report.objects.get(pk=root_id), seal=SEAL if photos_are_sealed(root_id) else "")
