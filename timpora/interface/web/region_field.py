"""A form's field for a region: a picker that finds any village by typing, a plain code without scripts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from timpora.apps.wilayah import queries
from timpora.apps.wilayah.errors import RegionUnknown
from timpora.domain.territory import within
from timpora.kernel.text import cleaned

CODE_LENGTH = 13


class RegionPicker(forms.TextInput):
    """The control: a text field with the code, which `js/picker.js` turns into a combobox."""

    def __init__(self, *, level: int | None = None, inside: str = "") -> None:
        super().__init__({"data-region-picker": reverse_lazy("wilayah:search"), "autocomplete": "off"})
        if level:
            self.attrs["data-level"] = level
        if inside:
            self.attrs["data-within"] = inside

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the name of the chosen region, so that the picker need not ask for it."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        code = cleaned(context["widget"]["value"] or "")
        region = queries.regions_by_code([code]).get(code) if code else None
        if region:
            context["widget"]["attrs"]["data-chain"] = region.chain
        return context


class RegionField(forms.CharField):
    """The code of an existing region; `level` (1 to 4) and `inside` (a code) narrow what may be chosen."""

    def __init__(self, *, level: int | None = None, inside: str = "", **kwargs: Any) -> None:
        self.level, self.inside = level, inside
        super().__init__(max_length=CODE_LENGTH, widget=RegionPicker(level=level, inside=inside), **kwargs)

    def clean(self, value: Any) -> str:
        """Return the code of a region that may be chosen here."""
        code = cleaned(str(super().clean(value) or ""))
        if not code:
            return ""
        try:
            region = queries.region_get(code)
        except RegionUnknown as refusal:
            raise ValidationError(str(refusal)) from refusal
        if self.level and region.level != self.level:
            raise ValidationError(_("Pilih wilayah pada tingkat yang diminta."))
        if self.inside and not within(code, self.inside):
            raise ValidationError(_("Wilayah itu di luar wilayah yang boleh dipilih."))
        return code
