"""The posko's desk: its journal, and where the teams are."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timpora.apps.operations import actions
from timpora.apps.operations import queries as operations
from timpora.apps.operations.types import (
    ALL_OFFICES,
    MEDIUM_WORDS,
    PRIORITY_WORDS,
    JournalView,
    Medium,
    NewMessage,
    OfficeState,
    Priority,
    TeamNow,
)
from timpora.domain.states import TEAM_STEPS, TeamState
from timpora.domain.territory import ZONE_LABELS
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.day_fields import HourField
from timpora.interface.web.posko_words import JOURNAL_SAID, MOVES_SAID, PRIORITY_SAID, TEAM_SAID, short_name
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, holds
from timpora.kernel.errors import Refusal

UNPROCESSABLE = 422
LONG = 2_000


class MessageForm(forms.Form):
    """A message as it reaches the posko."""

    text = forms.CharField(
        label=gettext_lazy("Pesan"),
        help_text=gettext_lazy("Apa yang disampaikan, singkat. Jangan menulis nama orang asing."),
        max_length=LONG,
        widget=forms.Textarea({"rows": 3}),
    )
    medium = forms.ChoiceField(
        label=gettext_lazy("Diterima lewat"), choices=[(m.value, said) for m, said in MEDIUM_WORDS.items()]
    )
    priority = forms.ChoiceField(
        label=gettext_lazy("Prioritas"),
        choices=[(p.value, said) for p, said in PRIORITY_WORDS.items()],
        initial=Priority.NORMAL.value,
    )
    unit = forms.ChoiceField(label=gettext_lazy("Tentang"), required=False)
    owner = forms.ChoiceField(
        label=gettext_lazy("Harus diselesaikan oleh"),
        help_text=gettext_lazy("Kosongkan bila hanya untuk diketahui."),
        required=False,
    )
    noted_at = HourField(label=gettext_lazy("Jam diterima"), required=False)
    corrects = forms.UUIDField(required=False, widget=forms.HiddenInput)
    because = forms.CharField(
        label=gettext_lazy("Mengapa dikoreksi"),
        help_text=gettext_lazy("Terbaca pada pesan semula oleh semua yang membacanya."),
        max_length=LONG,
        required=False,
    )

    def __init__(self, *args: Any, offices: list[OfficeState], actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = ZONE_LABELS[zone_of_actor(actor)]
        self.fields["noted_at"].help_text = _("Waktu %(zone)s; kosong berarti sekarang.") % {"zone": zone}
        named = sorted((office.unit_code, short_name(office.name)) for office in offices)
        posts = {g.unit_code: g.unit_name for g in actor.grants_for(P.OPERATIONS_JOURNAL_WRITE)}
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", _("posko ini sendiri")), (ALL_OFFICES, _("semua kantor di sini")), *named,
        ]  # fmt: skip
        others = [(code, name) for code, name in posts.items() if code not in dict(named)]
        self.fields["owner"].choices = [("", _("tidak ada")), *others, *named]  # type: ignore[attr-defined]

    def clean_noted_at(self) -> datetime | None:
        """Refuse an hour that has not come yet."""
        at: datetime | None = self.cleaned_data["noted_at"]
        if at is not None and at > clock.now():
            raise forms.ValidationError(_("Jam ini belum terjadi."))
        return at


class StepForm(forms.Form):
    """What was done about a message, or to whom it goes."""

    because = forms.CharField(max_length=LONG, required=False)
    owner = forms.CharField(max_length=100, required=False)


class MoveForm(forms.Form):
    """Where a team is now; a reason makes it a correction."""

    after = forms.TypedChoiceField(choices=[(s.value, s.value) for s in TeamState], coerce=TeamState)
    target_id = forms.UUIDField(required=False)
    because = forms.CharField(max_length=LONG, required=False)


@needs(P.OPERATIONS_JOURNAL_READ)
@require_http_methods(["GET", "POST"])
def journal(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Show the journal of an operation's posko and take a message into it (`?koreksi=` replaces one)."""
    if request.method != "POST":
        return _journal(request, operation_id, None)
    if not holds(request.actor, P.OPERATIONS_JOURNAL_WRITE):
        raise AccessDenied
    zone = ZoneInfo(zone_of_actor(request.actor))
    form = _form(request, operation_id, request.POST)
    with timezone.override(zone):  # people type the hour of their own place
        is_valid = form.is_valid()
    if is_valid:
        try:
            actions.journal_write(request.actor, message=_message(operation_id, form.cleaned_data))
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Pesan dicatat dalam jurnal."))
            return redirect("posko:journal", operation_id)
    return _journal(request, operation_id, form, status=UNPROCESSABLE)


