"""How cases are named on screens: states and their tones, measures, grounds, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timpora.apps.cases.types import CaseView, Due, Manner
from timpora.domain.measures import ConferenceReason, Ground, MeasureKind, ScreenAnswer
from timpora.domain.overstay import ChargePayment
from timpora.domain.protection import Care, Reply
from timpora.domain.states import CaseState
from timpora.kernel.access import Actor, P, holds

Word = str | Promise

STATES: Mapping[CaseState, tuple[Word, str]] = {
    CaseState.REPORTED: (_("perlu penapisan"), "caution"),
    CaseState.SCREENED: (_("penapisan"), "waiting"),
    CaseState.CONFERENCE: (_("gelar kasus"), "info"),
    CaseState.PROPOSED: (_("menunggu putusan"), "waiting"),
    CaseState.DECIDED: (_("diputus, belum disampaikan"), "caution"),
    CaseState.DELIVERED: (_("masa keberatan"), "waiting"),
    CaseState.OBJECTED: (_("keberatan"), "caution"),
    CaseState.EXECUTED: (_("dilaksanakan"), "good"),
    CaseState.SHELTERED: (_("dirujuk"), "neutral"),
    CaseState.PROSECUTED: (_("penyidikan"), "info"),
    CaseState.CLOSED: (_("ditutup"), "neutral"),
}
# Lists do not tell a case that was closed from one that is with others (P10).
SETTLED: tuple[Word, str] = (_("selesai atau diteruskan"), "neutral")
DUES: Mapping[Due, Word] = {
    Due.NOTHING: "",
    Due.OBJECTION: _("batas keberatan"),
    Due.FORWARD: _("penerusan kepada Menteri"),
    Due.MINISTER: _("putusan Menteri"),
}
OUTCOMES: Mapping[ScreenAnswer, tuple[Word, str]] = {
    ScreenAnswer.CLEAR: (_("selesai, tanpa tanda"), "good"),
    ScreenAnswer.OPEN: (_("belum selesai"), "caution"),
    ScreenAnswer.SHELTERED: (_("ada tanda"), "stop"),
}
REPLIES: Mapping[Reply, Word] = {Reply.NO: _("Tidak"), Reply.YES: _("Ya"), Reply.UNKNOWN: _("Belum jelas")}
CARES: Mapping[Care, Word] = {
    Care.CHILD: _("Anak di bawah 18 tahun"),
    Care.PREGNANT: _("Hamil atau baru melahirkan"),
    Care.ILL: _("Sakit atau perlu perawatan"),
    Care.DISABILITY: _("Penyandang disabilitas"),
}
REASONS: Mapping[ConferenceReason, Word] = {
    ConferenceReason.EVIDENCE_SHORT: _("Alat bukti yang cukup untuk penyidikan kurang dari dua"),
    ConferenceReason.REMEDIES_ABUSED: _("Upaya hukum akan dipakai untuk bertahan, atau ia buronan"),
    ConferenceReason.MORE_EFFECTIVE: _(
        "Lebih efektif dari segi politik, ekonomi, sosial budaya, atau keamanan"
    ),
}
GROUNDS: Mapping[Ground, Word] = {
    Ground.NONE: _("Tidak terbukti, keliru, atau sudah selesai"),
    Ground.OVERSTAY_CHARGE: _("Overstay yang dikenai biaya beban, Pasal 78 ayat (1)"),
    Ground.OVERSTAY_DEPORTATION: _(
        "Overstay di atas batas atau biaya tidak dibayar, Pasal 78 ayat (2) dan (3)"
    ),
    Ground.DANGEROUS: _("Kegiatan berbahaya atau patut diduga membahayakan keamanan, Pasal 75 ayat (1)"),
    Ground.LAW_NOT_OBEYED: _("Tidak menghormati atau menaati peraturan, Pasal 75 ayat (1)"),
    Ground.FLEES_PUNISHMENT: _("Menghindari hukuman di negara asal, Pasal 75 ayat (3)"),
}
PAYMENTS: Mapping[ChargePayment, Word] = {
    ChargePayment.OPEN: _("Belum ditagih"),
    ChargePayment.PAID: _("Lunas"),
    ChargePayment.UNPAID: _("Tidak dibayar"),
}
MANNERS: Mapping[Manner, Word] = {
    Manner.IN_PERSON: _("Diterima sendiri"),
    Manner.PROXY: _("Diterima kuasanya"),
    Manner.POST: _("Pos tercatat"),
    Manner.REFUSED: _("Ditolak diterima, dicatat petugas"),
}
OPEN_GROUNDS = (Ground.NONE, Ground.LAW_NOT_OBEYED, Ground.DANGEROUS, Ground.FLEES_PUNISHMENT)


@dataclass(frozen=True, slots=True)
class Next:
    """The step that waits: its button where the reader may take it, else whom it waits for."""

    title: Word
    note: Word
    verb: Word = ""
    route: str = ""
    icon: str = ""

    def url(self, case: CaseView) -> str:
        """Return the address of the step's form."""
        return reverse(f"cases:{self.route}", args=[case.row.id]) if self.route else ""


