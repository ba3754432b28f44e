"""How the cases refuse; each says what to do."""

from timpora.kernel.errors import Refusal


class CasesError(Refusal):
    """Root of the refusals of a case."""

    code = "cases.refused"
    message = "Langkah perkara ini tidak dapat dilaksanakan."


class CaseMoved(CasesError):
    """The state of the case does not open this step, or somebody else was faster."""

    code = "cases.moved"
    message = "Perkara ini sudah berpindah keadaan. Muat ulang halamannya dan lihat langkah yang terbuka."


class CaseHandled(CasesError):
    """The person or indication has had its case; which one is not told."""

    code = "cases.handled"
    message = "Hal ini sudah ditangani; tidak perlu perkara baru."


class CaseReferred(CasesError):
    """The case is with others and takes no further step here."""

    code = "cases.referred"
    message = "Perkara ini dirujuk dan dikerjakan pejabat lain. Tidak ada langkah lagi di sini."


class ReferralMoved(CasesError):
    """The referral does not stand where this step begins, or a colleague was faster."""

    code = "cases.referral-moved"
    message = "Rujukan ini sudah berpindah keadaan. Muat ulang halamannya."


class SecondPersonNeeded(CasesError):
    """Whoever recorded the review does not confirm it."""

    code = "cases.second-person"
    message = "Pengembalian dibenarkan petugas pelindungan lain, bukan yang meninjaunya."


class ReviewNotClear(CasesError):
    """Back to the handling of the case leads only a finished screen without any sign."""

    code = "cases.review-not-clear"
    message = "Masih ada tanda atau pertanyaan terbuka: perkara ini tetap dilindungi."


class CaseGroundless(CasesError):
    """A case needs a checked person of a report, or an indication that a human verified."""

    code = "cases.groundless"
    message = "Perkara dibuka dari orang yang diperiksa atau dari indikasi yang sudah diverifikasi."


class ReasonMissing(CasesError):
    """A step without its reason, or a form without what the law asks for."""

    code = "cases.reason-missing"
    message = "Tulis alasannya dengan satu kalimat."


class DayImpossible(CasesError):
    """A day lies in the future or before what it must follow."""

    code = "cases.day-impossible"
    message = "Tanggal itu belum tiba, atau mendahului langkah sebelumnya. Periksa tanggalnya."


class ConferenceIncomplete(CasesError):
    """A conference needs a chair, at least two attendants and its reason (Pasal 59)."""

    code = "cases.conference-incomplete"
    message = "Gelar kasus memerlukan pemimpin, paling sedikit dua peserta, dan alasannya."


class MeasureHeld(CasesError):
    """No measure while the screen is unfinished or shelters (B2, P26)."""

    code = "cases.measure-held"
    message = "Tindakan tertahan: penapisan harus selesai tanpa tanda. Hubungi atasan Anda bila ragu."


class MeasureUngrounded(CasesError):
    """The ground opens no such measure, or the facts do not carry the ground."""

    code = "cases.measure-ungrounded"
    message = "Dasar yang dipilih tidak membuka tindakan ini. Pilih dasar atau tindakan lain."


class MeasureUnspecified(CasesError):
    """A measure that does not say where, which list or whither can be neither obeyed nor carried out."""

    code = "cases.measure-unspecified"
    message = "Tindakan ini belum menyebut tempat, daftar, atau tujuannya. Lengkapi usulannya."


class ProposalChanged(CasesError):
    """The proposal was edited after it was read: what was signed falls with the old version (F57)."""

    code = "cases.proposal-changed"
    message = "Usulan berubah sejak Anda membacanya. Baca versi terbaru sebelum memutus."


class SamePerson(CasesError):
    """Whoever proposes neither countersigns nor decides."""

    code = "cases.same-person"
    message = "Pengusul tidak boleh memaraf atau memutus usulannya sendiri. Minta pejabat lain."


class AlreadySigned(CasesError):
    """One officer initials a version once."""

    code = "cases.already-signed"
    message = "Versi usulan ini sudah Anda paraf."


class NotObjectable(CasesError):
    """Nothing was imposed that one could object to."""

    code = "cases.not-objectable"
    message = "Tidak ada tindakan yang dapat diajukan keberatan: putusannya tanpa tindakan."
