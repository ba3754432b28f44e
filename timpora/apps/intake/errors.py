"""Why a list is refused; every refusal says what to do next.

`message` is the message id (Indonesian) with named places; `places` fills them, so that a
screen can translate the sentence before it fills it.
"""

from typing import ClassVar

from timpora.kernel.errors import Refusal


class IntakeError(Refusal):
    """A list, a column choice or a pair was refused."""

    code: ClassVar[str] = "intake.refused"
    message: ClassVar[str] = "Daftar tidak dapat diterima."

    def __init__(self, **places: object) -> None:
        self.places = places
        super().__init__(self.message % places if places else self.message)


class FileUnreadable(IntakeError):
    """The file itself cannot be read as a list."""

    code = "intake.unreadable"
    message = "Berkas rusak atau terpotong. Buka di Excel, simpan ulang sebagai .xlsx, lalu kirim lagi."


class FileEmpty(FileUnreadable):
    """Not one byte, or not one filled cell."""

    code = "intake.empty"
    message = "Berkas kosong. Periksa apakah berkas yang benar yang dipilih, lalu kirim lagi."


class NoRows(FileUnreadable):
    """There is a header and nothing under it."""

    code = "intake.no-rows"
    message = (
        "Judul kolom terbaca, tetapi tidak ada satu baris data pun di bawahnya. "
        "Bila memang tidak ada orang asing yang dilaporkan, daftar ini tidak perlu dikirim; "
        "bila ada, periksa lembar pertama berkas."
    )


class NoHeader(FileUnreadable):
    """No row looks like column titles."""

    code = "intake.no-header"
    message = (
        "Baris judul kolom tidak ditemukan pada %(looked)s baris pertama. "
        "Beri judul pada setiap kolom (misalnya Nama, No Paspor, Kewarganegaraan), lalu kirim lagi."
    )


class WrongFileType(FileUnreadable):
    """The content is of another type than a table, whatever the file is called."""

    code = "intake.wrong-type"
    message = (
        "Isi berkas adalah %(seen)s, bukan tabel. "
        "Mintalah berkas Excel (.xlsx) atau CSV kepada pengirim, lalu kirim lagi."
    )


class OldWorkbook(FileUnreadable):
    """A workbook in a form that is not read (xls, xlsb, ods)."""

    code = "intake.old-workbook"
    message = "Berkas berbentuk %(seen)s. Buka di Excel, pilih Simpan Sebagai > .xlsx, lalu kirim lagi."


class WorkbookEncrypted(FileUnreadable):
    """The workbook asks for a password."""

    code = "intake.encrypted"
    message = (
        "Berkas Excel dikunci dengan kata sandi. Buka, hapus kata sandinya "
        "(Berkas > Info > Lindungi), simpan, lalu kirim lagi."
    )


class FileTooLarge(FileUnreadable):
    """More bytes than one list may have."""

    code = "intake.too-large"
    message = "Berkas berukuran %(megabytes)s MB; batasnya %(limit)s MB. Bagi menjadi beberapa berkas."


class WorkbookTooLarge(FileUnreadable):
    """The sheet claims more cells than one machine should hold at once."""

    code = "intake.too-many-cells"
    message = (
        "Lembar menjangkau %(rows)s baris x %(columns)s kolom; batas Excel di sini %(limit)s sel. "
        "Hapus isi yang jauh di luar tabel, atau simpan sebagai CSV, lalu kirim lagi."
    )


class WorkbookBomb(FileUnreadable):
    """A small file that swells beyond reason when opened (CWE-409)."""

    code = "intake.bomb"
    message = (
        "Berkas memuai tidak wajar bila dibuka, sehingga ditolak sebelum dibuka. "
        "Salin tabelnya ke berkas Excel baru atau CSV, lalu kirim lagi."
    )


class RowUnreadable(FileUnreadable):
    """A delimited file goes wrong at one row, mostly for a quote that is never closed."""

    code = "intake.row-unreadable"
    message = (
        'CSV tidak terbaca pada baris %(row)s: tanda kutip (") mungkin tidak ditutup. '
        "Perbaiki baris itu atau kirim sebagai .xlsx."
    )


class MappingIncomplete(IntakeError):
    """Columns that the kind of list cannot do without are not chosen."""

    code = "intake.mapping-incomplete"
    message = "Belum ada kolom untuk: %(missing)s. Pilih kolomnya, atau isi satu nilai untuk seluruh daftar."


class MappingUnknownField(IntakeError):
    """The mapping names a field that this kind of list does not have, or one field twice."""

    code = "intake.mapping-field"
    message = "Isian %(field)s tidak dikenal atau dipilih dua kali. Periksa pilihan kolom."


class SubmissionBusy(IntakeError):
    """The machine works on the list, or it went in already."""

    code = "intake.busy"
    message = "Daftar ini sedang atau sudah diproses. Muat ulang halaman untuk melihat keadaannya."


class KindUnknown(IntakeError):
    """The kind of list is none of the four."""

    code = "intake.kind"
    message = "Jenis daftar tidak dikenal. Pilih perlintasan, izin tinggal, penginapan, atau TKA."


class KindNotYours(IntakeError):
    """The list tells what only a register of Immigration tells, and its sender keeps no such register."""

    code = "intake.kind-not-yours"
    message = "Daftar perlintasan dan izin tinggal hanya dari Imigrasi. Pilih penginapan atau TKA."


class AnswerMissing(IntakeError):
    """Neither "one person" nor "two" was chosen."""

    code = "intake.answer-missing"
    message = "Pilih salah satu."


class PairDecided(IntakeError):
    """Somebody decided the pair before."""

    code = "intake.pair-decided"
    message = "Pasangan ini sudah diputus oleh %(by)s. Muat ulang halaman; keputusan dapat dibatalkan."


class PairUndecided(IntakeError):
    """There is no decision to take back."""

    code = "intake.pair-undecided"
    message = "Pasangan ini belum diputus, jadi tidak ada yang dibatalkan."
