"""The person in the server room: starts the system, loses parts of it to `kill -9`, and ends it.

The real command, on a data folder that its own first start made (`first_start`). Nothing is mocked, so what
dies here dies as it would there.
"""

import http
import os
import signal
from collections.abc import Iterator

import pytest

from tests.journeys.first_start import furnished_room
from tests.journeys.server_room import PATIENCE, Room, eventually


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

    for words in ("timpora web", "timpora worker", "postgres -D"):
        victim = room.pid(words)
        os.kill(victim, signal.SIGKILL)
        assert eventually(lambda words=words, gone=victim: room.pid(words) not in {0, gone}), words
        assert eventually(lambda: room.page() == http.HTTPStatus.OK), words
        assert eventually(lambda: room.rows("SELECT 1 FROM django_session WHERE session_key = 'kept'")), words

    supervisor.kill()
    supervisor.wait()
    assert eventually(lambda: not room.processes()), room.processes()

    supervisor = room.start("--no-demo")
    assert room.page() == http.HTTPStatus.OK
    assert room.rows("SELECT 1 FROM django_session WHERE session_key = 'kept'")

    room.end(supervisor)
