"""What the posko's screens write: the board's counts put into lines, bars, dots and local times."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timpora.apps.findings.types import (
    FINDINGS,
    OUTCOMES,
    PASSED_ON,
    Board,
    Figure,
    FindingKind,
    Outcome,
    ReportKind,
    ReportLine,
    ReportView,
    Share,
    UnitState,
)
from timpora.apps.operations.types import OperationView, PhaseView, TargetPoint
from timpora.domain.states import TargetState
from timpora.domain.territory import ZONE_LABELS
from timpora.interface.web.posko_gaps import Gaps, gaps_of
from timpora.interface.web.posko_words import short_name
from timpora.interface.web.templatetags.office import ago, when

REPORTED, NIL, SILENT = "melapor", "nihil", "diam"
# A report sent this long after it was written was kept on a phone without signal; the screen says so.
LATE: Final = timedelta(minutes=15)
AXIS: Final = 1000
# Silent offices a wall lists before it says how many more there are.
WALL_OFFICES: Final = 5
HOUR: Final = timedelta(hours=1)
SHOWN: Final = (TargetState.APPROVED, TargetState.ASSIGNED, TargetState.VISITED)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase on the bar: where it lies, in thousandths of the whole, and whether it runs somewhere."""

    name: str
    starts: int
    width: int
    is_now: bool


@dataclass(frozen=True, slots=True)
class ZoneTime:
    """What the clock shows in a zone, where that lies on the bar, and how far its phase is."""

    label: str
    at: datetime
    place: int
    is_before: bool
    said: str


