"""A post on a laptop: what its office gives it along (F42, ADR 0021)."""

import hashlib
import secrets
from typing import Final
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from timpora.apps.identity import queries as identity
from timpora.apps.identity.types import OfficerView
from timpora.apps.operations import actions as operations
from timpora.apps.operations import queries
from timpora.apps.operations.types import OperationView, TeamView
from timpora.interface.gate import needs
from timpora.interface.office_mark import own_fingerprint
from timpora.interface.outfit_file import OutfitFileUnreadable, code_new, code_read, outfit_seal
from timpora.interface.requests import OfficerRequest
from timpora.interface.sentences import told
from timpora.interface.sessions import session_change
from timpora.interface.web import post_days
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.errors import Refusal

JSON: Final = "application/json"
UNPROCESSABLE: Final = 422
# In the session: of the code that was offered last, the digest, by its operation.
OFFERED: Final = "post_code"


class OutfitForm(forms.Form):
    """Which teams go to the post, who leads it, and the code that was written down."""

    regu = forms.MultipleChoiceField(label=gettext_lazy("Regu"), widget=forms.CheckboxSelectMultiple)
    kepala = forms.ChoiceField(label=gettext_lazy("Kepala pos"), required=False)
    kode = forms.CharField(label=gettext_lazy("Kode"), max_length=40)

    def __init__(
        self, data: QueryDict | None, *, teams: list[TeamView], heads: list[OfficerView], offered: str
    ) -> None:
        super().__init__(data)
        self._offered = offered
        self.fields["regu"].choices = [(str(team.id), team.name) for team in teams]  # type: ignore[attr-defined]
        nobody = ("", gettext_lazy("Anggota regu saja"))
        self.fields["kepala"].choices = [nobody, *((str(one.id), one.name) for one in heads)]  # type: ignore[attr-defined]

    def clean_kode(self) -> str:
        """Take the code that this session was offered for the operation, and no other."""
        try:
            code = code_read(self.cleaned_data["kode"])
        except OutfitFileUnreadable:
            code = ""
        if not code or not secrets.compare_digest(_digest(code), self._offered):
            raise forms.ValidationError(_("Kode itu tidak utuh. Muat ulang halaman ini."))
        return code


def _digest(code: str) -> str:
    return hashlib.sha256(code_read(code).encode()).hexdigest()


@needs(P.OPERATIONS_POST_OUTFIT)
@require_http_methods(["GET", "POST"])
def outfit(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Show a fresh code to write down, and hand out the file that it opens."""
    actor = request.actor
    operation = queries.operation_get(actor, operation_id)
    unit = next(iter(actor.grants_for(P.OPERATIONS_POST_OUTFIT))).unit_code
    teams = [team for team in queries.team_list(actor, operation_id, unit) if team.unit_code == unit]
    heads = [one for one in identity.officer_list(actor, unit=unit) if one.id != actor.id]
    offered = request.session.get(OFFERED, {}).get(str(operation_id), "")
    form = OutfitForm(request.POST or None, teams=teams, heads=heads, offered=offered)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        also = [UUID(words["kepala"])] if words["kepala"] else []
        try:
            taken = operations.outfit_take(
                actor, operation_id=operation_id, team_ids=[UUID(one) for one in words["regu"]], also_ids=also
            )
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error("regu", told(refusal))
        else:
            # A code opens one file.
            session_change(request.session, OFFERED, lambda _held: {})
            return _file(outfit_seal(taken, words["kode"]), f"bekal-pos-{operation.code}.json")
    return _outfit_page(request, operation, form, teams)


def _outfit_page(
    request: OfficerRequest, operation: OperationView, form: OutfitForm, teams: list[TeamView]
) -> HttpResponse:
    if form.is_bound and "kode" not in form.errors:
        code = form.data["kode"]
    else:
        code = code_new()
        offer = {str(operation.id): _digest(code)}
        session_change(request.session, OFFERED, lambda _held: offer)
    page = {"operation": operation, "form": form, "teams": teams, "code": code}
    page["mark"] = own_fingerprint()
    answer = render(request, "posts/outfit.html", page, status=UNPROCESSABLE if form.is_bound else 200)
    # The code is on this page alone.
    answer["Cache-Control"] = "no-store"
    return answer


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=JSON)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Cache-Control"] = "no-store"
    return answer


app_name = "posts"
urlpatterns = [
    path("operasi/<uuid:operation_id>/pos", outfit, name="outfit"),
    *post_days.paths,
]
