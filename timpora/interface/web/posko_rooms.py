"""Rooms of the posko: all open pages of one process that may see the same share one drawing of the board.

A room draws when it is told that something happened, at most once in `PAUSE_SECONDS`, and every
`REFRESH_SECONDS` since silence grows without news. Each page then hears what changed since its last.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db import Error, transaction

from timpora.interface.web.posko_audience import Audience
from timpora.interface.web.posko_board import audience_of, board_parts
from timpora.interface.web.posko_parts import Parts
from timpora.kernel.access import AccessDenied, Actor
from timpora.kernel.database.session import assume
from timpora.kernel.outbox.hub import at_desk

log = logging.getLogger("timpora.web")
PAUSE_SECONDS: Final = 0.3
REFRESH_SECONDS: Final = 30.0
REMEMBERED: Final = 6
# Drawing takes longer than reading news, which must not wait for it.
easel = ThreadPoolExecutor(max_workers=1, thread_name_prefix="papan")


@dataclass(eq=False)
class Guest:
    """An open page: which board it shows, in which state, and how it is woken when there is a newer one."""

    operation_id: UUID
    actor: Actor
    is_wall: bool
    version: str
    wake: Callable[[], None]
    room: "Room | None" = None

    @property
    def audience(self) -> Audience:
        """With whom the page shares its board, by the rights of this moment."""
        return audience_of(self.actor, self.operation_id, is_wall=self.is_wall)


@dataclass(eq=False)
class Room:
    """The pages of one audience and the board they share."""

    audience: Audience
    guests: set[Guest] = field(default_factory=set)
    parts: Parts | None = None
    _before: deque[Parts] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    _wanted: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Begin to draw."""
        self._wanted.set()
        self._task = asyncio.create_task(self._keep_drawing(), name="posko-room")

    async def close(self) -> None:
        """Stop drawing: nobody is left."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def want(self) -> None:
        """Ask for a newer board."""
        self._wanted.set()

    def told(self, guest: Guest) -> str:
        """Return what the guest's page must change, as JSON, and take it as changed."""
        if self.parts is None:
            return ""
        known = next((one for one in self._before if one.version == guest.version), None)
        text = self.parts.told(known, guest.version)
        guest.version = self.parts.version
        return text

    async def _keep_drawing(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(REFRESH_SECONDS):
                    await self._wanted.wait()
            self._wanted.clear()
            try:
                await self._draw()
            except (AccessDenied, Error, OSError) as error:
                # What the pages know stays, and the stream tells them that the line is broken.
                log.warning("papan posko belum dapat digambar: %s", error)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _draw(self) -> None:
        drawer = next((guest for guest in self.guests if guest.audience == self.audience), None)
        if drawer is None:
            return
        parts = await at_desk(lambda: _drawn(drawer.actor, self.audience), easel)
        if self.parts is not None and self.parts is not parts:
            self._before.appendleft(self.parts)
        self.parts = parts
        for guest in self.guests:
            guest.wake()


def _drawn(actor: Actor, audience: Audience) -> Parts:
    with transaction.atomic():
        assume(actor)
        return board_parts(actor, audience.operation_id, is_wall=audience.is_wall)


class Rooms:
    """The rooms of one event loop; a room stands as long as somebody is in it."""

    def __init__(self) -> None:
        self._rooms: dict[Audience, Room] = {}

    def enter(self, guest: Guest) -> Room:
        """Lead a guest into the room of his audience; a board that is there is his at once."""
        audience = guest.audience
        room = self._rooms.get(audience)
        if room is None:
            room = self._rooms[audience] = Room(audience)
            room.open()
        room.guests.add(guest)
        guest.room = room
        if room.parts is not None:
            guest.wake()
        return room

    async def leave(self, guest: Guest) -> None:
        """Let a guest go; the last one closes the room."""
        room, guest.room = guest.room, None
        if room is None:
            return
        room.guests.discard(guest)
        if not room.guests and self._rooms.get(room.audience) is room:
            del self._rooms[room.audience]
            await room.close()

    async def room_of(self, guest: Guest) -> Room:
        """Return the guest's room, another one where his rights are no longer those he came with."""
        if guest.room is not None and guest.room.audience == guest.audience:
            return guest.room
        await self.leave(guest)
        guest.version = ""
        return self.enter(guest)
