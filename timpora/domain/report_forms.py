"""The report form of an operation: questions about a place, and whether answers keep to them (N1).

A question is of the place that was visited, never of a person: persons, signs and findings have their own
parts of a report, with walls of their own. What is answered here is read and counted by many.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from timpora.domain.report_form_rows import (
    TEXT_MOST,
    FormFault,
    Row,
    fault_of_words,
    keys_are_once,
    rows_of,
)

QUESTIONS_MOST: Final = 30
CHOICES_MOST: Final = 20
CHOICES_FEWEST: Final = 2
# All texts of one report together: a report holds 512 kB, of which its persons need most.
TEXTS_MOST: Final = 20_000
NUMBER_MOST: Final = 1_000_000_000
REPORT_KINDS: Final = ("pemeriksaan", "nihil")

__all__ = [
    "CHOICES_MOST",
    "NUMBER_MOST",
    "QUESTIONS_MOST",
    "REPORT_KINDS",
    "TEXTS_MOST",
    "TEXT_MOST",
    "AnswerFault",
    "AnswersChecked",
    "Choice",
    "FormFault",
    "Question",
    "QuestionKind",
    "ReportForm",
    "answers_checked",
    "form_as_data",
    "read_form",
]


class QuestionKind(StrEnum):
    """What is answered; a number is whole, and a text is read by the posko: no names."""

    ONE = "pilihan"
    MANY = "pilihan_banyak"
    YES_NO = "ya_tidak"
    NUMBER = "angka"
    TEXT = "teks"
    DATE = "tanggal"


CHOOSING: Final = frozenset({QuestionKind.ONE, QuestionKind.MANY})


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be chosen; without English the Indonesian stands."""

    key: str
    text_id: str
    text_en: str = ""

    def text(self, language: str) -> str:
        """Return it in a language."""
        return _in(language, self.text_id, self.text_en)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the place; `min` and `max` bound a number, `max_length` a text."""

    key: str
    kind: QuestionKind
    text_id: str
    text_en: str = ""
    help_id: str = ""
    help_en: str = ""
    is_required: bool = False
    choices: tuple[Choice, ...] = ()
    min: int | None = None
    max: int | None = None
    max_length: int | None = None
    asked_for: tuple[str, ...] = REPORT_KINDS

    def text(self, language: str) -> str:
        """Return the question in a language; without English the Indonesian stands."""
        return _in(language, self.text_id, self.text_en)

    def help(self, language: str) -> str:
        """Return what is said to it in a language."""
        return _in(language, self.help_id, self.help_en)

    @property
    def least(self) -> int:
        """Return the smallest number taken: nothing is counted below zero unless the form says so."""
        return 0 if self.min is None else self.min

    @property
    def most(self) -> int:
        """Return the largest number taken."""
        return NUMBER_MOST if self.max is None else self.max

    @property
    def longest(self) -> int:
        """Return how many signs a text may have."""
        return TEXT_MOST if self.max_length is None else self.max_length


@dataclass(frozen=True, slots=True)
class ReportForm:
    """The questions in the order in which they are asked; none where an operation has no form."""

    questions: tuple[Question, ...] = ()

    def asked(self, report_kind: str) -> tuple[Question, ...]:
        """Return the questions for a kind of report."""
        return tuple(one for one in self.questions if report_kind in one.asked_for)


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """An answer that cannot be taken, and what to do about it."""

    key: str
    because: str


@dataclass(frozen=True, slots=True)
class AnswersChecked:
    """What is wrong with answers, and which required questions have none: that is doubted, not refused."""

    faults: tuple[AnswerFault, ...]
    missing: tuple[str, ...]


def read_form(raw: object) -> ReportForm:
    """Read `{"questions": [...]}`; nothing at all is a form without questions. Raises `FormFault`."""
    if raw is None or raw == {}:
        return ReportForm()
    form = Row("Formulir", raw)
    form.only({"questions"})
    rows = rows_of(form, "questions", "Pertanyaan")
    if len(rows) > QUESTIONS_MOST:
        raise FormFault("Formulir", f"paling banyak {QUESTIONS_MOST} pertanyaan.")
    questions = tuple(_question(row) for row in rows)
    keys_are_once("Formulir", [one.key for one in questions])
    if sum(one.longest for one in questions if one.kind is QuestionKind.TEXT) > TEXTS_MOST:
        raise FormFault("Formulir", f"semua teks bersama paling panjang {TEXTS_MOST} huruf.")
    return ReportForm(questions)


def form_as_data(form: ReportForm) -> dict[str, object]:
    """Return a form as JSON keeps it: what is empty is left out, and `read_form` reads the same again."""
    if not form.questions:
        return {}
    return {"questions": [_question_data(one) for one in form.questions]}


def answers_checked(form: ReportForm, report_kind: str, answers: Mapping[str, object]) -> AnswersChecked:
    """Check the answers of a report; an empty text or list is no answer."""
    asked = {one.key: one for one in form.asked(report_kind)}
    faults = []
    for key, answer in answers.items():
        because = _fault(asked.get(key), answer)
        if because:
            faults.append(AnswerFault(key, because))
    # Zero and "no" are answers.
    given = {key for key, answer in answers.items() if answer not in ("", [], ())}
    missing = tuple(one.key for one in asked.values() if one.is_required and one.key not in given)
    return AnswersChecked(tuple(faults), missing)


def _in(language: str, indonesian: str, english: str) -> str:
    return english if language == "en" and english else indonesian


def _question(row: Row) -> Question:
    row = row.named()
    row.only(Question.__dataclass_fields__)
    kind = row.choice("kind", QuestionKind)
    question = Question(
        key=row.key(),
        kind=kind,
        text_id=row.words("text_id", most=300),
        text_en=row.words("text_en", most=300, may_lack=True),
        help_id=row.words("help_id", most=500, may_lack=True),
        help_en=row.words("help_en", most=500, may_lack=True),
        is_required=row.flag("is_required"),
        choices=_choices(row) if kind in CHOOSING else (),
        min=row.number("min", -NUMBER_MOST, NUMBER_MOST),
        max=row.number("max", -NUMBER_MOST, NUMBER_MOST),
        max_length=row.number("max_length", 1, TEXT_MOST),
        asked_for=row.some_of("asked_for", REPORT_KINDS),
    )
    _own_bounds(row, question)
    said = (question.text_id, question.text_en, *(c.text_id for c in question.choices))
    if because := fault_of_words((*said, *(c.text_en for c in question.choices))):
        raise FormFault(row.label, because)
    return question


def _own_bounds(row: Row, question: Question) -> None:
    """Refuse what belongs to another kind of question, so that no bound stands there unheeded."""
    if question.kind not in CHOOSING and row.has("choices"):
        raise FormFault(row.label, "pilihan hanya untuk pilihan dan pilihan_banyak.")
    if question.kind is not QuestionKind.NUMBER and (row.has("min") or row.has("max")):
        raise FormFault(row.label, "min dan max hanya untuk angka.")
    if question.kind is not QuestionKind.TEXT and row.has("max_length"):
        raise FormFault(row.label, "max_length hanya untuk teks.")
    if question.least > question.most:
        raise FormFault(row.label, "angka terkecil melebihi angka terbesar.")


def _choices(row: Row) -> tuple[Choice, ...]:
    rows = rows_of(row, "choices", f"{row.label}, pilihan")
    if not CHOICES_FEWEST <= len(rows) <= CHOICES_MOST:
        raise FormFault(row.label, f"isi {CHOICES_FEWEST} sampai {CHOICES_MOST} pilihan.")
    choices = []
    for one in rows:
        one.only(Choice.__dataclass_fields__)
        words = one.words("text_id", most=120), one.words("text_en", most=120, may_lack=True)
        choices.append(Choice(one.key(), *words))
    keys_are_once(row.label, [choice.key for choice in choices])
    return tuple(choices)


def _question_data(one: Question) -> dict[str, object]:
    told: dict[str, object] = {name: getattr(one, name) for name in Question.__dataclass_fields__}
    told["kind"] = one.kind.value
    told["choices"] = [_told({"key": c.key, "text_id": c.text_id, "text_en": c.text_en}) for c in one.choices]
    # The order in which kinds were named says nothing.
    told["asked_for"] = [kind for kind in REPORT_KINDS if kind in one.asked_for]
    return _told(told)


def _told(fields: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value for name, value in fields.items() if value is not False and value not in ("", None, [])
    }


def _fault_of_choice(question: Question, answer: object) -> str:
    return "" if answer in _keys(question) else "Pilih satu dari pilihan formulir."


def _fault_of_choices(question: Question, answer: object) -> str:
    known = _keys(question)
    if not isinstance(answer, Sequence) or isinstance(answer, str) or any(one not in known for one in answer):
        return "Pilih dari pilihan formulir."
    return "" if len(set(answer)) == len(answer) else "Setiap pilihan disebut satu kali."


def _fault_of_yes_no(_question: Question, answer: object) -> str:
    return "" if isinstance(answer, bool) else "Jawab ya atau tidak."


def _fault_of_number(question: Question, answer: object) -> str:
    if not isinstance(answer, int) or isinstance(answer, bool):
        return "Isi bilangan bulat."
    if not question.least <= answer <= question.most:
        return f"Isi bilangan bulat dari {question.least} sampai {question.most}."
    return ""


def _fault_of_text(question: Question, answer: object) -> str:
    if not isinstance(answer, str):
        return "Isi teks."
    return "" if len(answer) <= question.longest else f"Paling panjang {question.longest} huruf."


def _fault_of_date(_question: Question, answer: object) -> str:
    because = "Tulis tanggal yang ada di kalender, misalnya 2024-08-21."
    if not isinstance(answer, str):
        return because
    try:
        # Python takes more ways of writing a day than the contract.
        return "" if date.fromisoformat(answer).isoformat() == answer else because
    except ValueError:
        return because


def _keys(question: Question) -> tuple[str, ...]:
    return tuple(choice.key for choice in question.choices)


_FAULTS: Final[Mapping[QuestionKind, Callable[[Question, object], str]]] = {
    QuestionKind.ONE: _fault_of_choice,
    QuestionKind.MANY: _fault_of_choices,
    QuestionKind.YES_NO: _fault_of_yes_no,
    QuestionKind.NUMBER: _fault_of_number,
    QuestionKind.TEXT: _fault_of_text,
    QuestionKind.DATE: _fault_of_date,
}


def _fault(question: Question | None, answer: object) -> str:
    """Return what is wrong with an answer, or nothing."""
    if question is None:
        return "Formulir laporan ini tidak menanyakannya."
    return _FAULTS[question.kind](question, answer)
