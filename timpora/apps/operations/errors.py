"""How operations refuse; each refusal says what to do."""

from timpora.kernel.errors import Refusal


class OperationsError(Refusal):
    """Root of this room's refusals."""

    code = "operations.refused"
    message = "Permintaan tentang operasi ini tidak dapat dilaksanakan."


class OperationUnreadable(OperationsError):
    """The name, order letter or phases of a new operation do not make sense."""

    code = "operations.operation-unreadable"
    message = "Isi nama operasi dan sedikitnya satu tahap yang selesai sesudah dimulai."


class OperationCodeTaken(OperationsError):
    """Another operation bears this code already."""

    code = "operations.code-taken"
    message = "Kode operasi ini sudah dipakai. Pilih kode lain."


class OperationClosed(OperationsError):
    """The operation has ended or was called off, so nothing is added to it."""

    code = "operations.operation-closed"
    message = "Operasi ini sudah berakhir; isinya tidak dapat ditambah."


class OfficeNotInOperation(OperationsError):
    """The actor's office does not take part in the operation."""

    code = "operations.office-not-in-operation"
    message = "Kantor ini tidak ikut dalam operasi. Minta posko pusat menambahkannya."


class ReadinessUnreadable(OperationsError):
    """The answer is none of the known ones, or lacks the reason that it needs."""

    code = "operations.readiness-unreadable"
    message = "Pilih kesiapan kantor; bila belum siap sepenuhnya, tulis apa yang kurang."


class NobodyToRemind(OperationsError):
    """Every office has answered for the phase already."""

    code = "operations.nobody-to-remind"
    message = "Semua kantor sudah menjawab untuk tahap ini."


class PeriodUnreadable(OperationsError):
    """A period lacks its name or the paper behind it, ends before it begins, or names no known region."""

    code = "operations.period-unreadable"
    message = "Isi nama, dasar, hari pertama dan terakhir, serta wilayah yang dikenal."


class TargetUnreadable(OperationsError):
    """A proposal lacks what makes it checkable: name, place, documented ground, what to check."""

    code = "operations.target-unreadable"
    message = "Lengkapi nama tempat, alamat, wilayah, dasar beserta uraiannya, dan apa yang diperiksa."


class PersonUnknown(OperationsError):
    """A linked person or indication is not there, or not the proposer's to see."""

    code = "operations.person-unknown"
    message = "Orang atau indikasi yang dikaitkan tidak ada di wilayah Anda."


class TargetDecided(OperationsError):
    """Somebody was first: a target is decided once."""

    code = "operations.target-decided"
    message = "Sasaran ini sudah diputus."


class TargetNotWithdrawn(OperationsError):
    """Only a target that teams may still be sent to can be taken back."""

    code = "operations.target-not-withdrawn"
    message = "Sasaran ini tidak dapat dicabut: belum disetujui, sudah dikunjungi, atau sudah dicabut."


class OwnProposal(OperationsError):
    """Who proposed may not decide (four eyes)."""

    code = "operations.own-proposal"
    message = "Pengusul tidak boleh memutus usulannya sendiri. Mintakan kepada pejabat lain."


class ReasonMissing(OperationsError):
    """A refusal, withdrawal or closing without a reason."""

    code = "operations.reason-missing"
    message = "Tulis alasannya."


class GroundUndocumented(OperationsError):
    """What was only heard cannot be approved: nobody is a target without a documented ground."""

    code = "operations.ground-undocumented"
    message = "Informasi lisan belum menjadi dasar. Tolak, atau minta pengusul menulis dasarnya."


class TeamMute(OperationsError):
    """Nobody of a team may report from the field, so its order would reach no phone."""

    code = "operations.team-mute"
    message = (
        "Tidak seorang pun di regu ini dapat melapor dari ponsel. Tambahkan petugas lapangan, atau kepala "
        "seksi Inteldakim."
    )


