"""The rekap of a day in words: one value from which page, paper, spreadsheet and message are all made.

It has counts, offices and hours; no person who was met, and no text of a message or an answer, which may
name one.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from timpora.apps.findings.queries import DailyRekap, Rekap, RekapOffices, RekapRow, RekapTable
from timpora.apps.findings.types import Board
from timpora.apps.operations.types import PRIORITY_WORDS, JournalView, Priority
from timpora.domain.territory import ZONE_LABELS
from timpora.interface.web.answer_words import answer_tables
from timpora.interface.web.posko_page import (
    NIL,
    REPORTED,
    SILENT,
    Breakdown,
    OfficeLine,
    kinds_of,
    office_line,
    outcomes_of,
)
from timpora.interface.web.posko_words import short_name
from timpora.interface.web.templatetags.office import number
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel.access import Actor
from timpora.kernel.access.policy import NATION
from timpora.kernel.documents.letter import Letterhead

REST: Final = "sisa"
WHOLE: Final = "jumlah"
WAITING: Final = "tanpa_tahap"
IMPORTANT: Final = (Priority.EMERGENCY, Priority.URGENT)
MINISTRY: Final = "Kementerian Imigrasi dan Pemasyarakatan"


def important_messages(messages: Sequence[JournalView], on: date) -> list[JournalView]:
    """Return the pressing messages that reached a post on its own `on`, and those still open from before."""
    return [
        message
        for message in messages
        if message.priority in IMPORTANT and not message.is_corrected and _is_of(message, on)
    ]


def _is_of(message: JournalView, on: date) -> bool:
    noted = _day_noted(message)
    return noted == on or (noted < on and message.is_open)


def _day_noted(message: JournalView) -> date:
    return message.noted_at.astimezone(ZoneInfo(message.zone)).date()


def sheet_of(rekap: Rekap, messages: Sequence[JournalView] | None, actor: Actor) -> DailyRekap:
    """Write a rekap in words; without `messages` (no right to them) nothing is said of them."""
    zone = zone_of_actor(actor)
    at = rekap.total.at.astimezone(ZoneInfo(zone))
    lines = [office_line(unit, rekap.total.at) for unit in rekap.total.units]
    office = actor.main.unit_name if actor.main else ""
    return DailyRekap(
        letterhead=Letterhead(ministry=MINISTRY, office=office, address=""),
        issued_in=office,
        dated=at.date(),
        operation=rekap.total.operation.name,
        day=f"{rekap.on:%d-%m-%Y}",
        as_of=_as_of(at, zone, rekap.on),
        day_period=_period_said(rekap.day),
        total_period=_period_said(rekap.total),
        source=rekap.total.source,
        scope=_scope(rekap, actor),
        taken_by=", ".join(word for word in (actor.name, office) if word),
        tables=_tables(rekap, lines, messages),
        offices=tuple(_offices_in(lines, state, label) for state, label in _states().items()),
        notes=_notes(rekap, lines),
    )


def _as_of(at: datetime, zone: str, on: date) -> str:
    words = {"hour": f"{at:%H.%M}", "zone": ZONE_LABELS[zone]}
    if at.date() == on:
        return _("keadaan per %(hour)s %(zone)s") % words
    return _("keadaan per %(day)s %(hour)s %(zone)s") % {**words, "day": f"{at:%d-%m-%Y}"}


def _period_said(board: Board) -> str:
    if board.period is None:
        return ""
    starts, ends = board.period
    last = (ends - timedelta(days=1)).date()
    if starts.date() >= last:
        return _("%(day)s, 00.00 s.d. 24.00 waktu setempat setiap kantor") % {"day": f"{last:%d-%m-%Y}"}
    words = {"first": f"{starts:%d-%m-%Y}", "last": f"{last:%d-%m-%Y}"}
    return _("%(first)s s.d. %(last)s, waktu setempat setiap kantor") % words


def _scope(rekap: Rekap, actor: Actor) -> str:
    offices = len(rekap.total.units)
    if NATION in actor.territories:
        return _("semua kantor dalam operasi ini (%(n)s)") % {"n": number(offices)}
    return _("kantor dalam wilayah Anda (%(n)s)") % {"n": number(offices)}


# The counts ----------------------------------------------------------------------------------------------
def _tables(
    rekap: Rekap, lines: Sequence[OfficeLine], messages: Sequence[JournalView] | None
) -> tuple[RekapTable, ...]:
    found = [_office_count(lines)]
    for day, total in zip(rekap.day.figures, rekap.total.figures, strict=True):
        rows = (
            RekapRow(label=day.label, day=day.value, total=total.value),
            RekapRow(label=day.remainder_label, day=day.remainder, total=total.remainder, role=REST),
            RekapRow(label=_("Jumlah"), day=day.whole, total=total.whole, role=WHOLE),
        )
        found.append(RekapTable(title=day.label, unit=day.unit, rows=rows))
    kinds, outcomes = _("Temuan menurut jenis"), _("Orang menurut hasil")
    found.append(_taken_apart(kinds, kinds_of(rekap.day), kinds_of(rekap.total)))
    found.append(_taken_apart(outcomes, outcomes_of(rekap.day), outcomes_of(rekap.total)))
    found += answer_tables(rekap.day, rekap.total)
    if messages is not None:
        found.append(_message_count(messages, rekap.on))
    gaps = sum(gap.is_red for gap in rekap.total.gaps)
    if gaps:
        row = RekapRow(label=_("Saat rekap diambil"), day=gaps, role=WHOLE)
        found.append(RekapTable(title=_("Nomor laporan hilang"), unit=_("deret"), rows=(row,)))
    return tuple(found)


def _office_count(lines: Sequence[OfficeLine]) -> RekapTable:
    rows = [
        RekapRow(label=label, day=sum(_state(line) == state for line in lines))
        for state, label in _states().items()
    ]
    whole = RekapRow(label=_("Jumlah"), day=len(lines), role=WHOLE)
    return RekapTable(title=_("Kantor"), unit=_("kantor"), rows=(*rows, whole))


def _taken_apart(title: str, day: Breakdown, total: Breakdown) -> RekapTable:
    pairs = zip(day.lines, total.lines, strict=True)
    rows = [RekapRow(label=one.label, day=one.value, total=all_.value) for one, all_ in pairs]
    rows.append(RekapRow(label=day.rest.label, day=day.rest.value, total=total.rest.value, role=REST))
    if day.gap or total.gap:
        label = _("selisih sementara: laporan sedang masuk")
        rows.append(RekapRow(label=label, day=day.gap, total=total.gap, role=REST))
    rows.append(RekapRow(label=_("Jumlah"), day=day.whole, total=total.whole, role=WHOLE))
    return RekapTable(title=title, unit=day.unit, rows=tuple(rows))


def _message_count(messages: Sequence[JournalView], on: date) -> RekapTable:
    shown = [m for m in messages if not m.is_corrected and _day_noted(m) <= on]
    rows = []
    for priority in IMPORTANT:
        those = [m for m in shown if m.priority is priority]
        today = sum(_day_noted(m) == on for m in those)
        rows.append(RekapRow(label=str(PRIORITY_WORDS[priority]), day=today, total=len(those)))
    whole = RekapRow(
        label=_("Jumlah"), day=sum(r.day for r in rows), total=sum(r.total or 0 for r in rows), role=WHOLE
    )
    return RekapTable(title=_("Pesan jurnal yang mendesak"), unit=_("pesan"), rows=(*rows, whole))


# The offices ---------------------------------------------------------------------------------------------
def _states() -> dict[str, str]:
    return {
        REPORTED: _("Melapor"),
        NIL: _("Nihil"),
        SILENT: _("Diam"),
        WAITING: _("Tanpa tahap pada hari itu"),
    }


def _state(line: OfficeLine) -> str:
    return WAITING if line.is_waiting else line.unit.state


def _offices_in(lines: Sequence[OfficeLine], state: str, label: str) -> RekapOffices:
    those = sorted((line for line in lines if _state(line) == state), key=lambda line: line.name)
    return RekapOffices(state=label, names=tuple(_named(line) for line in those))


def _named(line: OfficeLine) -> str:
    since = line.unit.since
    if line.unit.state != SILENT or since is None:
        return short_name(line.unit.name)
    local = since.astimezone(ZoneInfo(line.unit.zone))
    words = {"office": short_name(line.unit.name), "hour": f"{local:%d-%m %H.%M}"}
    return _("%(office)s (sejak %(hour)s %(zone)s)") % {**words, "zone": ZONE_LABELS[line.unit.zone]}


def _notes(rekap: Rekap, lines: Sequence[OfficeLine]) -> tuple[str, ...]:
    notes = [_("Laporan dihitung pada hari diterima posko; kunjungannya dapat lebih dahulu.")]
    if any(line.is_waiting for line in lines):
        notes.append(_("Di kantor tanpa tahap tidak ada laporan yang ditunggu; yang tiba tetap dihitung."))
    if rekap.total.conflicts:
        words = {"n": number(rekap.total.conflicts)}
        notes.append(_("%(n)s laporan berbeda isi belum diputus; yang tiba pertama dihitung.") % words)
    return tuple(notes)
