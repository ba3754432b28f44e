"""What a post noted beside its reports goes home by file: notes of the operation, and gaps closed by hand.

The day is handed over whole and comes in once (ADR 0027); `operations` takes its own notes in, and this room
what was answered about numbers of phones.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from timpora.apps.findings.closing import BECAUSE_MAX, WIDEST
from timpora.apps.findings.day import YEARS, report_days, zone_of
from timpora.apps.findings.day_types import DayLine
from timpora.apps.findings.note_types import ClosureNote, DayNotes
from timpora.apps.findings.phone_models import DeviceOwner, GapClosure
from timpora.apps.identity import queries as identity
from timpora.apps.operations import actions, queries
from timpora.apps.operations.errors import NotesOfOthers
from timpora.apps.operations.types import NoteAnswer, NoteKind, NoteOutcome, OfficeState
from timpora.kernel.access import AccessDenied, Actor, P, scope
from timpora.kernel.access.post_roles import POST_ROLES
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Refs, Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.carriage import WRITTEN_HERE, brought_by
from timpora.kernel.text import cleaned

NAME_MOST: Final = 200
AHEAD: Final = timedelta(minutes=10)
OUTSIDE: Final = "Penulisnya tidak ada dalam bekal pos ini. Minta ia mencatatnya sendiri di kantor."
NOT_HIS: Final = (
    "Pada hari itu penulisnya tidak berwenang menutup nomor ini. Tutup lagi di kantor bila masih perlu."
)
OTHER: Final = "Nomor ini sudah ditutup dengan alasan lain. Bandingkan keduanya; yang di kantor tetap."
WORDS: Final = (
    "Nomor atau alasannya tidak terbaca, atau jamnya belum lewat. Tutup lagi di kantor bila masih perlu."
)


@deed(P.FINDINGS_REPORT_CARRY, tag=Tag.FINDINGS_NOTES_TAKEN)
def notes_take(act: Act, *, operation_id: UUID, on: date) -> DayNotes:
    """Return what was noted in an operation on a local day, as it stands by now.

    Raises `AccessDenied` where there is nothing, or nothing that the actor may carry.
    """
    if on.year not in YEARS:
        raise AccessDenied
    zone = zone_of(act.actor)
    notes = queries.notes_get(act.actor, operation_id, on=on, zone=zone.key)
    since = datetime.combine(on, time(), zone)
    rows = _closures(act.actor).filter(operation_id=operation_id, at__gte=since)
    closures = list(rows.filter(at__lt=since + timedelta(days=1)).order_by("at", "id"))
    if not notes and not closures:
        raise AccessDenied
    units = sorted({one.unit_code for one in notes} | {one.unit_code for one in closures})
    places = tuple(office.wilayah for office in _offices(act.actor, operation_id).values())
    refs: Refs = {"on": on.isoformat(), "notes": sum(map(len, notes)), "closures": len(closures)}
    act.upon(Subject(kind="day", id=str(operation_id), places=places, unit=units[0]), refs=refs)
    return DayNotes(operation_id, on, tuple(notes), tuple(map(_told, closures)))


def day_list(actor: Actor) -> list[DayLine]:
    """Return the days of this post with reports or notes that the actor may carry, the newest first."""
    noted = _note_days(actor)
    found = {(line.operation_id, line.on): line for line in report_days(actor)}
    for key in noted.keys() - found.keys():
        found[key] = DayLine(*key, reports=0, parts=(), photo_parts=(), photo_cut="")
    newest = sorted(found, key=lambda key: (key[1], str(key[0])), reverse=True)
    return [replace(found[key], notes=noted[key]) for key in newest]


def _note_days(actor: Actor) -> Counter[tuple[UUID, date]]:
    zone = zone_of(actor)
    found = Counter({(one.operation_id, one.on): one.count for one in queries.note_days(actor, zone.key)})
    for operation, at in _closures(actor).values_list("operation_id", "at"):
        found[operation, at.astimezone(zone).date()] += 1
    return found


def _closures(actor: Actor) -> QuerySet[GapClosure]:
    units = [grant.unit_code for grant in actor.grants_for(P.FINDINGS_REPORT_CARRY)]
    rows = GapClosure.objects.filter(WRITTEN_HERE, unit_code__in=units)
    return scope(actor, P.FINDINGS_REPORT_CARRY, rows)


def _told(row: GapClosure) -> ClosureNote:
    return ClosureNote(
        id=row.pk,
        unit_code=row.unit_code,
        device_id=row.device_id,
        first=row.first,
        last=row.last,
        officer_name=row.officer_name,
        because=row.because,
        by_id=row.by_id,
        at=row.at,
    )


def _offices(actor: Actor, operation_id: UUID) -> dict[str, OfficeState]:
    """Return the offices of the operation for which the actor may carry."""
    mine = {grant.unit_code for grant in actor.grants_for(P.FINDINGS_REPORT_CARRY)}
    return {one.unit_code: one for one in queries.office_list(actor, operation_id) if one.unit_code in mine}


@deed(P.FINDINGS_REPORT_CARRY, tag=Tag.FINDINGS_NOTES_BROUGHT)
def notes_bring(act: Act, *, load: DayNotes, proven: Mapping[UUID, bool]) -> list[NoteAnswer]:
    """Take in a file of notes; return what became of each, in the order of their hours.

    `proven` are the officers whose keys of this operation the post had, each with whether his was withdrawn
    since. Raises `NotesOfOthers` for the post of another office or operation.
    """
    offices = _offices(act.actor, load.operation_id)
    if not offices or any(one.operation_id != load.operation_id for one in load.notes):
        raise NotesOfOthers
    answers = [
        answer
        for notes in load.notes
        for answer in actions.notes_bring(act.actor, notes=notes, proven=proven)
    ]
    for closure in load.closures:
        office = offices.get(closure.unit_code)
        if office is None:
            raise NotesOfOthers
        answers.append(_closed(act, load.operation_id, closure, office, proven))
    came = Counter(f"{one.kind.value}:{one.outcome.value}" for one in answers)
    refs: Refs = {"on": load.on.isoformat(), **dict(sorted(came.items()))}
    places = tuple(sorted(office.wilayah for office in offices.values()))
    said = "\n".join(f"{one.id} {one.because}" for one in load.closures)
    act.upon(Subject(kind="day", id=str(load.operation_id), places=places), refs=refs, payload=said)
    return sorted(answers, key=lambda one: (one.at.timestamp(), one.kind.value))


def _closed(
    act: Act,
    operation_id: UUID,
    note: ClosureNote,
    office: OfficeState,
    proven: Mapping[UUID, bool],
) -> NoteAnswer:
    author = identity.author_get(note.by_id, on=_day(note.at, office)) if note.at.tzinfo else None
    because = next(_why_not(act, note, author, proven), "")
    outcome = NoteOutcome.REFUSED if because else NoteOutcome.NEW
    told = {
        "operation_id": operation_id,
        "device_id": note.device_id,
        "first": note.first,
        "last": note.last,
        "because": note.because,
        "by_id": note.by_id,
        "at": note.at,
    }
    same = GapClosure.objects.filter(device_id=note.device_id, first=note.first, last=note.last).first()
    if same is not None:
        is_other = any(getattr(same, name) != value for name, value in told.items())
        outcome, because = (NoteOutcome.REFUSED, OTHER) if is_other else (NoteOutcome.SAME, "")
    elif author is not None and not because:
        place = {"unit_code": office.unit_code, "unit_name": office.name, "wilayah": office.wilayah}
        mark = brought_by(act, is_doubtful=proven[note.by_id])
        row = GapClosure(id=note.id, officer_name=note.officer_name, by=author.name, **told, **place, **mark)
        row.save(force_insert=True)
    return NoteAnswer(NoteKind.CLOSURE, note.at, author.name if author else "", outcome, because)


def _day(at: datetime, office: OfficeState) -> date:
    return at.astimezone(ZoneInfo(office.zone)).date()


def _why_not(act: Act, note: ClosureNote, author: Actor | None, proven: Mapping[UUID, bool]) -> Iterator[str]:
    """Return why a closing cannot be taken in, in the order in which an officer would ask."""
    texts = (note.because, BECAUSE_MAX), (note.officer_name, NAME_MOST)
    is_read = all(text and cleaned(text) == text and len(text) <= most for text, most in texts)
    is_gap = 0 < note.first <= note.last < note.first + WIDEST
    if not is_read or not is_gap or author is None or note.at > act.at + AHEAD:
        yield WORDS
    if note.by_id not in proven:
        yield OUTSIDE
    grants = author.grants_for(P.FINDINGS_GAP_CLOSE) if author else ()
    is_his = any(one.unit_code == note.unit_code and one.role in POST_ROLES for one in grants)
    if not is_his or DeviceOwner.objects.filter(pk=note.device_id, officer_id=note.by_id).exists():
        yield NOT_HIS
