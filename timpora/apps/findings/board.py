"""The board of the posko: who reported, who is nil, who is silent, and counts that reconcile (F38, B7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from timpora.apps.findings.answer_counts import answer_counts
from timpora.apps.findings.kinds import FINDINGS, OUTCOMES, FindingKind, Outcome, ReportKind, outcome_seen
from timpora.apps.findings.models import CheckedPerson, Finding, Report, ReportConflict
from timpora.apps.findings.numbers import gaps
from timpora.apps.findings.standing import standing, unsettled
from timpora.apps.findings.types import Board, Figure, ReportLine, Share, UnitState
from timpora.apps.operations import queries as operations
from timpora.apps.operations.types import OfficeState, OperationView, TargetPoint
from timpora.domain.states import TargetState
from timpora.domain.territory import WIB
from timpora.kernel import clock
from timpora.kernel.access import Actor, P, scope

NEWEST: Final = 12
REPORTED: Final = "melapor"
NIL: Final = "nihil"
SILENT: Final = "diam"


@dataclass(frozen=True, slots=True)
class _Tally:
    """What one unit sent: over the whole operation, and since the window of its zone opened."""

    reports: int = 0
    nil: int = 0
    visits: int = 0
    points: int = 0
    headcount: int = 0
    checks: int = 0
    findings: int = 0
    last_at: datetime | None = None
    recent: int = 0
    recent_nil: int = 0
    recent_last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Which reports are counted: those received on `day`, or (`is_running`) all up to its end.

    A day is that of each office's own zone, so that every report is of one day, and the days add up to the
    running total.
    """

    day: date
    is_running: bool = False


def board(actor: Actor, operation_id: UUID, *, newest: int = NEWEST, span: Span | None = None) -> Board:
    """Return what the posko shows of an operation now, or of a `span`, within the reader's territory.

    A unit has *reported*, is *nil* or is *silent* within its window: today by its own zone while a phase
    runs, else the whole operation; of a span, its day. Gaps in the numbers are those of now, and a day
    alone has none. The number of statements does not grow with the data. Raises `AccessDenied` where the
    operation is absent.
    """
    operation = operations.operation_get(actor, operation_id)
    offices = operations.office_list(actor, operation_id)
    at = clock.now()
    rows = standing(scope(actor, P.FINDINGS_REPORT_READ, Report.objects.filter(operation_id=operation_id)))
    conflicts = unsettled(ReportConflict.objects.filter(operation_id=operation_id))
    zones = sorted({office.zone for office in offices})
    if span is not None:
        rows = rows.filter(_received(offices, span))
        windows = {zone: _day_window(operation, zone, span.day) for zone in zones}
    else:
        windows = {zone: _window(operation, zone, at) for zone in zones}
    tallies = _tallies(rows, offices, windows)
    kinds = _kinds(rows)
    targets = tuple(operations.target_points(actor, operation_id))
    return Board(
        operation=operation,
        at=at,
        period=_period(operation, span),
        source=gettext("laporan lapangan yang diterima posko"),
        figures=_figures(tallies.values(), kinds, _approved(targets), is_of_day=span is not None),
        kinds=kinds,
        outcomes=_outcomes(rows),
        units=tuple(_unit(office, tallies, windows[office.zone]) for office in offices),
        targets=targets,
        newest=_newest(rows, newest),
        conflicts=scope(actor, P.FINDINGS_REPORT_READ, conflicts).count(),
        gaps=gaps(actor, operation_id, at) if span is None or span.is_running else (),
        answers=answer_counts(operation_id, rows),
    )


def _window(operation: OperationView, zone: str, at: datetime) -> datetime | None:
    """Return since when a unit in `zone` is expected to report; nothing before the first phase."""
    phase = operations.phase_now(operation, zone, at)
    if phase is not None:
        midnight = datetime.combine(at.astimezone(ZoneInfo(zone)), time.min, ZoneInfo(zone))
        return max(midnight, phase.starts_at(zone)).astimezone(UTC)
    begun = [p.starts_at(zone) for p in operation.phases if p.starts_at(zone) <= at]
    return min(begun).astimezone(UTC) if begun else None


