"""The forms of operations: what is typed, in the office's words; rules live below."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timpora.apps.identity.types import OfficerView, UnitView
from timpora.apps.operations.types import (
    GROUNDS,
    KIND_WORDS,
    NATURES,
    READINESS_WORDS,
    Ground,
    NewPhase,
    OperationKind,
    OrderView,
    OrderWords,
    PhaseView,
    Readiness,
    TargetView,
)
from timpora.domain.coordinates import LONGEST, pair_read
from timpora.domain.geo import GeoRefused, point_read
from timpora.interface.web.day_fields import DayField
from timpora.interface.web.region_field import RegionField

LONG = 4_000
FOR_OTHERS = {OperationKind.SIMULTANEOUS, OperationKind.PROVINCE}


class DegreesField(forms.CharField):
    """A latitude or longitude as people copy it: with a comma or a point."""

    def clean(self, value: Any) -> float:
        """Return the number of degrees."""
        text = str(super().clean(value) or "").strip().replace("−", "-").replace(",", ".")
        try:
            return float(text)
        except ValueError as error:
            raise ValidationError(_("Tulis angka derajat, misalnya -3,45.")) from error


def _split(data: QueryDict) -> QueryDict:
    """Return what was sent with a point that was pasted whole into one of its two fields in both."""
    pair = next((found for name in ("lat", "lng") if (found := pair_read(data.get(name, "")))), None)
    if pair is None:
        return data
    apart = data.copy()
    apart["lat"], apart["lng"] = (str(degrees) for degrees in pair)
    return apart


class TargetForm(forms.Form):
    """A proposal: which place, on what ground, what to check."""

    name = forms.CharField(
        label=gettext_lazy("Nama tempat"),
        max_length=200,
        help_text=gettext_lazy("Tempat, bukan nama orang: mes, hotel, lokasi kerja."),
    )
    address = forms.CharField(label=gettext_lazy("Alamat"), max_length=LONG)
    wilayah = RegionField(
        label=gettext_lazy("Wilayah"), help_text=gettext_lazy("Ketik nama desa atau kecamatan, lalu pilih.")
    )
    lat = DegreesField(label=gettext_lazy("Lintang"), max_length=LONGEST)
    lng = DegreesField(label=gettext_lazy("Bujur"), max_length=LONGEST)
    ground = forms.ChoiceField(
        label=gettext_lazy("Dasar"),
        choices=[(g.value, gettext_lazy(words.label)) for g, words in GROUNDS.items()],
        widget=forms.RadioSelect,
    )
    ground_text = forms.CharField(
        label=gettext_lazy("Uraian dasar"),
        max_length=LONG,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Dokumen apa yang berkata apa, dengan nomor dan tanggalnya."),
    )
    checks = forms.CharField(
        label=gettext_lazy("Yang diperiksa"),
        max_length=LONG,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Regu membaca ini di lapangan."),
    )
    employer = forms.CharField(
        label=gettext_lazy("Perusahaan dalam daftar TKA"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Nama persis seperti dalam daftar: regu membawa nama tenaga kerja asingnya."),
    )
    indikasi = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(_split(data) if data else data, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse, beside the field where it was typed, a point that cannot lie in Indonesia."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if "lat" in told and "lng" in told:
            try:
                point_read(told["lat"], told["lng"])
            except GeoRefused as refused:
                self.add_error("lat", _(refused.message))
        return told

    def clean_ground(self) -> Ground:
        """Return the ground as one of the lawful reasons."""
        return Ground(self.cleaned_data["ground"])


class DecideForm(forms.Form):
    """Approve or refuse; a refusal says why."""

    putusan = forms.ChoiceField(choices=[("setuju", ""), ("tolak", "")], widget=forms.HiddenInput)
    because = forms.CharField(
        label=gettext_lazy("Alasan"),
        required=False,
        max_length=LONG,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Wajib bila menolak; pengusul membacanya."),
    )


class ReasonForm(forms.Form):
    """Why something is taken back or ended."""

    because = forms.CharField(
        label=gettext_lazy("Alasan"), max_length=LONG, widget=forms.Textarea({"rows": 2})
    )


class AnswerForm(forms.Form):
    """An office's readiness."""

    readiness = forms.ChoiceField(
        label=gettext_lazy("Kesiapan kantor"),
        choices=[(r.value, gettext_lazy(READINESS_WORDS[r])) for r in Readiness if r is not Readiness.SILENT],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Yang kurang, atau mengapa belum siap"),
        required=False,
        max_length=LONG,
        help_text=gettext_lazy("Wajib bila tidak siap sepenuhnya."),
    )
    phase_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_readiness(self) -> Readiness:
        """Return the answer as a value."""
        return Readiness(self.cleaned_data["readiness"])


