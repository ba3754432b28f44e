"""The person in the server room: starts the system, loses parts of it to `kill -9`, and ends it.

The real command on a data folder of its own. Nothing is mocked, so what dies here dies as it would there.
"""

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
from pathlib import Path

import psycopg
import pytest

from timpora.kernel.database.embedded import APP, EmbeddedServer

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


class Room:
    """A server room: one data folder, one port, and what can be seen of its processes from outside."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.server = EmbeddedServer(data / "postgres")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def command(self) -> subprocess.Popen[str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("TIMPORA_", "DJANGO_"))}
        words = ["run", "--data", str(self.data), "--port", str(self.port), "--no-demo"]
        return subprocess.Popen(
            [sys.executable, "-m", "timpora", *words],
            cwd=ROOT,
            env=inherited,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def start(self) -> subprocess.Popen[str]:
        process = self.command()
        said = ""
        for line in process.stdout:
            said += line
            if line.startswith("Siap dalam"):
                return process
        pytest.fail(f"the system did not start:\n{said}")

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


@pytest.fixture
def room() -> Iterator[Room]:
    # Closed to all others: as root, the database must find a place of its own, and must be found there.
    data = Path(tempfile.mkdtemp(prefix="timpora-run-"))
    room = Room(data)
    yield room
    for pid in room.processes():
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(room.server.cluster, ignore_errors=True)
    shutil.rmtree(data, ignore_errors=True)


@pytest.mark.timeout(300)
def test_whatever_dies_the_system_comes_back_and_ends_without_a_trace(room: Room) -> None:
    supervisor = room.start()
    assert room.page() == http.HTTPStatus.OK
    room.rows("INSERT INTO django_session VALUES ('kept', 'x', now())")

    second = room.command()
    said = second.communicate(timeout=PATIENCE)[0]
    assert second.returncode == 1
    assert f"sudah berjalan pada folder data {room.data}: http://localhost:{room.port}" in said

    for words in ("timpora web", "timpora worker", "postgres -D"):
        victim = room.pid(words)
        os.kill(victim, signal.SIGKILL)
        assert eventually(lambda words=words, gone=victim: room.pid(words) not in {0, gone}), words
        assert eventually(lambda: room.page() == http.HTTPStatus.OK), words
        assert eventually(lambda: room.rows("SELECT 1 FROM django_session WHERE session_key = 'kept'")), words

    supervisor.kill()
    supervisor.wait()
    assert eventually(lambda: not room.processes()), room.processes()

    supervisor = room.start()
    assert room.page() == http.HTTPStatus.OK
    assert room.rows("SELECT 1 FROM django_session WHERE session_key = 'kept'")

    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(PATIENCE) == 0
    assert not room.processes()
