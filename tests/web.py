"""A browser's cookie jar for tests: sign an officer in without the door."""

from datetime import date

from django.test import Client

from timpora.apps.identity import actions
from timpora.apps.identity.types import NewAssignment, NewUnit, NewUser
from timpora.kernel.access import Actor, Grant
from timpora.kernel.access.roles import ROLES
from timpora.kernel.database.session import acting_as

PASSWORD = "kata sandi uji 2024"
KINDS = {"KANIM": "KANIM", "DITJEN": "HQ"}


def enrolled(actor: Actor) -> None:
    """Store the officer of the cast with units and assignments, under his lower-case name."""
    desk = actions.INSTALLER
    with acting_as(desk):
        actions.units_load(desk, units=[_unit(grant) for grant in actor.grants])
        held = tuple(
            NewAssignment(
                role=grant.role, unit=grant.unit_code, starts=date(2024, 1, 1), territories=grant.territories
            )
            for grant in actor.grants
        )
        actions.user_add(desk, user=NewUser(actor.name.lower(), actor.name, PASSWORD, held), user_id=actor.id)


def _unit(grant: Grant) -> NewUnit:
    kind = KINDS.get(grant.unit_code.split("-")[0], "INSTANSI")
    seat = grant.territories[0]
    return NewUnit(grant.unit_code, grant.unit_code, kind, seat, areas=grant.territories, zone=grant.zone)


def signed_in(client: Client, actor: Actor) -> Client:
    """Return the client with the officer's session open, for the purpose the actor carries."""
    enrolled(actor)
    session = client.session
    session["user"], session["key"] = str(actor.id), 0
    if actor.purpose:
        session["purpose"] = {"kind": actor.purpose.kind, "reference": actor.purpose.reference}
    session.save()
    return client


ALL_ROLES = sorted(ROLES)
