"""How identity refuses."""

from timpora.kernel.errors import Refusal


class SignInRefused(Refusal):
    """Name and password do not belong together, or the account is closed; which, is not said."""

    code = "identity.sign-in-refused"
    message = "Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi."


class SignInThrottled(Refusal):
    """Too many refused tries for this account or from this address."""

    code = "identity.sign-in-throttled"
    message = "Terlalu banyak percobaan. Tunggu 15 menit, atau hubungi administrator kantor Anda."


class SignInBusy(Refusal):
    """More sign-ins are being checked at this moment than the program has room for; nothing is counted."""

    code = "identity.sign-in-busy"
    message = "Banyak yang sedang masuk. Coba lagi sebentar."


class NoAssignment(Refusal):
    """The account exists but has no assignment in force today."""

    code = "identity.no-assignment"
    message = "Akun Anda tidak mempunyai penugasan yang berlaku hari ini. Hubungi administrator kantor Anda."


class PurposeUnreadable(Refusal):
    """The purpose of the work session is not of a known kind or lacks its reference."""

    code = "identity.purpose-unreadable"
    message = "Pilih jenis tujuan dan tulis rujukannya, misalnya nomor surat atau nama operasi."


class AssignmentUnreadable(Refusal):
    """A seeded or granted assignment names an unknown role, unit or territory."""

    code = "identity.assignment-unreadable"
    message = "Penugasan menyebut peran, unit, atau wilayah yang tidak dikenal."


class LetterheadUnreadable(Refusal):
    """A letterhead lacks what every letter prints, or a line is too long for the paper."""

    code = "identity.letterhead-unreadable"
    message = "Kop surat memerlukan nama kantor, alamat, dan kota; setiap baris paling panjang 160 huruf."


class ActingUnreadable(Refusal):
    """Somebody is to stand in without a head's role, a decree, a known end, or at an unknown unit."""

    code = "identity.acting-unreadable"
    message = (
        "Plt. dan Plh. memerlukan jabatan kepala, unit, nomor surat, dan masa dari hari pertama sampai "
        "hari terakhir yang belum lewat."
    )


class ActingForOneself(Refusal):
    """Whoever keeps the accounts would appoint himself to decide."""

    code = "identity.acting-for-oneself"
    message = "Tidak seorang pun menunjuk dirinya sendiri; minta pengelola akun lain mencatatnya."


class ActingTwice(Refusal):
    """The officer stands in there for some of these days already."""

    code = "identity.acting-twice"
    message = "Petugas ini sudah ditugaskan di jabatan dan unit itu pada sebagian masa tersebut."


class NoPostRole(Refusal):
    """Whoever has nothing to do at a post on a laptop does not travel along."""

    code = "identity.no-post-role"
    message = "Petugas ini tidak mempunyai jabatan yang bertugas di pos."
