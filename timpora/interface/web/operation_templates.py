"""Templates of operations: the list, a draft and its publication, versions, annexes."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from timpora.apps.operations import actions, queries
from timpora.apps.operations.types import AnnexFile, TemplateView
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.sentences import told
from timpora.interface.web.operation_forms import ReasonForm
from timpora.interface.web.operation_parts import part_shown
from timpora.interface.web.operation_template_forms import AnnexForm, SeenForm, TemplateForm
from timpora.interface.web.question_preview import preview_lines
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel.access import AccessDenied, P, holds
from timpora.kernel.errors import Refusal

UNPROCESSABLE: Final = 422
# Whatever is in the bytes, a browser that opens them nevertheless lets them do nothing.
INERT: Final = "default-src 'none'; sandbox"
MEDIA: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
}


@needs(P.OPERATIONS_TEMPLATE_READ)
@require_GET
def template_list(request: OfficerRequest) -> HttpResponse:
    """Show the templates of the own unit, of the Kanwil above it and of the centre."""
    page = {
        "rows": queries.template_list(request.actor),
        "may_write": holds(request.actor, P.OPERATIONS_TEMPLATE_WRITE),
        "zone": zone_of_actor(request.actor),
    }
    return render(request, "operations/templates.html", page)


@needs(P.OPERATIONS_TEMPLATE_WRITE)
@require_http_methods(["GET", "POST"])
def template_begin(request: OfficerRequest) -> HttpResponse:
    """Begin a template."""
    kinds = queries.template_kinds(request.actor)
    initial = {"sop_version": queries.SOP_IN_FORCE}
    form = (
        TemplateForm(request.POST, kinds=kinds)
        if request.POST
        else TemplateForm(initial=initial, kinds=kinds)
    )
    if form.is_bound and form.is_valid():
        try:
            made = actions.template_begin(request.actor, words=form.words())
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Rancangan tersimpan. Susun formulir laporannya dan lampirannya."))
            return redirect("operations:template", made)
    return render(request, "operations/template_write.html", {"form": form}, status=_status(form))


@needs(P.OPERATIONS_TEMPLATE_READ)
@require_GET
def template(request: OfficerRequest, template_id: UUID) -> HttpResponse:
    """Show a template of the own unit: its draft as it will be, and the versions."""
    return _page(request, queries.template_get(request.actor, template_id))


def _page(request: OfficerRequest, view: TemplateView, annex_form: AnnexForm | None = None) -> HttpResponse:
    may_write = holds(request.actor, P.OPERATIONS_TEMPLATE_WRITE)
    may_publish = holds(request.actor, P.OPERATIONS_TEMPLATE_PUBLISH)
    page = {
        "template": view,
        "is_last_author": view.changed_by_id == request.actor.id,
        "may_write": may_write and view.has_draft,
        "may_redraft": may_write and not view.has_draft,
        "may_publish": may_publish and view.has_draft,
        "preview": preview_lines(view.form),
        "annex_form": annex_form or AnnexForm(initial={"seen": view.seen}),
        "zone": zone_of_actor(request.actor),
    }
    status = UNPROCESSABLE if annex_form else 200
    return render(request, "operations/template.html", page, status=status)


@needs(P.OPERATIONS_TEMPLATE_WRITE)
@require_http_methods(["GET", "POST"])
def template_write(request: OfficerRequest, template_id: UUID) -> HttpResponse:
    """Change the words, SOP version and phases of a draft."""
    view = queries.template_get(request.actor, template_id)
    kinds = queries.template_kinds(request.actor, template_id)
    form = (
        TemplateForm(request.POST, kinds=kinds)
        if request.POST
        else TemplateForm.of(view.words, view.seen, kinds=kinds)
    )
    if form.is_bound and form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            actions.template_write(request.actor, template_id=template_id, seen=seen, words=form.words())
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Rancangan tersimpan."))
            return redirect("operations:template", template_id)
    return render(
        request, "operations/template_write.html", {"form": form, "template": view}, status=_status(form)
    )


def _status(form: forms.Form) -> int:
    return UNPROCESSABLE if form.is_bound else 200


@require_POST
@needs(P.OPERATIONS_TEMPLATE_WRITE)
def redraft(request: OfficerRequest, template_id: UUID) -> HttpResponse:
    """Begin the draft of the next version."""
    queries.template_get(request.actor, template_id)
    return _done(
        request,
        lambda: actions.template_redraft(request.actor, template_id=template_id),
        _("Rancangan versi berikutnya dimulai dari versi terakhir."),
        template_id,
    )


@require_POST
@needs(P.OPERATIONS_TEMPLATE_PUBLISH)
def publish(request: OfficerRequest, template_id: UUID) -> HttpResponse:
    """Publish the draft that the officer saw."""
    queries.template_get(request.actor, template_id)
    seen = _seen(request)
    return _done(
        request,
        lambda: actions.template_publish(request.actor, template_id=template_id, seen=seen),
        _("Versi terbit; operasi dapat dibuka darinya."),
        template_id,
    )


@needs(P.OPERATIONS_TEMPLATE_READ)
@require_GET
def version(request: OfficerRequest, version_id: UUID) -> HttpResponse:
    """Show a published version with its report form and annexes."""
    view = queries.version_get(request.actor, version_id)
    own = [row.id for row in queries.template_list(request.actor) if row.is_own]
    is_own = view.row.template_id in own
    page = {
        "version": view,
        "preview": preview_lines(view.form),
        "is_own": is_own,
        "may_withdraw": is_own
        and view.row.withdrawn_at is None
        and holds(request.actor, P.OPERATIONS_TEMPLATE_PUBLISH),
        "may_open": view.row.withdrawn_at is None and holds(request.actor, P.OPERATIONS_OPERATION_OPEN),
        "open_url": f"{reverse('operations:open')}?{urlencode({'templat': str(version_id)})}",
        "reason": ReasonForm(),
        "zone": zone_of_actor(request.actor),
    }
    return render(request, "operations/template_version.html", page)


@require_POST
@needs(P.OPERATIONS_TEMPLATE_PUBLISH)
def withdraw(request: OfficerRequest, version_id: UUID) -> HttpResponse:
    """Withdraw a version, with the reason."""
    view = queries.version_get(request.actor, version_id)
    form = ReasonForm(request.POST)
    because = form.cleaned_data["because"] if form.is_valid() else ""
    return _done(
        request,
        lambda: actions.version_withdraw(request.actor, version_id=version_id, because=because),
        _("Versi ditarik; ia tidak ditawarkan lagi."),
        view.row.template_id,
    )


@require_POST
@needs(P.OPERATIONS_TEMPLATE_WRITE)
def annex_add(request: OfficerRequest, template_id: UUID) -> HttpResponse:
    """Add a file to the draft."""
    view = queries.template_get(request.actor, template_id)
    form = AnnexForm(request.POST, request.FILES)
    if form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        file = said["berkas"]
        try:
            actions.annex_add(
                request.actor,
                template_id=template_id,
                seen=said["seen"],
                title=said["title"],
                name=file.name or "",
                data=file.read(queries.ANNEX_LARGEST + 1),
            )
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error("berkas", str(refusal))
        else:
            messages.success(request, _("Lampiran tersimpan."))
            return redirect("operations:template", template_id)
    return _page(request, view, form)


@require_POST
@needs(P.OPERATIONS_TEMPLATE_WRITE)
def annex_remove(request: OfficerRequest, template_id: UUID, annex_id: UUID) -> HttpResponse:
    """Take a file out of the draft."""
    view = queries.template_get(request.actor, template_id)
    if annex_id not in {one.id for one in view.annexes}:
        raise AccessDenied
    seen = _seen(request)
    return _done(
        request,
        lambda: actions.annex_remove(request.actor, template_id=template_id, seen=seen, annex_id=annex_id),
        _("Lampiran dihapus dari rancangan."),
        template_id,
    )


@needs(P.OPERATIONS_TEMPLATE_READ)
@require_safe
def annex(request: OfficerRequest, annex_id: UUID) -> HttpResponse:
    """Hand out an annex of a template."""
    return handed(queries.annex_get(request.actor, annex_id))


@needs(P.OPERATIONS_OPERATION_READ)
@require_GET
def operation_template(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Show what an operation was opened from and keeps: SOP version, report form, annexes."""
    view = queries.operation_get(request.actor, operation_id)
    kept = queries.operation_template(request.actor, operation_id)
    page = {
        "kept": kept,
        "sop": queries.sop_get(view.sop_version),
        "preview": preview_lines(kept.form),
        "may_templates": kept.version is not None and _may_use(request, kept.version.id),
    }
    return part_shown(request, view, "operations/operation_template.html", "templat", page)


