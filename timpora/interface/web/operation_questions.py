"""The questions of a template's report form: added, changed, moved, taken out, one at a time."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from timpora.apps.operations import actions, queries
from timpora.apps.operations.types import TemplateView
from timpora.domain.report_forms import Choice, Question, QuestionKind
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.sentences import told
from timpora.interface.web.operation_template_forms import SeenForm
from timpora.interface.web.question_words import ASKED_SAID, KIND_SAID
from timpora.kernel.access import AccessDenied, P
from timpora.kernel.errors import Refusal

UNPROCESSABLE: Final = 422
KEY_MAX: Final = 40
OF_CHOICE: Final = {QuestionKind.ONE.value, QuestionKind.MANY.value}
STEPS: Final = {"naik": -1, "turun": 1}


class QuestionForm(forms.Form):
    """A question in two languages, what may be answered, and in which report it is asked."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    text_id = forms.CharField(label=gettext_lazy("Pertanyaan"), max_length=200)
    text_en = forms.CharField(
        label=gettext_lazy("Pertanyaan dalam bahasa Inggris"), max_length=200, required=False
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Jawaban"), choices=list(KIND_SAID.items()), widget=forms.RadioSelect
    )
    choices = forms.CharField(
        label=gettext_lazy("Pilihan"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy(
            "Satu sebaris; sesudah garis tegak bahasa Inggrisnya: Mes karyawan | Staff quarters."
        ),
    )
    min = forms.IntegerField(label=gettext_lazy("Paling kecil"), required=False)
    max = forms.IntegerField(label=gettext_lazy("Paling besar"), required=False)
    max_length = forms.IntegerField(label=gettext_lazy("Paling banyak huruf"), required=False, min_value=1)
    help_id = forms.CharField(
        label=gettext_lazy("Bantuan"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "Pertanyaan tentang tempatnya, bukan tentang orang; nama orang tidak ditulis."
        ),
    )
    help_en = forms.CharField(
        label=gettext_lazy("Bantuan dalam bahasa Inggris"), required=False, max_length=300
    )
    asked_for = forms.MultipleChoiceField(
        label=gettext_lazy("Ditanyakan dalam"),
        choices=list(ASKED_SAID.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    is_required = forms.BooleanField(
        label=gettext_lazy("Wajib dijawab"),
        required=False,
        help_text=gettext_lazy("Tanpa jawabannya laporan tetap dapat dikirim, dan posko melihat tandanya."),
    )

    def question(self, before: Question | None, taken: Iterable[str]) -> Question:
        """Return what was typed; a question keeps its key, so that answers of versions can be compared."""
        said: dict[str, Any] = self.cleaned_data
        kind = said["kind"]
        is_number, is_text = kind == QuestionKind.NUMBER, kind == QuestionKind.TEXT
        return Question(
            key=before.key if before else key_of(said["text_id"], taken),
            kind=QuestionKind(kind),
            text_id=said["text_id"],
            text_en=said["text_en"],
            help_id=said["help_id"],
            help_en=said["help_en"],
            is_required=said["is_required"],
            choices=_choices(said["choices"], before) if kind in OF_CHOICE else (),
            min=said["min"] if is_number else None,
            max=said["max"] if is_number else None,
            max_length=said["max_length"] if is_text else None,
            asked_for=tuple(said["asked_for"]),
        )

    @classmethod
    def of(cls, question: Question, seen: str) -> "QuestionForm":
        """Return the form filled with a question."""
        lines = [f"{one.text_id} | {one.text_en}" if one.text_en else one.text_id for one in question.choices]
        return cls(
            initial={
                "seen": seen,
                "text_id": question.text_id,
                "text_en": question.text_en,
                "kind": question.kind,
                "choices": "\n".join(lines),
                "min": question.min,
                "max": question.max,
                "max_length": question.max_length,
                "help_id": question.help_id,
                "help_en": question.help_en,
                "asked_for": list(question.asked_for),
                "is_required": question.is_required,
            }
        )


def key_of(text: str, taken: Iterable[str]) -> str:
    """Return a key made from words, which none of `taken` is."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    stem = (words if words[:1].isalpha() else f"p_{words}")[:KEY_MAX].rstrip("_")
    known, key, number = set(taken), stem, 2
    while key in known:
        key = f"{stem[: KEY_MAX - 4]}_{number}"
        number += 1
    return key


def _choices(text: str, before: Question | None) -> tuple[Choice, ...]:
    keys = {one.text_id: one.key for one in before.choices} if before else {}
    found: list[Choice] = []
    for line in text.splitlines():
        said, _mark, english = (part.strip() for part in line.partition("|"))
        if said:
            taken = [*keys.values(), *(one.key for one in found)]
            found.append(Choice(keys.get(said) or key_of(said, taken), said, english))
    return tuple(found)


@needs(P.OPERATIONS_TEMPLATE_WRITE)
@require_http_methods(["GET", "POST"])
def question_add(request: OfficerRequest, template_id: UUID) -> HttpResponse:
    """Add a question at the end of the form."""
    view = queries.template_get(request.actor, template_id)
    initial = {"seen": view.seen, "kind": QuestionKind.ONE.value, "asked_for": ["pemeriksaan"]}
    form = QuestionForm(request.POST) if request.POST else QuestionForm(initial=initial)
    return _put(request, view, form, None)


@needs(P.OPERATIONS_TEMPLATE_WRITE)
@require_http_methods(["GET", "POST"])
def question_change(request: OfficerRequest, template_id: UUID, key: str) -> HttpResponse:
    """Change a question of the draft."""
    view = queries.template_get(request.actor, template_id)
    before = next((one for one in view.form.questions if one.key == key), None)
    if before is None:
        raise AccessDenied
    form = QuestionForm(request.POST) if request.POST else QuestionForm.of(before, view.seen)
    return _put(request, view, form, before)


def _put(
    request: OfficerRequest, view: TemplateView, form: QuestionForm, before: Question | None
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            actions.question_put(
                request.actor,
                template_id=view.id,
                seen=form.cleaned_data["seen"],
                question=form.question(before, [one.key for one in view.form.questions]),
                instead=before.key if before else "",
            )
        except AccessDenied:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Pertanyaan tersimpan dalam rancangan."))
            return _back(view.id)
    page = {"form": form, "template": view, "before": before}
    return render(request, "operations/question.html", page, status=UNPROCESSABLE if form.is_bound else 200)


@require_POST
@needs(P.OPERATIONS_TEMPLATE_WRITE)
def question_move(request: OfficerRequest, template_id: UUID, key: str) -> HttpResponse:
    """Move a question up or down."""
    view = queries.template_get(request.actor, template_id)
    by = STEPS.get(request.POST.get("arah", ""), 0)
    return _done(
        request,
        view,
        lambda seen: actions.question_move(request.actor, template_id=view.id, seen=seen, key=key, by=by),
    )


@require_POST
@needs(P.OPERATIONS_TEMPLATE_WRITE)
def question_remove(request: OfficerRequest, template_id: UUID, key: str) -> HttpResponse:
    """Take a question out of the draft."""
    view = queries.template_get(request.actor, template_id)
    return _done(
        request,
        view,
        lambda seen: actions.question_remove(request.actor, template_id=view.id, seen=seen, key=key),
    )


def _done(request: OfficerRequest, view: TemplateView, act: Any) -> HttpResponse:
    form = SeenForm(request.POST)
    try:
        act(form.cleaned_data["seen"] if form.is_valid() else "")
    except AccessDenied:
        raise
    except Refusal as refusal:
        messages.error(request, told(refusal))
    return _back(view.id)


def _back(template_id: UUID) -> HttpResponse:
    return redirect(f"{reverse('operations:template', args=[template_id])}#formulir")


QUESTION: Final = "operasi/templat/<uuid:template_id>/pertanyaan"
paths = [
    path(QUESTION, question_add, name="question-add"),
    path(f"{QUESTION}/<slug:key>", question_change, name="question-change"),
    path(f"{QUESTION}/<slug:key>/geser", question_move, name="question-move"),
    path(f"{QUESTION}/<slug:key>/hapus", question_remove, name="question-remove"),
]
