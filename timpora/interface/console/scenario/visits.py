"""The reports of the three days: two visits to every target, some nil, some late, one sent twice."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from random import Random
from uuid import NAMESPACE_URL, uuid5

from timpora.interface.console.scenario.acts import Checked, Finding, Report, Step, Verb
from timpora.interface.console.scenario.places import stream
from timpora.interface.console.scenario.records import OPENS_ON
from timpora.interface.console.scenario.targets import Visitable

DAYS = tuple(OPENS_ON + timedelta(days=later) for later in range(3))
SILENT_OFFICE = "KANIM-MUARA-ENIM"
SILENT_DAY = DAYS[1]
SILENT_UNTIL = time(16, 30)
"""On the second day the office had no network; its reports arrive together from this hour."""

MORE_COUNTED = {4: 2, 23: 1}
"""By the number of the report: how many were counted beyond those recorded (the visible remainder)."""
UNCLASSIFIED = (7, 31)
"""Numbers of the reports whose last person carries a finding of no kind yet."""
SENT_TWICE = 12
BREAKS_ORDER = 9
"""Number of the report that passes a compulsory step over; the head of the section has to explain it."""
LATE = (40, 55)
"""Numbers of the reports that reach the posko only in the evening of the last day."""
NIL_FIRST = 0.22
NIL_LATER = 0.3
WITHOUT_SIGNAL = 0.2


@dataclass(frozen=True, slots=True)
class Team:
    """Who reports on which order, in which zone."""

    order: str
    office: str
    officer: str
    zone: timezone


def report_steps(targets: tuple[tuple[Visitable, Team], ...], seed: int) -> list[Step]:
    """Return every sending of a report, repeats included, in no particular order."""
    rng = stream(seed, "visits")
    reports: list[tuple[Report, Team]] = []
    for at, (target, team) in enumerate(targets):
        for turn, met in enumerate(_halves(target.met, rng)):
            day = DAYS[(at + turn) % len(DAYS)]
            reports.append((_report(target, team, met, (day, turn), rng), team))
    _meet_again(reports)
    steps: list[Step] = []
    for number, (plain, team) in enumerate(reports, start=1):
        report = _with_remainders(plain, number)
        report = replace(report, breaks_order=number == BREAKS_ORDER and not report.is_nil)
        sent, report = _sent(report, team, number, rng)
        steps.append(Step(sent, team.officer, Verb.REPORT_SUBMIT, report))
        if number == SENT_TWICE:
            again = sent + timedelta(seconds=40)
            steps.append(Step(again, team.officer, Verb.REPORT_SUBMIT, report, is_repeat=True))
    return steps


def _halves(met: tuple[Checked, ...], rng: Random) -> tuple[tuple[Checked, ...], tuple[Checked, ...]]:
    """Part those who can be met over two visits; one of the two may be nil."""
    if rng.random() < NIL_FIRST:
        return (), met
    if rng.random() < NIL_LATER:
        return met, ()
    return met[::2], met[1::2]


def _report(
    target: Visitable, team: Team, met: tuple[Checked, ...], visit: tuple[date, int], rng: Random
) -> Report:
    day, turn = visit
    at = datetime.combine(day, time(9 + 4 * turn, 0), team.zone) + timedelta(minutes=rng.randint(0, 150))
    point = target.proposal
    return Report(
        id=str(uuid5(NAMESPACE_URL, f"timpora:jagratara-ii:{point.target}:{turn}")),
        target=point.target,
        order=team.order,
        office=point.office,
        visited_at=at,
        lat=round(point.lat + rng.uniform(-0.002, 0.002), 5),
        lon=round(point.lon + rng.uniform(-0.002, 0.002), 5),
        accuracy_m=rng.randint(5, 40),
        headcount=len(met),
        persons=met,
        note="" if met else "Nihil: tidak ada orang asing di tempat pada waktu kunjungan.",
    )


def _meet_again(reports: list[tuple[Report, Team]]) -> None:
    """Let one person without findings be met at two places: two checks, one person."""
    plain = next(one for report, _ in reports for one in report.persons if not one.findings)
    last, team = next((r, t) for r, t in reversed(reports) if r.persons)
    at = reports.index((last, team))
    again = replace(last, persons=(*last.persons, plain), headcount=last.headcount + 1)
    reports[at] = (again, team)


def _with_remainders(report: Report, number: int) -> Report:
    if number in MORE_COUNTED and not report.is_nil:
        more = MORE_COUNTED[number]
        note = f"{more} orang lagi terhitung, belum sempat dicatat satu per satu."
        report = replace(report, headcount=report.headcount + more, note=note)
    if number in UNCLASSIFIED and report.persons:
        last = report.persons[-1]
        puzzling = replace(last, findings=(*last.findings, Finding.UNCLASSIFIED))
        report = replace(report, persons=(*report.persons[:-1], puzzling))
    return report


def _sent(report: Report, team: Team, number: int, rng: Random) -> tuple[datetime, Report]:
    """Return when a report reaches the posko, and the report as it knows whether it waited."""
    prompt = report.visited_at + timedelta(minutes=rng.randint(4, 18))
    waits = rng.random() < WITHOUT_SIGNAL
    if report.office == SILENT_OFFICE and report.visited_at.date() == SILENT_DAY:
        opens = datetime.combine(SILENT_DAY, SILENT_UNTIL, team.zone) + timedelta(minutes=2 * (number % 9))
        return opens, replace(report, was_offline=True)
    if number in LATE:
        evening = datetime.combine(DAYS[-1], time(19, 10), team.zone) + timedelta(minutes=number)
        return evening, replace(report, was_offline=True)
    if waits:
        return prompt + timedelta(minutes=rng.randint(60, 170)), replace(report, was_offline=True)
    return prompt, report