class TeamUnreadable(OperationsError):
    """A team lacks a name or a leader, or names an officer who is not of this office."""

    code = "operations.team-unreadable"
    message = "Isi nama regu, ketua, dan anggota dari petugas kantor ini."


class AssetUnreadable(OperationsError):
    """A thing of the office lacks a name or a number, or another bears the number already."""

    code = "operations.asset-unreadable"
    message = (
        "Tulis satu barang sebaris: nama, koma, nomor polisi atau inventaris yang belum dipakai barang lain."
    )


class AbsenceUnreadable(OperationsError):
    """An absence lacks its reason, ends before it begins, or is not of this office."""

    code = "operations.absence-unreadable"
    message = "Pilih petugas atau barang kantor ini, hari pertama dan terakhir, dan tulis alasannya."


class NeedUnreadable(OperationsError):
    """A need is no number from 0 to 999, or for a phase or target that is not this office's."""

    code = "operations.need-unreadable"
    message = "Kebutuhan adalah angka 0 sampai 999, untuk tahap atau sasaran kantor ini."


class ThingBooked(OperationsError):
    """An officer or a thing is booked already at that time; the database says so first."""

    code = "operations.thing-booked"
    message = "Petugas atau barang ini sudah terpakai pada waktu yang sama. Pilih yang lain."


class TargetNotFree(OperationsError):
    """A target is not approved, or another team has it already (F43)."""

    code = "operations.target-not-free"
    message = "Sasaran belum disetujui atau sudah ditugaskan kepada regu lain."


class OrderUnreadable(OperationsError):
    """An order lacks what the printed form needs."""

    code = "operations.order-unreadable"
    message = "Lengkapi isi surat perintah."


class OrderExists(OperationsError):
    """The team has a living order already."""

    code = "operations.order-exists"
    message = "Regu ini sudah mempunyai surat perintah."


class OwnOrder(OperationsError):
    """Who drafted an order may not issue it (four eyes)."""

    code = "operations.own-order"
    message = "Penyusun surat perintah tidak boleh menerbitkannya sendiri."


class OrderDecided(OperationsError):
    """The order is no longer a draft: it was issued or cancelled before."""

    code = "operations.order-decided"
    message = "Surat perintah ini sudah diterbitkan atau dibatalkan."


class OrderTooLate(OperationsError):
    """The order's last day is over, and an order is issued before the check (Pasal 30)."""

    code = "operations.order-too-late"
    message = "Hari terakhir surat perintah sudah lewat; surat diterbitkan sebelum pemeriksaan."


class OrderMoved(OperationsError):
    """The step does not follow from where the order stands."""

    code = "operations.order-moved"
    message = "Keadaan surat perintah ini sudah berubah. Muat ulang halamannya."


class OrderFollowed(OperationsError):
    """An order that follows a check that has happened is not taken back."""

    code = "operations.order-followed"
    message = "Surat ini menyusul pemeriksaan yang sudah terjadi, sehingga tidak dapat dicabut."


class LateReasonMissing(OperationsError):
    """An order that follows a check comes after its last day and does not say why."""

    code = "operations.late-reason-missing"
    message = "Surat ini lewat dari batasnya. Tulis mengapa terlambat; alasannya ikut tercetak."


class EncounterUnreadable(OperationsError):
    """A report before a check lacks the exception, the reason, who is met or the place."""

    code = "operations.encounter-unreadable"
    message = "Pilih keadaannya, dan tulis mengapa, siapa yang ditemui (tanpa nama), tempat, dan alamatnya."


class EncounterDecided(OperationsError):
    """Somebody was first: a check without an order is decided once."""

    code = "operations.encounter-decided"
    message = "Pemeriksaan langsung ini sudah diputus."


class OwnEncounter(OperationsError):
    """Who reports, or goes with the team, does not approve the check (four eyes)."""

    code = "operations.own-encounter"
    message = "Pelapor dan anggota regunya tidak boleh memutus. Mintakan kepada pejabat lain."


