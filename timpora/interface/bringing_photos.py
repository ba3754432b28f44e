"""The photos of a phone are brought in: a line for each report, the same under a seal as without (P26)."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timpora.apps.findings import actions
from timpora.apps.findings.types import PhonePhoto, PhotoAnswer, PhotoFate
from timpora.interface.brought_lines import Carried
from timpora.interface.phone_photo_file import Parcel, PhotoEntry, photo_open
from timpora.kernel.access import Actor, P, holds

NOT_OWN: Final = gettext_lazy("Milik petugas lain: kepala seksinya yang memasukkan.")
UNSEALED: Final = gettext_lazy("Tidak tersandi, jadi tidak terbukti milik siapa: hanya petugasnya sendiri.")
UNOPENED: Final = gettext_lazy("Tidak terbaca: rusak, diubah, atau disandi dengan kunci lama.")
WHY: Final[dict[PhotoFate, Promise]] = {
    PhotoFate.REPORTLESS: gettext_lazy(
        "Laporannya belum ada di sini, masih di karantina, atau bukan dari wilayah kerja Anda. Masukkan "
        "dahulu berkas laporannya, lalu berkas foto ini sekali lagi."
    ),
    PhotoFate.UNNAMED: gettext_lazy("Laporannya tidak menyebut foto ini."),
    PhotoFate.SPOILT: gettext_lazy("Isinya bukan foto yang disebut laporannya: rusak, atau diganti."),
}


@dataclass(slots=True)
class _Line:
    """The photos of one report, as they are counted together."""

    entry: PhotoEntry
    officer: str = ""
    taken: int = 0
    refused: Counter[str] = field(default_factory=Counter)


def why_not_carry(actor: Actor, *, is_sealed: bool) -> Promise | str:
    """Return why somebody else's report or photo is not the actor's to bring in, or nothing."""
    if not holds(actor, P.FINDINGS_REPORT_CARRY):
        return NOT_OWN
    return "" if is_sealed else UNSEALED


def photos_carry(actor: Actor, parcel: Parcel) -> tuple[list[Carried], bool]:
    """Bring the photos of a file in; return a line for each report, and whether none has to come again."""
    lines: dict[object, _Line] = {}
    opened: list[PhonePhoto] = []
    for entry, data in parcel.photos:
        line = lines.setdefault((entry.report, entry.officer), _Line(entry))
        photo = _look(actor, entry, data)
        if isinstance(photo, PhonePhoto):
            opened.append(photo)
        else:
            line.refused[str(photo)] += 1
    answers: list[PhotoAnswer] = []
    if opened:
        answers = actions.phone_photos_bring(
            actor, device_id=parcel.device, part=parcel.part, of=parcel.of, photos=opened
        )
    for photo, answer in zip(opened, answers, strict=True):
        _note(lines[photo.report_id, photo.officer_id], answer)
    may_all = holds(actor, P.FINDINGS_REPORT_CARRY) or all(e.officer == actor.id for e, _ in parcel.photos)
    is_taken = may_all and all(one.fate is not PhotoFate.REPORTLESS for one in answers)
    return sorted(map(_told, lines.values()), key=lambda one: (one.seq, one.number)), is_taken


def _look(actor: Actor, entry: PhotoEntry, data: bytes) -> PhonePhoto | Promise | str:
    """Return a photo that the actor may bring in, or why not."""
    if entry.officer != actor.id and (why := why_not_carry(actor, is_sealed=bool(entry.key_id))):
        return why
    return photo_open(entry, data) or UNOPENED


def _note(line: _Line, answer: PhotoAnswer) -> None:
    line.officer = line.officer or answer.officer
    if answer.fate is PhotoFate.BROUGHT:
        line.taken += 1
    else:
        line.refused[str(WHY[answer.fate])] += 1


def _told(line: _Line) -> Carried:
    entry, refused = line.entry, line.refused.total()
    told = {"taken": line.taken, "refused": refused}
    if not refused:
        word = _("%(taken)s foto dibawa") % told
        return Carried(entry.number, entry.seq, line.officer, "good", word)
    word = _("%(refused)s foto tidak diterima") % told
    if line.taken:
        word = _("%(taken)s foto dibawa, %(refused)s tidak diterima") % told
    return Carried(entry.number, entry.seq, line.officer, "stop", word, " ".join(line.refused))
