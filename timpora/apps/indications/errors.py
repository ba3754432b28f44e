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


class ExplanationsOpen(Refusal):
    """An indication cannot be upheld while an innocent explanation was not ruled out."""

    code = "indications.explanations-open"
    message = "Singkirkan dahulu setiap penjelasan yang wajar, atau pilih penilaian lain."


class RuleNotStopped(Refusal):
    """The rule runs already: nothing is there to lift."""

    code = "indications.rule-not-stopped"
    message = "Aturan ini tidak sedang dihentikan. Muat ulang halaman."
