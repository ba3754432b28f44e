"""What the database knows of who asks: set for one transaction, gone with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from timpora.domain.territory import NATION
from timpora.kernel import clock
from timpora.kernel.access.actor import Actor

_ASSUME = """
SELECT set_config('timpora.actor', %s, true), set_config('timpora.territories', %s, true),
       set_config('timpora.seals', %s, true), base, origin, rate, is_simulated FROM kernel_clock
"""


def assume(actor: Actor | None) -> None:
    """Tell the running transaction who asks, and take over the clock that all processes share.

    Without an actor nothing that has a territory can be read or written.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("assume() needs a transaction: outside one its settings would be lost at once")
    who = str(actor.id) if actor else ""
    territories = ",".join(actor.territories) if actor else ""
    seals = ",".join(actor.seals) if actor else ""
    with connection.cursor() as cursor:
        cursor.execute(_ASSUME, [who, territories, seals])
        row = cursor.fetchone()
    if clock.setting().rate != 0:  # A clock held by a test is not moved by the database.
        clock.follow(clock.Setting(base=row[3], origin=row[4], rate=row[5], is_simulated=row[6]))


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Open a transaction in which `actor` asks: for jobs, commands and tests."""
    with transaction.atomic():
        assume(actor)
        yield


@contextmanager
def seal_lifted(seal: str) -> Iterator[None]:
    """Let the program look behind a seal for its own bookkeeping, then put back what the actor held.

    For numbering the sealed log and for keeping log lines alike; nothing read inside may reach a screen.
    """
    with _told("timpora.seals", seal):
        yield


@contextmanager
def nation_reached() -> Iterator[None]:
    """Let the program act behind the walls of every territory, then put back those of the actor.

    For the protection of a human, which ends at no border; nothing read inside may reach a screen.
    """
    with _told("timpora.territories", NATION):
        yield


@contextmanager
def _told(name: str, value: str) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
        held = cursor.fetchone()[0]
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        yield
        # A failure rolls the setting back with the savepoint.
        cursor.execute("SELECT set_config(%s, %s, true)", [name, held])


def clock_set(instant: datetime, rate: float, *, is_simulated: bool) -> None:
    """Set the shared clock; only the owner role may, so the running program cannot turn it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kernel_clock SET base = %s, origin = %s, rate = %s, is_simulated = %s",
            [instant, clock.true_now(), rate, is_simulated],
        )
