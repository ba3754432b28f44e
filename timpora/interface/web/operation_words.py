"""How the screens of operations say states, phases and points; no rule of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timpora.apps.operations.types import (
    RESOURCE_WORDS,
    EncounterView,
    NamedSupply,
    OfficeState,
    OfficeSupply,
    OperationView,
    PhaseView,
    Readiness,
    TargetView,
    Twin,
)
from timpora.domain.orders import OrderClock
from timpora.domain.periods import end_text
from timpora.domain.states import EncounterState, OperationState, OrderState, TargetState
from timpora.domain.territory import WIB, WIT, WITA, ZONE_LABELS
from timpora.kernel import clock

Word = str | Promise


@dataclass(frozen=True, slots=True)
class Said:
    """A state as a pill says it: the word, the tone, the icon."""

    word: Word
    tone: str
    icon: str = ""


OPERATION_SAID = {
    OperationState.PLANNED: Said(gettext_lazy("rencana"), "neutral"),
    OperationState.APPROVED: Said(gettext_lazy("disiapkan"), "info", "clock"),
    OperationState.RUNNING: Said(gettext_lazy("berjalan"), "good", "broadcast"),
    OperationState.ENDED: Said(gettext_lazy("berakhir"), "neutral", "flag"),
    OperationState.REPORTED: Said(gettext_lazy("dilaporkan"), "good"),
    OperationState.CALLED_OFF: Said(gettext_lazy("dihentikan"), "stop"),
}
TARGET_SAID = {
    TargetState.PROPOSED: Said(gettext_lazy("menunggu persetujuan"), "waiting"),
    TargetState.APPROVED: Said(gettext_lazy("disetujui"), "info", "check"),
    TargetState.ASSIGNED: Said(gettext_lazy("ditugaskan"), "caution", "users-group"),
    TargetState.VISITED: Said(gettext_lazy("dikunjungi"), "good"),
    TargetState.REFUSED: Said(gettext_lazy("ditolak"), "stop"),
    TargetState.RETRACTED: Said(gettext_lazy("ditarik pengusul"), "neutral", "x"),
    TargetState.WITHDRAWN: Said(gettext_lazy("dicabut"), "neutral", "x"),
}
ORDER_SAID = {
    OrderState.DRAFTED: Said(gettext_lazy("konsep"), "waiting", "edit"),
    OrderState.TO_FOLLOW: Said(gettext_lazy("menyusul"), "caution"),
    OrderState.ISSUED: Said(gettext_lazy("terbit"), "good", "rubber-stamp"),
    OrderState.CARRIED_OUT: Said(gettext_lazy("dilaksanakan"), "good"),
    OrderState.REPORTED: Said(gettext_lazy("dilaporkan"), "good"),
    OrderState.CANCELLED: Said(gettext_lazy("dibatalkan"), "neutral", "x"),
    OrderState.WITHDRAWN: Said(gettext_lazy("dicabut"), "stop"),
}
ENCOUNTER_SAID = {
    EncounterState.REPORTED: Said(gettext_lazy("menunggu persetujuan"), "waiting"),
    EncounterState.APPROVED: Said(gettext_lazy("disetujui"), "info", "check"),
    EncounterState.REFUSED: Said(gettext_lazy("tidak disetujui"), "stop"),
    EncounterState.NIL: Said(gettext_lazy("tanpa temuan"), "good"),
    EncounterState.FOUND: Said(gettext_lazy("ada temuan"), "caution"),
}
READINESS_SAID = {
    Readiness.SILENT: Said(gettext_lazy("belum menjawab"), "waiting"),
    Readiness.READY: Said(gettext_lazy("siap"), "good"),
    Readiness.PARTLY: Said(gettext_lazy("siap dengan kekurangan"), "caution"),
    Readiness.NOT_READY: Said(gettext_lazy("belum siap"), "stop"),
}


def answer_said(office: OfficeState, phase: PhaseView) -> Said:
    """Say an office's answer; silence after the term is said to be late."""
    if office.readiness is Readiness.SILENT and is_late(office, phase):
        return Said(_("belum menjawab, lewat batas"), "caution")
    return READINESS_SAID[office.readiness]


