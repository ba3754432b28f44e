"""What the steps must add up to at the posko, counted from the steps alone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from timpora.interface.console.scenario.acts import Finding, OfficeNil, Outcome, PhaseOpen, Report, Step, Verb
from timpora.interface.console.scenario.people import DEFAULT_SEED
from timpora.interface.console.scenario.script import steps


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts with their unit in the name; points, reports, persons and findings are never mixed.

    `headcount` = `checks` + `unrecorded`; `checks` = sum of `outcomes`; `findings` = sum of `by_kind`,
    of which `unclassified` is the visible remainder; `offices` = reported + nil + silent.
    """

    sendings: int
    repeats: int
    reports: int
    nil_reports: int
    offline_reports: int
    targets_proposed: int
    targets_approved: int
    targets_visited: int
    headcount: int
    checks: int
    persons: int
    unrecorded: int
    findings: int
    unclassified: int
    by_kind: tuple[tuple[Finding, int], ...]
    outcomes: tuple[tuple[Outcome, int], ...]
    offices: int
    offices_reported: int
    offices_nil: int
    offices_silent: int


def expected_totals(seed: int = DEFAULT_SEED) -> Totals:
    """Return what the posko must show when every step was played."""
    return count(steps(seed))


def count(played: Iterable[Step]) -> Totals:
    """Count any run of steps, for instance those up to a moment."""
    done = tuple(played)
    verbs = Counter(step.verb for step in done)
    sent = [step.payload for step in done if isinstance(step.payload, Report)]
    reports = list({report.id: report for report in sent}.values())
    checks = [one for report in reports for one in report.persons]
    kinds = Counter(kind for one in checks for kind in one.findings)
    headcount = sum(report.headcount for report in reports)
    offices = _offices(done, reports)
    return Totals(
        sendings=len(sent),
        repeats=len(sent) - len(reports),
        reports=len(reports),
        nil_reports=sum(1 for report in reports if report.is_nil),
        offline_reports=sum(1 for report in reports if report.was_offline),
        targets_proposed=verbs[Verb.TARGET_PROPOSE],
        targets_approved=verbs[Verb.TARGET_APPROVE],
        targets_visited=len({report.target for report in reports}),
        headcount=headcount,
        checks=len(checks),
        persons=len({one.person for one in checks}),
        unrecorded=headcount - len(checks),
        findings=sum(kinds.values()),
        unclassified=kinds[Finding.UNCLASSIFIED],
        by_kind=tuple((kind, kinds[kind]) for kind in Finding),
        outcomes=_outcomes(reports),
        offices=offices["all"],
        offices_reported=offices["reported"],
        offices_nil=offices["nil"],
        offices_silent=offices["all"] - offices["reported"] - offices["nil"],
    )


def _outcomes(reports: list[Report]) -> tuple[tuple[Outcome, int], ...]:
    counted = Counter(one.outcome for report in reports for one in report.persons)
    return tuple((outcome, counted[outcome]) for outcome in Outcome)


def _offices(done: tuple[Step, ...], reports: list[Report]) -> Counter[str]:
    """Count offices once each: with a person met, with nil only, and all that the phase names."""
    named = {
        office for step in done if isinstance(step.payload, PhaseOpen) for office in step.payload.offices
    }
    met = {report.office for report in reports if not report.is_nil}
    spoke = {report.office for report in reports}
    spoke |= {step.payload.office for step in done if isinstance(step.payload, OfficeNil)}
    return Counter({"all": len(named), "reported": len(met), "nil": len(spoke - met)})
