"""A server room for tests: the real command on a data folder of its own, and what is seen of it outside."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from timpora.kernel.database.embedded import APP, EmbeddedServer

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


class Room:
    """A server room: one data folder, one port, and what can be seen of its processes from outside.

    A run for coverage counts the lines of its processes only where asked to: what its pages do is counted
    where they are tested, and counting a whole system once more doubles the time of a journey. What is said
    to the running system (`told`) is short, and nothing else tests it whole: that counts.
    """

    def __init__(self, data: Path, *, is_counted: bool = False) -> None:
        self.data = data
        self.is_counted = is_counted
        self.server = EmbeddedServer(data / "postgres")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def command(self, *options: str) -> subprocess.Popen[str]:
        words = ["run", "--data", str(self.data), "--port", str(self.port), *options]
        return subprocess.Popen(
            [sys.executable, "-m", "timpora", *words],
            cwd=ROOT,
            env=self._inherited(is_counted=self.is_counted),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def _inherited(self, *, is_counted: bool) -> dict[str, str]:
        hidden = ("TIMPORA_", "DJANGO_") if is_counted else ("TIMPORA_", "DJANGO_", "COVERAGE_")
        return {k: v for k, v in os.environ.items() if not k.startswith(hidden)}

    def told(self, *words: str) -> str:
        """Say a command beside the running system and return what it answers; it must succeed."""
        done = subprocess.run(
            [sys.executable, "-m", "timpora", *words],
            cwd=ROOT,
            env=self._inherited(is_counted=True) | {"TIMPORA_DATA": str(self.data)},
            text=True,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(
        self, *options: str, until: str = "Siap dalam", hear: Callable[[str], object] = str
    ) -> subprocess.Popen[str]:
        """Start the system and return as soon as it says `until`; `hear` is told each line."""
        process = self.command(*options)
        said = ""
        for line in process.stdout:
            said += line
            hear(line)
            if line.strip().startswith(until):
                return process
        pytest.fail(f"the system did not start:\n{said}")

    def end(self, process: subprocess.Popen[str]) -> None:
        """End the system as Ctrl-C does; nothing of it may stay."""
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        assert not self.processes()

    def page(self) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/masuk")
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def processes(self) -> dict[int, str]:
        """Every process that works for this data folder, by its environment, words or working folder."""
        ours = (str(self.data), str(self.server.cluster))
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                about = words + (folder / "environ").read_bytes().decode() + str((folder / "cwd").readlink())
            except OSError:
                continue
            if words and any(path in about for path in ours) and int(folder.name) != os.getpid():
                found[int(folder.name)] = words
        return found

    def pid(self, words: str) -> int:
        """The first process of a kind: the server before its own workers."""
        found = [pid for pid, said in self.processes().items() if words in said]
        return min(found) if found else 0

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with psycopg.connect(**self.server.address(APP).to_conninfo()) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []


def eventually(claim: Callable[[], object]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if claim():
                return True
        except psycopg.OperationalError:
            pass
        time.sleep(0.1)
    return False


@contextmanager
def opened_room(*, is_counted: bool = False) -> Iterator[Room]:
    """Give a room of its own; whatever still runs for it at the end is killed, and the folder removed."""
    # Closed to all others: as root, the database must find a place of its own, and must be found there.
    data = Path(tempfile.mkdtemp(prefix="timpora-run-"))
    room = Room(data, is_counted=is_counted)
    try:
        yield room
    finally:
        for pid in room.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        shutil.rmtree(room.server.cluster, ignore_errors=True)
        shutil.rmtree(data, ignore_errors=True)