def _may_use(request: OfficerRequest, version_id: UUID) -> bool:
    try:
        queries.version_get(request.actor, version_id)
    except AccessDenied:
        return False
    return True


@needs(P.OPERATIONS_OPERATION_READ)
@require_safe
def operation_annex(request: OfficerRequest, operation_id: UUID, annex_id: UUID) -> HttpResponse:
    """Hand out an annex of an operation to whoever reads the operation."""
    return handed(queries.operation_annex(request.actor, operation_id, annex_id))


def handed(file: AnnexFile) -> HttpResponse:
    """Hand out a file to be saved, never to be shown within a page; `nosniff` goes with every answer."""
    answer = HttpResponse(file.data, content_type=MEDIA[file.kind.value])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    answer["Content-Security-Policy"] = INERT
    answer["Cache-Control"] = "no-store"
    return answer


def _seen(request: OfficerRequest) -> str:
    form = SeenForm(request.POST)
    return form.cleaned_data["seen"] if form.is_valid() else ""


def _done(request: OfficerRequest, act: Any, said: str, template_id: UUID) -> HttpResponse:
    """Do what one button does, tell of it, and go back to the template."""
    try:
        act()
    except AccessDenied:
        raise
    except Refusal as refusal:
        messages.error(request, told(refusal))
    else:
        messages.success(request, said)
    return redirect("operations:template", template_id)


paths = [
    path("operasi/templat", template_list, name="templates"),
    path("operasi/templat/mulai", template_begin, name="template-begin"),
    path("operasi/templat/<uuid:template_id>", template, name="template"),
    path("operasi/templat/<uuid:template_id>/isi", template_write, name="template-write"),
    path("operasi/templat/<uuid:template_id>/rancang", redraft, name="template-redraft"),
    path("operasi/templat/<uuid:template_id>/terbit", publish, name="template-publish"),
    path("operasi/templat/<uuid:template_id>/lampiran", annex_add, name="annex-add"),
    path(
        "operasi/templat/<uuid:template_id>/lampiran/<uuid:annex_id>/hapus", annex_remove, name="annex-remove"
    ),
    path("operasi/templat/lampiran/<uuid:annex_id>", annex, name="annex"),
    path("operasi/templat/versi/<uuid:version_id>", version, name="template-version"),
    path("operasi/templat/versi/<uuid:version_id>/tarik", withdraw, name="version-withdraw"),
    path("operasi/<uuid:operation_id>/templat", operation_template, name="operation-template"),
    path("operasi/<uuid:operation_id>/lampiran/<uuid:annex_id>", operation_annex, name="operation-annex"),
]
