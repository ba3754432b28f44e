"""The forms of protection: categories only, and the screen asked anew."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from timpora.domain.protection import ANSWERS, ENDINGS, PROVIDERS, Answer, Ending, Provider
from timpora.interface.web.case_forms import CHOOSE, ScreenForm, long_text


def _choices(words: dict[Any, Any]) -> list[tuple[str, Any]]:
    return [("", _("Pilih …")), *((code.value, _(word)) for code, word in words.items())]


class AnswerForm(forms.Form):
    """What a kind of service answered; no name of a house, a companion or a phone is asked for."""

    provider = forms.ChoiceField(label=_("Jenis layanan"), error_messages=CHOOSE)
    answer = forms.ChoiceField(label=_("Jawabannya"), error_messages=CHOOSE)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["provider"].choices = _choices(dict(PROVIDERS))  # type: ignore[attr-defined]
        self.fields["answer"].choices = _choices(dict(ANSWERS))  # type: ignore[attr-defined]

    def answered(self) -> tuple[Provider, Answer]:
        """Return the two categories."""
        return Provider(self.cleaned_data["provider"]), Answer(self.cleaned_data["answer"])


class EndForm(forms.Form):
    """How a referral ended, by category."""

    ending = forms.ChoiceField(label=_("Berakhir dengan"), error_messages=CHOOSE)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["ending"].choices = _choices(dict(ENDINGS))  # type: ignore[attr-defined]

    def ended(self) -> Ending:
        """Return the category."""
        return Ending(self.cleaned_data["ending"])


class ReviewForm(ScreenForm):
    """The screen asked anew by protection, with the reason why the signs of before were none."""

    because = long_text(
        _("Mengapa tanda semula bukan tanda"),
        _("Dibaca petugas pelindungan kedua. Perkataannya yang dahulu tetap tertutup bagi kantor."),
        rows=4,
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        # What is said here in confidence is not written down twice.
        self.fields["note"].widget = forms.HiddenInput()
