"""The board of an operation, worked out once a process for all who may see the same (ADR 0014)."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils import translation

from timpora.apps.findings import queries as findings
from timpora.apps.operations import queries as operations
from timpora.interface.web import posko_still
from timpora.interface.web.posko_audience import Audience
from timpora.interface.web.posko_page import screen_of
from timpora.interface.web.posko_parts import Desk, Parts, parts_of
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel.access import Actor, P
from timpora.kernel.access.policy import reach
from timpora.kernel.outbox.kept import Kept
from timpora.kernel.outbox.post import pulse

# What the board reads; whoever differs in one of these has a board of his own.
READS: Final = (
    P.FINDINGS_REPORT_READ,
    P.OPERATIONS_JOURNAL_READ,
    P.OPERATIONS_OPERATION_READ,
    P.OPERATIONS_POSKO_WATCH,
    P.OPERATIONS_TARGET_READ,
)
KEPT_SECONDS: Final = 15.0
KEPT_MOST: Final = 48


_boards: Kept[Audience, Parts] = Kept(most=KEPT_MOST, seconds=KEPT_SECONDS)


def audience_of(actor: Actor, operation_id: UUID, *, is_wall: bool) -> Audience:
    """Return with whom `actor` shares a board."""
    told = actor.language
    language = told if told in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return Audience(operation_id, reach(actor, *READS), zone_of_actor(actor), language, is_wall)


def board_parts(actor: Actor, operation_id: UUID, *, is_wall: bool = False) -> Parts:
    """Return the board as `actor` may see it now; drawn anew only where there was news or time passed.

    Runs in a transaction in which `actor` asks. Raises `AccessDenied` where the operation is absent.
    """
    audience = audience_of(actor, operation_id, is_wall=is_wall)

    def draw(before: Parts | None) -> Parts:
        with translation.override(audience.language):
            screen = screen_of(findings.board(actor, operation_id), audience.zone, is_wall=is_wall)
            parts = parts_of(screen, _desk(actor, operation_id), is_wall=is_wall, before=before)
        posko_still.lay_by(audience, parts)
        return parts

    return _boards.get(audience, pulse(str(operation_id), named="operation"), draw)


def _desk(actor: Actor, operation_id: UUID) -> Desk:
    return Desk(
        teams=tuple(operations.team_states(actor, operation_id)),
        messages=tuple(operations.journal_list(actor, operation_id)),
        owed=tuple(operations.orders_due(actor, operation_id)),
    )