@dataclass(frozen=True, slots=True)
class PhaseBar:
    """The operation's phases in local time, which is the same on the wall everywhere, and the hours now.

    `standing` says where the operation stands while no phase runs.
    """

    name: str
    standing: str
    starts: datetime
    ends: datetime
    day: int
    days: int
    stretches: tuple[Stretch, ...]
    zones: tuple[ZoneTime, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a count, with its share of the whole in percent."""

    label: str
    value: int
    percent: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A count taken apart: `lines` and the remainder add up to `whole`; `gap` is what would not."""

    unit: str
    lines: tuple[Line, ...]
    rest: Line
    whole: int
    gap: int


@dataclass(frozen=True, slots=True)
class Fresh:
    """A report among the newest: place and counts, no person; `name` is the office's short one.

    `captured` is said only of a report that reached the posko long after it was written.
    """

    report: ReportLine
    name: str
    place: str
    received: SafeString | str
    captured: SafeString | str
    is_nil: bool
    said: str


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office on the board: what it did, since when, and the tone of its dot.

    `age` is how long it has been silent, told from an hour on: a line must not change every minute.
    """

    unit: UnitState
    name: str
    tone: str
    label: str
    is_waiting: bool
    since: SafeString | str
    age: SafeString | str
    has_gap: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything the live parts of the posko show at one instant."""

    board: Board
    zone: str
    at: datetime
    bar: PhaseBar | None
    kinds: Breakdown
    outcomes: Breakdown
    fresh: tuple[Fresh, ...]
    silent: tuple[OfficeLine, ...]
    others: tuple[OfficeLine, ...]
    silent_more: int
    counts: Mapping[str, int]
    points: list[dict[str, object]]
    gaps: Gaps


def screen_of(board: Board, zone: str, *, is_wall: bool) -> Screen:
    """Put a board into the words of the screen, for a reader in `zone`."""
    gaps = gaps_of(board, zone, is_wall=is_wall)
    offices = [office_line(unit, board.at, has_gap=unit.unit_code in gaps.units) for unit in board.units]
    lines = {line.unit.unit_code: line for line in offices}
    silent = {unit.unit_code: lines[unit.unit_code] for unit in board.units_in(SILENT)}
    names = {target.id: target.name for target in board.targets}
    zones = {unit.unit_code: unit.zone for unit in board.units}
    waiting = sum(line.is_waiting for line in offices)
    return Screen(
        board=board,
        zone=zone,
        at=board.at.astimezone(ZoneInfo(zone)),
        bar=phase_bar(board.operation, sorted({unit.zone for unit in board.units}), board.at),
        kinds=kinds_of(board),
        outcomes=outcomes_of(board),
        fresh=tuple(_fresh(report, names, zones.get(report.unit_code, zone)) for report in board.newest),
        silent=tuple(silent.values()),
        others=tuple(line for line in offices if line.unit.unit_code not in silent),
        silent_more=max(0, len(silent) - WALL_OFFICES),
        counts={
            "all": len(offices),
            REPORTED: len(board.units_in(REPORTED)),
            NIL: len(board.units_in(NIL)),
            SILENT: len(silent) - waiting,
            "waiting": waiting,
        },
        points=_points(board, offices),
        gaps=gaps,
    )


# Counts ------------------------------------------------------------------------------------------------
def kinds_of(board: Board) -> Breakdown:
    """Take the findings apart; what nobody has classified yet is the remainder, and is always shown."""
    figure = board.figure("temuan")
    known = [share for share in board.kinds if share.code != FindingKind.UNCLASSIFIED]
    return _breakdown(figure, known, _("belum diklasifikasi"), whole=figure.whole)


def outcomes_of(board: Board) -> Breakdown:
    """Take the persons counted apart by what was done; those not written down are the remainder."""
    figure = board.figure("orang")
    single = [share for share in board.outcomes if share.code not in PASSED_ON]
    passed = sum(share.value for share in board.outcomes if share.code in PASSED_ON)
    shares = [*single, Share("diteruskan", passed_on_label(), passed)]
    return _breakdown(figure, shares, _("terhitung, belum dicatat"), whole=figure.whole)


def _breakdown(figure: Figure, shares: Iterable[Share], rest: str, *, whole: int) -> Breakdown:
    lines = tuple(_line(share.label, share.value, whole) for share in shares)
    remainder = _line(rest, figure.remainder, whole)
    gap = whole - remainder.value - sum(line.value for line in lines)
    return Breakdown(figure.unit, lines, remainder, whole, gap)


def _line(label: str, value: int, whole: int) -> Line:
    return Line(label, value, 100 * value // whole if whole else 0)


def passed_on_label() -> str:
    """Return the one word for whoever was passed on to another hand, whichever it was."""
    return _("Diteruskan ke penanganan lain")


def outcome_said(outcome: Outcome) -> str:
    """Write an outcome as the posko may show it."""
    return passed_on_label() if outcome in PASSED_ON else str(OUTCOMES[outcome])


def finding_said(kind: FindingKind) -> str:
    """Write the kind of a finding."""
    return str(FINDINGS[kind])


# Reports and offices -------------------------------------------------------------------------------------
def _fresh(report: ReportLine, names: Mapping[UUID, str], zone: str) -> Fresh:
    place = names.get(report.target_id, "") if report.target_id else ""
    is_late = report.received_at - report.captured_at > LATE
    return Fresh(
        report=report,
        name=short_name(report.unit_name),
        place=place or (_("seluruh wilayah kantor") if report.target_id is None else ""),
        received=when(report.received_at, zone),
        captured=when(report.captured_at, zone) if is_late else "",
        is_nil=report.kind is ReportKind.NIL,
        said=report_said(report),
    )


def report_said(report: ReportLine | ReportView) -> str:
    """Write what a report counted, in its units."""
    if report.kind is ReportKind.NIL:
        return _("nihil")
    people = ngettext("%(n)s orang", "%(n)s orang", report.headcount) % {"n": report.headcount}
    findings = report.findings_count
    found = ngettext("%(n)s temuan", "%(n)s temuan", findings) % {"n": findings}
    return f"{people} · {found}"


def office_line(unit: UnitState, at: datetime, *, has_gap: bool = False) -> OfficeLine:
    """Put an office into a line of the board as it stands at an instant."""
    is_waiting = unit.state == SILENT and unit.since is None
    tone, label = {
        REPORTED: ("good", _("melapor")),
        NIL: ("info", _("nihil")),
        SILENT: ("neutral", _("belum mulai")) if is_waiting else ("caution", _("diam")),
    }[unit.state]
    is_long = unit.state == SILENT and unit.since is not None and at - unit.since >= HOUR
    return OfficeLine(
        unit=unit,
        name=short_name(unit.name),
        tone=tone,
        label=label,
        is_waiting=is_waiting,
        since=when(unit.since, unit.zone) if unit.since else "",
        age=ago(unit.since, unit.zone) if is_long else "",
        has_gap=has_gap,
    )


# The map -------------------------------------------------------------------------------------------------
def _points(board: Board, offices: Sequence[OfficeLine]) -> list[dict[str, object]]:
    reports = reverse("posko:reports", args=[board.operation.id])
    dots = [_dot(line, reports) for line in offices]
    squares = [_square(target) for target in board.targets if target.state in SHOWN]
    return [*squares, *dots]


def _dot(line: OfficeLine, reports: str) -> dict[str, object]:
    unit = line.unit
    return {
        "id": unit.unit_code,
        "lat": unit.lat,
        "lng": unit.lng,
        "title": unit.name,
        "lines": [_since(line), *([_("nomor laporan hilang")] if line.has_gap else [])],
        "tone": line.tone,
        "href": f"{reports}?kantor={unit.unit_code}",
    }


def _since(line: OfficeLine) -> str:
    since = line.unit.since
    if since is None:
        return line.label
    local = since.astimezone(ZoneInfo(line.unit.zone))
    words = {"label": line.label, "hour": f"{local:%d-%m %H.%M}", "zone": ZONE_LABELS[line.unit.zone]}
    if line.unit.state == SILENT:
        return _("diam sejak %(hour)s %(zone)s") % words
    return _("%(label)s, terakhir %(hour)s %(zone)s") % words


def _square(target: TargetPoint) -> dict[str, object]:
    tones = {TargetState.VISITED: "good", TargetState.ASSIGNED: "waiting"}
    said = {
        TargetState.APPROVED: _("disetujui"),
        TargetState.ASSIGNED: _("ditugaskan"),
        TargetState.VISITED: _("dikunjungi"),
    }
    return {
        "id": str(target.id),
        "lat": target.lat,
        "lng": target.lng,
        "title": f"{target.code} {target.name}",
        "lines": [_("Sasaran %(state)s") % {"state": said[target.state]}],
        "tone": tones.get(target.state, "neutral"),
        "shape": "square",
    }


# Time ----------------------------------------------------------------------------------------------------
def phase_bar(operation: OperationView, zones: Sequence[str], now: datetime) -> PhaseBar | None:
    """Lay the phases on one axis of local time; the hour differs by zone, so each zone has its own mark."""
    phases = sorted(operation.phases, key=lambda phase: phase.starts_local)
    if not phases:
        return None
    starts, ends = phases[0].starts_local, max(phase.ends_local for phase in phases)
    shown = [zone for zone in ZONE_LABELS if zone in zones] or list(ZONE_LABELS)[:1]
    clocks = {zone: now.astimezone(ZoneInfo(zone)) for zone in shown}
    running = [p for p in phases if any(p.holds_at(now, zone) for zone in shown)]
    current = running[-1] if running else None
    first = current.starts_local if current else starts
    last = current.ends_local if current else ends
    today = clocks[shown[0]].replace(tzinfo=None)
    return PhaseBar(
        name=", ".join(phase.name for phase in running),
        standing=_standing([at.replace(tzinfo=None) for at in clocks.values()], starts, ends),
        starts=first,
        ends=last,
        day=(today.date() - first.date()).days + 1,
        days=max(1, (last - first + timedelta(days=1) - timedelta(microseconds=1)).days),
        stretches=tuple(_stretch(phase, starts, ends, is_now=phase in running) for phase in phases),
        zones=tuple(_zone_time(zone, at, phases, (starts, ends)) for zone, at in clocks.items()),
    )


def _standing(hours: Sequence[datetime], starts: datetime, ends: datetime) -> str:
    if max(hours) < starts:
        return _("Operasi belum dimulai")
    return _("Operasi sudah selesai") if min(hours) >= ends else _("Tidak ada tahap yang berjalan")


def _stretch(phase: PhaseView, starts: datetime, ends: datetime, *, is_now: bool) -> Stretch:
    left = _place(phase.starts_local, starts, ends)
    return Stretch(phase.name, left, max(2, _place(phase.ends_local, starts, ends) - left), is_now=is_now)


def _place(at: datetime, starts: datetime, ends: datetime) -> int:
    whole = (ends - starts).total_seconds() or 1
    return max(0, min(AXIS, int(AXIS * (at - starts).total_seconds() / whole)))


def _zone_time(
    zone: str, at: datetime, phases: Sequence[PhaseView], whole: tuple[datetime, datetime]
) -> ZoneTime:
    local = at.replace(tzinfo=None)
    current = next((p for p in phases if p.starts_local <= local < p.ends_local), None)
    coming = next((p for p in phases if local < p.starts_local), None)
    if current:
        said = _("berjalan, %(left)s lagi") % {"left": _span(current.ends_local - local)}
    elif coming:
        said = _("mulai %(left)s lagi") % {"left": _span(coming.starts_local - local)}
    else:
        said = _("selesai")
    return ZoneTime(ZONE_LABELS[zone], local, _place(local, *whole), is_before=local < whole[0], said=said)


def _span(gap: timedelta) -> str:
    if gap >= timedelta(days=2):
        return ngettext("%(n)s hari", "%(n)s hari", gap.days) % {"n": gap.days}
    if gap >= HOUR:
        return ngettext("%(n)s jam", "%(n)s jam", gap // HOUR) % {"n": gap // HOUR}
    minutes = max(1, int(gap.total_seconds() // 60))
    return ngettext("%(n)s menit", "%(n)s menit", minutes) % {"n": minutes}
