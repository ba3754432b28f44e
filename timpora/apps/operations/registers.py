"""The registers of an operation: written by who was there or heard it, read by who answers for it (F44)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet

from timpora.apps.operations import errors
from timpora.apps.operations.models import Operation, Participation, RegisterEntry
from timpora.apps.operations.register_types import (
    REGISTERS,
    EntryView,
    Involved,
    NewEntry,
    RegisterCount,
    RegisterKind,
    RegisterPage,
    RegisterRow,
)
from timpora.domain.territory import NATION
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

TEXT_MAX: Final = 2_000
LINE_MAX: Final = 200
# A clock may differ this much from the server's before an hour lies in the future.
AHEAD: Final = timedelta(minutes=10)


@deed(P.OPERATIONS_REGISTER_WRITE, tag=Tag.OPERATIONS_REGISTER_WRITTEN)
def register_write(act: Act, *, new: NewEntry) -> UUID:
    """Write into a register what happened, to whom in what role, and what was done; nothing is changed later.

    A correction is a new entry that names the old one and why. Raises `EntryUnreadable`,
    `OfficeNotInOperation`, `EntryCorrected`, `ReasonMissing`.
    """
    office = _office(act, new)
    row = RegisterEntry(
        operation_id=new.operation_id,
        unit_code=office.unit_code,
        unit_name=office.name,
        wilayah=office.wilayah,
        zone=office.zone,
        by_id=act.actor.id,
        by=act.actor.name,
        written_at=act.at,
        **_words(act, new),
    )
    if new.corrects is not None:
        row.corrects = _corrected(act, new.corrects, row)
    subject = Subject(kind="register", id=str(row.pk), places=(row.wilayah,), unit=row.unit_code)
    refs = {"operation": str(new.operation_id), "kind": row.kind, "corrects": str(new.corrects or "")}
    act.upon(subject, refs=refs, payload=f"{row.text}\n{row.done}")
    _insert(row)
    act.publish(subject, {"operation": str(new.operation_id), "unit": row.unit_code, "kind": row.kind})
    return row.pk


def _office(act: Act, new: NewEntry) -> Participation:
    grants = act.actor.grants_for(act.permission)
    if not any(grant.unit_code == new.unit_code or NATION in grant.territories for grant in grants):
        raise AccessDenied
    rows = scope(act.actor, act.permission, Participation.objects.filter(operation=new.operation_id))
    office = rows.filter(unit_code=new.unit_code).first()
    if office is None:
        raise errors.OfficeNotInOperation
    return office


def _words(act: Act, new: NewEntry) -> dict[str, object]:
    involved = [one.value for one in Involved if one.value in new.involved]
    said = {
        "place": cleaned(new.place)[:LINE_MAX],
        "text": cleaned(new.text)[:TEXT_MAX],
        "done": cleaned(new.done)[:TEXT_MAX],
        "reported_to": cleaned(new.reported_to)[:LINE_MAX],
    }
    is_known = new.kind in {kind.value for kind in RegisterKind}
    if not (all(said.values()) and involved and is_known) or new.happened_at > act.at + AHEAD:
        raise errors.EntryUnreadable
    because = cleaned(new.because)[:TEXT_MAX]
    if new.corrects is not None and not because:
        raise errors.ReasonMissing
    return said | {
        "kind": new.kind,
        "happened_at": new.happened_at,
        "involved": involved,
        "because": because if new.corrects else "",
    }


def _corrected(act: Act, old_id: UUID, row: RegisterEntry) -> RegisterEntry:
    rows = scope(act.actor, act.permission, RegisterEntry.objects.all())
    old = rows.filter(pk=old_id, operation=row.operation_id, unit_code=row.unit_code, kind=row.kind).first()
    if old is None:
        raise AccessDenied
    return old


def _insert(row: RegisterEntry) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise errors.EntryCorrected from error


def register_get(actor: Actor, operation_id: UUID) -> RegisterPage:
    """Return the registers of an operation within the actor's territory, the newest entry first."""
    name = _in_sight(actor).filter(pk=operation_id).values_list("name", flat=True).first()
    if name is None:
        raise AccessDenied
    rows = scope(
        actor, P.OPERATIONS_REGISTER_READ, RegisterEntry.objects.filter(operation=operation_id)
    ).select_related("correction")
    entries = tuple(_view(row) for row in rows.order_by("-happened_at", "id"))
    standing = [one.kind for one in entries if not one.is_corrected]
    return RegisterPage(operation_id, name, _counts({k: standing.count(k) for k in RegisterKind}), entries)


def register_list(actor: Actor) -> list[RegisterRow]:
    """Return the operations with the numbers of their registers, the newest first; for who reads them."""
    rows = scope(actor, P.OPERATIONS_REGISTER_READ, RegisterEntry.objects.filter(correction=None))
    found: defaultdict[UUID, dict[RegisterKind, int]] = defaultdict(dict)
    for row in rows.values("operation", "kind").annotate(number=Count("id")):
        found[row["operation"]][RegisterKind(row["kind"])] = row["number"]
    operations = _in_sight(actor).order_by("-opened_at", "id").values_list("pk", "name")
    return [RegisterRow(pk, name, _counts(found[pk])) for pk, name in operations]


def _in_sight(actor: Actor) -> QuerySet[Operation]:
    """Return the operations in which an office takes part whose registers are the actor's to read."""
    offices = scope(actor, P.OPERATIONS_REGISTER_READ, Participation.objects.all())
    return Operation.objects.filter(pk__in=offices.values("operation"))


def register_offices(actor: Actor, operation_id: UUID) -> list[tuple[str, str]]:
    """Return the offices for which the actor may write into the registers: code and name."""
    grants = actor.grants_for(P.OPERATIONS_REGISTER_WRITE)
    rows = scope(actor, P.OPERATIONS_REGISTER_WRITE, Participation.objects.filter(operation=operation_id))
    if not any(NATION in grant.territories for grant in grants):
        rows = rows.filter(unit_code__in=[grant.unit_code for grant in grants])
    return list(rows.order_by("name").values_list("unit_code", "name"))


def register_operations(actor: Actor) -> list[tuple[UUID, str]]:
    """Return the operations in which the actor's office takes part and that began: for a phone's form."""
    grants = actor.grants_for(P.OPERATIONS_REGISTER_WRITE)
    rows = scope(actor, P.OPERATIONS_REGISTER_WRITE, Participation.objects.all()).filter(
        unit_code__in=[grant.unit_code for grant in grants],
        operation__phases__starts_on__lte=clock.now().date() + timedelta(days=1),
    )
    found = rows.order_by("-operation__opened_at", "operation_id")
    return list(dict(found.values_list("operation_id", "operation__name")).items())


def _counts(numbers: dict[RegisterKind, int]) -> tuple[RegisterCount, ...]:
    return tuple(RegisterCount(kind, label, numbers.get(kind, 0)) for kind, label in REGISTERS.items())


def _view(row: RegisterEntry) -> EntryView:
    return EntryView(
        id=row.pk,
        operation_id=row.operation_id,
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        zone=row.zone,
        kind=RegisterKind(row.kind),
        happened_at=row.happened_at,
        place=row.place,
        involved=_involved(row.involved),
        text=row.text,
        done=row.done,
        reported_to=row.reported_to,
        by=row.by,
        written_at=row.written_at,
        corrects=row.corrects_id,
        because=row.because,
        is_corrected=getattr(row, "correction", None) is not None,
        brought=row.carriage,
    )


def _involved(codes: Iterable[str]) -> tuple[Involved, ...]:
    return tuple(Involved(code) for code in codes)
