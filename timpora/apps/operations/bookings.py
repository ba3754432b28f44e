"""Bookings: an officer or a thing is in one place at a time, which the database itself sees to."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet
from psycopg.types.range import TimestamptzRange

from timpora.apps.operations import errors
from timpora.apps.operations.desks import constraint_of
from timpora.apps.operations.models import Asset, Booking, Team
from timpora.apps.operations.plan_types import BookingView
from timpora.domain.periods import end_text
from timpora.domain.supply import Resource
from timpora.domain.territory import ZONE_LABELS
from timpora.kernel.act import Act
from timpora.kernel.database.locks import LockTaken, hold

ONCE = {"booked_once_at_a_time", "officer_in_one_team_at_a_time"}


def standing() -> QuerySet[Booking]:
    """Return the bookings that were not taken back: the only ones that keep anybody or anything."""
    return Booking.objects.filter(released_at=None)


def release(act: Act, rows: QuerySet[Booking]) -> None:
    """Take bookings back: who or what they kept is free; that they were there stays written."""
    rows.update(released_at=act.at, released_by_id=act.actor.id, released_by=act.actor.name)


def booking_of(act: Act, *, team: Team, during: TimestamptzRange) -> Booking:
    """Return the common part of a booking for a team."""
    return Booking(
        unit_code=team.unit_code,
        wilayah=team.wilayah,
        team=team,
        during=during,
        by_id=act.actor.id,
        by=act.actor.name,
        at=act.at,
    )


def thing_booked(base: Booking, thing: Asset) -> Booking:
    """Return the booking of a vehicle or a piece of kit."""
    return _copied(base, Resource(thing.resource), thing.pk, f"{thing.name} {thing.mark}")


def officer_booked(base: Booking, officer_id: UUID, name: str) -> Booking:
    """Return the booking of an officer."""
    return _copied(base, Resource.PERSONNEL, officer_id, name)


def _copied(base: Booking, resource: Resource, thing_id: UUID, name: str) -> Booking:
    return Booking(
        unit_code=base.unit_code,
        wilayah=base.wilayah,
        resource=resource.value,
        thing_id=thing_id,
        name=name,
        team=base.team,
        because=base.because,
        during=base.during,
        by_id=base.by_id,
        by=base.by,
        at=base.at,
    )


def book(bookings: Sequence[Booking], *, zone: str, first: Iterable[models.Model] = ()) -> None:
    """Store bookings, all or none, after the rows of `first` that they belong to.

    Raises `ThingBooked`, which names who or what is booked where and until when, in the clock of `zone`.
    Two sessions that want the same wait for each other by name: left to the constraint alone, each would
    wait for the other and PostgreSQL would break one off.
    """
    try:
        hold(*sorted(f"booking:{one.thing_id}" for one in bookings))
        with transaction.atomic():
            for row in first:
                row.save(force_insert=True)
            Booking.objects.bulk_create(bookings)
    except LockTaken as error:
        raise errors.ThingBooked(
            "Petugas atau barang ini sedang dipesan pejabat lain. Coba lagi sebentar."
        ) from error
    except IntegrityError as error:
        if constraint_of(error) not in ONCE:
            raise
        raise errors.ThingBooked(_told(bookings, zone)) from error


def _told(bookings: Sequence[Booking], zone: str) -> str:
    """Name what is booked; empty, which is the plain refusal, where that is not for these eyes."""
    taken = standing().filter(
        thing_id__in=[one.thing_id for one in bookings], during__overlap=bookings[0].during
    )
    named = "; ".join(_line(row, zone) for row in taken.select_related("team__operation").order_by("name"))
    return f"Sudah terpakai pada waktu itu: {named}. Pilih yang lain." if named else ""


def _line(row: Booking, zone: str) -> str:
    where = f"{row.team.name}, {row.team.operation.name}" if row.team else row.because
    return f"{row.name} ({where}) sampai {until_said(row.during.upper, zone)}"


def until_said(ends: datetime, zone: str) -> str:
    """Say an instant that ends a span by the clock of a zone, which is named."""
    return end_text(ends.astimezone(ZoneInfo(zone)), ZONE_LABELS.get(zone, ""))


def booking_view(row: Booking) -> BookingView:
    """Return a booking as lists show it."""
    return BookingView(
        id=row.pk,
        thing_id=row.thing_id,
        resource=Resource(row.resource),
        name=row.name,
        starts=row.during.lower,
        ends=row.during.upper,
        team_id=row.team_id,
        team_name=row.team.name if row.team else "",
        operation_name=row.team.operation.name if row.team else "",
        because=row.because,
    )
