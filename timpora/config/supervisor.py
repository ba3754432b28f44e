"""The supervisor: keeps the parts of the running system alive and ends them all together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from timpora.kernel.database.quarters import DatabaseUnreachable
from timpora.kernel.leash import leash

ROOT = Path(__file__).resolve().parents[2]
STOP_SECONDS = 15
LOOK_SECONDS = 0.1
STEADY_SECONDS = 60
LONGEST_PAUSE = 10.0
Process = subprocess.Popen[bytes]
Say = Callable[[str], None]


class Stopped(BaseException):
    """Somebody asked the system to end (Ctrl-C, SIGTERM, a closed terminal)."""


class PartFailed(Exception):
    """A part ended before the system was ready, so that starting it again would not help."""


@dataclass
class Part:
    """One process of the system: how it starts, how it is asked to end, and how it has fared."""

    name: str
    start: Callable[[], Process]
    stop_signal: signal.Signals = signal.SIGTERM
    process: Process | None = None
    started: float = 0.0
    failures: int = 0
    due: float = 0.0

    def launch(self) -> None:
        """Start the process."""
        self.process = self.start()
        self.started = time.monotonic()

    def bury(self) -> None:
        """Note a death and when to start again: at once the first time, later if it goes on dying."""
        if self.process is None:
            return
        _kill_group(self.process)
        self.process = None
        if time.monotonic() - self.started > STEADY_SECONDS:
            self.failures = 0
        self.due = time.monotonic() + min(LONGEST_PAUSE, 0.25 * (2**self.failures) - 0.25)
        self.failures += 1

    def end(self) -> None:
        """Ask the process to end, and make it."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)
        _kill_group(self.process)
        self.process = None


class Supervisor:
    """Parts in the order in which they start; they end in the opposite one."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._parts: list[Part] = []

    def add(self, part: Part) -> None:
        """Start a part and look after it from now on."""
        self._parts.append(part)
        part.launch()

    def wait_until(self, is_ready: Callable[[], bool], seconds: float) -> None:
        """Wait for the system's first answer; a part that dies before it ends the attempt."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            for part in self._parts:
                if part.process and part.process.poll() is not None:
                    raise PartFailed(f"{part.name} berhenti sebelum siap (kode {part.process.returncode}).")
            if time.monotonic() > deadline:
                raise PartFailed(f"Sistem belum menjawab setelah {seconds:.0f} detik.")
            time.sleep(LOOK_SECONDS)

    def watch(self) -> None:
        """Start again whatever dies, until `Stopped` is raised by a signal."""
        while True:
            for part in self._parts:
                self._look_after(part)
            time.sleep(LOOK_SECONDS)

    def end(self) -> None:
        """End all parts, the first started last."""
        for part in reversed(self._parts):
            part.end()
        self._parts.clear()

    def _look_after(self, part: Part) -> None:
        if part.process and part.process.poll() is not None:
            code = part.process.returncode
            part.bury()
            self._say(f"{part.name} berhenti tak terduga (kode {code}); dijalankan lagi.")
        if part.process is None and time.monotonic() >= part.due:
            try:
                part.launch()
            except (OSError, PartFailed, DatabaseUnreachable) as error:
                part.failures += 1
                part.due = time.monotonic() + LONGEST_PAUSE
                self._say(f"{part.name} belum dapat dijalankan: {error}")


def child(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    keep: Sequence[int] = (),
    output: int | None = None,
) -> Process:
    """Start one of our programs on a leash, in a group of its own, holding the open files `keep`."""
    return subprocess.Popen(
        command,
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        pass_fds=keep,
        preexec_fn=leash(signal.SIGTERM),  # noqa: PLW1509 - the supervisor has one thread
    )


def hear_signals() -> None:
    """Turn every request to end into `Stopped`, raised wherever the supervisor is."""
    # Background jobs of a script start with SIGINT ignored; whoever sends it by hand means it all the same.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # `nohup` asks to outlive the terminal
        signal.signal(signal.SIGHUP, _stop)


def deafen() -> None:
    """Ignore further requests while ending, so that impatience leaves no orphan."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def _kill_group(process: Process) -> None:
    """End what a process left behind in its group: a killed web server does not take its workers along."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.poll()


def python(*words: str) -> list[str]:
    """Return the command that runs a module of ours with the same Python."""
    return [sys.executable, "-m", *words]