def is_late(office: OfficeState, phase: PhaseView) -> bool:
    """Tell whether an office answered after the term, or let it pass, by the days of its own place."""
    if phase.answer_on is None:
        return False
    at = office.answered_at or clock.now()
    return at.astimezone(ZoneInfo(office.zone)).date() > phase.answer_on


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A phase in one line: its wall times, and where it runs now."""

    phase: PhaseView
    span: str
    zones: tuple[tuple[str, Said], ...]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target in a list, with its state in words and what may be the same target."""

    target: TargetView
    said: Said
    twins: tuple[Twin, ...]


def clock_said(met: EncounterView | None) -> Said | None:
    """Say how the clock of an order that follows a check stands; nothing where none is owed."""
    if met is None or met.clock is None:
        return None
    return due_said(met.clock, owes=met.owes_order)


def due_said(clock_: OrderClock, *, owes: bool) -> Said:
    """Say until when an order must follow, or how it came."""
    told = {"day": f"{clock_.last_day:%d-%m-%Y}", "n": clock_.days_late}
    if not owes:
        if clock_.is_late:
            return Said(_("terbit terlambat %(n)s hari, batasnya %(day)s") % told, "stop")
        return Said(_("terbit dalam batas %(day)s") % told, "good", "check")
    if clock_.is_late:
        return Said(_("lewat %(n)s hari dari batas %(day)s") % told, "stop")
    return Said(_("surat menyusul paling lambat %(day)s") % told, "caution", "clock")


def phase_lines(operation: OperationView, zones: Iterable[str] = (WIB, WITA, WIT)) -> list[PhaseLine]:
    """Return the phases with their state in each of `zones`; where it is one, their hours name it."""
    wanted = tuple(zones)
    own = wanted[0] if len(wanted) == 1 else ""
    return [
        PhaseLine(
            phase, span_said(phase, own), tuple((ZONE_LABELS[z], _phase_said(phase, z)) for z in wanted)
        )
        for phase in operation.phases
    ]


def span_said(phase: PhaseView, zone: str = "") -> str:
    """Say a phase's wall times; with the short name of its zone where one office alone is meant."""
    label = ZONE_LABELS.get(zone, "")
    return f"{phase.starts_local:%d-%m-%Y %H.%M} – {end_text(phase.ends_local, label)}"


def _phase_said(phase: PhaseView, zone: str) -> Said:
    now = clock.now()
    if now < phase.starts_at(zone):
        return Said(_("belum mulai"), "neutral", "clock")
    if now >= phase.ends_at(zone):
        return Said(_("selesai"), "neutral", "flag")
    local = now.astimezone(phase.starts_at(zone).tzinfo)
    day = (local.date() - phase.starts_local.date()).days + 1
    days = (phase.ends_local - timedelta(microseconds=1)).date() - phase.starts_local.date()
    return Said(_("hari ke-%(day)s dari %(days)s") % {"day": day, "days": days.days + 1}, "good", "broadcast")


def supply_lines(office: OfficeSupply | None) -> list[NamedSupply]:
    """Return what an office needs or has, by resource; what it neither needs nor has is left out."""
    if office is None:
        return []
    return [
        NamedSupply(supply, RESOURCE_WORDS[supply.resource])
        for supply in office.supplies
        if supply.needed or supply.held
    ]


def target_lines(targets: Iterable[TargetView], twins: Mapping[UUID, tuple[Twin, ...]]) -> list[TargetLine]:
    """Return the targets as a list shows them."""
    return [TargetLine(t, TARGET_SAID[t.state], twins.get(t.id, ())) for t in targets]


def target_points(targets: Iterable[TargetView]) -> list[dict[str, object]]:
    """Return the targets as squares on the map, by state."""
    return [
        {
            "id": str(t.id),
            "lat": t.lat,
            "lng": t.lng,
            "title": f"{t.code} {t.name}",
            "lines": [_(t.ground_words.label), str(TARGET_SAID[t.state].word)],
            "tone": TARGET_SAID[t.state].tone,
            "shape": "square",
            "href": reverse("operations:target", args=[t.id]),
        }
        for t in targets
    ]
