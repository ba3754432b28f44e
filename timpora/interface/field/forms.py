"""The report forms of the operations at hand, as the phone asks them: in the reader's language."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language, gettext, gettext_noop

from timpora.apps.operations import queries as operations
from timpora.domain.report_forms import Question

# They go along with a form, so that a phone without one loads none of them.
WORDS: Final = {
    "title": gettext_noop("Formulir laporan"),
    "must": gettext_noop("wajib"),
    "yes": gettext_noop("Ya"),
    "no": gettext_noop("Tidak"),
    "clear": gettext_noop("Kosongkan jawaban"),
    "no_names": gettext_noop("Hanya tentang tempat: jangan menulis nama atau perkataan orang."),
    "number": gettext_noop("Isi bilangan bulat dari %min sampai %max; jawaban ini belum ikut terkirim."),
    "date": gettext_noop("Pilih tanggal yang ada di kalender; jawaban ini belum ikut terkirim."),
    "unfit": gettext_noop("Terlalu panjang; jawaban ini belum ikut terkirim."),
    "missing": gettext_noop("%n pertanyaan wajib belum dijawab."),
    "missing_told": gettext_noop("Laporan tetap dapat dikirim; posko melihat tandanya."),
    "old": gettext_noop(
        "Formulir berubah sejak ini dijawab. Tidak ikut terkirim; salin ke catatan tempat bila perlu:"
    ),
    "away": gettext_noop(
        "Formulir laporan belum ada di ponsel ini: buka sekali dengan jaringan. Laporan tetap dapat dikirim."
    ),
}


def forms_of(operation_ids: Iterable[UUID]) -> dict[str, object]:
    """Return the questions by operation with the words around them; nothing where no operation has any."""
    found = {one: operations.form_of(one).questions for one in dict.fromkeys(operation_ids)}
    language = get_language() or ""
    forms = {
        str(operation): [_question(question, language) for question in questions]
        for operation, questions in found.items()
        if questions
    }
    if not forms:
        return {}
    return {"forms": forms, "form_words": {key: gettext(text) for key, text in WORDS.items()}}


def _question(question: Question, language: str) -> dict[str, Any]:
    return {
        "key": question.key,
        "kind": str(question.kind),
        "text": question.text(language),
        "help": question.help(language),
        "is_required": question.is_required,
        "choices": [{"key": one.key, "text": one.text(language)} for one in question.choices],
        "min": question.least,
        "max": question.most,
        "max_length": question.longest,
        "asked_for": list(question.asked_for),
    }
