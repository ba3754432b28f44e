"""Event periods: times of heightened attention that tag what falls into them, and give nobody a power (N8).

Nothing but a page reads them: no rule, no right and no list depends on one.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from timpora.apps.operations import errors
from timpora.apps.operations.models import EventPeriod
from timpora.apps.operations.plan_types import NewPeriod, PeriodView
from timpora.apps.operations.types import OperationView
from timpora.apps.wilayah import queries as wilayah
from timpora.domain.territory import NATION, within
from timpora.kernel.access import AccessDenied, Actor, P, scope
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.tags import Tag
from timpora.kernel.text import cleaned

NAME_MAX: Final = 200
TEXT_MAX: Final = 1_000
# Longer than this is no event but a state of affairs.
LONGEST: Final = timedelta(days=366)
# A day farther off than this is a slip of the pen.
FARTHEST: Final = timedelta(days=5 * 366)


@deed(P.OPERATIONS_OPERATION_OPEN, tag=Tag.OPERATIONS_PERIOD_NOTED)
def period_add(act: Act, *, new: NewPeriod) -> UUID:
    """Note a period for the country or some regions; the centre alone does. Raises `PeriodUnreadable`."""
    name, basis = cleaned(new.name)[:NAME_MAX], cleaned(new.basis)[:TEXT_MAX]
    today = act.at.date()
    is_near = new.first_day >= today - FARTHEST and new.last_day <= today + FARTHEST
    is_sane = is_near and timedelta() <= new.last_day - new.first_day <= LONGEST
    codes = set(new.regions)
    is_known = bool(codes) and codes - {NATION} <= set(wilayah.regions_by_code(codes))
    if not (name and basis and is_sane and is_known):
        raise errors.PeriodUnreadable
    row = EventPeriod(
        name=name,
        basis=basis,
        starts_on=new.first_day,
        ends_on=new.last_day + timedelta(days=1),
        regions=list(dict.fromkeys(new.regions)),
        by_id=act.actor.id,
        by=act.actor.name,
        at=act.at,
    )
    act.upon(Subject(kind="period", id=str(row.pk), places=(NATION,)), refs={"regions": row.regions})
    row.save(force_insert=True)
    return row.pk


@deed(P.OPERATIONS_OPERATION_OPEN, tag=Tag.OPERATIONS_PERIOD_WITHDRAWN)
def period_withdraw(act: Act, *, period_id: UUID, because: str) -> None:
    """Take a period back with the reason: it tags nothing any more, and stays written."""
    row = EventPeriod.objects.select_for_update().filter(pk=period_id, withdrawn_at=None).first()
    if row is None:
        raise AccessDenied
    because = cleaned(because)[:TEXT_MAX]
    act.upon(Subject(kind="period", id=str(row.pk), places=(NATION,)), payload=because)
    if not because:
        raise errors.ReasonMissing
    EventPeriod.objects.filter(pk=row.pk).update(
        withdrawn_by=act.actor.name, withdrawn_at=act.at, because=because
    )


def period_list(actor: Actor) -> list[PeriodView]:
    """Return the periods that stand, the latest first."""
    rows = scope(actor, P.OPERATIONS_OPERATION_READ, EventPeriod.objects.filter(withdrawn_at=None))
    return [_view(row) for row in rows.order_by("-starts_on", "name")]


def periods_of(actor: Actor, operation: OperationView) -> list[PeriodView]:
    """Return the periods into which days of an operation fall, where its area and theirs meet."""
    return [period for period in period_list(actor) if _meets(period, operation)]


def _meets(period: PeriodView, operation: OperationView) -> bool:
    is_there = any(within(operation.area, r) or within(r, operation.area) for r in period.regions)
    return is_there and any(
        phase.starts_local.date() <= period.last_day
        and (phase.ends_local - timedelta(microseconds=1)).date() >= period.first_day
        for phase in operation.phases
    )


def _view(row: EventPeriod) -> PeriodView:
    return PeriodView(
        id=row.pk,
        name=row.name,
        basis=row.basis,
        first_day=row.starts_on,
        last_day=row.ends_on - timedelta(days=1),
        regions=tuple(row.regions),
        by=row.by,
        at=row.at,
    )