_STEPS: Mapping[CaseState, tuple[P, Word, Word, Word, str, str]] = {
    CaseState.REPORTED: (
        P.CASES_SCREENING_RECORD,
        _("Penapisan"),
        _("Sebelum apa pun: tanda korban perdagangan orang dan pengungsi."),
        _("Mulai penapisan"),
        "screen",
        "shield-check",
    ),
    CaseState.CONFERENCE: (
        P.CASES_MEASURE_PROPOSE,
        _("Usulan"),
        _("Usulkan tindakan, atau tanpa tindakan, dengan dasarnya."),
        _("Buat usulan"),
        "propose",
        "gavel",
    ),
    CaseState.PROPOSED: (
        P.CASES_MEASURE_DECIDE,
        _("Putusan"),
        _("Diputus manusia lain yang bukan pengusul."),
        _("Baca dan putuskan"),
        "decide",
        "gavel",
    ),
    CaseState.DECIDED: (
        P.CASES_LETTER_DELIVER,
        _("Penyampaian"),
        _("Jangka waktu keberatan mulai saat keputusan diterima."),
        _("Catat penyampaian"),
        "deliver",
        "send",
    ),
    CaseState.DELIVERED: (
        P.CASES_OBJECTION_RECORD,
        _("Keberatan"),
        _("Yang bersangkutan boleh mengajukan keberatan sampai hari terakhir."),
        _("Catat keberatan"),
        "object",
        "file-text",
    ),
}
_CONFER = (
    P.CASES_CONFERENCE_RECORD,
    _("Gelar kasus"),
    _("Catat peserta dan alasan memilih tindakan administratif."),
    _("Catat gelar kasus"),
    "conference",
    "users",
)
_SCREEN_ON = (
    P.CASES_SCREENING_RECORD,
    _("Penapisan"),
    _("Belum selesai; lanjutkan wawancara sampai setiap pertanyaan terjawab."),
    _("Lanjutkan penapisan"),
    "screen",
    "shield-check",
)


def next_of(actor: Actor, case: CaseView) -> Next | None:
    """Return the step that waits, with its button only for whoever may take it."""
    found = _STEPS.get(case.row.state)
    if case.row.state is CaseState.SCREENED:
        found = _CONFER if case.screen_is_clear else _SCREEN_ON
    if case.row.state is CaseState.DELIVERED and case.decision and case.decision.kind is MeasureKind.NONE:
        found = None
    if found is None:
        return None
    permission, title, note, verb, route, icon = found
    is_own = (
        case.row.state is CaseState.PROPOSED and case.proposal and case.proposal.proposed_by_id == actor.id
    )
    if not holds(actor, permission) or is_own:
        return Next(title, note)
    return Next(title, note, verb, route, icon)
