"""How the findings refuse; a phone that is refused keeps its copy."""

from collections.abc import Sequence

from timpora.domain.report_forms import AnswerFault
from timpora.kernel.errors import Refusal


class TaskUnknown(Refusal):
    """The target is not approved, has no order, or is not of the reporter's team (Pasal 30)."""

    code = "findings.task-unknown"
    message = (
        "Sasaran ini bukan tugas Anda, atau surat perintahnya belum terbit. "
        "Laporan tetap tersimpan di ponsel; hubungi kepala seksi."
    )


class EncounterUnknown(Refusal):
    """The check without an order is not approved, or not of the reporter's team (Pasal 30)."""

    code = "findings.encounter-unknown"
    message = (
        "Pemeriksaan langsung ini bukan dari regu Anda, atau belum disetujui pejabat. "
        "Laporan tetap tersimpan di ponsel; hubungi kepala seksi."
    )


class ExplanationNotWanted(Refusal):
    """An explanation without words, or of a report that kept the order."""

    code = "findings.explanation-not-wanted"
    message = "Tulis penjelasannya. Hanya laporan yang melanggar urutan SOP yang dijelaskan."


class OfficeUnknown(Refusal):
    """The unit of the reporter takes no part in the operation."""

    code = "findings.office-unknown"
    message = "Kantor Anda tidak termasuk dalam operasi ini, atau operasinya tidak ada."


class NilWithPeople(Refusal):
    """A nil report names somebody."""

    code = "findings.nil-with-people"
    message = "Laporan nihil tidak memuat orang atau temuan. Ubah jenisnya menjadi pemeriksaan."


class ReportIdTaken(Refusal):
    """The identifier is in use where the reporter cannot see."""

    code = "findings.report-id-taken"
    message = "Kode laporan ini sudah dipakai. Buat laporan baru; isinya tetap tersimpan di ponsel."


class ContentsTooMany(Refusal):
    """An officer has sent so many contents under one identifier that no more are taken."""

    code = "findings.contents-too-many"
    message = (
        "Laporan ini sudah dikirim dengan terlalu banyak isi yang berbeda. Isi ini tetap tersimpan di "
        "ponsel; buat laporan baru, atau hubungi kepala seksi."
    )


class ConflictMoved(Refusal):
    """Another content has arrived since the comparison, or somebody has settled it."""

    code = "findings.conflict-moved"
    message = (
        "Isi laporan ini berubah sejak Anda membandingkannya, atau sudah diputus. Bandingkan sekali lagi."
    )


class OwnContent(Refusal):
    """Whoever sent one of the contents does not decide between them."""

    code = "findings.own-content"
    message = "Anda mengirim salah satu isi ini; yang memutus harus orang lain."


class ReasonMissing(Refusal):
    """A decision between two contents needs its reason."""

    code = "findings.reason-missing"
    message = "Tulis alasan mengapa isi ini yang berlaku."


class DeviceRevoked(Refusal):
    """The phone was revoked already; that is final."""

    code = "findings.device-revoked"
    message = "Ponsel ini sudah dicabut."


class BecauseMissing(Refusal):
    """What is decided about a phone, its reports or its numbers needs a reason."""

    code = "findings.because-missing"
    message = "Tulis alasannya."


class QuarantineDecided(Refusal):
    """Somebody was faster."""

    code = "findings.quarantine-decided"
    message = "Laporan ini sudah diputus."


class OwnReport(Refusal):
    """Whoever wrote a report does not release it."""

    code = "findings.own-report"
    message = "Laporan ini Anda tulis sendiri; yang memutus harus orang lain."


class GapMoved(Refusal):
    """The numbers arrived meanwhile, are still on their way, or somebody closed them."""

    code = "findings.gap-moved"
    message = "Nomor ini sudah tiba, masih di jalan, atau sudah ditutup. Muat ulang halaman ini."


class GapTooWide(Refusal):
    """No phone of ours counts that far; closing it would hide what is still to be numbered (P5)."""

    code = "findings.gap-too-wide"
    message = (
        "Terlalu banyak nomor: ponsel ini tidak menghitung sejauh itu, dan menutupnya menyembunyikan nomor "
        "yang masih akan hilang. Cabut ponselnya, supaya ia mulai lagi sebagai ponsel baru."
    )


class OwnPhone(Refusal):
    """Whoever's reports they are does not close their gap."""

    code = "findings.own-phone"
    message = "Laporan di sekitar nomor ini Anda kirim sendiri; yang menutup harus orang lain."


class AnswersWrong(Refusal):
    """Answers that the operation's report form does not take; `faults` say which, and what to do."""

    code = "findings.answers-wrong"
    message = "Jawaban formulir laporan belum dapat diterima. Perbaiki jawaban yang disebut, lalu kirim lagi."

    def __init__(self, faults: Sequence[AnswerFault] = ()) -> None:
        super().__init__()
        self.faults = tuple(faults)


class PhotoAhead(Refusal):
    """Bytes before this piece are missing, or it goes beyond the photo's end: ask how much has arrived."""

    code = "findings.photo-ahead"
    message = "Potongan foto ini tidak menyambung. Tanyakan dahulu berapa yang sudah tiba."


class PhotoPieceSmall(Refusal):
    """A piece that is neither large nor the last: a photo of a million pieces would bury the office."""

    code = "findings.photo-piece-small"
    message = "Potongan foto ini terlalu kecil. Muat ulang formulir; foto tetap tersimpan di ponsel."


class PhotoNotJpeg(Refusal):
    """Only what begins like a photo of a phone is taken, whatever it is called."""

    code = "findings.photo-not-jpeg"
    message = "Berkas ini bukan foto JPEG."


class PhotoGivenUp(Refusal):
    """What arrived was never the photo that the report names."""

    code = "findings.photo-given-up"
    message = "Foto ini sudah beberapa kali tiba berubah; isinya bukan yang disebut laporan."


class PhotoAltered(Refusal):
    """What is kept has not the digest any more that the report names; it is not handed out (P6)."""

    code = "findings.photo-altered"
    message = "Foto yang tersimpan tidak lagi sama dengan yang disebut laporan. Hubungi administrator sistem."


class MinutesAltered(Refusal):
    """What is kept has not the digest any more that the phone computed; it is not handed out (B13)."""

    code = "findings.minutes-altered"
    message = "Berita acara tersimpan tidak lagi sama dengan hitungan ponsel. Hubungi administrator sistem."


class PhotoMissing(Refusal):
    """The phone has not sent all of it yet."""

    code = "findings.photo-missing"
    message = "Foto ini belum tiba seluruhnya."


class DayGrown(Refusal):
    """The photos of a day were listed before its reports named more of them."""

    code = "findings.day-grown"
    message = (
        "Laporan hari itu bertambah sejak daftar ini dibuka, jadi pembagian berkas fotonya berubah. Ambil "
        "semua berkas foto hari itu sekali lagi; yang sudah diambil tadi boleh dihapus."
    )
