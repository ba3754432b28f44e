"""The phones of the field: who has them, when they were heard of, taking one out of use."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from timpora.apps.findings import actions
from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import DeviceView
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web import device_files, device_quarantine
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, P, holds
from timpora.kernel.errors import Refusal
from timpora.kernel.post import is_post

UNPROCESSABLE: Final = 422
LONG: Final = 1_000
SHOWN: Final = 4
# A phone that is in use tells of itself within a day, or somebody should ask where it is.
SILENT: Final = timedelta(days=1)


class RevokeForm(forms.Form):
    """Why a phone is taken out of use."""

    because = forms.CharField(
        label=gettext_lazy("Alasan"),
        help_text=gettext_lazy("Misalnya hilang di mana, dan sejak kapan diketahui."),
        max_length=LONG,
        widget=forms.Textarea({"rows": 3}),
    )


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A phone on the list: the end of its identifier, its officers, how it stands."""

    device: DeviceView
    name: str
    tone: str
    word: str


@needs(P.FINDINGS_DEVICE_READ)
@require_GET
def listing(request: OfficerRequest) -> HttpResponse:
    """List the phones of the territory, those last heard of first."""
    lines = [_line(device) for device in findings.device_list(request.actor)]
    page = {
        "lines": lines,
        "waiting": sum(line.device.queue for line in lines),
        "withheld": findings.quarantine_count(request.actor),
        "zone": zone_of_actor(request.actor),
        "may_revoke": holds(request.actor, P.FINDINGS_DEVICE_REVOKE),
        "may_decide": holds(request.actor, P.FINDINGS_QUARANTINE_DECIDE),
        "may_carry": holds(request.actor, P.FINDINGS_REPORT_CARRY),
        "is_post": is_post(),
    }
    return render(request, "devices/list.html", page)


def _line(device: DeviceView) -> DeviceLine:
    name = f"…{str(device.device_id)[-SHOWN:]}"
    if device.revocation is not None:
        return DeviceLine(device, name, "stop", _("dicabut"))
    if clock.now() - device.last_at > SILENT:
        return DeviceLine(device, name, "waiting", _("diam lebih dari sehari"))
    return DeviceLine(device, name, "good", _("dipakai"))


@needs(P.FINDINGS_DEVICE_REVOKE)
@require_http_methods(["GET", "POST"])
def revoke(request: OfficerRequest, device_id: UUID) -> HttpResponse:
    """Take a phone out of use, after saying what that means for it and for what waits on it."""
    device = findings.device_get(request.actor, device_id)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.device_revoke(request.actor, device_id=device_id, **form.cleaned_data)
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Ponsel dicabut. Ia berhenti dalam satu menit sesudah terhubung."))
            return redirect("devices:list")
    page = {"line": _line(device), "form": form, "zone": zone_of_actor(request.actor)}
    return render(request, "devices/revoke.html", page, status=UNPROCESSABLE if form.is_bound else 200)


app_name = "devices"
urlpatterns = [
    path("ponsel", listing, name="list"),
    *device_files.paths,
    *device_quarantine.paths,
    path("ponsel/<uuid:device_id>/cabut", revoke, name="revoke"),
]
