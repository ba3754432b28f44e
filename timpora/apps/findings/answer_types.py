"""Answers to a report form as they are read and counted."""

from dataclasses import dataclass

from timpora.domain.report_forms import Question


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question of a report with its answer, as the form keeps it; nothing where it was left open.

    `is_hidden`: there is a text, for those alone who may read names.
    """

    question: Question
    answer: object
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """What was answered to one question: `answered` + `unanswered` are the reports that it was asked.

    `shares` say how many reports chose what, by key (`ya` and `tidak` for a question of yes or no); `total`
    adds numbers up. Texts are not counted.
    """

    question: Question
    answered: int
    unanswered: int
    shares: tuple[tuple[str, int], ...] = ()
    total: int = 0

    @property
    def asked(self) -> int:
        """How many reports were asked."""
        return self.answered + self.unanswered
