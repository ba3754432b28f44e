"""Answers to the report form of an operation: what is refused, what is doubted, how they read (N1).

They are of the place and are read and counted alike whoever was met there: a report that names somebody who
may be a victim shows no other answers, and counts no others, than its neighbours do (P26). A text may tell
what somebody said, and is for those who may read names, as the note is.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from timpora.apps.findings.answer_types import AnswerLine
from timpora.apps.findings.errors import AnswersWrong
from timpora.apps.findings.models import Report
from timpora.apps.findings.sent_types import NewReport
from timpora.apps.findings.types import ReportView
from timpora.apps.operations import queries as operations
from timpora.domain.report_forms import AnswersChecked, QuestionKind, ReportForm, answers_checked
from timpora.kernel.text import cleaned

EMPTY: Final[tuple[object, ...]] = ("", [])


def answers_require(report: NewReport) -> None:
    """Raise `AnswersWrong` where the form does not take an answer; without a form none is taken."""
    if report.answers and (faults := _checked(report).faults):
        raise AnswersWrong(faults)


def answers_missing(report: NewReport) -> tuple[str, ...]:
    """Return the required questions that a report leaves open: that is doubted, and refuses nothing."""
    return _checked(report).missing


def answers_stored(report: NewReport) -> dict[str, object]:
    """Return what is kept of the answers beside the text that was sent; an empty one is none."""
    told = {key: cleaned(one) if isinstance(one, str) else one for key, one in report.answers.items()}
    return {key: one for key, one in told.items() if one not in EMPTY}


def answered(view: ReportView, row: Report, *, is_masked: bool) -> ReportView:
    """Return a report with the questions that it was asked, in their order, and what it answers."""
    form = _form(row)
    return replace(view, answers=_lines(form, row.kind, row.answers, is_masked=is_masked))


def _form(report: NewReport | Report) -> ReportForm:
    """Return what a report is asked; the nil of a whole office tells of no place, and is asked nothing."""
    if report.target_id is None and report.encounter_id is None:
        return ReportForm()
    return operations.form_of(report.operation_id)


def words_of(view: ReportView) -> list[str]:
    """Return the free words of a report that are shown: they may name somebody, as its persons do."""
    texts = [line.answer for line in view.answers if line.question.kind is QuestionKind.TEXT]
    return [word for word in (view.note, *texts) if isinstance(word, str) and word]


def _checked(report: NewReport) -> AnswersChecked:
    told = {key: cleaned(one) if isinstance(one, str) else one for key, one in report.answers.items()}
    form = _form(report)
    missing = answers_checked(form, str(report.kind), told).missing
    return AnswersChecked(answers_checked(form, str(report.kind), report.answers).faults, missing)


def _lines(
    form: ReportForm, kind: str, answers: Mapping[str, object], *, is_masked: bool
) -> tuple[AnswerLine, ...]:
    lines = []
    for question in form.asked(kind):
        answer = answers.get(question.key)
        is_hidden = is_masked and question.kind is QuestionKind.TEXT and answer is not None
        lines.append(AnswerLine(question, None if is_hidden else answer, is_hidden))
    return tuple(lines)
