"""What became of the parts of a file that was brought in, a line each; nothing of what they say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timpora.apps.findings.types import Brought, NoteAnswer, NoteKind, NoteOutcome
from timpora.interface.sentences import told


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one report of the file, or of its photos."""

    number: str
    seq: int
    officer: str
    tone: str
    word: str | Promise
    because: str = ""


@dataclass(frozen=True, slots=True)
class CarriedNote:
    """What became of one note of the file."""

    at: datetime
    kind: str | Promise
    officer: str
    tone: str
    word: str | Promise
    because: str = ""


NOTE_KINDS: Final[dict[NoteKind, Promise]] = {
    NoteKind.JOURNAL: gettext_lazy("Jurnal"),
    NoteKind.MOVEMENT: gettext_lazy("Gerak regu"),
    NoteKind.REGISTER: gettext_lazy("Register"),
    NoteKind.ENCOUNTER: gettext_lazy("Pemeriksaan langsung"),
    NoteKind.CLOSURE: gettext_lazy("Nomor laporan yang ditutup"),
}
OUTCOMES: Final[dict[NoteOutcome, tuple[str, Promise]]] = {
    NoteOutcome.NEW: ("good", gettext_lazy("diterima")),
    NoteOutcome.GROWN: ("good", gettext_lazy("bertambah")),
    NoteOutcome.SAME: ("info", gettext_lazy("sudah ada")),
    NoteOutcome.PART: ("stop", gettext_lazy("diterima sebagian")),
    NoteOutcome.REFUSED: ("stop", gettext_lazy("tidak diterima")),
}


def note_lines(answers: Iterable[NoteAnswer]) -> list[CarriedNote]:
    """Tell of each note what became of it."""
    return [
        CarriedNote(one.at, NOTE_KINDS[one.kind], one.by, *OUTCOMES[one.outcome], told(one.because))
        for one in answers
    ]


def photo_lines(brought: Iterable[Brought]) -> list[Carried]:
    """Tell of each report how many of its photos are here.

    Those under a seal read like those that had not come to the post either (P26).
    """
    return [_line(one) for one in sorted(brought, key=lambda one: (one.seq, one.number))]


def _line(one: Brought) -> Carried:
    if not one.is_known:
        because = _(
            "Laporannya belum ada di sini, masih di karantina, atau bukan dari wilayah kerja Anda. Masukkan "
            "dahulu berkas laporannya, lalu berkas foto ini sekali lagi."
        )
        return Carried(one.number, one.seq, one.officer, "stop", _("foto tidak diterima"), because)
    told = {"here": one.here, "named": one.named}
    if one.here == one.named:
        return Carried(one.number, one.seq, one.officer, "good", _("%(here)s foto ada") % told)
    because = _("Yang belum tiba di pos saat berkas diambil ikut dalam berkas yang diambil sesudahnya.")
    word = _("%(here)s dari %(named)s foto ada") % told
    return Carried(one.number, one.seq, one.officer, "waiting", word, because)