def _day_window(operation: OperationView, zone: str, day: date) -> datetime | None:
    """Return since when of `day` a unit in `zone` was expected to report; nothing without a phase."""
    starts, ends = _day_in(zone, day)
    phases = [p for p in operation.phases if p.starts_at(zone) < ends and starts < p.ends_at(zone)]
    return max(starts, min(p.starts_at(zone) for p in phases)).astimezone(UTC) if phases else None


def _day_in(zone: str, day: date) -> tuple[datetime, datetime]:
    """Return the instants at which a day begins and is over in `zone`."""
    place = ZoneInfo(zone)
    return datetime.combine(day, time.min, place), datetime.combine(day + timedelta(days=1), time.min, place)


def _received(offices: Sequence[OfficeState], span: Span) -> Q:
    """Return which reports are of a span; a unit that takes no part has the day of the centre."""
    found = Q(pk__in=[])
    for zone in sorted({WIB, *(office.zone for office in offices)}):
        starts, ends = _day_in(zone, span.day)
        units = Q(unit_code__in=[office.unit_code for office in offices if office.zone == zone])
        if zone == WIB:
            units |= ~Q(unit_code__in=[office.unit_code for office in offices])
        hours = (
            Q(received_at__lt=ends) if span.is_running else Q(received_at__gte=starts, received_at__lt=ends)
        )
        found |= units & hours
    return found


def _tallies(
    rows: QuerySet[Report], offices: Sequence[OfficeState], windows: Mapping[str, datetime | None]
) -> dict[str, _Tally]:
    """Count everything of every unit in one statement."""
    zones = {office.unit_code: office.zone for office in offices}
    recent = Q(pk__in=[])
    for zone, start in windows.items():
        if start is not None:
            units = [code for code, other in zones.items() if other == zone]
            recent |= Q(unit_code__in=units, received_at__gte=start)
    is_nil = Q(kind=ReportKind.NIL)
    counted = rows.values("unit_code").annotate(
        all_reports=Count("id"),
        all_nil=Count("id", filter=is_nil),
        visits=Count("target_id"),
        points=Count("target_id", distinct=True),
        people=Coalesce(Sum("headcount"), 0),
        written=Coalesce(Sum("checks_count"), 0),
        found=Coalesce(Sum("findings_count"), 0),
        last=Max("received_at"),
        recent=Count("id", filter=recent),
        recent_nil=Count("id", filter=recent & is_nil),
        recent_last=Max("received_at", filter=recent),
    )
    return {
        row["unit_code"]: _Tally(
            reports=row["all_reports"],
            nil=row["all_nil"],
            visits=row["visits"],
            points=row["points"],
            headcount=row["people"],
            checks=row["written"],
            findings=row["found"],
            last_at=row["last"],
            recent=row["recent"],
            recent_nil=row["recent_nil"],
            recent_last=row["recent_last"],
        )
        for row in counted
    }


def _unit(office: OfficeState, tallies: Mapping[str, _Tally], window: datetime | None) -> UnitState:
    tally = tallies.get(office.unit_code, _Tally())
    if tally.recent > tally.recent_nil:
        state, since = REPORTED, tally.recent_last
    elif tally.recent:
        state, since = NIL, tally.recent_last
    else:
        state, since = SILENT, tally.last_at or window
    return UnitState(
        unit_code=office.unit_code,
        name=office.name,
        zone=office.zone,
        wilayah=office.wilayah,
        lat=office.lat,
        lng=office.lng,
        state=state,
        since=since,
        last_at=tally.last_at,
        reports=tally.reports,
        nil_reports=tally.nil,
        points=tally.points,
        checks=tally.checks,
        findings=tally.findings,
    )


def _shares(
    counted: Mapping[str, int], labels: Mapping[Outcome, object] | Mapping[FindingKind, object]
) -> tuple[Share, ...]:
    return tuple(Share(str(code), str(label), counted.get(str(code), 0)) for code, label in labels.items())


