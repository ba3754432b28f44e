"""How the indications refuse."""

from timpora.kernel.errors import Refusal


class VerdictUnreadable(Refusal):
    """A verdict without its kind or its reason."""

    code = "indications.verdict-unreadable"
    message = "Pilih penilaian dan tulis alasannya dengan satu kalimat."


class IndicationClosed(Refusal):
    """The indication was judged by somebody else meanwhile."""

    code = "indications.closed"
    message = "Indikasi ini sudah dinilai. Muat ulang halaman untuk melihat penilaiannya."
