"""A template is drafted freely, published by another person, and withdrawn with a reason (ADR 0024)."""

from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from timpora.apps.identity import queries as identity
from timpora.apps.operations import template_errors as errors
from timpora.apps.operations.desks import desk_at, home_of
from timpora.apps.operations.errors import ReasonMissing
from timpora.apps.operations.models import (
    Template,
    TemplateAnnex,
    TemplateVersion,
    TemplateWithdrawal,
    VersionAnnex,
)
from timpora.apps.operations.template_content import (
    TEXT_MAX,
    draft_seen,
    in_order,
    kinds_of,
    version_digest,
    words_put,
)
from timpora.apps.operations.template_types import TemplateWords
from timpora.domain.territory import NATION
from timpora.kernel.access import AccessDenied, Actor, Grant, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

KANWIL: Final = "KANWIL"


def keeps(actor: Actor, permission: P, *, unit: str, place: str) -> Grant | None:
    """Return the grant by which the actor keeps a template of `unit`: of the own unit, or the centre's."""
    for grant in actor.grants_for(permission):
        is_centre = place == NATION and NATION in grant.territories
        if grant.unit_code == unit or is_centre:
            return grant
    return None


def subject_of(row: Template) -> Subject:
    """Return what the log calls a template."""
    return Subject(kind="template", id=str(row.pk), places=(row.wilayah,), unit=row.unit_code)


def draft_locked(act: Act, template_id: UUID, seen: str) -> Template:
    """Return the draft that the officer saw, locked; raises `TemplateSettled`, `TemplateMoved`."""
    row = template_locked(act, template_id)
    if not row.has_draft:
        raise errors.TemplateSettled
    if draft_seen(row) != seen:
        raise errors.TemplateMoved
    return row


def template_locked(act: Act, template_id: UUID) -> Template:
    """Return a template of the actor's own unit, locked; `AccessDenied` for an absent or foreign one."""
    rows = scope(act.actor, act.permission, Template.objects.select_for_update())
    row = rows.filter(pk=template_id).first()
    if row is None or keeps(act.actor, act.permission, unit=row.unit_code, place=row.wilayah) is None:
        raise AccessDenied
    return row


def changed(act: Act, row: Template) -> None:
    """Store a draft with whoever changed it last."""
    row.changed_by_id, row.changed_by, row.changed_at = act.actor.id, act.actor.name, act.at
    row.save()


@deed(P.OPERATIONS_TEMPLATE_WRITE, tag=Tag.OPERATIONS_TEMPLATE_BEGUN)
def template_begin(act: Act, *, words: TemplateWords) -> UUID:
    """Begin a template of the own unit; nobody else sees it before a version is published."""
    desk = desk_at(act.actor, act.permission)
    unit = identity.unit_get(desk.unit_code)
    if unit is None:
        raise AccessDenied
    is_above = NATION in desk.territories or unit.kind == KANWIL
    place = desk.territories[0] if is_above else home_of(unit)
    row = Template(unit_code=desk.unit_code, unit_name=unit.name, wilayah=place)
    act.upon(subject_of(row))
    words_put(row, words)
    _kinds_kept(act, row)
    changed(act, row)
    return row.pk


@deed(P.OPERATIONS_TEMPLATE_WRITE, tag=Tag.OPERATIONS_TEMPLATE_CHANGED)
def template_write(act: Act, *, template_id: UUID, seen: str, words: TemplateWords) -> None:
    """Change the words of a draft, its SOP version and its phases."""
    row = draft_locked(act, template_id, seen)
    act.upon(subject_of(row), refs={"sop": words.sop_version, "phases": len(words.phases)})
    words_put(row, words)
    _kinds_kept(act, row)
    changed(act, row)


def _kinds_kept(act: Act, row: Template) -> None:
    if not set(row.kinds) <= kinds_for(act.actor, unit=row.unit_code, place=row.wilayah):
        raise errors.TemplateUnreadable


def kinds_for(actor: Actor, *, unit: str, place: str) -> frozenset[str]:
    """Return the kinds of operation a template of `unit` may be for, as far as the actor writes it."""
    desk = keeps(actor, P.OPERATIONS_TEMPLATE_WRITE, unit=unit, place=place)
    view = identity.unit_get(unit)
    if desk is None or view is None:
        raise AccessDenied
    return kinds_of(desk, is_kanwil=view.kind == KANWIL)


@deed(P.OPERATIONS_TEMPLATE_WRITE, tag=Tag.OPERATIONS_TEMPLATE_CHANGED)
def template_redraft(act: Act, *, template_id: UUID) -> None:
    """Begin the draft of the next version, from what the last one says."""
    row = template_locked(act, template_id)
    act.upon(subject_of(row), refs={"draft": row.last_number + 1})
    if row.has_draft:
        raise errors.TemplateDrafted
    row.has_draft = True
    changed(act, row)


@deed(P.OPERATIONS_TEMPLATE_PUBLISH, tag=Tag.OPERATIONS_TEMPLATE_PUBLISHED, is_decision=True)
def template_publish(act: Act, *, template_id: UUID, seen: str) -> UUID:
    """Make a version of the draft that the officer saw; from now on that version never changes.

    Another person than the draft's last author publishes it. Raises `OwnTemplate`, `TemplateMoved`,
    `TemplateSettled`, `TemplateIncomplete`.
    """
    row = draft_locked(act, template_id, seen)
    act.upon(subject_of(row), refs={"number": row.last_number + 1})
    if row.changed_by_id == act.actor.id:
        raise errors.OwnTemplate
    if not row.phases:
        raise errors.TemplateIncomplete
    annexes = in_order(row.annex_ids, TemplateAnnex.objects.filter(template=row).defer("data"))
    version = TemplateVersion(
        template=row,
        wilayah=row.wilayah,
        number=row.last_number + 1,
        name=row.name,
        kinds=row.kinds,
        instruction=row.instruction,
        sop_version=row.sop_version,
        phases=row.phases,
        report_form=row.report_form,
        digest=version_digest(row, annexes),
        drafted_by_id=row.changed_by_id,
        drafted_by=row.changed_by,
        published_by_id=act.actor.id,
        published_by=act.actor.name,
        published_at=act.at,
    )
    version.save(force_insert=True)
    VersionAnnex.objects.bulk_create(
        VersionAnnex(version=version, annex=annex, position=n) for n, annex in enumerate(annexes)
    )
    Template.objects.filter(pk=row.pk).update(has_draft=False, last_number=version.number)
    act.note(subject_of(row), refs={"version": str(version.pk), "digest": version.digest})
    return version.pk


@deed(P.OPERATIONS_TEMPLATE_PUBLISH, tag=Tag.OPERATIONS_TEMPLATE_WITHDRAWN, is_decision=True)
def version_withdraw(act: Act, *, version_id: UUID, because: str) -> None:
    """Offer a version no more, with the reason; operations that run on it keep it."""
    rows = scope(act.actor, act.permission, TemplateVersion.objects.select_related("template"))
    version = rows.filter(pk=version_id).first()
    if version is None:
        raise AccessDenied
    row = template_locked(act, version.template_id)
    because = cleaned(because)[:TEXT_MAX]
    act.upon(subject_of(row), refs={"number": version.number}, payload=because)
    if not because:
        raise ReasonMissing
    try:
        with transaction.atomic():
            TemplateWithdrawal.objects.create(
                version=version, by_id=act.actor.id, by=act.actor.name, at=act.at, because=because
            )
    except IntegrityError as error:
        raise errors.VersionWithdrawn from error
