"""Somebody is met directly and there is no order: the officer reports first, and waits for the answer."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from timpora.apps.operations import actions
from timpora.apps.operations import queries as operations
from timpora.apps.operations.types import EXEMPTIONS, EncounterView, Exemption, NewEncounter
from timpora.domain.states import EncounterState
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.errors import Refusal

UNPROCESSABLE = 422
SHORT, LONG = 200, 1_000
SAID = {
    EncounterState.REPORTED: ("waiting", gettext_lazy("menunggu persetujuan")),
    EncounterState.APPROVED: ("good", gettext_lazy("disetujui")),
    EncounterState.REFUSED: ("caution", gettext_lazy("tidak disetujui")),
    EncounterState.NIL: ("info", gettext_lazy("tanpa temuan")),
    EncounterState.FOUND: ("info", gettext_lazy("ada temuan")),
}


class MetForm(forms.Form):
    """What the official must know before the check may go on; nobody is named."""

    team = forms.ChoiceField(label=gettext_lazy("Regu"))
    exemption = forms.ChoiceField(label=gettext_lazy("Keadaan mana?"), widget=forms.RadioSelect)
    because = forms.CharField(
        label=gettext_lazy("Mengapa"), max_length=LONG, widget=forms.Textarea({"rows": 3})
    )
    met = forms.CharField(label=gettext_lazy("Siapa yang ditemui"), max_length=SHORT)
    place = forms.CharField(label=gettext_lazy("Tempat"), max_length=SHORT)
    address = forms.CharField(label=gettext_lazy("Alamat atau patokan"), max_length=SHORT)

    def __init__(self, *args: object, teams: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, found in (
            ("team", teams),
            ("exemption", [(e.value, _(EXEMPTIONS[e])) for e in Exemption]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = found
        if len(teams) == 1:
            self.initial["team"] = teams[0][0]

    def new(self) -> NewEncounter:
        """Return what was typed."""
        said = self.cleaned_data
        return NewEncounter(
            team_id=UUID(said["team"]),
            exemption=said["exemption"],
            because=said["because"],
            met=said["met"],
            place=said["place"],
            address=said["address"],
        )


@needs(P.OPERATIONS_ENCOUNTER_REPORT)
@require_http_methods(["GET", "POST"])
def encounter_new(request: OfficerRequest) -> HttpResponse:
    """Report first: which exception, why, who and where; the check waits for the approval."""
    teams = [(str(team.id), team.name) for team in operations.own_encounter_teams(request.actor)]
    form = MetForm(request.POST if request.method == "POST" else None, teams=teams)
    if form.is_valid():
        try:
            made = actions.encounter_report(request.actor, new=form.new())
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("field:encounter", made)
    main = request.actor.main
    page = {
        "form": form,
        "teams": teams,
        "mine": [(one, *SAID[one.state]) for one in operations.own_encounters(request.actor)],
        "zone": main.zone if main else "Asia/Jakarta",
    }
    return render(request, "field/encounter_new.html", page, status=UNPROCESSABLE if form.is_bound else 200)


@needs(P.OPERATIONS_ENCOUNTER_REPORT)
@require_GET
def encounter(request: OfficerRequest, encounter_id: UUID) -> HttpResponse:
    """Show the answer as it comes: the page asks again by itself while nobody has decided."""
    found: EncounterView = operations.encounter_get(request.actor, encounter_id)
    tone, said = SAID[found.state]
    page = {"met": found, "tone": tone, "said": said, "is_open": found.state is EncounterState.REPORTED}
    return render(request, "field/encounter.html", page)


paths = [
    path("tugas/langsung", encounter_new, name="encounter-new"),
    path("tugas/langsung/<uuid:encounter_id>", encounter, name="encounter"),
]
