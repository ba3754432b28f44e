"""Event periods: times of heightened attention, noted by the centre and read by every office."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from timpora.apps.operations import actions, queries
from timpora.apps.operations.types import NewPeriod
from timpora.apps.wilayah import queries as wilayah
from timpora.domain.territory import NATION
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.day_fields import DayField
from timpora.interface.web.operation_forms import ReasonForm
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.errors import Refusal

UNPROCESSABLE = 422


class PeriodForm(forms.Form):
    """A period: its name, the paper behind it, its days, where it holds."""

    name = forms.CharField(label=gettext_lazy("Nama periode"), max_length=200)
    basis = forms.CharField(
        label=gettext_lazy("Dasar"),
        max_length=1_000,
        help_text=gettext_lazy("Surat atau keputusan yang menetapkannya."),
    )
    first_day = DayField(label=gettext_lazy("Hari pertama"))
    last_day = DayField(label=gettext_lazy("Hari terakhir"))
    regions = forms.CharField(
        label=gettext_lazy("Kode wilayah"),
        required=False,
        max_length=1_000,
        help_text=gettext_lazy("Dipisah koma, misalnya 16.01, 16.08. Kosong: seluruh negeri."),
    )

    def period(self) -> NewPeriod:
        """Return what was typed."""
        said: dict[str, Any] = self.cleaned_data
        codes = tuple(code.strip() for code in said["regions"].split(",") if code.strip())
        return NewPeriod(said["name"], said["basis"], said["first_day"], said["last_day"], codes or (NATION,))


@needs(P.OPERATIONS_OPERATION_READ)
@require_GET
def periods(request: OfficerRequest) -> HttpResponse:
    """Show the periods that stand; the centre notes them here."""
    return _periods(request, PeriodForm())


def _periods(request: OfficerRequest, form: PeriodForm, *, status: int = 200) -> HttpResponse:
    rows = queries.period_list(request.actor)
    names = wilayah.regions_by_code({code for row in rows for code in row.regions})
    grants = request.actor.grants_for(P.OPERATIONS_OPERATION_OPEN)
    page = {
        "rows": [(row, [names[c].name if c in names else c for c in row.regions]) for row in rows],
        "nation": NATION,
        "may_note": any(NATION in grant.territories for grant in grants),
        "form": form,
    }
    return render(request, "operations/periods.html", page, status=status)


@require_POST
@needs(P.OPERATIONS_OPERATION_OPEN)
def period_add(request: OfficerRequest) -> HttpResponse:
    """Note a period."""
    form = PeriodForm(request.POST)
    if form.is_valid():
        try:
            actions.period_add(request.actor, new=form.period())
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Periode dicatat; operasi pada hari-hari itu ditandai."))
            return redirect("operations:periods")
    return _periods(request, form, status=UNPROCESSABLE)


@require_POST
@needs(P.OPERATIONS_OPERATION_OPEN)
def period_withdraw(request: OfficerRequest, period_id: UUID) -> HttpResponse:
    """Take a period back, with the reason."""
    form = ReasonForm(request.POST)
    because = form.cleaned_data["because"] if form.is_valid() else ""
    try:
        actions.period_withdraw(request.actor, period_id=period_id, because=because)
    except AccessDenied:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Periode ditarik."))
    return redirect("operations:periods")


paths = [
    path("operasi/periode", periods, name="periods"),
    path("operasi/periode/catat", period_add, name="period-add"),
    path("operasi/periode/<uuid:period_id>/tarik", period_withdraw, name="period-withdraw"),
]
