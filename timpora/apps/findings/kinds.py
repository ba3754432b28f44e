"""The words a report is made of: kinds, outcomes, findings, doubts, each with its label for people."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ReportKind(StrEnum):
    """A visit at which somebody was met, or a nil, which is a report like any other (F39)."""

    NIL = "nihil"
    EXAMINATION = "pemeriksaan"


class Outcome(StrEnum):
    """What was done with one person at the visit, exactly one each (domain.md 6).

    `REFERRED` is what readers without the seal of protection see in place of `PROTECTION`, and no
    device sends it.
    """

    NOT_MET = "tidak_ditemui"
    COMPLIANT = "sesuai"
    ADVISED = "dianjurkan_lapor"
    PASSPORT_RETAINED = "paspor_ditahan_stp"
    BROUGHT_IN = "dibawa_ke_kantor"
    REFERRED_POLICE = "dirujuk_polri"
    REFERRED_MANPOWER = "dirujuk_disnaker"
    PROTECTION = "dirujuk_pelindungan"
    REFUGEE_NOTED = "dicatat_pengungsi"
    REFERRED = "dirujuk"


class FindingKind(StrEnum):
    """What was found (temuan); a person may have several, and none is an accusation."""

    PERMIT_ENDED = "izin_berakhir"
    WORK_PLACE = "tempat_kerja_lain"
    ADDRESS = "alamat_lain"
    NO_ENTRY = "tanpa_catatan_masuk"
    NO_DOCUMENT = "tanpa_dokumen"
    MISUSE = "penyalahgunaan_izin"
    GUARANTOR = "penjamin_tidak_nyata"
    STATEMENT = "keterangan_tidak_benar"
    UNCLASSIFIED = "belum_terklasifikasi"


class Doubt(StrEnum):
    """What the server noticed of a report it took nevertheless."""

    CLOCK_AHEAD = "jam_mendahului"
    CLOCK_BEHIND = "jam_tertinggal"
    NOT_COUNTED = "hitungan_kurang"
    DEVICE_FOREIGN = "ponsel_petugas_lain"
    FORM_SHORT = "formulir_kurang"
    KEY_WITHDRAWN = "kunci_ditarik"
    MRZ_WRONG = "mrz_tidak_cocok"
    ORDER_WITHDRAWN = "surat_dicabut"
    STEPS_BROKEN = "melanggar_urutan"
    WITHHELD = "dari_karantina"


OUTCOMES: Final[dict[Outcome, Promise | str]] = {
    Outcome.COMPLIANT: _("Sesuai izin"),
    Outcome.ADVISED: _("Dianjurkan lapor"),
    Outcome.PASSPORT_RETAINED: _("Paspor ditahan (STP)"),
    Outcome.BROUGHT_IN: _("Dibawa ke kantor"),
    Outcome.REFERRED_MANPOWER: _("Dirujuk ke Disnaker"),
    Outcome.REFERRED_POLICE: _("Dirujuk ke Polri"),
    Outcome.PROTECTION: _("Dirujuk ke pelindungan"),
    Outcome.REFUGEE_NOTED: _("Pengungsi atau pencari suaka"),
    Outcome.NOT_MET: _("Tidak ditemui"),
    Outcome.REFERRED: _("Dirujuk"),
}
FINDINGS: Final[dict[FindingKind, Promise | str]] = {
    FindingKind.PERMIT_ENDED: _("Izin tinggal berakhir"),
    FindingKind.WORK_PLACE: _("Bekerja di tempat lain"),
    FindingKind.ADDRESS: _("Alamat berbeda dari izin"),
    FindingKind.NO_ENTRY: _("Tidak ada catatan masuk"),
    FindingKind.NO_DOCUMENT: _("Tidak dapat menunjukkan dokumen"),
    FindingKind.MISUSE: _("Kegiatan tidak sesuai izin"),
    FindingKind.GUARANTOR: _("Penjamin tidak dapat ditemukan"),
    FindingKind.STATEMENT: _("Keterangan tidak benar"),
    FindingKind.UNCLASSIFIED: _("Belum terklasifikasi"),
}
DOUBTS: Final[dict[Doubt, Promise | str]] = {
    Doubt.CLOCK_AHEAD: _("Jam ponsel mendahului jam server"),
    Doubt.CLOCK_BEHIND: _("Jam ponsel tertinggal jauh dari jam server"),
    Doubt.NOT_COUNTED: _("Orang yang dicatat melebihi jumlah yang dihitung"),
    Doubt.DEVICE_FOREIGN: _("Bernomor ponsel petugas lain: tidak menutup nomor yang kurang"),
    Doubt.FORM_SHORT: _("Pertanyaan wajib formulir laporan belum dijawab"),
    Doubt.KEY_WITHDRAWN: _("Disandi dengan kunci petugas yang sudah ditarik"),
    Doubt.MRZ_WRONG: _("Angka periksa MRZ tidak cocok"),
    Doubt.ORDER_WITHDRAWN: _("Tiba sesudah surat perintahnya dicabut"),
    Doubt.STEPS_BROKEN: _("Melanggar urutan SOP: langkah wajib dilewati tanpa alasan"),
    Doubt.WITHHELD: _("Ditahan di karantina, lalu dilepas"),
}
KINDS: Final[dict[ReportKind, Promise | str]] = {
    ReportKind.NIL: _("Nihil"),
    ReportKind.EXAMINATION: _("Pemeriksaan"),
}


class Withheld(StrEnum):
    """Why a report is kept and not counted until somebody decides."""

    DEVICE = "ponsel_dicabut"
    OFFICER = "akun_ditutup"


WITHHELD: Final[dict[Withheld, Promise | str]] = {
    Withheld.DEVICE: _("Ponselnya dicabut"),
    Withheld.OFFICER: _("Akun petugasnya ditutup"),
}
# What a phone may send; `REFERRED` only stands in for what is sealed.
SENDABLE: Final = tuple(outcome for outcome in OUTCOMES if outcome is not Outcome.REFERRED)


# All who were passed on are one group, whoever reads: in a count of one, in a list, or by what may be done
# next, nobody may tell who was referred to protection or noted as a refugee (P26).
PASSED_ON: Final = frozenset(
    {
        Outcome.REFERRED,
        Outcome.REFERRED_MANPOWER,
        Outcome.REFERRED_POLICE,
        Outcome.PROTECTION,
        Outcome.REFUGEE_NOTED,
    }
)


def outcome_seen(outcome: Outcome) -> Outcome:
    """Return the outcome as everybody may see it: a referral to protection shows as a referral (P26)."""
    return Outcome.REFERRED if outcome is Outcome.PROTECTION else outcome