def _message(operation_id: UUID, said: dict[str, Any]) -> NewMessage:
    return NewMessage(
        operation_id=operation_id,
        text=said["text"],
        medium=Medium(said["medium"]),
        priority=Priority(said["priority"]),
        unit=said["unit"],
        owner=said["owner"],
        noted_at=said["noted_at"],
        corrects=said["corrects"],
        because=said["because"],
    )


def _form(request: OfficerRequest, operation_id: UUID, data: Any = None, **initial: Any) -> MessageForm:
    offices = operations.office_list(request.actor, operation_id)
    return MessageForm(data, offices=offices, actor=request.actor, initial=initial)


def _journal(
    request: OfficerRequest, operation_id: UUID, form: MessageForm | None, *, status: int = 200
) -> HttpResponse:
    actor = request.actor
    rows = operations.journal_list(actor, operation_id)
    old = next((row for row in rows if str(row.id) == request.GET.get("koreksi")), None)
    if form is None and holds(actor, P.OPERATIONS_JOURNAL_WRITE):
        form = _form(request, operation_id, **(_initial(old) if old else {}))
    units = {grant.unit_code for grant in actor.grants_for(P.OPERATIONS_JOURNAL_WRITE)}
    waiting = _waiting(rows)
    page = {
        "operation": operations.operation_get(actor, operation_id),
        "open": [line(row, units) for row in rows if row.id in waiting],
        "others": [line(row, units) for row in rows if row.id not in waiting],
        "form": form,
        "old": old,
        "owners": form.fields["owner"].choices[1:] if form else [],  # type: ignore[attr-defined]
        "all_offices": ALL_OFFICES,
    }
    return render(request, "posko/journal.html", page, status=status)


def _waiting(rows: list[JournalView]) -> set[UUID]:
    """Return what somebody still has to settle, and beside it what that replaced."""
    replaced = {row.id: row.corrects for row in rows}
    found = {row.id for row in rows if row.is_open}
    for one in tuple(found):
        earlier = replaced[one]
        while earlier is not None and earlier in replaced:
            found.add(earlier)
            earlier = replaced[earlier]
    return found


def _initial(old: JournalView) -> dict[str, Any]:
    return {
        "text": old.text,
        "medium": old.medium.value,
        "priority": old.priority.value,
        "unit": old.unit_code,
        "owner": old.owner if old.is_open else "",
        "corrects": old.id,
    }


def line(row: JournalView, units: set[str]) -> dict[str, object]:
    """Return a message as the screen says it, with what the reader may do about it."""
    is_mine = bool(units & {row.owner, row.by_unit}) and not row.is_corrected
    return {
        "row": row,
        "priority": PRIORITY_SAID[row.priority],
        "state": JOURNAL_SAID[row.state],
        "medium": MEDIUM_WORDS[row.medium],
        "unit": short_name(row.unit_name),
        "owner": short_name(row.owner_name),
        "steps": [(step, JOURNAL_SAID[step.after]) for step in row.steps],
        "can_settle": is_mine and row.is_open,
        "can_correct": row.by_unit in units and not row.is_corrected,
    }