class EntryUnreadable(OperationsError):
    """An entry of a register lacks what it is for, or lies in the future."""

    code = "operations.entry-unreadable"
    message = "Isi register, waktu, tempat, peran yang terlibat, kejadian, tindakan, dan penerima laporan."


class EntryCorrected(OperationsError):
    """Another entry stands in place of this one already."""

    code = "operations.entry-corrected"
    message = "Catatan ini sudah dikoreksi; koreksilah catatan yang menggantikannya."


class MessageUnreadable(OperationsError):
    """A message without words, or for an office or owner that is not in the operation."""

    code = "operations.message-unreadable"
    message = "Tulis pesannya, dan pilih kantor yang ikut dalam operasi ini."


class MessageNotYours(OperationsError):
    """Neither the unit that has the message to settle nor the one that wrote it."""

    code = "operations.message-not-yours"
    message = "Pesan ini diselesaikan oleh pemegangnya atau posko yang mencatatnya."


class MessageCorrected(OperationsError):
    """The message was replaced by a later one, which is the one to work with."""

    code = "operations.message-corrected"
    message = "Pesan ini sudah dikoreksi; kerjakan pesan yang menggantikannya."


class DutyOfAnother(OperationsError):
    """A correction names another unit than the one that has the message to settle."""

    code = "operations.duty-of-another"
    message = (
        "Pesan ini harus diselesaikan pemegangnya; koreksi tidak memindahkannya. Teruskan pesan barunya."
    )


class MessageMoved(OperationsError):
    """The message is no longer where the officer saw it."""

    code = "operations.message-moved"
    message = "Pesan ini sudah diteruskan atau diselesaikan orang lain. Muat ulang jurnal."


class TeamNotOrdered(OperationsError):
    """A team without an issued order that holds today does not leave (Permen Imipas 2/2025 Pasal 30)."""

    code = "operations.team-not-ordered"
    message = "Regu berangkat setelah surat perintahnya terbit dan pada hari yang disebut di dalamnya."


class TeamBound(OperationsError):
    """An order of the team lives, or a check of it is not finished: it cannot be dissolved."""

    code = "operations.team-bound"
    message = "Regu ini punya surat perintah. Batalkan konsepnya atau cabut suratnya dahulu."


class TeamDissolved(OperationsError):
    """The team was dissolved before."""

    code = "operations.team-dissolved"
    message = "Regu ini sudah dibubarkan."


class TeamElsewhere(OperationsError):
    """The movement does not follow from where the team is."""

    code = "operations.team-elsewhere"
    message = "Gerak ini tidak cocok dengan keberadaan regu sekarang. Muat ulang, atau catat koreksi."


class OrderOver(OperationsError):
    """The order's days are over, or it was withdrawn: it authorises nobody to stand at a door any more."""

    code = "operations.order-over"
    message = (
        "Surat perintah ini tidak berlaku lagi, sehingga tidak ditunjukkan di lapangan. "
        "Bila masih diperlukan, minta kepala seksi membukanya di kantor atau menerbitkan yang baru."
    )


class TeamsNotReady(OperationsError):
    """A post takes along teams whose order is issued; without it nothing may be checked."""

    code = "operations.teams-not-ready"
    message = "Pilih regu kantor Anda yang surat perintahnya sudah terbit."


class OutfitUnfit(OperationsError):
    """What a post is to be put up with does not fit this system; nothing of it was taken."""

    code = "operations.outfit-unfit"
    message = "Bekal pos ini tidak terbaca. Ambil sekali lagi di kantor."


class NoteRefused(OperationsError):
    """A note of a post that cannot be taken in, by its author, office, hour, or what is here already."""

    code = "operations.note-refused"
    message = "Catatan pos ini tidak dapat diterima. Simpan laptopnya dan catat lagi dari sana."


class NotesOfOthers(OperationsError):
    """A file of notes of another office, or of an operation in which the actor's does not take part."""

    code = "operations.notes-of-others"
    message = (
        "Catatan ini dari pos kantor lain, atau operasinya tidak ada di sini. Bawa ke kantor pemberi bekal."
    )
