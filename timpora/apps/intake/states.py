"""How a submission and a pair move on."""

from enum import StrEnum


class SubmissionState(StrEnum):
    """Where a list stands; the value is what the database keeps."""

    RECEIVED = "diterima"
    QUEUED = "antre"
    READING = "dibaca"
    LINKING = "dihubungkan"
    DONE = "selesai"
    REFUSED = "ditolak"
    FAILED = "gagal"

    @classmethod
    def settled(cls) -> "tuple[SubmissionState, ...]":
        """Return the states in which nothing more happens by itself."""
        return (cls.DONE, cls.REFUSED, cls.FAILED)

    @classmethod
    def running(cls) -> "tuple[SubmissionState, ...]":
        """Return the states in which the machine works on the list."""
        return (cls.QUEUED, cls.READING, cls.LINKING)


class PairState(StrEnum):
    """What was made of a pair; `AUTOMATIC` was joined by the machine and can be taken back."""

    WAITING = "menunggu"
    SAME = "sama"
    DIFFERENT = "beda"
    AUTOMATIC = "otomatis"
