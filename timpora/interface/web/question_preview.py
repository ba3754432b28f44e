"""A report form as the phone will show it: read through in the office before it is published."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from timpora.domain.report_forms import Question, QuestionKind, ReportForm
from timpora.interface.web.question_words import KIND_SAID


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A question as it is read: text and help in the reader's language, what may be answered, and where."""

    question: Question
    text: str
    other_text: str
    help: str
    choices: tuple[str, ...]
    kind_name: Any
    limits: str
    is_in_visit: bool
    is_in_nil: bool


def preview_lines(form: ReportForm) -> list[PreviewLine]:
    """Return the questions of a form in the reader's language."""
    language = get_language() or ""
    return [_line(question, language) for question in form.questions]


def _line(question: Question, language: str) -> PreviewLine:
    text = question.text(language)
    return PreviewLine(
        question=question,
        text=text,
        other_text=question.text_en if text == question.text_id else question.text_id,
        help=question.help(language),
        choices=tuple(one.text(language) for one in question.choices),
        kind_name=KIND_SAID[QuestionKind(question.kind)],
        limits=_limits(question),
        is_in_visit="pemeriksaan" in question.asked_for,
        is_in_nil="nihil" in question.asked_for,
    )


def _limits(question: Question) -> str:
    if question.min is not None and question.max is not None:
        return _("%(min)s sampai %(max)s") % {"min": question.min, "max": question.max}
    if question.min is not None:
        return _("sedikitnya %(min)s") % {"min": question.min}
    if question.max is not None:
        return _("paling banyak %(max)s") % {"max": question.max}
    if question.max_length:
        return _("sampai %(n)s huruf") % {"n": question.max_length}
    return ""
