"""The SOP behind a report: what was kept of it, and why what was passed over was (F37, N10)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from timpora.apps.findings.errors import ExplanationNotWanted
from timpora.apps.findings.models import Explanation, Report
from timpora.apps.findings.standing import standing
from timpora.apps.findings.subjects import subject_of
from timpora.apps.findings.types import ExplanationView, NewReport, ReportKind, StepDone, StepLine
from timpora.apps.operations import queries as operations
from timpora.apps.operations.types import SopStep
from timpora.domain.sop import Breach, BreachKind, StepRule, StepState, StepTold, breaches
from timpora.kernel.access import AccessDenied, Actor, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

TEXT_MAX = 2_000


def breaches_of(report: NewReport, steps: Iterable[SopStep]) -> tuple[Breach, ...]:
    """Return what a report passed over; where nobody was met, there was nobody to explain anything to."""
    if report.kind is ReportKind.NIL:
        return ()
    rules = [StepRule(step.code, step.is_gate, step.asks_language) for step in steps]
    told = [
        StepTold(one.code, one.done_at, one.state, cleaned(one.because), cleaned(one.language))
        for one in report.steps
    ]
    return breaches(rules, told)


def step_lines(row: Report) -> tuple[StepLine, ...]:
    """Return the steps of a stored report with what was told of each; none for one of before the gates."""
    if not row.sop_version:
        return ()
    told = {one["code"]: _told(one) for one in reversed(row.steps)}
    broken = {one["code"]: BreachKind(one["kind"]) for one in row.breaches}
    return tuple(
        StepLine(step.title, step.is_gate, told.get(step.code), broken.get(step.code))
        for step in operations.sop_get(row.sop_version).steps
    )


def _told(one: dict[str, str]) -> StepDone:
    return StepDone(
        code=one["code"],
        done_at=datetime.fromisoformat(one["done_at"]),
        state=StepState(one.get("state", StepState.DONE)),
        because=one.get("because", ""),
        language=one.get("language", ""),
        has_interpreter=bool(one.get("interpreter", False)),
    )


def explanation_view(row: Explanation) -> ExplanationView:
    """Return an explanation."""
    return ExplanationView(row.text, row.by, row.at)


@deed(P.FINDINGS_BREACH_EXPLAIN, tag=Tag.FINDINGS_BREACH_EXPLAINED)
def breach_explain(act: Act, *, report_id: UUID, text: str) -> None:
    """Explain why a report did not keep the order of the steps; what was written stays, the next is added.

    Raises `ExplanationNotWanted` without words or where nothing was passed over.
    """
    row = scope(act.actor, act.permission, Report.objects.all()).filter(pk=report_id).first()
    if row is None:
        raise AccessDenied
    text = cleaned(text)[:TEXT_MAX]
    if not text or not row.breaches:
        raise ExplanationNotWanted
    subject = subject_of(row)
    act.upon(subject, refs={"operation": str(row.operation_id), "steps": len(row.breaches)}, payload=text)
    told = Explanation(
        report=row,
        unit_code=row.unit_code,
        wilayah=row.wilayah,
        text=text,
        by_id=act.actor.id,
        by=act.actor.name,
        at=act.at,
    )
    told.save(force_insert=True)
    act.publish(subject, {"operation": str(row.operation_id), "unit": row.unit_code})


def unexplained(actor: Actor, operation_id: UUID) -> list[UUID]:
    """Return the reports that broke the order and wait for an explanation, the oldest first."""
    rows = standing(scope(actor, P.FINDINGS_BREACH_EXPLAIN, Report.objects.filter(operation_id=operation_id)))
    waiting = rows.exclude(breaches=[]).filter(explanations=None).order_by("received_at", "id")
    return list(waiting.values_list("pk", flat=True))
