"""Orders and the checks before them as values."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from timpora.apps.operations.models import Encounter, EncounterStep, Order, OrderStep, Team
from timpora.apps.operations.order_types import (
    EncounterView,
    Exemption,
    HistoryStep,
    OrderView,
    OrderWords,
)
from timpora.apps.operations.views import team_view
from timpora.domain.orders import OrderClock, order_clock
from timpora.domain.states import EncounterState, OrderState
from timpora.kernel import clock
from timpora.kernel.lawbook.store import lawbook


def order_view(row: Order, team: Team, unit_name: str, *, is_masked: bool = True) -> OrderView:
    """Return an order with its team; its steps should be prefetched in lists."""
    return OrderView(
        id=row.id,
        operation_id=team.operation_id,
        team=team_view(team),
        unit_code=row.unit_code,
        unit_name=unit_name,
        wilayah=row.wilayah,
        state=OrderState(row.state),
        words=OrderWords(
            considering=tuple(row.considering),
            tasks=tuple(row.tasks),
            first_day=row.first_day,
            last_day=row.last_day,
            funding=row.funding,
            copies=tuple(row.copies),
            nature=row.nature,
            is_pen_signed=row.is_pen_signed,
        ),
        first_day=row.first_day,
        last_day=row.last_day,
        drafted_by=row.drafted_by,
        drafted_by_id=row.drafted_by_id,
        drafted_at=row.drafted_at,
        issued_by=row.issued_by,
        issued_by_id=row.issued_by_id,
        issued_at=row.issued_at,
        number=row.number,
        letter_id=row.letter_id,
        token=row.token,
        encounter=encounter_view(row.encounter, is_masked=is_masked) if row.encounter else None,
        late_because=row.late_because,
        steps=history(row.steps.all()),
    )


def history(rows: Iterable[OrderStep | EncounterStep]) -> tuple[HistoryStep, ...]:
    """Return steps in the order in which they were taken."""
    found = sorted(rows, key=lambda row: row.pk)
    return tuple(
        HistoryStep(row.before, row.after, row.by, row.at, row.because, getattr(row, "carriage", None))
        for row in found
    )


def encounter_view(row: Encounter, *, is_masked: bool) -> EncounterView:
    """Return a check without an order; masked, it says neither who was met nor why."""
    order: Order | None = getattr(row, "order", None)
    return EncounterView(
        id=row.id,
        operation_id=row.operation_id,
        team_id=row.team_id,
        team_name=row.team.name,
        unit_code=row.unit_code,
        wilayah=row.wilayah,
        zone=row.zone,
        exemption=Exemption(row.exemption),
        because="" if is_masked else row.because,
        met="" if is_masked else row.met,
        place=row.place,
        address=row.address,
        state=EncounterState(row.state),
        reported_by=row.reported_by,
        reported_by_id=row.reported_by_id,
        reported_at=row.reported_at,
        decided_by=row.decided_by,
        decided_by_id=row.decided_by_id,
        decided_at=row.decided_at,
        decided_because="" if is_masked else row.decided_because,
        check_on=row.check_on,
        order_id=order.id if order else None,
        order_state=OrderState(order.state) if order else None,
        order_number=order.number if order else "",
        clock=clock_of(row, order.issued_at) if order else None,
        steps=_without_words(row, is_masked=is_masked),
        is_masked=is_masked,
        brought=row.carriage,
    )


def _without_words(row: Encounter, *, is_masked: bool) -> tuple[HistoryStep, ...]:
    steps = history(row.steps.all())
    if not is_masked:
        return steps
    return tuple(replace(step, because="") for step in steps)


def clock_of(row: Encounter, issued_at: datetime | None) -> OrderClock | None:
    """Return how the clock of the order stands, or stood when it was issued."""
    if row.check_on is None:
        return None
    return order_clock(row.check_on, at=issued_at or clock.now(), zone=row.zone, book=lawbook())
