"""What was noted at this post, by day, as it is handed over to its office (ADR 0027)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Model, Q, QuerySet

from timpora.apps.operations.models import Encounter, JournalEntry, RegisterEntry, Team, TeamMovement
from timpora.apps.operations.note_types import (
    EncounterNote,
    EncounterStepNote,
    JournalNote,
    JournalStepNote,
    MovementNote,
    NoteDay,
    Notes,
    RegisterNote,
)
from timpora.apps.operations.order_types import Exemption
from timpora.apps.operations.posko_types import Medium, Priority
from timpora.apps.operations.register_types import Involved, RegisterKind
from timpora.domain.states import EncounterState, JournalState, TeamState
from timpora.kernel.access import Actor, P, scope
from timpora.kernel.carriage import WRITTEN_HERE

CARRY: Final = P.FINDINGS_REPORT_CARRY
Row = TypeVar("Row", bound=Model)
Correcting = TypeVar("Correcting", JournalEntry, RegisterEntry)


def note_days(actor: Actor, zone: str) -> list[NoteDay]:
    """Return the days in `zone` on which something was noted that the actor may carry; the newest first."""
    here = ZoneInfo(zone)
    hours = (hour for unit in _units(actor) for hour in _hours(actor, unit))
    days = Counter({(operation, at.astimezone(here).date(), pk): 1 for operation, at, pk in hours})
    counted = Counter((operation, on) for operation, on, _pk in days)
    newest = sorted(counted.items(), key=lambda one: (one[0][1], str(one[0][0])), reverse=True)
    return [NoteDay(operation, on, count) for (operation, on), count in newest]


def _hours(actor: Actor, unit: str) -> Iterator[tuple[UUID, datetime, object]]:
    """Return of every note when it was written and whenever it grew, with its operation."""
    journal, met = _journal(actor, unit), _encounters(actor, unit)
    yield from journal.values_list("operation_id", "written_at", "pk")
    yield from journal.exclude(steps=None).values_list("operation_id", "steps__at", "pk")
    yield from _movements(actor, unit).values_list("team__operation_id", "at", "uid")
    yield from _register(actor, unit).values_list("operation_id", "written_at", "pk")
    yield from met.exclude(steps=None).values_list("operation_id", "steps__at", "pk")


def _units(actor: Actor) -> list[str]:
    return sorted({grant.unit_code for grant in actor.grants_for(CARRY)})


def _journal(actor: Actor, unit: str) -> QuerySet[JournalEntry]:
    return scope(actor, CARRY, JournalEntry.objects.filter(WRITTEN_HERE, by_unit=unit))


def _movements(actor: Actor, unit: str) -> QuerySet[TeamMovement]:
    teams = scope(actor, CARRY, Team.objects.filter(unit_code=unit)).values("pk")
    return TeamMovement.objects.filter(WRITTEN_HERE, team__in=teams)


def _register(actor: Actor, unit: str) -> QuerySet[RegisterEntry]:
    return scope(actor, CARRY, RegisterEntry.objects.filter(WRITTEN_HERE, unit_code=unit))


def _encounters(actor: Actor, unit: str) -> QuerySet[Encounter]:
    return scope(actor, CARRY, Encounter.objects.filter(WRITTEN_HERE, unit_code=unit))


def notes_get(actor: Actor, operation_id: UUID, *, on: date, zone: str) -> list[Notes]:
    """Return what was noted on a day in `zone`, whole as it stands by now: for each office of the actor.

    A message that grew on that day is of that day too, and with a correction goes what it corrects: nothing
    of a note has to be looked for in another file, so files come in in any order.
    """
    since = datetime.combine(on, time(), ZoneInfo(zone))
    found = [_notes(actor, operation_id, unit, (since, since + timedelta(days=1))) for unit in _units(actor)]
    return [notes for notes in found if len(notes)]


def _notes(actor: Actor, operation_id: UUID, unit: str, span: tuple[datetime, datetime]) -> Notes:
    journal = _journal(actor, unit).filter(operation_id=operation_id)
    register = _register(actor, unit).filter(operation_id=operation_id)
    met = _encounters(actor, unit).filter(operation_id=operation_id)
    moved = _movements(actor, unit).filter(team__operation_id=operation_id)
    return Notes(
        operation_id=operation_id,
        unit_code=unit,
        journal=tuple(map(_message, _with_corrected(_within(journal, span, "written_at", "steps__at")))),
        movements=tuple(map(_movement, _within(moved, span, "at"))),
        register=tuple(map(_entry, _with_corrected(_within(register, span, "written_at")))),
        encounters=tuple(map(_met, _within(met, span, "reported_at", "steps__at"))),
    )


def _within(rows: QuerySet[Row], span: tuple[datetime, datetime], *hours: str) -> QuerySet[Row]:
    wanted = Q()
    for hour in hours:
        wanted |= Q(**{f"{hour}__gte": span[0], f"{hour}__lt": span[1]})
    return rows.filter(wanted).distinct().order_by("pk")


def _with_corrected(rows: Iterable[Correcting]) -> list[Correcting]:
    """Return rows with what they correct, however often, the earliest first."""
    found = {row.pk: row for row in rows}
    for row in list(found.values()):
        earlier = row.corrects
        while earlier is not None and earlier.pk not in found:
            found[earlier.pk] = earlier
            earlier = earlier.corrects
    return sorted(found.values(), key=lambda row: (row.written_at, str(row.pk)))


def _message(row: JournalEntry) -> JournalNote:
    steps = row.steps.filter(WRITTEN_HERE).order_by("number")
    return JournalNote(
        id=row.pk,
        about=row.unit_code,
        text=row.text,
        medium=Medium(row.medium),
        priority=Priority(row.priority),
        owner=row.owner,
        noted_at=row.noted_at,
        by_id=row.by_id,
        at=row.written_at,
        corrects=row.corrects_id,
        steps=tuple(
            JournalStepNote(
                uid=step.uid,
                number=step.number,
                before=JournalState(step.before),
                after=JournalState(step.after),
                owner=step.owner,
                by_id=step.by_id,
                at=step.at,
                because=step.because,
            )
            for step in steps
        ),
    )


def _movement(row: TeamMovement) -> MovementNote:
    return MovementNote(
        id=row.uid,
        team_id=row.team_id,
        number=row.number,
        before=TeamState(row.before),
        after=TeamState(row.after),
        target_id=row.target_id,
        by_id=row.by_id,
        at=row.at,
        because=row.because,
    )


def _entry(row: RegisterEntry) -> RegisterNote:
    return RegisterNote(
        id=row.pk,
        kind=RegisterKind(row.kind),
        happened_at=row.happened_at,
        place=row.place,
        involved=tuple(Involved(one) for one in row.involved),
        text=row.text,
        done=row.done,
        reported_to=row.reported_to,
        by_id=row.by_id,
        at=row.written_at,
        corrects=row.corrects_id,
        because=row.because,
    )


def _met(row: Encounter) -> EncounterNote:
    return EncounterNote(
        id=row.pk,
        team_id=row.team_id,
        exemption=Exemption(row.exemption),
        because=row.because,
        met=row.met,
        place=row.place,
        address=row.address,
        by_id=row.reported_by_id,
        at=row.reported_at,
        check_on=row.check_on,
        steps=tuple(
            EncounterStepNote(
                after=EncounterState(step.after), by_id=step.by_id, at=step.at, because=step.because
            )
            for step in row.steps.order_by("pk")
        ),
    )
