"""The data folder that the real first start leaves behind: made once for each run of the tests, then copied.

The first start makes the cluster, the tables and the country, which takes longer than most of what a journey
does afterwards. Whoever comes first in a run makes it; nothing is taken over from an earlier run, so that
each run proves it.
"""

import fcntl
import http
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.server_room import Room, opened_room
from timpora.config.settings_test import TEST_DATA
from timpora.kernel.database.quarters import quarters_make

KEPT = TEST_DATA / "first-start"
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
PREPARED = ("Skema basis data", "Data acuan", "Berkas statis", "Server web")
# Where the cluster lies and who runs on the folder belongs to one room.
OWN = shutil.ignore_patterns("postgres*", "run.lock")


@contextmanager
def furnished_room(*, is_counted: bool = False) -> Iterator[Room]:
    """Give a room of its own, with what the first start of this run left in it."""
    with opened_room(is_counted=is_counted) as room:
        _furnish(room)
        yield room


def _furnish(room: Room) -> None:
    with (TEST_DATA / "first-start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = KEPT / "run"
        if not made.exists() or made.read_text() != RUN:
            shutil.rmtree(KEPT, ignore_errors=True)
            with opened_room(is_counted=True) as first:
                _start_and_keep(first)
            made.write_text(RUN)
        shutil.copytree(KEPT / "data", room.data, dirs_exist_ok=True)
        _copy(KEPT / "cluster", quarters_make(room.data / "postgres")[0].cluster)


def _start_and_keep(room: Room) -> None:
    said: list[str] = []
    system = room.start("--no-demo", hear=said.append)
    words = "".join(said)
    assert all(step in words for step in PREPARED), words
    assert room.page() == http.HTTPStatus.OK
    room.end(system)
    shutil.copytree(room.data, KEPT / "data", ignore=OWN)
    _copy(room.server.cluster, KEPT / "cluster")


def _copy(cluster: Path, to: Path) -> None:
    """Copy a cluster that is shut down, with its owner: PostgreSQL takes no other."""
    to.mkdir(exist_ok=True)
    subprocess.run(["cp", "-a", f"{cluster}/.", to], check=True)  # noqa: S607 - from the same place
