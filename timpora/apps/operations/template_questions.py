"""The questions of a draft's report form: put, moved, taken out, one at a time."""

from uuid import UUID

from timpora.apps.operations import template_errors as errors
from timpora.apps.operations.models import Template
from timpora.apps.operations.template_acts import changed, draft_locked, subject_of
from timpora.domain.report_forms import FormFault, Question, ReportForm, form_as_data, read_form
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.tags import Tag


@deed(P.OPERATIONS_TEMPLATE_WRITE, tag=Tag.OPERATIONS_TEMPLATE_CHANGED)
def question_put(act: Act, *, template_id: UUID, seen: str, question: Question, instead: str = "") -> None:
    """Add a question at the end, or put it in the place of the one whose key is `instead`.

    Raises `TemplateFormUnreadable` with the question and its fault.
    """
    row = draft_locked(act, template_id, seen)
    act.upon(subject_of(row), refs={"question": question.key, "instead": instead})
    form = form_in(row)
    if instead:
        _known(form, instead)
        questions = tuple(question if one.key == instead else one for one in form.questions)
    else:
        questions = (*form.questions, question)
    _store(act, row, questions)


@deed(P.OPERATIONS_TEMPLATE_WRITE, tag=Tag.OPERATIONS_TEMPLATE_CHANGED)
def question_move(act: Act, *, template_id: UUID, seen: str, key: str, by: int) -> None:
    """Move a question up (`by=-1`) or down (`by=1`); at the end of the line it stays."""
    row = draft_locked(act, template_id, seen)
    act.upon(subject_of(row), refs={"question": key, "by": by})
    questions = list(form_in(row).questions)
    at = _known(form_in(row), key)
    one = questions.pop(at)
    questions.insert(max(0, at + by), one)
    _store(act, row, tuple(questions))


@deed(P.OPERATIONS_TEMPLATE_WRITE, tag=Tag.OPERATIONS_TEMPLATE_CHANGED)
def question_remove(act: Act, *, template_id: UUID, seen: str, key: str) -> None:
    """Take a question out of the draft; versions that ask it keep it."""
    row = draft_locked(act, template_id, seen)
    act.upon(subject_of(row), refs={"question": key, "removed": True})
    _known(form_in(row), key)
    _store(act, row, tuple(one for one in form_in(row).questions if one.key != key))


def form_in(row: Template) -> ReportForm:
    """Return the report form that a draft holds."""
    return read_form(row.report_form)


def _known(form: ReportForm, key: str) -> int:
    for at, one in enumerate(form.questions):
        if one.key == key:
            return at
    raise AccessDenied


def _store(act: Act, row: Template, questions: tuple[Question, ...]) -> None:
    try:
        # Whatever is stored can be read again, by every phone.
        row.report_form = form_as_data(read_form(form_as_data(ReportForm(questions))))
    except FormFault as fault:
        raise errors.TemplateFormUnreadable(fault.message) from fault
    changed(act, row)
