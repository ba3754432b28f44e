"""What is told of templates: the own unit's drafts, and the versions of one's own and of the units above."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from timpora.apps.identity import queries as identity
from timpora.apps.operations import template_errors as errors
from timpora.apps.operations.annex_files import AnnexKind
from timpora.apps.operations.desks import desk_at
from timpora.apps.operations.models import Template, TemplateAnnex, TemplateVersion, VersionAnnex
from timpora.apps.operations.report_forms import form_of
from timpora.apps.operations.sop import SOP_IN_FORCE, sop_get
from timpora.apps.operations.template_acts import keeps, kinds_for
from timpora.apps.operations.template_content import draft_seen, in_order, words_of
from timpora.apps.operations.template_types import (
    AnnexFile,
    AnnexView,
    OperationTemplate,
    TemplateRow,
    TemplateView,
    VersionRow,
    VersionView,
)
from timpora.apps.operations.types import KIND_WORDS, OperationKind, OperationView
from timpora.domain.report_forms import form_as_data, read_form
from timpora.domain.territory import NATION
from timpora.kernel.access import AccessDenied, Actor, P, scope

READ: Final = P.OPERATIONS_TEMPLATE_READ
VERSIONS: Final = Prefetch(
    "versions", TemplateVersion.objects.select_related("withdrawal").order_by("-number"), to_attr="told"
)


def template_list(actor: Actor) -> list[TemplateRow]:
    """Return the templates the actor may use, and the drafts of the own unit, by name: three statements."""
    rows = _visible(actor).prefetch_related(VERSIONS).order_by("name", "id")
    return [_row(actor, row) for row in rows if row.told or _is_own(actor, row)]


def template_get(actor: Actor, template_id: UUID) -> TemplateView:
    """Return a template of the own unit with its draft; `AccessDenied` for an absent or foreign one."""
    row = _visible(actor).prefetch_related(VERSIONS).filter(pk=template_id).first()
    if row is None or not _is_own(actor, row):
        raise AccessDenied
    files = in_order(row.annex_ids, TemplateAnnex.objects.filter(template=row).defer("data"))
    return TemplateView(
        id=row.pk,
        unit_name=row.unit_name,
        words=words_of(row),
        sop=sop_get(row.sop_version),
        form=read_form(row.report_form),
        annexes=tuple(map(_annex, files)),
        has_draft=row.has_draft,
        is_own=True,
        seen=draft_seen(row),
        changed_by=row.changed_by,
        changed_by_id=row.changed_by_id,
        changed_at=row.changed_at,
        versions=tuple(_version(one, row.unit_name) for one in row.told),
    )


def templates_waiting(actor: Actor) -> int:
    """Return how many drafts of others the actor may publish as they stand: of the own unit, with a phase."""
    grants = actor.grants_for(P.OPERATIONS_TEMPLATE_PUBLISH)
    own = Q(unit_code__in=[grant.unit_code for grant in grants])
    if any(NATION in grant.territories for grant in grants):
        own |= Q(wilayah=NATION)
    rows = scope(actor, P.OPERATIONS_TEMPLATE_PUBLISH, Template.objects.filter(own, has_draft=True))
    return rows.exclude(changed_by_id=actor.id).exclude(phases=[]).count()


def template_kinds(actor: Actor, template_id: UUID | None = None) -> frozenset[str]:
    """Return the kinds of operation a template may be for: this one, or one that the actor would begin."""
    if template_id is None:
        desk = desk_at(actor, P.OPERATIONS_TEMPLATE_WRITE)
        return kinds_for(actor, unit=desk.unit_code, place=desk.territories[0])
    row = _visible(actor).filter(pk=template_id).first()
    if row is None:
        raise AccessDenied
    return kinds_for(actor, unit=row.unit_code, place=row.wilayah)


def version_get(actor: Actor, version_id: UUID) -> VersionView:
    """Return a version of a template the actor may use, withdrawn or not."""
    row = _versions(actor).filter(pk=version_id).first()
    if row is None:
        raise AccessDenied
    return VersionView(
        row=_version(row, row.template.unit_name),
        sop=sop_get(row.sop_version),
        form=read_form(row.report_form),
        annexes=_annexes(row.pk),
    )


def versions_offered(actor: Actor, kinds: Iterable[str]) -> list[VersionRow]:
    """Return what an operation of one of `kinds` can be opened from: of each template the newest that stands.

    By name.
    """
    rows = _versions(actor).filter(withdrawal=None, kinds__overlap=list(kinds)).order_by("-number")
    newest: dict[UUID, TemplateVersion] = {}
    for row in rows:
        newest.setdefault(row.template_id, row)
    found = [_version(row, row.template.unit_name) for row in newest.values()]
    return sorted(found, key=lambda one: (one.words.name, one.unit_name))


def annex_get(actor: Actor, annex_id: UUID) -> AnnexFile:
    """Return an annex of the own unit's draft, or of a version of a template the actor may use."""
    row = TemplateAnnex.objects.filter(pk=annex_id, template__in=_visible(actor)).select_related("template")
    found = row.first()
    if found is None:
        raise AccessDenied
    if not _is_own(actor, found.template) and not found.versions.exists():
        raise AccessDenied
    return _file(found)


