"""One report as the screen writes it: counts for all its readers, persons for those who may open them."""

from dataclasses import dataclass

from timpora.apps.findings.types import PASSED_ON, CheckedView, ReportView
from timpora.apps.identity import queries as identity
from timpora.apps.operations import queries as operations
from timpora.apps.operations.types import EncounterView, TargetView
from timpora.apps.wilayah import queries as wilayah
from timpora.interface.web.answer_words import AnswerSaid, answer_said
from timpora.interface.web.posko_page import finding_said, outcome_said, report_said
from timpora.interface.web.step_words import StepSaid, step_said
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel.access import AccessDenied, Actor, P, holds


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A person of a report: `person` is nothing for a reader who has counts only."""

    position: int
    person: CheckedView | None
    outcome: str
    is_passed_on: bool
    findings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReportScreen:
    """A report with its place; `is_open`: names are shown; `could_open`: only a purpose is missing."""

    report: ReportView
    target: TargetView | None
    encounter: EncounterView | None
    steps: tuple[StepSaid, ...]
    region: str
    zone: str
    said: str
    is_open: bool
    could_open: bool
    could_read_note: bool
    lines: tuple[CheckedLine, ...]
    at_place: tuple[tuple[str, str], ...]
    answers: tuple[AnswerSaid, ...]


def report_screen(actor: Actor, report: ReportView) -> ReportScreen:
    """Put a report into the words of the screen; masked persons are counted and never described."""
    is_open = bool(report.checked) and not any(one.is_masked for one in report.checked)
    unit = identity.unit_get(report.unit_code)
    regions = wilayah.regions_by_code([report.wilayah])
    return ReportScreen(
        report=report,
        target=_target(actor, report),
        encounter=_encounter(actor, report),
        steps=tuple(step_said(step) for step in report.steps if step.is_gate),
        region=regions[report.wilayah].label if report.wilayah in regions else report.wilayah,
        zone=unit.zone if unit else zone_of_actor(actor),
        said=report_said(report),
        is_open=is_open,
        # Free words may name somebody or tell what he said: they are for those who may read names.
        could_read_note=_has_hidden_words(report) and holds(actor, P.REGISTRY_PERSON_READ),
        could_open=not is_open and bool(report.checked) and holds(actor, P.REGISTRY_PERSON_READ),
        lines=tuple(_line(report, one) for one in report.checked),
        at_place=tuple(
            (finding_said(found.kind), found.note) for found in report.findings if found.checked_id is None
        ),
        answers=tuple(answer_said(line) for line in report.answers),
    )


def _has_hidden_words(report: ReportView) -> bool:
    return (report.has_note and not report.note) or any(line.is_hidden for line in report.answers)


def _line(report: ReportView, one: CheckedView) -> CheckedLine:
    found = [finding for finding in report.findings if finding.checked_id == one.id]
    return CheckedLine(
        position=one.position,
        person=None if one.is_masked else one,
        outcome=outcome_said(one.outcome),
        is_passed_on=one.outcome in PASSED_ON,
        findings=tuple((finding_said(finding.kind), finding.note) for finding in found),
    )


def _encounter(actor: Actor, report: ReportView) -> EncounterView | None:
    if report.encounter_id is None or not holds(actor, P.OPERATIONS_TARGET_READ):
        return None
    try:
        return operations.encounter_get(actor, report.encounter_id)
    except AccessDenied:
        return None


def _target(actor: Actor, report: ReportView) -> TargetView | None:
    if report.target_id is None or not holds(actor, P.OPERATIONS_TARGET_READ):
        return None
    try:
        return operations.target_get(actor, report.target_id)
    except AccessDenied:
        return None
