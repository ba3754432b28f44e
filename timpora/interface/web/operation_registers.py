"""The registers of an operation: use of force, injury, complaint; read here, written here and by phone."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from timpora.apps.operations import actions, queries
from timpora.apps.operations.types import INVOLVED, REGISTERS, EntryView, NewEntry
from timpora.domain.territory import ZONE_LABELS
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.day_fields import HourField
from timpora.interface.web.operation_forms import choices
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.errors import Refusal

UNPROCESSABLE = 422
SHORT, LONG = 200, 2_000


class EntryForm(forms.Form):
    """One entry: what, when, where, who by role, what was done, reported to whom. Nobody is named."""

    corrects = forms.UUIDField(required=False, widget=forms.HiddenInput)
    unit = forms.ChoiceField(label=gettext_lazy("Kantor"))
    kind = forms.ChoiceField(label=gettext_lazy("Register"), widget=forms.RadioSelect)
    happened_at = HourField(label=gettext_lazy("Kapan"))
    place = forms.CharField(label=gettext_lazy("Di mana"), max_length=SHORT)
    involved = forms.MultipleChoiceField(
        label=gettext_lazy("Siapa yang terlibat"),
        help_text=gettext_lazy("Peran, bukan nama."),
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(
        label=gettext_lazy("Apa yang terjadi"),
        help_text=gettext_lazy("Jangan menulis nama, nomor dokumen, atau keadaan korban."),
        max_length=LONG,
        widget=forms.Textarea({"rows": 4}),
    )
    done = forms.CharField(
        label=gettext_lazy("Apa yang dilakukan"), max_length=LONG, widget=forms.Textarea({"rows": 3})
    )
    reported_to = forms.CharField(label=gettext_lazy("Dilaporkan kepada"), max_length=SHORT)
    because = forms.CharField(
        label=gettext_lazy("Alasan koreksi"),
        required=False,
        max_length=LONG,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: object, offices: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices(self, "unit", offices)
        choices(self, "kind", [(kind.value, _(label)) for kind, label in REGISTERS.items()])
        choices(self, "involved", [(one.value, _(label)) for one, label in INVOLVED.items()])

    def entry(self, operation_id: UUID, zone: str) -> NewEntry:
        """Return what was typed; the hour is one of `zone`."""
        said = self.cleaned_data
        wall: datetime = said["happened_at"].replace(tzinfo=None)
        return NewEntry(
            operation_id=operation_id,
            unit_code=said["unit"],
            kind=said["kind"],
            happened_at=wall.replace(tzinfo=ZoneInfo(zone)),
            place=said["place"],
            involved=tuple(said["involved"]),
            text=said["text"],
            done=said["done"],
            reported_to=said["reported_to"],
            corrects=said["corrects"],
            because=said["because"],
        )


@needs(P.OPERATIONS_REGISTER_READ)
@require_GET
def registers(request: OfficerRequest) -> HttpResponse:
    """List the operations with the numbers of their registers."""
    return render(request, "operations/registers.html", {"rows": queries.register_list(request.actor)})


@needs(P.OPERATIONS_REGISTER_READ)
@require_GET
def register(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Show the registers of an operation; an empty one says so."""
    page = {
        "page": queries.register_get(request.actor, operation_id),
        "may_write": bool(queries.register_offices(request.actor, operation_id)),
        "may_open": P.OPERATIONS_OPERATION_READ in request.actor.permissions,
    }
    return render(request, "operations/register.html", page)


@needs(P.OPERATIONS_REGISTER_WRITE)
@require_http_methods(["GET", "POST"])
def register_write(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Write an entry, or one that stands in place of an earlier one."""
    offices = queries.register_offices(request.actor, operation_id)
    if not offices:
        raise AccessDenied
    zone = zone_of_actor(request.actor)
    if request.method != "POST":
        form = EntryForm(initial=_initial(request, operation_id, offices, zone), offices=offices)
        return _page(request, operation_id, form, status=200)
    form = EntryForm(request.POST, offices=offices)
    if form.is_valid():
        try:
            actions.register_write(request.actor, new=form.entry(operation_id, zone))
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Register dicatat."))
            if P.OPERATIONS_REGISTER_READ in request.actor.permissions:
                return redirect("operations:register", operation_id)
            return redirect("field:home")
    return _page(request, operation_id, form, status=UNPROCESSABLE)


def _initial(
    request: OfficerRequest, operation_id: UUID, offices: list[tuple[str, str]], zone: str
) -> dict[str, object]:
    wanted = request.GET.get("koreksi", "")
    old = _entry(request, operation_id, wanted) if wanted else None
    if old is None:
        local = clock.now().astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        return {"happened_at": local, "unit": offices[0][0]}
    return {
        "corrects": old.id,
        "unit": old.unit_code,
        "kind": old.kind.value,
        "happened_at": old.happened_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None),
        "place": old.place,
        "involved": [one.value for one in old.involved],
        "text": old.text,
        "done": old.done,
        "reported_to": old.reported_to,
    }


def _entry(request: OfficerRequest, operation_id: UUID, wanted: str) -> EntryView:
    if P.OPERATIONS_REGISTER_READ in request.actor.permissions:
        for entry in queries.register_get(request.actor, operation_id).entries:
            if str(entry.id) == wanted:
                return entry
    raise AccessDenied


def _page(request: OfficerRequest, operation_id: UUID, form: EntryForm, *, status: int) -> HttpResponse:
    zone = zone_of_actor(request.actor)
    form.fields["happened_at"].help_text = _("Waktu %(zone)s.") % {"zone": ZONE_LABELS[zone]}
    page = {
        "form": form,
        "operation_id": operation_id,
        "is_correction": bool(form["corrects"].value()),
        "zone": zone,
        "may_read": P.OPERATIONS_REGISTER_READ in request.actor.permissions,
    }
    return render(request, "operations/register_write.html", page, status=status)


paths = [
    path("operasi/register", registers, name="registers"),
    path("operasi/<uuid:operation_id>/register", register, name="register"),
    path("operasi/<uuid:operation_id>/register/catat", register_write, name="register-write"),
]
