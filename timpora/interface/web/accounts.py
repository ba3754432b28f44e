"""Accounts for the administrator: who is assigned where and until when, Plt./Plh., ending sessions."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from timpora.apps.identity import actions, queries
from timpora.apps.identity.types import AssignmentView, NewActing
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.day_fields import DayField
from timpora.interface.web.paging import page_number, page_of
from timpora.kernel.access import AccessDenied, P, holds
from timpora.kernel.access.roles import HEAD_ROLES
from timpora.kernel.errors import Refusal
from timpora.kernel.text import cleaned

ONE_DAY = timedelta(days=1)
PAGE = 50
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Account:
    """An officer with the assignments that have not ended."""

    user_id: UUID
    name: str
    username: str
    nip: str
    assignments: tuple[AssignmentView, ...]


class ActingForm(forms.Form):
    """Who stands in for which head, and for which days; the last day is the last with the powers."""

    user_id = forms.ChoiceField(label=_("Petugas"))
    acting = forms.ChoiceField(
        label=_("Sebagai"),
        choices=[("Plt.", _("Plt. (pelaksana tugas)")), ("Plh.", _("Plh. (pelaksana harian)"))],
        widget=forms.RadioSelect,
    )
    role = forms.ChoiceField(
        label=_("Jabatan"), choices=[(role.slug, _(role.name)) for role in HEAD_ROLES.values()]
    )
    unit = forms.ChoiceField(label=_("Unit"))
    starts = DayField(label=_("Hari pertama"), help_text=_("Contoh: 21-08-2024"))
    last_day = DayField(
        label=_("Hari terakhir"),
        help_text=_("Contoh: 30-08-2024. Wewenang berakhir sendiri sesudah hari ini."),
    )
    decree = forms.CharField(label=_("Nomor surat penunjukan"), max_length=200)

    def __init__(self, accounts: list[Account], data: QueryDict | None = None) -> None:
        super().__init__(data)
        officers = [(str(account.user_id), f"{account.name} ({account.username})") for account in accounts]
        units = [
            (unit.code, unit.name) for unit in queries.unit_list(kinds=("HQ", "KANWIL", "KANIM", "RUDENIM"))
        ]
        self.fields["user_id"].choices = [("", ""), *officers]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", ""), *units]  # type: ignore[attr-defined]

    def acting_new(self) -> NewActing:
        """Return what was asked for, half-open as the register keeps it."""
        said = self.cleaned_data
        return NewActing(
            user_id=UUID(said["user_id"]),
            role=said["role"],
            unit=said["unit"],
            acting=said["acting"],
            starts=said["starts"],
            ends=said["last_day"] + ONE_DAY,
            decree=said["decree"],
        )


def _accounts(request: OfficerRequest) -> list[Account]:
    rows = sorted(queries.assignment_list(request.actor), key=lambda a: (a.user_name, str(a.user_id)))
    found = []
    for user_id, held in groupby(rows, key=lambda a: a.user_id):
        mine = tuple(held)
        found.append(Account(user_id, mine[0].user_name, mine[0].username, mine[0].nip, mine))
    return found


@require_GET
@needs(P.IDENTITY_USER_READ)
def listing(request: OfficerRequest) -> HttpResponse:
    """List the officers with their assignments and how long these last."""
    text = cleaned(request.GET.get("q", ""))[:100]
    all_accounts = _accounts(request)
    wanted = [account for account in all_accounts if _fits(account, text)]
    number = page_number(request)
    shown = wanted[(number - 1) * PAGE : number * PAGE]
    page = {
        "accounts": shown,
        "acting": [a for account in all_accounts for a in account.assignments if a.acting],
        "text": text,
        "page": page_of(
            number,
            size=PAGE,
            shown=len(shown),
            total=len(wanted),
            address=lambda n: f"?{urlencode([('q', text), ('hal', str(n))])}",
        ),
        "may_grant": holds(request.actor, P.IDENTITY_ASSIGNMENT_GRANT),
    }
    return render(request, "accounts/list.html", page)


def _fits(account: Account, text: str) -> bool:
    units = " ".join(assignment.unit_name for assignment in account.assignments)
    searched = f"{account.name} {account.username} {account.nip} {units}".casefold()
    return all(word in searched for word in text.casefold().split())


@require_http_methods(["GET", "POST"])
@needs(P.IDENTITY_ASSIGNMENT_GRANT)
def acting(request: OfficerRequest) -> HttpResponse:
    """Let an officer stand in for a head, from a first to a last day."""
    accounts = _accounts(request)
    if request.method == "GET":
        return render(request, "accounts/acting.html", {"form": ActingForm(accounts)})
    form = ActingForm(accounts, request.POST)
    if form.is_valid():
        try:
            actions.acting_grant(request.actor, new=form.acting_new())
        except AccessDenied:
            raise
        except (Refusal, OverflowError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("Penunjukan tercatat."))
            return redirect("accounts:list")
    return render(request, "accounts/acting.html", {"form": form}, status=UNPROCESSABLE)


@require_POST
@needs(P.IDENTITY_ASSIGNMENT_GRANT)
def sessions_end(request: OfficerRequest, user_id: UUID) -> HttpResponse:
    """End every session of an officer at once."""
    actions.sessions_revoke(request.actor, user_id=user_id)
    messages.success(request, gettext("Semua sesi petugas itu diakhiri."))
    return redirect("accounts:list")


app_name = "accounts"
urlpatterns = [
    path("akun", listing, name="list"),
    path("akun/pelaksana", acting, name="acting"),
    path("akun/<uuid:user_id>/akhiri-sesi", sessions_end, name="sessions-end"),
]
