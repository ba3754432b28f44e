"""The forms of a template: its words, its relative phases, an annex."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timpora.apps.operations import queries
from timpora.apps.operations.types import KIND_WORDS, OperationKind, TemplateWords
from timpora.domain.relative_phases import FARTHEST, RelativePhase
from timpora.interface.web.operation_forms import LONG, choices

PHASES_MAX: Final = 12
# Beside the phases that are there, room for these.
SPARE: Final = 2


class PhaseRow(forms.Form):
    """A phase in days from the start; a row left blank is none."""

    name = forms.CharField(label=gettext_lazy("Nama tahap"), max_length=100, required=False)
    offset = forms.IntegerField(
        label=gettext_lazy("Mulai, hari sejak awal"), min_value=0, max_value=FARTHEST, required=False
    )
    length = forms.IntegerField(
        label=gettext_lazy("Lama, hari"), min_value=1, max_value=FARTHEST, required=False
    )
    answer_before = forms.IntegerField(
        label=gettext_lazy("Jawab, hari sebelumnya"), min_value=0, max_value=FARTHEST, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a row that is said by half."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and any(self._told(said)) and not self._is_whole(said):
            raise ValidationError(_("Tiap tahap bernama, dan menyebut hari mulai dan lamanya."))
        return said

    @staticmethod
    def _told(said: Mapping[str, Any]) -> list[bool]:
        return [said.get(name) not in {None, ""} for name in ("name", "offset", "length", "answer_before")]

    @classmethod
    def _is_whole(cls, said: Mapping[str, Any]) -> bool:
        return all(cls._told(said)[:3])

    def phase(self) -> RelativePhase | None:
        """Return what was typed, or nothing for a blank row."""
        said = self.cleaned_data
        if not self._is_whole(said):
            return None
        return RelativePhase(said["name"], said["offset"], said["length"], said["answer_before"])


class TemplateForm(forms.Form):
    """What a template says beside its report form and annexes."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Nama templat"), max_length=200)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Untuk jenis operasi"), widget=forms.CheckboxSelectMultiple
    )
    sop_version = forms.ChoiceField(label=gettext_lazy("Versi SOP lapangan"), widget=forms.RadioSelect)
    instruction = forms.CharField(
        label=gettext_lazy("Petunjuk untuk kantor"),
        required=False,
        max_length=LONG,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Pembuka operasi masih dapat mengubahnya."),
    )

    def __init__(self, *args: Any, kinds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = set(kinds)
        choices(self, "kinds", [(k.value, _(KIND_WORDS[k])) for k in OperationKind if k.value in offered])
        choices(self, "sop_version", [(sop.version, sop_said(sop)) for sop in queries.sop_versions()])
        self.rows = [
            PhaseRow(args[0] if args else None, prefix=f"tahap{n}", initial=_initial(kwargs, n))
            for n in _rows(args, kwargs)
        ]

    def is_valid(self) -> bool:
        """Tell whether words and rows can be read."""
        rows_fit = all(row.is_valid() for row in self.rows) if self.is_bound else True
        return super().is_valid() and rows_fit

    @property
    def row_errors(self) -> list[str]:
        """What is wrong with the phases, a line each."""
        found = []
        for number, row in enumerate(self.rows, 1):
            for name, said in row.errors.items():
                label = row.fields[name].label if name in row.fields else ""
                found += [
                    _("Tahap baris %(n)s%(field)s: %(said)s")
                    % {"n": number, "field": f", {label}" if label else "", "said": one}
                    for one in said
                ]
        return found

    def words(self) -> TemplateWords:
        """Return what was typed."""
        said = self.cleaned_data
        phases = (row.phase() for row in self.rows)
        return TemplateWords(
            name=said["name"],
            kinds=tuple(said["kinds"]),
            instruction=said["instruction"],
            sop_version=said["sop_version"],
            phases=tuple(phase for phase in phases if phase is not None),
        )

    @classmethod
    def of(cls, words: TemplateWords, seen: str, *, kinds: Iterable[str]) -> "TemplateForm":
        """Return the form filled with what a draft says."""
        initial = {
            "seen": seen,
            "name": words.name,
            "kinds": list(words.kinds),
            "sop_version": words.sop_version,
            "instruction": words.instruction,
            "phases": words.phases,
        }
        return cls(initial=initial, kinds=kinds)


class AnnexForm(forms.Form):
    """A title and a file."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("Judul lampiran"), max_length=200)
    berkas = forms.FileField(label=gettext_lazy("Berkas"), allow_empty_file=True)


class SeenForm(forms.Form):
    """Which draft the officer saw."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


def sop_said(sop: Any) -> str:
    """Return a version of the SOP as it is chosen: title, version, and whether somebody has verified it."""
    doubt = "" if sop.is_verified else f" · {_('belum diverifikasi')}"
    return f"{sop.title} · {sop.version}{doubt}"


def _initial(kwargs: Mapping[str, Any], number: int) -> dict[str, Any]:
    phases: tuple[RelativePhase, ...] = (kwargs.get("initial") or {}).get("phases", ())
    if number > len(phases):
        return {}
    phase = phases[number - 1]
    return {
        "name": phase.name,
        "offset": phase.offset,
        "length": phase.length,
        "answer_before": phase.answer_before,
    }


def _rows(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> range:
    """Return the numbers of the rows: as many as were sent, or those filled and some to fill."""
    sent = args[0] if args else None
    if sent:
        count = (
            next((n for n in range(1, PHASES_MAX + 1) if f"tahap{n}-name" not in sent), PHASES_MAX + 1) - 1
        )
    else:
        count = len((kwargs.get("initial") or {}).get("phases", ())) + SPARE
    return range(1, min(count, PHASES_MAX) + 1)
