"""Opening an operation: with or without a template, whose days are computed from the day it starts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from timpora.apps.identity import queries as identity
from timpora.apps.operations import actions, queries
from timpora.apps.operations.types import NewOperation, NewPhase, VersionRow, VersionView
from timpora.domain.relative_phases import phase_days
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.day_fields import DayField
from timpora.interface.web.operation_forms import OperationForm, PhaseForm, choices
from timpora.interface.web.operation_parts import is_national_at
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel import clock
from timpora.kernel.access import P
from timpora.kernel.errors import Refusal

UNPROCESSABLE: Final = 422
PHASES_MAX: Final = 12


class ChoiceForm(forms.Form):
    """Which template to fill the form from, and the day on which the operation starts."""

    templat = forms.ChoiceField(label=gettext_lazy("Templat"), required=False)
    mulai = DayField(label=gettext_lazy("Hari mulai"), required=False)

    def __init__(self, *args: Any, offered: Sequence[VersionRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [
            (
                str(one.id),
                _("%(name)s, versi %(n)s · %(unit)s")
                % {"name": one.words.name, "n": one.number, "unit": one.unit_name},
            )
            for one in offered
        ]
        choices(self, "templat", [("", _("Tanpa templat")), *lines])


class OpeningForm(OperationForm):
    """An operation with its phases: the first in the form itself, the others of a template below it."""

    templat = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told: Sequence[dict[str, Any]] = (kwargs.get("initial") or {}).get("more", ())
        sent = args[0] if args else None
        count = (
            sum(f"tahap{n}-phase" in sent for n in range(2, PHASES_MAX + 1))
            if sent is not None
            else len(told)
        )
        self.more = [
            PhaseForm(
                sent,
                prefix=f"tahap{n}",
                initial=told[n - 2] if sent is None else None,
                # A row that the opener empties is a phase less.
                empty_permitted=True,
                use_required_attribute=False,
            )
            for n in range(2, count + 2)
        ]

    def is_valid(self) -> bool:
        """Tell whether the operation and every further phase can be read."""
        rows_fit = all(row.is_valid() for row in self.more) if self.is_bound else True
        return super().is_valid() and rows_fit

    @property
    def row_errors(self) -> list[str]:
        """What is wrong with the further phases, a line each."""
        return [
            _("Tahap ke-%(n)s, %(field)s: %(said)s")
            % {"n": number, "field": row.fields[name].label if name in row.fields else "", "said": one}
            for number, row in enumerate(self.more, 2)
            for name, said in row.errors.items()
            for one in said
        ]

    def new(self) -> NewOperation:
        """Return what was typed."""
        said: dict[str, Any] = self.cleaned_data
        rows = [said, *(row.cleaned_data for row in self.more if row.has_changed())]
        return NewOperation(
            name=said["name"],
            kind=said["kind"],
            phases=tuple(map(phase_said, rows)),
            offices=tuple(said.get("offices", ())),
            order_number=said["order_number"],
            order_on=said["order_on"],
            instruction=said["instruction"],
            template_version=said["templat"],
        )


def phase_said(said: Mapping[str, Any]) -> NewPhase:
    """Return a phase as it was typed: people name the last day, and it ends at the midnight after it."""
    starts = datetime.combine(said["starts"], time())
    ends = datetime.combine(said["ends"], time()) + timedelta(days=1)
    return NewPhase(said["phase"], starts, ends, said["answer_on"])


@needs(P.OPERATIONS_OPERATION_OPEN)
@require_http_methods(["GET", "POST"])
def operation_open(request: OfficerRequest) -> HttpResponse:
    """Open an operation: the centre for all offices, a Kanwil for those under it, an office for itself.

    `?templat=` fills the form from a version, with its days counted from `?mulai=`.
    """
    is_national = is_national_at(request.actor, P.OPERATIONS_OPERATION_OPEN)
    above = {grant.unit_code for grant in request.actor.grants_for(P.OPERATIONS_OPERATION_OPEN)}
    known = identity.unit_list(kinds=("KANIM",))
    offices = [office for office in known if is_national or office.parent in above]
    shape: dict[str, Any] = {"offices": offices, "is_national": is_national}
    form = OpeningForm(request.POST, **shape) if request.method == "POST" else OpeningForm(**shape)
    offered = queries.versions_offered(request.actor, form.kinds)
    choice = ChoiceForm(request.GET or None, offered=offered, initial={"mulai": _today(request)})
    chosen = _chosen(request, form, choice, offered)
    if chosen and not form.is_bound:
        start = choice.cleaned_data["mulai"] or _today(request)
        form = OpeningForm(initial=_filled(chosen, start, form.kinds), **shape)
    if form.is_bound and form.is_valid():
        try:
            made = actions.operation_open(request.actor, new=form.new())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Operasi dibuka; kantor menerima kabarnya."))
            return redirect("operations:operation", made)
    page = {"form": form, "offices": offices, "choice": choice, "offered": offered, "chosen": chosen}
    return render(request, "operations/open.html", page, status=UNPROCESSABLE if form.is_bound else 200)


def _today(request: OfficerRequest) -> date:
    return clock.today(zone_of_actor(request.actor))


def _chosen(
    request: OfficerRequest, form: OpeningForm, choice: ChoiceForm, offered: Sequence[VersionRow]
) -> VersionView | None:
    """Return the version that the address or the form names, as far as the officer may use it."""
    if form.is_bound:
        named = form["templat"].value()
    else:
        named = choice.cleaned_data["templat"] if choice.is_bound and choice.is_valid() else ""
    known = next((one.id for one in offered if str(one.id) == str(named)), None)
    return queries.version_get(request.actor, known) if known else None


def _filled(chosen: VersionView, start: date, kinds: Sequence[str]) -> dict[str, Any]:
    """Return what the form begins with: the words of a version, and its phases counted from `start`."""
    words = chosen.row.words
    days = [found for phase in words.phases if (found := phase_days(start, phase)) is not None]
    rows = [
        {"phase": one.name, "starts": one.first, "ends": one.last, "answer_on": one.answer_on} for one in days
    ]
    fit = next((kind for kind in kinds if kind in words.kinds), kinds[0])
    first = rows[0] if rows else {}
    return {
        "templat": chosen.row.id,
        "name": words.name,
        "kind": fit,
        "instruction": words.instruction,
        "more": rows[1:],
        **first,
    }