class OperationForm(forms.Form):
    """An operation with its first phase, in local wall times."""

    name = forms.CharField(label=gettext_lazy("Nama operasi"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Jenis"), widget=forms.RadioSelect)
    order_number = forms.CharField(
        label=gettext_lazy("Nomor surat yang memerintahkan"), required=False, max_length=100
    )
    order_on = DayField(label=gettext_lazy("Tanggal surat"), required=False)
    phase = forms.CharField(label=gettext_lazy("Nama tahap"), max_length=100)
    starts = DayField(label=gettext_lazy("Hari pertama"))
    ends = DayField(label=gettext_lazy("Hari terakhir"))
    answer_on = DayField(label=gettext_lazy("Kantor menjawab kesiapan paling lambat"), required=False)
    instruction = forms.CharField(
        label=gettext_lazy("Petunjuk untuk kantor"),
        required=False,
        max_length=LONG,
        widget=forms.Textarea({"rows": 3}),
    )
    offices = forms.MultipleChoiceField(
        label=gettext_lazy("Kantor"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tanpa pilihan: semua kantor imigrasi di bawah Anda ikut."),
    )

    def __init__(self, *args: Any, offices: Sequence[UnitView], is_national: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = [OperationKind.SIMULTANEOUS if is_national else OperationKind.PROVINCE]
        # Whoever opens for other offices opens for them alone.
        kinds = above if offices else [k for k in OperationKind if k not in FOR_OTHERS]
        self.kinds = [kind.value for kind in kinds]
        choices(self, "kind", [(k.value, _(KIND_WORDS[k])) for k in kinds])
        self.fields["kind"].initial = kinds[0].value
        choices(self, "offices", [(o.code, o.name) for o in offices])
        if not offices:
            del self.fields["offices"]

    def clean_ends(self) -> date:
        """Return the last day, after which there is another."""
        return day_before_another(self.cleaned_data["ends"])


class PhaseForm(forms.Form):
    """One more phase of an operation, in local wall times."""

    phase = forms.CharField(label=gettext_lazy("Nama tahap"), max_length=100)
    starts = DayField(label=gettext_lazy("Hari pertama"))
    ends = DayField(label=gettext_lazy("Hari terakhir"))
    answer_on = DayField(label=gettext_lazy("Kantor menjawab kesiapan paling lambat"), required=False)

    def clean_ends(self) -> date:
        """Return the last day, after which there is another."""
        return day_before_another(self.cleaned_data["ends"])


def day_before_another(last: date) -> date:
    """Return a last day of a phase; the very last of the calendar has none after it."""
    if last == date.max:
        raise ValidationError(_("Tanggal ini tidak mungkin."))
    return last


class TeamForm(forms.Form):
    """A team: who, in what, to which targets."""

    name = forms.CharField(label=gettext_lazy("Nama regu"), max_length=100)
    phase = forms.ChoiceField(label=gettext_lazy("Tahap"))
    leader = forms.ChoiceField(label=gettext_lazy("Ketua regu"))
    members = forms.MultipleChoiceField(
        label=gettext_lazy("Anggota"), required=False, widget=forms.CheckboxSelectMultiple
    )
    assets = forms.MultipleChoiceField(
        label=gettext_lazy("Kendaraan dan perlengkapan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Milik kantor, dari daftar sarana."),
    )
    vehicles = forms.CharField(
        label=gettext_lazy("Kendaraan lain"),
        required=False,
        max_length=1_000,
        help_text=gettext_lazy("Pinjaman atau sewaan: jenis dan nomor polisi."),
    )
    targets = forms.MultipleChoiceField(
        label=gettext_lazy("Sasaran"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Hanya sasaran yang disetujui dan belum ditugaskan."),
    )

    def __init__(
        self,
        *args: Any,
        officers: Iterable[OfficerView],
        targets: Iterable[TargetView],
        phases: Iterable[PhaseView],
        booked: Mapping[UUID, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        known = list(officers)
        mute = {o.id for o in known} - {o.id for o in known if o.can_report}
        people = {
            o.id: f"{o.name} · {o.title}{_('; tidak melapor dari ponsel') if o.id in mute else ''}"
            f"{booked.get(o.id, '')}"
            for o in known
        }
        choices(self, "leader", [("", _("Pilih petugas")), *((str(k), v) for k, v in people.items())])
        choices(self, "members", [(str(k), v) for k, v in people.items()])
        choices(self, "targets", [(str(t.id), f"{t.code} · {t.name}") for t in targets])
        choices(self, "phase", [(str(p.id), p.name) for p in phases])


class OrderForm(forms.Form):
    """The words of an order; one line, one point."""

    first_day = DayField(label=gettext_lazy("Hari pertama"))
    last_day = DayField(label=gettext_lazy("Hari terakhir"))
    nature = forms.ChoiceField(label=gettext_lazy("Sifat"), choices=[(n, n) for n in NATURES], required=False)
    is_pen_signed = forms.BooleanField(
        label=gettext_lazy("Tempat tanda tangan basah, bukan elektronik (TTE)"), required=False
    )
    considering = forms.CharField(
        label=gettext_lazy("Menimbang"), max_length=LONG, widget=forms.Textarea({"rows": 4})
    )
    tasks = forms.CharField(label=gettext_lazy("Untuk"), max_length=LONG, widget=forms.Textarea({"rows": 4}))
    funding = forms.CharField(label=gettext_lazy("Pembebanan biaya"), required=False, max_length=1_000)
    copies = forms.CharField(
        label=gettext_lazy("Tembusan"), required=False, max_length=LONG, widget=forms.Textarea({"rows": 3})
    )

    @classmethod
    def of(cls, order: OrderView) -> "OrderForm":
        """Return the form filled with what the draft says."""
        words = order.words
        return cls(
            initial={
                "first_day": order.first_day,
                "last_day": order.last_day,
                "considering": "\n".join(words.considering),
                "tasks": "\n".join(words.tasks),
                "funding": words.funding,
                "nature": words.nature,
                "is_pen_signed": words.is_pen_signed,
                "copies": "\n".join(words.copies),
            },
        )

    def words(self) -> OrderWords:
        """Return what was typed, line by line."""
        said = self.cleaned_data
        return OrderWords(
            considering=tuple(said["considering"].splitlines()),
            tasks=tuple(said["tasks"].splitlines()),
            first_day=said["first_day"],
            last_day=said["last_day"],
            funding=said["funding"],
            copies=tuple(said["copies"].splitlines()),
            nature=said["nature"],
            is_pen_signed=said["is_pen_signed"],
        )


def choices(form: forms.Form, name: str, found: list[tuple[str, str]]) -> None:
    """Give a field of choices what may be chosen now."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = found


__all__ = [
    "AnswerForm",
    "DecideForm",
    "NewPhase",
    "OperationForm",
    "OrderForm",
    "ReasonForm",
    "TargetForm",
    "TeamForm",
]
