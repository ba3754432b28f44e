"""How the workers of the web server hear that it was asked to end: a pipe that the server then closes.

Granian lets an open stream hold its worker until it is killed, and tells the worker's program nothing.
"""

import asyncio
import os
from collections.abc import Callable
from typing import Any

from granian.server import MPServer

# Reading end and writing end. The workers are forked from the server and hold both, until they let one go.
_pipe: tuple[int, int] | None = None


class Server(MPServer):
    """The web server, whose workers hear at once when it is asked to end."""

    def serve(self, *args: Any, **kwargs: Any) -> None:
        """Serve until asked to end."""
        global _pipe  # noqa: PLW0603 - what a fork inherits is what stands in the module
        _pipe = os.pipe()
        super().serve(*args, **kwargs)

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """Tell the workers, then end as ever."""
        _let_go()
        super().signal_handler_interrupt(*args, **kwargs)  # type: ignore[no-untyped-call]


def when_ending(call: Callable[[], None]) -> None:
    """Call back in this worker's loop, once, when its server was asked to end; elsewhere never."""
    if _pipe is None:
        return
    reading, loop = _pipe[0], asyncio.get_running_loop()
    _let_go()

    def hear() -> None:
        loop.remove_reader(reading)
        call()

    loop.add_reader(reading, hear)


def _let_go() -> None:
    """Close our writing end; the reading one hears of it when nobody holds one any more."""
    global _pipe  # noqa: PLW0603 - as above
    if _pipe is not None and _pipe[1] >= 0:
        os.close(_pipe[1])
        _pipe = (_pipe[0], -1)
