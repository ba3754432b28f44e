"""The forms of a case: what is typed, in the office's words; the rules live below."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from timpora.apps.cases.types import (
    Manner,
    NewConference,
    NewDelivery,
    NewObjection,
    NewProposal,
    NewScreening,
    OverstayView,
    PartyWords,
    ScreeningView,
)
from timpora.domain.measures import LADDER, ConferenceReason, Ground, MeasureKind, ScreenAnswer
from timpora.domain.overstay import ChargePayment
from timpora.domain.protection import BLOCK_TITLES, QUESTIONS, Care, Reply
from timpora.interface.web.case_particulars import ParticularsForm
from timpora.interface.web.case_words import (
    CARES,
    GROUNDS,
    MANNERS,
    OPEN_GROUNDS,
    PAYMENTS,
    REASONS,
    REPLIES,
)
from timpora.interface.web.day_fields import DayField

LONG = 4_000
WORD = 500
CHOOSE = {"required": _("Pilih salah satu.")}
SENTENCE = {"required": _("Tulis alasannya dengan satu kalimat.")}


def long_text(label: Any, hint: Any = "", *, rows: int = 3, is_required: bool = True) -> forms.CharField:
    """Return a field for a sentence or more."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=is_required,
        max_length=LONG,
        widget=forms.Textarea({"rows": rows}),
        error_messages=SENTENCE,
    )


def day_field(label: Any, hint: Any = "") -> DayField:
    """Return a field for a day at the place of the case."""
    return DayField(label=label, help_text=hint)


class ReasonForm(forms.Form):
    """One reason, for a step that needs nothing else."""

    because = long_text(_("Alasan"))


class OpenForm(forms.Form):
    """Why a case is opened on what was found."""

    because = long_text(
        _("Alasan membuka perkara"), _("Apa yang ditemukan dan mengapa perlu ditangani sebagai perkara.")
    )
    is_same = forms.BooleanField(
        label=_("Orang yang sama dengan pemegang nomor itu di register"),
        required=False,
        help_text=_(
            "Centang hanya bila Anda sudah memastikannya, dan tulis di alasan bagaimana. Tanpa centang "
            "perkara memakai kata-kata dari kunjungan, dan fakta register tidak dipakai."
        ),
    )


