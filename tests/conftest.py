"""What all tests share: a database whose statements run as the program's role, a held clock, the cast."""

import gc
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

import pytest
from django.db import connection, connections
from django.db.backends.signals import connection_created
from hypothesis import settings

from tests.committed import committing
from tests.counting import pytest_collection, pytest_runtest_protocol, pytest_runtestloop
from tests.depth import times
from tests.moulds import mould
from timpora.__main__ import GARBAGE
from timpora.config.settings_test import APP_ROLE
from timpora.interface.web import posko_board
from timpora.kernel import clock
from timpora.kernel.database.roles import rights_give
from timpora.kernel.outbox.kept import Kept

__all__ = ["pytest_collection", "pytest_runtest_protocol", "pytest_runtestloop"]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
gc.set_threshold(*GARBAGE)
# A machine of many jobs pauses a test, and a pause is no fault of what is tested.
settings.register_profile("unhurried", deadline=None, max_examples=times(100))
settings.load_profile("unhurried")
# The second day of Jagratara II, ten in the morning at Batulicin (WITA).
DAY = datetime(2024, 8, 22, 2, 0, tzinfo=UTC)

# Whole systems are started and ended in them, which takes minutes.
LONGEST = (
    "tests/journeys/test_demonstration.py",
    "tests/journeys/test_jagratara_second_phase.py",
    "tests/journeys/test_run.py",
    "tests/journeys/",
)
# Its files share one house, which takes ten seconds to build.
HOUSED = "tests/db/walls/"
# What needs neither system nor database, and how much of it the others do while the first waits for both.
ALONE = "tests/unit/"
AHEAD = 400


def pytest_collection_finish() -> None:
    """Never look for garbage among what was loaded, and the tests themselves."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let every process begin with its share of what takes longest, so that none waits at the end.

    Each gets a run of neighbours, of equal length; what it has not begun may be taken over later. So what
    shares a costly house stands early in one process, or each that took over a part would build it again.
    All systems begin with the same first start: one process waits for it, and the others have what they need.
    """
    rank = {item: [not item.nodeid.startswith(name) for name in LONGEST] for item in items}
    long = sorted((item for item in items if not all(rank[item])), key=rank.__getitem__)
    housed = [item for item in items if item.nodeid.startswith(HOUSED)]
    set_aside = {*long, *housed}
    alone = [item for item in items if item.nodeid.startswith(ALONE)]
    processes, left = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")), len(items)
    ahead = [alone[at * AHEAD : (at + 1) * AHEAD] for at in range(processes - 1)]
    set_aside.update(*ahead)
    short = iter([item for item in items if item not in set_aside])
    items.clear()
    for process in range(processes):
        size = left // (processes - process)
        first = [*(ahead[process - 1] if process else ()), *long[process::processes]]
        first += housed if process == processes - 1 else []
        items += [*first, *islice(short, max(0, size - len(first)))]
        left -= size
    items += short


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell how to draw what was drawn once more, where something failed."""
    seed = getattr(config.option, "randomly_seed", None)
    if seed is not None and terminalreporter.stats.keys() & {"failed", "error"}:
        terminalreporter.write_line(f"the same draw: --randomly-seed={seed}")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: object) -> None:
    """Let the database be copied from one that is migrated."""
    with django_db_blocker.unblock(), clock.standing_at(DAY):  # type: ignore[attr-defined]
        connection.settings_dict["TEST"]["TEMPLATE"] = mould()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """After the owner has migrated, every connection of the tests is the program's role."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        rights_give(connection, APP_ROLE)
        _become_app(connection=connection)
    connection_created.connect(_become_app)
    yield
    connection_created.disconnect(_become_app)
    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("RESET ROLE")
        # A thread or stream that a test left behind would keep the database from being dropped.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND usename = session_user AND pid <> pg_backend_pid()"
        )


def _become_app(*, connection: object, **_kwargs: object) -> None:
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f"SET ROLE {APP_ROLE}")


@pytest.fixture(autouse=True)
def held_clock() -> Iterator[datetime]:
    """Time stands still at `DAY`, in every test."""
    with clock.standing_at(DAY):
        yield DAY


@pytest.fixture(autouse=True)
def fresh_boards(monkeypatch: pytest.MonkeyPatch) -> None:
    """No board that was drawn for an earlier test: an operation that is written again has the same name."""
    fresh = Kept(most=posko_board.KEPT_MOST, seconds=posko_board.KEPT_SECONDS)
    monkeypatch.setattr(posko_board, "_boards", fresh)


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Let the test use the database without a transaction around it, for pages and streams side by side.

    Stands in for pytest-django's of the same name, which empties the tables as the program's role: the
    append-only ones refuse that.
    """
    with committing(django_db_blocker, APP_ROLE):
        yield
        connections.close_all()
