"""From which desk an actor acts: the grant, and with it the office, that holds the right."""

from django.db import IntegrityError
from psycopg import Error

from timpora.apps.identity.types import UnitView
from timpora.domain.territory import within
from timpora.kernel.access import AccessDenied, Actor, Grant, P


def desk_at(actor: Actor, permission: P, *, unit: str = "", place: str = "") -> Grant:
    """Return the grant by which `actor` holds `permission` at `unit`, or over `place`.

    Territory alone is not enough where an office speaks for itself: two offices may share a kabupaten.
    Raises `AccessDenied` where there is none.
    """
    for grant in actor.grants_for(permission):
        is_unit = not unit or grant.unit_code == unit
        if is_unit and (not place or any(within(place, territory) for territory in grant.territories)):
            return grant
    raise AccessDenied


def home_of(office: UnitView) -> str:
    """Return where rows of an office lie: its seat, or its area where the seat lies outside of it.

    The rows must be seen by the office's own people.
    """
    is_inside = not office.areas or any(within(office.wilayah, area) for area in office.areas)
    return office.wilayah if is_inside else office.areas[0]


def constraint_of(error: IntegrityError) -> str:
    """Return the name of the constraint by which the database refused."""
    cause = error.__cause__
    return (cause.diag.constraint_name or "") if isinstance(cause, Error) else ""