class ScreenForm(forms.Form):
    """The screen: one question a block, three answers each; nothing is answered beforehand."""

    language = forms.CharField(
        label=_("Bahasa wawancara"),
        max_length=WORD,
        help_text=_("Bahasa yang ia mengerti, dan nama juru bahasanya bila ada."),
    )
    care = forms.MultipleChoiceField(
        label=_("Keadaan yang mengubah jalannya perkara"),
        choices=[(care.value, word) for care, word in CARES.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = long_text(
        _("Catatan petugas"),
        _("Perkataannya sendiri. Catatan ini ikut tertutup bila perkara dirujuk."),
        is_required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, last: ScreeningView | None = None) -> None:
        # An interview that was cut short is taken up where it stopped; a finished one is asked anew.
        goes_on = last is not None and last.outcome is ScreenAnswer.OPEN
        initial: dict[str, Any] = {}
        if goes_on and last:
            initial = {"language": last.language, "care": list(last.care), "note": last.note}
        super().__init__(data, initial=initial)
        for question in QUESTIONS:
            self.fields[question.code] = forms.ChoiceField(
                label=_(question.words),
                help_text=_(question.hint) if question.hint else "",
                choices=[(reply.value, word) for reply, word in REPLIES.items()],
                widget=forms.RadioSelect,
                initial=last.replies.get(question.code) if goes_on and last else None,
                error_messages=CHOOSE,
            )

    def blocks(self) -> list[tuple[str, list[BoundField]]]:
        """Return the questions by block, in the order in which they are asked."""
        return [
            (title, [self[q.code] for q in QUESTIONS if q.block is block])
            for block, title in BLOCK_TITLES.items()
        ]

    def screening(self) -> NewScreening:
        """Return the screen as typed."""
        told = self.cleaned_data
        return NewScreening(
            replies={q.code: Reply(told[q.code]) for q in QUESTIONS},
            language=told["language"],
            care=frozenset(Care(care) for care in told["care"]),
            note=told["note"],
        )


class PartyForm(forms.Form):
    """The words of the person that letters print; corrected here, never in the sources."""

    name = forms.CharField(label=_("Nama"), max_length=WORD, help_text=_("Seperti di dokumen perjalanan."))
    sex = forms.CharField(label=_("Jenis kelamin"), max_length=WORD, required=False)
    born = forms.CharField(label=_("Tempat, tanggal lahir"), max_length=WORD, required=False)
    nationality = forms.CharField(label=_("Kewarganegaraan"), max_length=WORD, required=False)
    travel_document = forms.CharField(label=_("Dokumen perjalanan"), max_length=WORD, required=False)
    stay_permit = forms.CharField(label=_("Izin tinggal"), max_length=WORD, required=False)
    address = forms.CharField(label=_("Alamat di Indonesia"), max_length=WORD, required=False)
    guarantor = forms.CharField(label=_("Penjamin"), max_length=WORD, required=False)

    def words(self) -> PartyWords:
        """Return the words as typed."""
        return PartyWords(**self.cleaned_data)


class ConferenceForm(forms.Form):
    """A case conference as held."""

    held_on = day_field(_("Tanggal gelar kasus"))
    chair = forms.CharField(label=_("Pemimpin gelar kasus"), max_length=WORD)
    attendants = long_text(
        _("Peserta"), _("Satu orang satu baris: nama, jabatan. Paling sedikit dua."), rows=4
    )
    reason = forms.ChoiceField(
        label=_("Mengapa tindakan administratif, bukan penyidikan"),
        choices=[(reason.value, word) for reason, word in REASONS.items()],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    because = long_text(_("Uraian alasan"))

    def conference(self) -> NewConference:
        """Return the conference as typed."""
        told = self.cleaned_data
        return NewConference(
            held_on=told["held_on"],
            chair=told["chair"],
            attendants=tuple(told["attendants"].splitlines()),
            reason=ConferenceReason(told["reason"]),
            because=told["because"],
        )


def _rungs() -> Iterable[tuple[str, str]]:
    for rung in LADDER:
        letter = gettext(" (huruf %(letter)s)") % {"letter": rung.letter} if rung.letter else ""
        yield rung.kind.value, f"{gettext(rung.title)}{letter}. {gettext(rung.fits)}"


class ProposalForm(ParticularsForm):
    """A measure of the ladder on a ground, mildest first; `overstay` is what the facts say."""

    ground = forms.ChoiceField(label=_("Dasar"), widget=forms.RadioSelect, error_messages=CHOOSE)
    payment = forms.ChoiceField(
        label=_("Biaya beban"),
        choices=[(payment.value, word) for payment, word in PAYMENTS.items()],
        required=False,
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=_("Tindakan, dari yang paling ringan"), widget=forms.RadioSelect, error_messages=CHOOSE
    )
    because = long_text(
        _("Alasan memilih tindakan ini"),
        _("Mengapa yang lebih ringan tidak cukup, atau mengapa cukup."),
        rows=4,
    )
    wants_ban = forms.BooleanField(label=_("Usulan penangkalan menyusul"), required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        overstay: OverstayView | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        grounds = list(OPEN_GROUNDS)
        if overstay and overstay.days:
            found = {overstay.ground, Ground.OVERSTAY_DEPORTATION}
            grounds = [
                g for g in (Ground.OVERSTAY_CHARGE, Ground.OVERSTAY_DEPORTATION) if g in found
            ] + grounds
        if not overstay or overstay.ground is not Ground.OVERSTAY_CHARGE:
            del self.fields["payment"]
        self.fields["ground"].choices = [(g.value, GROUNDS[g]) for g in grounds]  # type: ignore[attr-defined]
        self.fields["kind"].choices = list(_rungs())  # type: ignore[attr-defined]

    def proposal(self) -> NewProposal:
        """Return the proposal as typed."""
        told = self.cleaned_data
        return NewProposal(
            kind=MeasureKind(told["kind"]),
            ground=Ground(told["ground"]),
            because=told["because"],
            payment=ChargePayment(told.get("payment") or ChargePayment.OPEN),
            wants_ban=told["wants_ban"],
            particulars=self.particulars(),
        )


class VersionForm(forms.Form):
    """Which version of a proposal was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=9_999)


class DecideForm(VersionForm):
    """The decider's own words on the version that was read."""

    because = long_text(_("Pertimbangan pemutus"))


class DeliveryForm(forms.Form):
    """A decision handed over."""

    delivered_on = day_field(
        _("Tanggal diterima"), _("Hari ini tidak dihitung; jangka waktu mulai besoknya.")
    )
    received_by = forms.CharField(label=_("Nama penerima"), max_length=WORD)
    manner = forms.ChoiceField(
        label=_("Cara"),
        choices=[(manner.value, word) for manner, word in MANNERS.items()],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    note = long_text(_("Catatan"), is_required=False)

    def delivery(self) -> NewDelivery:
        """Return the delivery as typed."""
        told = self.cleaned_data
        return NewDelivery(told["delivered_on"], told["received_by"], Manner(told["manner"]), told["note"])


class ObjectionForm(forms.Form):
    """An objection as received."""

    filed_on = day_field(_("Tanggal keberatan diterima"))
    objector = forms.CharField(label=_("Nama yang berkeberatan"), max_length=WORD)
    proxy = forms.CharField(
        label=_("Kuasa"), max_length=WORD, required=False, help_text=_("Dengan surat kuasa.")
    )
    place = forms.CharField(label=_("Alamat untuk tanda terima"), max_length=WORD)
    parts = long_text(_("Berkas yang diterima"), _("Satu berkas satu baris."), rows=4)

    def objection(self) -> NewObjection:
        """Return the objection as typed."""
        told = self.cleaned_data
        parts = tuple(told["parts"].splitlines())
        return NewObjection(told["filed_on"], told["objector"], told["place"], parts, told["proxy"])


class ForwardForm(forms.Form):
    """The day an objection reached the Minister."""

    forwarded_on = day_field(_("Tanggal diterima Menteri"))
