"""How the registry refuses."""

from timpora.kernel.errors import Refusal


class PersonUnknown(Refusal):
    """A merge names a person that is not there or was merged already."""

    code = "registry.person-unknown"
    message = "Salah satu orang tidak ada atau sudah digabung. Muat ulang halaman, lalu coba lagi."


class SamePerson(Refusal):
    """A person cannot be merged with itself."""

    code = "registry.same-person"
    message = "Keduanya sudah orang yang sama."


class MergeUndone(Refusal):
    """The merge was undone before."""

    code = "registry.merge-undone"
    message = "Penggabungan ini sudah dibatalkan."


class MergeBuried(Refusal):
    """The kept person was itself merged later; that merge must be undone first."""

    code = "registry.merge-buried"
    message = "Orang ini kemudian digabung lagi. Batalkan dahulu penggabungan yang lebih baru."


class ReasonMissing(Refusal):
    """Whoever merges or separates says why."""

    code = "registry.reason-missing"
    message = "Tulis alasannya dengan satu kalimat."
