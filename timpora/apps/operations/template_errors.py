"""How templates and their annexes refuse; each refusal says what to do."""

from timpora.apps.operations.errors import OperationsError


class TemplateUnreadable(OperationsError):
    """A template lacks its name, a kind of operation that its owner opens, or an SOP that is shipped."""

    code = "operations.template-unreadable"
    message = "Isi nama templat, pilih jenis operasi yang dapat dibuka unit ini, dan pilih versi SOP."


class TemplatePhasesUnreadable(OperationsError):
    """A phase without a name, or with days that are none."""

    code = "operations.template-phases-unreadable"
    message = "Tiap tahap bernama, mulai pada hari 0 sampai 366, dan lamanya 1 sampai 366 hari."


class TemplateFormUnreadable(OperationsError):
    """The report form cannot be asked as it stands; the detail names the question."""

    code = "operations.template-form-unreadable"
    message = "Formulir laporan tidak dapat dipakai. Perbaiki pertanyaannya."


class TemplateMoved(OperationsError):
    """Somebody changed the draft since the officer saw it."""

    code = "operations.template-moved"
    message = "Rancangan ini sudah diubah orang lain. Muat ulang, lalu kerjakan lagi."


class TemplateSettled(OperationsError):
    """There is no draft: the last version stands, and a change begins with a new draft."""

    code = "operations.template-settled"
    message = "Versi yang terbit tidak berubah. Mulai rancangan versi berikutnya."


class TemplateDrafted(OperationsError):
    """A draft of the next version is there already."""

    code = "operations.template-drafted"
    message = "Rancangan versi berikutnya sudah ada. Lanjutkan yang itu."


class TemplateIncomplete(OperationsError):
    """A version has a phase or more, so that an operation can be opened from it."""

    code = "operations.template-incomplete"
    message = "Isi sedikitnya satu tahap sebelum menerbitkan."


class OwnTemplate(OperationsError):
    """Who changed the draft last may not publish it (four eyes)."""

    code = "operations.own-template"
    message = "Pengubah terakhir tidak boleh menerbitkan rancangannya sendiri. Mintakan kepada pejabat lain."


class VersionWithdrawn(OperationsError):
    """The version was withdrawn: it is offered no more."""

    code = "operations.version-withdrawn"
    message = "Versi templat ini sudah ditarik. Pilih versi lain."


class VersionUnfit(OperationsError):
    """The version is not for this kind of operation."""

    code = "operations.version-unfit"
    message = "Templat ini bukan untuk jenis operasi yang dipilih."


class AnnexUnreadable(OperationsError):
    """An annex without a title or bytes, or of a kind that is not taken."""

    code = "operations.annex-unreadable"
    message = "Tulis judulnya dan pilih berkas PDF, DOCX, XLSX, JPEG, atau PNG yang utuh."


class AnnexTooLarge(OperationsError):
    """A file larger than a phone line carries, or a picture larger than a screen can unfold."""

    code = "operations.annex-too-large"
    message = "Lampiran paling besar 10 MB, dan gambar paling besar 50 megapiksel. Kecilkan berkasnya."


class AnnexLoaded(OperationsError):
    """A file that does something when it is opened: macros, scripts, files within, a password."""

    code = "operations.annex-loaded"
    message = (
        "Berkas ini memuat makro, skrip, berkas di dalamnya, tautan keluar, atau sandi. "
        "Simpan ulang sebagai dokumen biasa."
    )


class AnnexTooMany(OperationsError):
    """More annexes than anybody reads."""

    code = "operations.annex-too-many"
    message = "Paling banyak 10 lampiran. Hapus yang tidak dipakai."


class AnnexTwice(OperationsError):
    """The same bytes are an annex of this draft already."""

    code = "operations.annex-twice"
    message = "Berkas yang sama sudah menjadi lampiran rancangan ini."
