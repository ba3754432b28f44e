"""Scenes that need an event loop, whatever ran before them in the same process."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")


def played(scene: Callable[[], Coroutine[object, object, T]]) -> T:
    """Play a scene in a thread of its own, and return what it returns or raise what it raises.

    A journey's browser keeps a loop running in the thread of the tests until all of them are over, and no
    second one can run beside it there.
    """
    with ThreadPoolExecutor(max_workers=1) as stage:
        return stage.submit(copy_context().run, lambda: asyncio.run(scene())).result()