def _kinds(rows: QuerySet[Report]) -> tuple[Share, ...]:
    found = (
        Finding.objects.filter(report__in=rows).values_list("kind").annotate(number=Count("id")).order_by()
    )
    return _shares(dict(found), FINDINGS)


def _outcomes(rows: QuerySet[Report]) -> tuple[Share, ...]:
    """Count the outcomes the board has: a referral to protection is one of the referrals (P26)."""
    persons = CheckedPerson.objects.filter(report__in=rows)
    found = persons.values_list("outcome").annotate(number=Count("id")).order_by()
    seen = {outcome: label for outcome, label in OUTCOMES.items() if outcome is outcome_seen(outcome)}
    return _shares(dict(found), seen)


def _figures(
    tallies: Iterable[_Tally], kinds: Sequence[Share], approved: int, *, is_of_day: bool
) -> tuple[Figure, ...]:
    every = list(tallies)
    points, visits = sum(t.points for t in every), sum(t.visits for t in every)
    nil = visits - sum(t.reports - t.nil for t in every)
    checks, headcount = sum(t.checks for t in every), sum(t.headcount for t in every)
    unclassified = sum(share.value for share in kinds if share.code == FindingKind.UNCLASSIFIED)
    findings = sum(share.value for share in kinds) - unclassified
    return (
        Figure(
            code="titik",
            label=gettext("Titik dikunjungi"),
            unit=gettext("titik"),
            value=points,
            remainder=max(0, approved - points),
            remainder_label=gettext("titik disetujui lainnya")
            if is_of_day
            else gettext("titik disetujui, belum dikunjungi"),
        ),
        Figure(
            code="kunjungan",
            label=gettext("Kunjungan"),
            unit=gettext("kunjungan"),
            value=visits - nil,
            remainder=nil,
            remainder_label=gettext("kunjungan nihil"),
        ),
        Figure(
            code="orang",
            label=gettext("Orang diperiksa"),
            unit=gettext("orang"),
            value=checks,
            remainder=headcount - checks,
            remainder_label=gettext("orang terhitung, belum dicatat"),
        ),
        Figure(
            code="temuan",
            label=gettext("Temuan"),
            unit=gettext("temuan"),
            value=findings,
            remainder=unclassified,
            remainder_label=gettext("temuan belum terklasifikasi"),
        ),
    )


def _period(operation: OperationView, span: Span | None) -> tuple[datetime, datetime] | None:
    """Return first and last local time that count, without a zone: they hold in each office's own."""
    if span is not None:
        starts = datetime.combine(span.day, time.min)
        first = min((p.starts_local for p in operation.phases), default=starts)
        return min(first, starts) if span.is_running else starts, starts + timedelta(days=1)
    if not operation.phases:
        return None
    return min(p.starts_local for p in operation.phases), max(p.ends_local for p in operation.phases)


def _approved(targets: Iterable[TargetPoint]) -> int:
    """Return how many targets may be visited or were."""
    states = {TargetState.APPROVED, TargetState.ASSIGNED, TargetState.VISITED}
    return sum(target.state in states for target in targets)


def _newest(rows: QuerySet[Report], limit: int) -> tuple[ReportLine, ...]:
    others = unsettled(ReportConflict.objects.filter(report=OuterRef("pk"))).order_by().values("report")
    contradicted = Coalesce(Subquery(others.annotate(number=Count("id")).values("number")), 0)
    found = rows.annotate(contradicted=contradicted).order_by("-received_at", "id")[:limit]
    return tuple(
        ReportLine(
            id=row.pk,
            target_id=row.target_id,
            unit_code=row.unit_code,
            unit_name=row.unit_name,
            kind=ReportKind(row.kind),
            captured_at=row.captured_at,
            received_at=row.received_at,
            headcount=row.headcount,
            findings_count=row.findings_count,
            conflicts_count=row.contradicted,
            breaches_count=len(row.breaches),
        )
        for row in found
    )
