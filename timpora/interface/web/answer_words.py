"""Answers to a report form in the reader's language: on a report, on the board, in the rekap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from timpora.apps.findings.queries import RekapRow, RekapTable
from timpora.apps.findings.types import AnswerLine, Board, QuestionCount
from timpora.domain.report_forms import Choice, Question, QuestionKind
from timpora.interface.web.posko_page import Breakdown, Line
from timpora.interface.web.templatetags.office import number

YES_NO: Final = QuestionKind.YES_NO
# Days are not added up, and texts stay on their report.
COUNTED: Final = frozenset({QuestionKind.ONE, QuestionKind.MANY, YES_NO, QuestionKind.NUMBER})
REST: Final = "sisa"
WHOLE: Final = "jumlah"


@dataclass(frozen=True, slots=True)
class AnswerSaid:
    """A question on the page of a report, and what was answered; `is_text`: in somebody's own words."""

    question: str
    answer: str
    is_text: bool
    is_required: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class CountSaid:
    """The count of a question on the board."""

    title: str
    part: Breakdown


def text_of(said: Question | Choice) -> str:
    """Return a question or a choice in the reader's language; without English the Indonesian stands."""
    return said.text(get_language() or "")


def answer_said(line: AnswerLine) -> AnswerSaid:
    """Put an answer into words; one that was left open has none."""
    question = line.question
    return AnswerSaid(
        question=text_of(question),
        answer=_said(question, line.answer),
        is_text=question.kind is QuestionKind.TEXT,
        is_required=question.is_required,
        is_hidden=line.is_hidden,
    )


def _said(question: Question, answer: object) -> str:
    names = {choice.key: text_of(choice) for choice in question.choices}
    match answer:
        case bool():
            said = _("ya") if answer else _("tidak")
        case int():
            said = str(number(answer))
        case list():
            said = ", ".join(name for key, name in names.items() if key in answer)
        case str() if question.kind is QuestionKind.DATE:
            said = f"{date.fromisoformat(answer):%d-%m-%Y}"
        case str():
            said = names.get(answer, answer)
        case _:
            said = ""
    return said


def counts_said(board: Board) -> tuple[CountSaid, ...]:
    """Return the counts of the answers as the board shows them."""
    return tuple(_count_said(one) for one in board.answers if one.question.kind in COUNTED)


def _count_said(one: QuestionCount) -> CountSaid:
    title = _title(one.question)
    if one.question.kind is QuestionKind.NUMBER:
        title = _("%(question)s · jumlah %(sum)s") % {"question": title, "sum": number(one.total)}
    lines = tuple(_line(label, value, one.asked) for label, value in _shares(one))
    rest = _line(_("tidak dijawab"), one.unanswered, one.asked)
    return CountSaid(title, Breakdown(_("laporan"), lines, rest, one.asked, gap=0))


def _line(label: str, value: int, whole: int) -> Line:
    return Line(label, value, 100 * value // whole if whole else 0)


def _title(question: Question) -> str:
    if question.kind is QuestionKind.MANY:
        return _("%(question)s (satu laporan dapat menyebut beberapa)") % {"question": text_of(question)}
    return text_of(question)


def _shares(one: QuestionCount) -> list[tuple[str, int]]:
    """Return the lines of a count; of a number, that it was told."""
    if one.question.kind is QuestionKind.NUMBER:
        return [(_("dijawab"), one.answered)]
    names = {choice.key: text_of(choice) for choice in one.question.choices}
    if one.question.kind is YES_NO:
        names = {"ya": _("ya"), "tidak": _("tidak")}
    return [(names[key], value) for key, value in one.shares]


def answer_tables(day: Board, total: Board) -> list[RekapTable]:
    """Return the counts of the answers for the rekap: choices, yes and no, and numbers added up."""
    pairs = [
        (one, all_)
        for one, all_ in zip(day.answers, total.answers, strict=True)
        if one.question.kind in COUNTED
    ]
    tables = [_table(one, all_) for one, all_ in pairs]
    return [*tables, *_sums([pair for pair in pairs if pair[0].question.kind is QuestionKind.NUMBER])]


def _table(one: QuestionCount, all_: QuestionCount) -> RekapTable:
    rows = [
        RekapRow(label=label, day=value, total=whole)
        for (label, value), (_label, whole) in zip(_shares(one), _shares(all_), strict=True)
    ]
    rest = RekapRow(label=_("tidak dijawab"), day=one.unanswered, total=all_.unanswered, role=REST)
    label = _("Jumlah laporan") if one.question.kind is QuestionKind.MANY else _("Jumlah")
    whole = RekapRow(label=label, day=one.asked, total=all_.asked, role=WHOLE)
    return RekapTable(title=_title(one.question), unit=_("laporan"), rows=(*rows, rest, whole))


def _sums(pairs: Sequence[tuple[QuestionCount, QuestionCount]]) -> list[RekapTable]:
    rows = tuple(
        RekapRow(label=text_of(one.question), day=one.total, total=all_.total, role=WHOLE)
        for one, all_ in pairs
    )
    unit = _("menurut pertanyaannya")
    return [RekapTable(title=_("Angka dari formulir, dijumlahkan"), unit=unit, rows=rows)] if rows else []