@require_POST
@needs(P.OPERATIONS_JOURNAL_WRITE)
def journal_step(request: OfficerRequest, operation_id: UUID, entry_id: UUID) -> HttpResponse:
    """Settle a message (`because`), or hand it on (`owner`)."""
    operations.journal_require(request.actor, entry_id, operation_id=operation_id)
    form = StepForm(request.POST)
    form.is_valid()
    owner, because = form.cleaned_data.get("owner", ""), form.cleaned_data.get("because", "")
    try:
        if owner:
            actions.journal_pass(request.actor, entry_id=entry_id, owner=owner, because=because)
        else:
            actions.journal_settle(request.actor, entry_id=entry_id, because=because)
    except AccessDenied:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Pesan diteruskan.") if owner else _("Pesan diselesaikan."))
    return redirect("posko:journal", operation_id)


@needs(P.OPERATIONS_POSKO_WATCH)
@require_safe
def teams(request: OfficerRequest, operation_id: UUID) -> HttpResponse:
    """Show where the teams of an operation are; the posko records what it hears from them."""
    actor = request.actor
    found = operations.operation_get(actor, operation_id)
    offices = {office.unit_code: office for office in operations.office_list(actor, operation_id)}
    targets = operations.target_points(actor, operation_id)
    given = {team.id: team.target_ids for team in operations.team_list(actor, operation_id)}
    names = {target.id: target.name for target in targets}
    page = {
        "operation": found,
        "teams": [
            {
                "team": team,
                "office": offices[team.unit_code],
                "said": TEAM_SAID[team.state],
                "moves": moves_of(team),
                "targets": [(t, names[t]) for t in given.get(team.id, ()) if t in names],
            }
            for team in operations.team_states(actor, operation_id)
            if team.unit_code in offices
        ],
        "can_move": holds(actor, P.OPERATIONS_TEAM_MOVE),
        "states": [(state.value, said.word) for state, said in TEAM_SAID.items()],
    }
    return render(request, "posko/teams.html", page)


def moves_of(team: TeamNow) -> list[tuple[str, object]]:
    """Return the movements that may follow, each with the word of its button."""
    return [(state.value, said) for state, said in MOVES_SAID.items() if state in TEAM_STEPS[team.state]]


@require_POST
@needs(P.OPERATIONS_TEAM_MOVE)
def team_move(request: OfficerRequest, operation_id: UUID, team_id: UUID) -> HttpResponse:
    """Record a movement that the posko heard of, or with a reason correct the last."""
    if not holds(request.actor, P.OPERATIONS_POSKO_WATCH):
        raise AccessDenied
    operations.team_require(request.actor, team_id, operation_id=operation_id)
    form = MoveForm(request.POST)
    if form.is_valid():
        try:
            actions.team_move(request.actor, team_id=team_id, **form.cleaned_data)
        except AccessDenied:
            raise
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Gerak regu dicatat."))
            _warn_of_clashes(request, operation_id, team_id)
    else:
        messages.error(request, _("Pilih gerak regu."))
    return redirect("posko:teams", operation_id)


def _warn_of_clashes(request: OfficerRequest, operation_id: UUID, team_id: UUID) -> None:
    """Tell who sends a team out of the others that may go to the same place, as far as he may see them."""
    if request.POST.get("after") != TeamState.UNDERWAY or not holds(request.actor, P.OPERATIONS_TARGET_READ):
        return
    for twin in operations.team_clashes(request.actor, operation_id).get(team_id, ()):
        told = {"code": twin.target.code, "office": twin.target.unit_name, "metres": twin.metres}
        messages.warning(
            request,
            _("Mungkin titik yang sama dengan %(code)s (%(office)s, %(metres)s m): hubungi mereka.") % told,
        )


paths = [
    path("posko/<uuid:operation_id>/jurnal", journal, name="journal"),
    path("posko/<uuid:operation_id>/jurnal/<uuid:entry_id>", journal_step, name="journal-step"),
    path("posko/<uuid:operation_id>/regu", teams, name="teams"),
    path("posko/<uuid:operation_id>/regu/<uuid:team_id>", team_move, name="team-move"),
]
