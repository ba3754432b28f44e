"""An office's means: its officers, vehicles and kit, who and what is away, and what a phase needs of them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from timpora.apps.operations import actions, queries
from timpora.apps.operations.types import (
    RESOURCE_WORDS,
    BookingView,
    Means,
    NeedView,
    NewAbsence,
    OperationView,
    TargetView,
    TeamView,
)
from timpora.domain.states import TargetState
from timpora.domain.supply import THINGS, Resource
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.day_fields import DayField
from timpora.interface.web.operation_forms import choices
from timpora.interface.web.operation_words import span_said
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.errors import Refusal

UNPROCESSABLE = 422
LONG, SHORT = 4_000, 200
LIVING = {TargetState.PROPOSED, TargetState.APPROVED, TargetState.ASSIGNED}


class AssetForm(forms.Form):
    """Things of one kind, one a line: name, comma, number."""

    resource = forms.ChoiceField(label=gettext_lazy("Jenis barang"))
    items = forms.CharField(
        label=gettext_lazy("Barang"),
        max_length=LONG,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Satu baris satu barang: nama, koma, nomor polisi atau inventaris."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self, "resource", [(r.value, _(RESOURCE_WORDS[r])) for r in THINGS])

    def lines(self) -> list[tuple[str, str]]:
        """Return each thing's name and number; the number is what follows the last comma."""
        told = [line for line in self.cleaned_data["items"].splitlines() if line.strip()]
        return [(name, mark) for name, _comma, mark in (line.rpartition(",") for line in told)]


class UsableForm(forms.Form):
    """Whether a thing can be used, and why not."""

    usable = forms.ChoiceField(choices=[("ya", ""), ("tidak", "")], widget=forms.HiddenInput)
    because = forms.CharField(label=gettext_lazy("Alasan"), required=False, max_length=SHORT)


class AbsenceForm(forms.Form):
    """Who or what is away, from when to when, and why."""

    thing = forms.ChoiceField(label=gettext_lazy("Petugas atau barang"))
    first_day = DayField(label=gettext_lazy("Hari pertama"))
    last_day = DayField(label=gettext_lazy("Hari terakhir"))
    because = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=SHORT,
        help_text=gettext_lazy("Misalnya: cuti, dinas luar, servis. Tanpa keterangan kesehatan."),
    )

    def __init__(self, *args: Any, means: Means, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(one.id), one.name) for one in means.staff]
        choices(self, "thing", [*people, *((str(one.id), one.label) for one in means.assets)])


