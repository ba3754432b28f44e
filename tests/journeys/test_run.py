"""The person in the server room: starts the system, loses parts of it to `kill -9`, and ends it.

The real command, on a data folder that its own first start made (`first_start`). Nothing is mocked, so what
dies here dies as it would there.
"""

import http.client
import os
import signal
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import IPv4Address

import pytest

from tests.journeys.first_start import furnished_room
from tests.journeys.server_room import PATIENCE, Room, eventually
from timpora.config.lan import Lan, lan_answers
from timpora.kernel.authority import PUBLIC
from timpora.kernel.database.embedded import APP

# How PostgreSQL names the process of one of the program's connections.
A_CONNECTION = f"postgres: {APP}"


@pytest.fixture
def room() -> Iterator[Room]:
    with furnished_room(is_counted=True) as room:
        yield room


@pytest.mark.timeout(300)
def test_whatever_dies_the_system_comes_back_and_ends_without_a_trace(room: Room) -> None:
    supervisor = room.start("--no-demo")
    assert room.page() == http.HTTPStatus.OK
    room.rows("INSERT INTO django_session VALUES ('kept', 'x', now())")

    second = room.command("--no-demo")
    said = second.communicate(timeout=PATIENCE)[0]
    assert second.returncode == 1
    assert f"sudah berjalan pada folder data {room.data}: http://localhost:{room.port}" in said

    lose_each_part(room)

    supervisor.kill()
    supervisor.wait()
    assert eventually(lambda: not room.processes()), room.processes()

    # As a post now: beside the laptop's own door, one for phones that trust its authority and no other.
    lan = Lan(IPv4Address("127.0.0.1"), free_ports())
    supervisor = room.start("--no-demo", "--lan", "--lan-address", "127.0.0.1", "--lan-port", str(lan.port))
    assert room.page() == http.HTTPStatus.OK
    assert room.rows("SELECT 1 FROM django_session WHERE session_key = 'kept'")
    head = answered(room, lan, "127.0.0.1")
    assert head.status == http.HTTPStatus.OK
    assert "; Secure" in head.getheader("Set-Cookie")
    assert answered(room, lan, "imigrasi.go.id").status == http.HTTPStatus.BAD_REQUEST
    victim = room.pid("timpora join")
    os.kill(victim, signal.SIGKILL)
    assert eventually(lambda: room.pid("timpora join") not in {0, victim})
    assert eventually(lambda: lan_answers(room.data, lan))

    room.end(supervisor)


def lose_each_part(room: Room) -> None:
    """Kill one part after the other; each comes back, and what was written is there."""
    for words in ("timpora web", "timpora worker", "postgres -D"):
        victim, worker, known = room.pid(words), room.pid("timpora worker"), workers(room)
        os.kill(victim, signal.SIGKILL)
        assert eventually(lambda words=words, gone=victim: room.pid(words) not in {0, gone}), words
        assert eventually(lambda: room.page() == http.HTTPStatus.OK), words
        assert eventually(lambda: room.rows("SELECT 1 FROM django_session WHERE session_key = 'kept'")), words
        if words == "timpora worker":
            assert eventually(lambda before=known: workers(room) > before)
    # Who lost the database begins anew: else nobody would listen for jobs, and no heart beat.
    assert eventually(lambda gone=worker: room.pid("timpora worker") not in {0, gone})
    # The server that loses the process of one connection cuts all of them, and stays the same server.
    assert eventually(lambda: workers(room) > known)
    worker = room.pid("timpora worker")
    os.kill(room.pid(A_CONNECTION), signal.SIGKILL)
    assert eventually(lambda: room.pid("timpora worker") not in {0, worker})
    assert eventually(lambda: room.page() == http.HTTPStatus.OK)


def workers(room: Room) -> int:
    """How many workers have begun so far."""
    return int(str(room.rows("SELECT coalesce(max(id), 0) FROM procrastinate_workers")[0][0]))


def free_ports() -> int:
    """Return the first of two neighbouring ports that nobody uses."""
    for first in range(20_000 + os.getpid() % 10_000, 31_000):
        with socket.socket() as one, socket.socket() as other, suppress(OSError):
            one.bind(("127.0.0.1", first))
            other.bind(("127.0.0.1", first + 1))
            return first
    raise AssertionError("no two free ports")


def answered(room: Room, lan: Lan, host: str) -> http.client.HTTPResponse:
    """Ask the phones' door for a page under the name `host`, as a phone that trusts this post alone."""
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.load_verify_locations(cadata=(room.data / "lan" / PUBLIC).read_bytes())
    door = http.client.HTTPSConnection(str(lan.address), lan.port, timeout=PATIENCE, context=trusting)
    door.request("GET", "/masuk", headers={"Host": host})
    return door.getresponse()
