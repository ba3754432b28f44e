"""A file is brought in, at a desk or at the console: every line of it is answered (ADR 0017, 0021, 0027)."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from timpora.apps.findings import actions
from timpora.apps.findings.types import NewReport, PhotoLoad, Receipt, Withheld
from timpora.apps.identity import queries as identity
from timpora.apps.operations.errors import NotesOfOthers
from timpora.interface.bringing_photos import UNOPENED, photos_carry, why_not_carry
from timpora.interface.brought_lines import Carried, CarriedNote, note_lines, photo_lines
from timpora.interface.note_file import NoteFileUnreadable, is_note_file, note_file_read
from timpora.interface.phone_photo_file import (
    Parcel,
    PhonePhotosUnreadable,
    is_phone_photo_file,
    phone_photo_file_read,
)
from timpora.interface.photo_file import PhotoFileUnreadable, is_photo_file, photo_file_read
from timpora.interface.post_file import LARGEST
from timpora.interface.queue_file import Entry, QueueFileUnreadable, entry_open, queue_file_read
from timpora.interface.sentences import told
from timpora.kernel.access import AccessDenied, Actor, P, holds
from timpora.kernel.errors import Refusal

# What a file of photos may weigh, the heaviest of the kinds.
LARGEST_FILE: Final = LARGEST
# Of a phone's identifier.
SHOWN: Final = 4


class PostFileOfOthers(Refusal):
    """An officer chose a file of a post."""

    code = "field.post-file-of-others"
    message = gettext_noop("Berkas pos dimasukkan kepala seksi Inteldakim.")


# Of a whole file: it is not ours, or not the actor's to bring.
UNREADABLE: Final = (
    QueueFileUnreadable,
    PhotoFileUnreadable,
    PhonePhotosUnreadable,
    NoteFileUnreadable,
    PostFileOfOthers,
    NotesOfOthers,
)


@dataclass(frozen=True, slots=True)
class PhoneLoad:
    """One of `of` photo files of a phone; `part` is 0 where its queue told of them."""

    device: UUID
    part: int
    of: int
    cut: str


@dataclass(slots=True)
class Brought:
    """What came of the files so far."""

    lines: list[Carried] = field(default_factory=list)
    notes: list[CarriedNote] = field(default_factory=list)
    loads: list[tuple[PhotoLoad, bool]] = field(default_factory=list)
    phones: list[tuple[PhoneLoad, bool]] = field(default_factory=list)
    device: str = ""

    @property
    def refused(self) -> int:
        """Return how many lines were not taken, or not whole."""
        tones = [line.tone for line in self.lines] + [note.tone for note in self.notes]
        return tones.count("stop")


REFUSED: Final = ("stop", gettext_lazy("tidak diterima"))
Said = tuple[str, Promise | str, Promise | str]
# The first that holds of a receipt says what became of the report.
ANSWERS: Final[tuple[tuple[Callable[[Receipt], bool], Said], ...]] = (
    (
        lambda receipt: receipt.is_withheld,
        (
            "waiting",
            gettext_lazy("ditahan"),
            gettext_lazy("Disimpan di karantina dan belum dihitung, sampai kepala seksi memutuskannya."),
        ),
    ),
    (
        lambda receipt: receipt.is_conflict,
        (
            "caution",
            gettext_lazy("isi berbeda"),
            gettext_lazy("Isi lain dengan kode ini sudah ada. Keduanya disimpan untuk dibandingkan."),
        ),
    ),
    (lambda receipt: receipt.is_repeat, ("info", gettext_lazy("sudah ada"), "")),
    (lambda _receipt: True, ("good", gettext_lazy("diterima"), "")),
)


def in_order(file: "UploadedFile[bytes]") -> int:
    """Return the turn of a file: checks before the reports of them, photos after what names them."""
    if is_note_file(file):
        return 0
    return 2 if is_photo_file(file) or is_phone_photo_file(file) else 1


def bring(actor: Actor, file: "UploadedFile[bytes]", brought: Brought) -> None:
    """Bring a file in, whichever it is, and add to what came; raises one of `UNREADABLE`."""
    is_notes = is_note_file(file)
    if (is_notes or is_photo_file(file)) and not holds(actor, P.FINDINGS_REPORT_CARRY):
        raise PostFileOfOthers
    if is_notes:
        notes, proven = note_file_read(file)
        brought.notes += note_lines(actions.notes_bring(actor, load=notes, proven=proven))
        return
    if is_photo_file(file):
        load = photo_file_read(file)
        came = actions.day_photos_bring(actor, load=load)
        # Of all files of a day at once, only what they say of themselves is kept.
        brought.loads.append((replace(load, slots=()), all(one.is_known for one in came)))
        brought.lines += photo_lines(came)
        return
    if is_phone_photo_file(file):
        _bring_phone_photos(actor, phone_photo_file_read(file), brought)
        return
    queue = queue_file_read(file)
    brought.device = str(queue.device)[-SHOWN:]
    if queue.photos:
        brought.phones.append((PhoneLoad(queue.device, 0, queue.photos.of, queue.photos.cut), False))
    authors = {entry.officer: identity.author_get(entry.officer) for entry in queue.entries}
    brought.lines += [_carry(actor, entry, authors[entry.officer]) for entry in queue.entries]


def _bring_phone_photos(actor: Actor, parcel: Parcel, brought: Brought) -> None:
    lines, is_taken = photos_carry(actor, parcel)
    brought.lines += lines
    load = PhoneLoad(parcel.device, parcel.part, parcel.of, parcel.cut)
    brought.phones.append((load, is_taken))


def _carry(actor: Actor, entry: Entry, author: Actor | None) -> Carried:
    """Put one report through the same door as every other; whoever wrote it stays its officer."""
    line = Carried(entry.number, entry.seq, "", *REFUSED)
    opened = entry_open(entry)
    if opened is None:
        return replace(line, because=str(UNOPENED))
    if entry.officer == actor.id:
        return _taken(line, actor, lambda: actions.report_submit(actor, report=opened.report))
    if why := why_not_carry(actor, is_sealed=opened.is_sealed):
        return replace(line, because=str(why))
    if author is not None and author.grants:
        report = replace(opened.report, author=author)
        return _taken(line, author, lambda: actions.report_submit(actor, report=report))
    return _of_closed(actor, entry, opened.report, line)


def _of_closed(actor: Actor, entry: Entry, report: NewReport, line: Carried) -> Carried:
    """Keep the report of somebody who is no officer any more, and was one when he wrote it."""
    then = identity.author_get(entry.officer, on=report.captured_at.date())
    if then is None or not then.grants:
        return replace(line, because=_("Petugasnya tidak dikenal, atau tidak bertugas pada hari itu."))
    kept, reason = replace(report, author=then), Withheld.OFFICER
    return _taken(line, then, lambda: actions.report_withhold(actor, report=kept, reason=reason))


def _taken(line: Carried, author: Actor, take: Callable[[], Receipt]) -> Carried:
    """Return the line with what came of it; who wrote a report is told to whoever may bring it in."""
    try:
        receipt = take()
    except AccessDenied:
        return replace(line, because=_("Bukan laporan dari wilayah kerja Anda."))
    except Refusal as refusal:
        return replace(line, because=told(refusal))
    tone, word, because = next(said for holds_for, said in ANSWERS if holds_for(receipt))
    return replace(line, officer=author.name, tone=tone, word=word, because=str(because))