class NeedForm(forms.Form):
    """How many of each resource a phase needs, as such or for one target."""

    phase = forms.ChoiceField(label=gettext_lazy("Tahap"))
    target = forms.ChoiceField(label=gettext_lazy("Untuk"), required=False)

    def __init__(
        self,
        *args: Any,
        operation: OperationView,
        targets: Iterable[TargetView],
        zone: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices(self, "phase", [(str(p.id), f"{p.name} · {span_said(p, zone)}") for p in operation.phases])
        places = [(str(t.id), f"{t.code} · {t.name}") for t in targets]
        choices(self, "target", [("", _("Seluruh tahap")), *places])
        for resource in Resource:
            self.fields[resource.value] = forms.IntegerField(
                label=_(RESOURCE_WORDS[resource]), min_value=0, max_value=999, required=False
            )

    @property
    def counts(self) -> list[forms.BoundField]:
        """The fields that take a number."""
        return [self[resource.value] for resource in Resource]

    def clean(self) -> dict[str, Any]:
        """Refuse a need that says nothing at all."""
        said = super().clean() or self.cleaned_data
        if not self.errors and not self.numbers():
            raise ValidationError(_("Isi sedikitnya satu angka."))
        return said

    def numbers(self) -> dict[Resource, int]:
        """Return what was typed; an empty field says nothing of its resource."""
        said = {resource: self.cleaned_data.get(resource.value) for resource in Resource}
        return {resource: number for resource, number in said.items() if number is not None}


@needs(P.OPERATIONS_RESOURCE_KEEP)
@require_GET
def means(request: OfficerRequest) -> HttpResponse:
    """Show what the own office has, and who or what is where until when."""
    return _means(request)


def _means(
    request: OfficerRequest,
    *,
    asset_form: AssetForm | None = None,
    absence_form: AbsenceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    view = queries.means_get(request.actor)
    bookings = [b for one in view.staff for b in one.bookings]
    bookings += [b for one in view.assets for b in one.bookings]
    page = {
        "means": view,
        "assets": [(asset, now_said(asset.bookings)) for asset in view.assets],
        "staff": [(one, now_said(one.bookings)) for one in view.staff],
        "absences": now_said(b for b in bookings if b.team_id is None),
        "asset_form": asset_form or AssetForm(),
        "absence_form": absence_form or AbsenceForm(means=view),
    }
    return render(request, "operations/means.html", page, status=status)


def now_said(bookings: Iterable[BookingView]) -> list[dict[str, object]]:
    """Say where an officer or a thing is now or will be, in the order of time."""
    now = clock.now()
    return [
        {
            "booking": one,
            "is_now": one.starts <= now < one.ends,
            "last": one.ends - timedelta(microseconds=1),
        }
        for one in bookings
    ]


@require_POST
@needs(P.OPERATIONS_RESOURCE_KEEP)
def asset_add(request: OfficerRequest) -> HttpResponse:
    """Add things to the office's list."""
    form = AssetForm(request.POST)
    if form.is_valid():
        try:
            made = actions.asset_add(
                request.actor, resource=Resource(form.cleaned_data["resource"]), items=form.lines()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(n)s barang dicatat.") % {"n": len(made)})
            return redirect("operations:means")
    return _means(request, asset_form=form, status=UNPROCESSABLE)


@require_POST
@needs(P.OPERATIONS_RESOURCE_KEEP)
def asset_change(request: OfficerRequest, asset_id: UUID) -> HttpResponse:
    """Say whether a thing of the office can be used."""
    form = UsableForm(request.POST)
    is_valid = form.is_valid()
    is_usable = form.cleaned_data.get("usable") == "ya"
    try:
        actions.asset_change(
            request.actor,
            asset_id=asset_id,
            is_usable=is_usable,
            because=form.cleaned_data.get("because", "") if is_valid else "",
        )
    except AccessDenied:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Keadaan barang dicatat."))
    return redirect("operations:means")


@require_POST
@needs(P.OPERATIONS_RESOURCE_KEEP)
def absence(request: OfficerRequest) -> HttpResponse:
    """Note who or what is away."""
    form = AbsenceForm(request.POST, means=queries.means_get(request.actor))
    if form.is_valid():
        said = form.cleaned_data
        new = NewAbsence(UUID(said["thing"]), said["first_day"], said["last_day"], said["because"])
        try:
            actions.absence_note(request.actor, new=new)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Dicatat; pada hari itu tidak dapat dimasukkan ke regu."))
            return redirect("operations:means")
    return _means(request, absence_form=form, status=UNPROCESSABLE)


@require_POST
@needs(P.OPERATIONS_RESOURCE_KEEP)
def absence_cancel(request: OfficerRequest, booking_id: UUID) -> HttpResponse:
    """Take an absence back."""
    actions.absence_cancel(request.actor, booking_id=booking_id)
    messages.success(request, _("Dihapus; petugas atau barang itu tersedia lagi."))
    return redirect("operations:means")


@needs(P.OPERATIONS_RESOURCE_KEEP)
@require_http_methods(["GET", "POST"])
def need(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Say what the own office needs in a phase, as such or for one of its targets."""
    operation = queries.operation_get(request.actor, operation_id)
    unit = request.actor.grants_for(P.OPERATIONS_RESOURCE_KEEP)[0].unit_code
    every = queries.target_list(request.actor, operation_id=operation_id, unit=unit)
    targets = [t for t in every if t.state in LIVING]
    said = queries.need_list(request.actor, operation_id, unit)
    zone = zone_of_actor(request.actor)
    form = NeedForm(
        request.POST if request.method == "POST" else None,
        operation=operation,
        targets=targets,
        zone=zone,
        initial=_first(request, operation, said),
    )
    if form.is_valid() and _written(request, form):
        messages.success(request, _("Kebutuhan dicatat; kekurangannya terlihat pada halaman kantor."))
        return redirect("operations:offices", operation_id)
    names = {phase.id: phase.name for phase in operation.phases}
    page = {
        "operation": operation,
        "form": form,
        "said": [(view, names.get(view.phase_id, ""), _counted(view)) for view in said],
        "zone": zone,
    }
    return render(request, "operations/need.html", page, status=UNPROCESSABLE if form.is_bound else 200)


def _first(request: OfficerRequest, operation: OperationView, said: list[NeedView]) -> dict[str, object]:
    """Return what was said before for the phase and target that `?tahap=` and `?sasaran=` name."""
    phases = {str(phase.id) for phase in operation.phases}
    phase = request.GET.get("tahap", "")
    phase = phase if phase in phases else str(operation.phase_next(clock.now()).id)
    target = request.GET.get("sasaran", "")
    for view in said:
        if (str(view.phase_id), str(view.target_id or "")) == (phase, target):
            return {"phase": phase, "target": target, **{r.value: n for r, n in view.numbers}}
    return {"phase": phase, "target": target}


def _counted(view: NeedView) -> list[tuple[str, int]]:
    return [(RESOURCE_WORDS[resource], number) for resource, number in view.numbers if number]


def _written(request: OfficerRequest, form: NeedForm) -> bool:
    said = form.cleaned_data
    try:
        actions.need_write(
            request.actor,
            phase_id=UUID(said["phase"]),
            target_id=UUID(said["target"]) if said["target"] else None,
            numbers=form.numbers(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


class EquipForm(forms.Form):
    """What a team takes along."""

    assets = forms.MultipleChoiceField(
        label=gettext_lazy("Kendaraan dan perlengkapan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    vehicles = forms.CharField(
        label=gettext_lazy("Kendaraan lain"),
        required=False,
        max_length=1_000,
        help_text=gettext_lazy("Pinjaman atau sewaan: jenis dan nomor polisi."),
    )


@needs(P.OPERATIONS_TEAM_FORM)
@require_http_methods(["GET", "POST"])
def equip(request: OfficerRequest, operation_id: UUID, team_id: UUID) -> HttpResponse:
    """Give a team of the own office other vehicles and kit."""
    operation = queries.operation_get(request.actor, operation_id)
    team = _team(request, operation_id, team_id)
    had = queries.team_things(request.actor, operation_id).get(team_id, ())
    first = {"assets": [str(one.thing_id) for one in had], "vehicles": team.vehicles}
    form = EquipForm(request.POST if request.method == "POST" else None, initial=first)
    assets_offer(form, request, team.unit_code, but=team_id)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.team_equip(
                request.actor,
                team_id=team_id,
                asset_ids=[UUID(asset) for asset in said["assets"]],
                vehicles=said["vehicles"],
            )
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kendaraan dan perlengkapan regu dicatat."))
            return redirect("operations:teams", operation_id)
    page = {"operation": operation, "team": team, "form": form}
    return render(request, "operations/equip.html", page, status=UNPROCESSABLE if form.is_bound else 200)


def _team(request: OfficerRequest, operation_id: UUID, team_id: UUID) -> TeamView:
    units = {grant.unit_code for grant in request.actor.grants_for(P.OPERATIONS_TEAM_FORM)}
    for team in queries.team_list(request.actor, operation_id):
        if team.id == team_id and team.unit_code in units:
            return team
    raise AccessDenied


def assets_offer(form: forms.Form, request: OfficerRequest, unit: str, *, but: UUID | None = None) -> bool:
    """Offer the office's usable things in the field `assets`, saying which are booked; tell if any is."""
    assets = queries.asset_list(request.actor, unit)
    choices(
        form,
        "assets",
        [(str(a.id), f"{a.label}{booked_said([b for b in a.bookings if b.team_id != but])}") for a in assets],
    )
    return bool(assets)


def booked_said(bookings: Iterable[BookingView]) -> str:
    """Say after a name where else an officer or a thing is; nothing for who is free."""
    told = [
        _("%(where)s s.d. %(day)s")
        % {"where": b.team_name or b.because, "day": f"{b.ends - timedelta(microseconds=1):%d-%m}"}
        for b in bookings
    ]
    return f" · {'; '.join(told)}" if told else ""


paths = [
    path("operasi/sarana", means, name="means"),
    path("operasi/sarana/barang", asset_add, name="asset-add"),
    path("operasi/sarana/barang/<uuid:asset_id>", asset_change, name="asset-change"),
    path("operasi/sarana/tidak-ada", absence, name="absence"),
    path("operasi/sarana/tidak-ada/<uuid:booking_id>/batal", absence_cancel, name="absence-cancel"),
    path("operasi/<uuid:operation_id>/kebutuhan", need, name="need"),
    path("operasi/<uuid:operation_id>/regu/<uuid:team_id>/sarana", equip, name="team-equip"),
]
