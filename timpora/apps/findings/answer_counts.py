"""Counting answers over the reports that stand; free words are never read for it."""

from collections import Counter
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, F, Func, JSONField, QuerySet, TextField, Value

from timpora.apps.findings.answer_types import QuestionCount
from timpora.apps.findings.models import Report
from timpora.apps.operations import queries as operations
from timpora.domain.report_forms import Question, QuestionKind

YES: Final = "ya"
NO: Final = "tidak"
# A report as it is counted: its kind, its answers without words, and how many are alike.
Alike = tuple[str, dict[str, object], int]


def answer_counts(operation_id: UUID, rows: QuerySet[Report]) -> tuple[QuestionCount, ...]:
    """Return the counts of each question but texts, in the order of the form; nothing without a form."""
    form = operations.form_of(operation_id)
    if not form.questions:
        return ()
    texts = [one.key for one in form.questions if one.kind is QuestionKind.TEXT]
    told = list(_alike(rows, texts))
    return tuple(_count(one, told) for one in form.questions if one.kind is not QuestionKind.TEXT)


def _alike(rows: QuerySet[Report], texts: list[str]) -> Iterable[Alike]:
    """Return reports alike in kind and answers with their number, without any text."""
    keys = Value(texts, output_field=ArrayField(TextField()))
    wordless = Func(
        F("answers"), keys, template="(%(expressions)s::text[])", arg_joiner=" - ", output_field=JSONField()
    )
    # The nil of a whole office tells of no place, and was asked nothing.
    visits = rows.exclude(target=None, encounter=None)
    return visits.annotate(told=wordless).values_list("kind", "told").annotate(number=Count("id")).order_by()


def _count(question: Question, told: Iterable[Alike]) -> QuestionCount:
    asked = [
        (answers.get(question.key), number) for kind, answers, number in told if kind in question.asked_for
    ]
    given = [(answer, number) for answer, number in asked if answer is not None]
    answered = sum(number for _, number in given)
    return QuestionCount(
        question=question,
        answered=answered,
        unanswered=sum(number for _, number in asked) - answered,
        shares=_shares(question, given),
        total=sum(answer * number for answer, number in given if type(answer) is int),
    )


def _shares(question: Question, given: Iterable[tuple[object, int]]) -> tuple[tuple[str, int], ...]:
    counted: Counter[str] = Counter()
    for answer, number in given:
        for key in _keys(answer):
            counted[key] += number
    keys = [choice.key for choice in question.choices]
    if question.kind is QuestionKind.YES_NO:
        keys = [YES, NO]
    return tuple((key, counted[key]) for key in keys)


def _keys(answer: object) -> Iterable[str]:
    if isinstance(answer, bool):
        return [YES if answer else NO]
    if isinstance(answer, list):
        return [str(one) for one in answer]
    return [answer] if isinstance(answer, str) else []
