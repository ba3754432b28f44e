"""The kinds of questions and when they are asked, in the office's words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timpora.domain.report_forms import QuestionKind

KIND_SAID: Final[Mapping[QuestionKind, str | Promise]] = {
    QuestionKind.ONE: _("Satu pilihan"),
    QuestionKind.MANY: _("Beberapa pilihan"),
    QuestionKind.YES_NO: _("Ya atau tidak"),
    QuestionKind.NUMBER: _("Bilangan bulat"),
    QuestionKind.TEXT: _("Teks"),
    QuestionKind.DATE: _("Tanggal"),
}
ASKED_SAID: Final[Mapping[str, str | Promise]] = {
    "pemeriksaan": _("Laporan pemeriksaan"),
    "nihil": _("Laporan nihil"),
}