def kept_template(view: OperationView) -> OperationTemplate:
    """Return what an operation, of which the actor was given a view, was opened from."""
    form = form_of(view.id)
    if view.template_version is None:
        return OperationTemplate(None, "", form, ())
    rows = TemplateVersion.objects.select_related("template", "withdrawal")
    # A post on a laptop has the form and not the template.
    row = rows.filter(pk=view.template_version).first()
    version = _version(row, row.template.unit_name) if row else None
    return OperationTemplate(version, view.template_title, form, _annexes(view.template_version))


def kept_annex(view: OperationView, annex_id: UUID) -> AnnexFile:
    """Return an annex of an operation, of which the actor was given a view."""
    kept = VersionAnnex.objects.filter(version_id=view.template_version, annex_id=annex_id)
    link = kept.select_related("annex").first() if view.template_version else None
    if link is None:
        raise AccessDenied
    return _file(link.annex)


@dataclass(frozen=True, slots=True)
class Frozen:
    """What an operation takes from a template and keeps: the rest its opener may still change."""

    template_version: UUID | None
    template_title: str
    sop_version: str
    report_form: dict[str, object]


def frozen_from(actor: Actor, version_id: UUID | None, kind: str) -> Frozen:
    """Return what an operation of `kind` keeps; without a template the SOP in force and no form.

    Raises `VersionWithdrawn`, `VersionUnfit`; `AccessDenied` for one that is absent or not to be used.
    """
    if version_id is None:
        return Frozen(None, "", SOP_IN_FORCE, {})
    version = version_get(actor, version_id)
    if version.row.withdrawn_at is not None:
        raise errors.VersionWithdrawn
    if kind not in version.row.words.kinds:
        raise errors.VersionUnfit
    title, sop = version.row.title, version.row.words.sop_version
    return Frozen(version_id, title, sop, form_as_data(version.form))


def _visible(actor: Actor) -> QuerySet[Template]:
    """Return templates of the actor's own units, of those above them, and of the centre."""
    own = {grant.unit_code for grant in actor.grants_for(READ)}
    above = {unit.parent for unit in identity.unit_list(codes=own) if unit.parent}
    allowed = Q(unit_code__in=own | above) | Q(wilayah=NATION)
    return scope(actor, READ, Template.objects.filter(allowed))


def _versions(actor: Actor) -> QuerySet[TemplateVersion]:
    rows = TemplateVersion.objects.filter(template__in=_visible(actor))
    return scope(actor, READ, rows).select_related("template", "withdrawal")


def _is_own(actor: Actor, row: Template) -> bool:
    return keeps(actor, READ, unit=row.unit_code, place=row.wilayah) is not None


def _row(actor: Actor, row: Template) -> TemplateRow:
    told: Sequence[TemplateVersion] = row.told  # type: ignore[attr-defined]
    versions = [_version(one, row.unit_name) for one in told]
    offered = next((one for one in versions if one.withdrawn_at is None), None)
    is_own = _is_own(actor, row)
    # Whoever does not keep it sees what is published, and nothing of a draft.
    source = row if is_own or not told else told[0]
    return TemplateRow(
        id=row.pk,
        name=source.name,
        unit_name=row.unit_name,
        kind_names=tuple(KIND_WORDS[OperationKind(kind)] for kind in source.kinds),
        has_draft=row.has_draft and is_own,
        is_own=is_own,
        changed_by=row.changed_by if is_own else "",
        changed_at=row.changed_at,
        newest=versions[0] if versions else None,
        offered=offered,
        questions=len(read_form(source.report_form).questions),
    )


def _version(row: TemplateVersion, unit_name: str) -> VersionRow:
    taken = getattr(row, "withdrawal", None)
    return VersionRow(
        id=row.pk,
        template_id=row.template_id,
        number=row.number,
        words=words_of(row),
        unit_name=unit_name,
        digest=row.digest,
        drafted_by=row.drafted_by,
        published_by=row.published_by,
        published_at=row.published_at,
        withdrawn_by=taken.by if taken else "",
        withdrawn_at=taken.at if taken else None,
        withdrawn_because=taken.because if taken else "",
    )


def _annexes(version_id: UUID) -> tuple[AnnexView, ...]:
    links = VersionAnnex.objects.filter(version_id=version_id).select_related("annex").defer("annex__data")
    return tuple(_annex(link.annex) for link in links.order_by("position"))


def _annex(row: TemplateAnnex) -> AnnexView:
    return AnnexView(row.pk, row.title, AnnexKind(row.kind), row.size, row.sha256, row.by, row.at)


def _file(row: TemplateAnnex) -> AnnexFile:
    kind = AnnexKind(row.kind)
    return AnnexFile(f"{row.title}.{kind.value}", kind, bytes(row.data))
