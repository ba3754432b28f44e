"""How access is refused."""

from timpora.kernel.errors import Refusal


class AccessDenied(Refusal):
    """The actor has no right here; on screens this is indistinguishable from an absent thing (P10)."""

    code = "access.denied"
    message = "Tidak ada di sini, atau bukan kewenangan Anda."


class PurposeMissing(Refusal):
    """Personal data was asked for without a purpose of the work session (B4, P18)."""

    code = "access.purpose-missing"
    message = "Pilih dahulu tujuan kerja: data orang hanya dibuka untuk tujuan yang dicatat."


class NotHuman(Refusal):
    """A job or command tried to take a decision, which only a named human may."""

    code = "access.not-human"
    message = "Keputusan hanya oleh manusia yang bernama."
