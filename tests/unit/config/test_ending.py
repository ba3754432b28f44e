"""The web server ends at once while a page holds a stream open: the real server, its workers and a signal."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

PATIENCE = 30


@pytest.fixture(params=["hearing", "deaf"])
def server(request):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.unit.config.endless", str(port), request.param],
        env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    # Both workers are up: who is asked to end while he begins is deaf to it, whatever the pipe says.
    started = (line for line in process.stdout if "Started worker-" in line)
    assert len([next(started), next(started)]) == 2
    yield process, port, request.param
    process.kill()


def stream_of(port):
    deadline = time.monotonic() + PATIENCE
    while True:
        door = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            door.request("GET", "/")
            return door.getresponse()
        except ConnectionError:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_an_open_stream_ends_with_its_server_and_is_cut_off_only_where_nobody_heard(server):
    process, port, kind = server
    stream = stream_of(port)
    assert stream.read(4) == b"open"
    process.send_signal(signal.SIGTERM)
    if kind == "hearing":
        assert stream.read() == b" and ended"
    said = process.communicate(timeout=PATIENCE)[0]
    assert ("refused to gracefully stop" in said) == (kind == "deaf")
