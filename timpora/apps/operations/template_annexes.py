"""The annexes of a draft: added after a look at their bytes, and taken out again."""

import hashlib
from pathlib import PurePosixPath
from typing import Final
from uuid import UUID

from timpora.apps.operations import template_errors as errors
from timpora.apps.operations.annex_files import annex_read
from timpora.apps.operations.models import TemplateAnnex
from timpora.apps.operations.template_acts import changed, draft_locked, subject_of
from timpora.apps.operations.template_content import NAME_MAX
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

ANNEXES_MAX: Final = 10


@deed(P.OPERATIONS_TEMPLATE_WRITE, tag=Tag.OPERATIONS_TEMPLATE_ANNEXED)
def annex_add(act: Act, *, template_id: UUID, seen: str, title: str, name: str, data: bytes) -> UUID:
    """Add a file to the draft; `name` is what the sender called it: shown, never trusted.

    Raises `AnnexUnreadable`, `AnnexTooLarge`, `AnnexLoaded`, `AnnexTooMany`, `AnnexTwice`.
    """
    row = draft_locked(act, template_id, seen)
    read = annex_read(data)
    sha256 = hashlib.sha256(read.data).hexdigest()
    act.upon(subject_of(row), refs={"sha256": sha256, "bytes": len(read.data), "kind": read.kind.value})
    title = cleaned(title)[:NAME_MAX]
    if not title:
        raise errors.AnnexUnreadable
    if len(row.annex_ids) >= ANNEXES_MAX:
        raise errors.AnnexTooMany
    if TemplateAnnex.objects.filter(pk__in=row.annex_ids, sha256=sha256).exists():
        raise errors.AnnexTwice
    annex = TemplateAnnex(
        template=row,
        title=title,
        file_name=(cleaned(PurePosixPath(name.replace("\\", "/")).name) or "lampiran")[:NAME_MAX],
        kind=read.kind.value,
        size=len(read.data),
        sha256=sha256,
        data=read.data,
        by_id=act.actor.id,
        by=act.actor.name,
        at=act.at,
    )
    annex.save(force_insert=True)
    row.annex_ids = [*row.annex_ids, annex.pk]
    changed(act, row)
    return annex.pk


@deed(P.OPERATIONS_TEMPLATE_WRITE, tag=Tag.OPERATIONS_TEMPLATE_ANNEX_REMOVED)
def annex_remove(act: Act, *, template_id: UUID, seen: str, annex_id: UUID) -> None:
    """Take a file out of the draft; its bytes go too, unless a version has it."""
    row = draft_locked(act, template_id, seen)
    act.upon(subject_of(row), refs={"annex": str(annex_id)})
    if annex_id not in row.annex_ids:
        raise AccessDenied
    row.annex_ids = [one for one in row.annex_ids if one != annex_id]
    changed(act, row)
    TemplateAnnex.objects.filter(pk=annex_id, versions=None).delete()
