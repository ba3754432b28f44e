"""A leash between processes: what we start ends with us, even when nobody had time to say so.

`kill -9` gives no chance to stop children. Linux can be asked to signal a child when its parent dies;
where it cannot, or where the parent is not ours to change (the web server's own workers), the child
looks from time to time whether its parent is still there.
"""

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
LOOK_SECONDS = 0.5


def leash(how: signal.Signals) -> Callable[[], None] | None:
    """Return what a child does between fork and exec, so that it gets `how` when we die."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(how), 0, 0, 0)
        if os.getppid() != parent:  # we died in between, and the kernel will not say so again
            os._exit(1)

    return tie


def watch_parent(how: signal.Signals = signal.SIGTERM) -> None:
    """Send ourselves `how` as soon as the process that started us is gone."""
    parent = os.getppid()
    threading.Thread(target=_watch, args=(parent, how), name="leash", daemon=True).start()


def _watch(parent: int, how: signal.Signals) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), how)
    time.sleep(LOOK_SECONDS * 10)
    os.kill(os.getpid(), signal.SIGKILL)
