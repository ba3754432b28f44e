"""What a count of lines counts: the program as it comes in, and the tests that add to the count.

Python 3.11 runs half as slowly again while lines are counted. So the gathering of the tests is left out, and
so are those that ask all of the program over and over. What they reach is counted where it is tested more
closely; that the limits of coverage hold is the proof that nothing which matters stands here.

`uncounted.txt` names single tests that a recorded run found to add next to nothing; `tests/choosing.py`
writes it. A test that is in neither list counts.
"""

import importlib
import os
import pkgutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from coverage import Coverage

import timpora

# They walk one path of the program in every way, or all of its doors in one way.
UNCOUNTED = (
    "tests/architecture/",
    "tests/db/cases/test_alike.py",
    "tests/db/cases/test_machine.py",
    "tests/db/cases/test_recognised.py",
    "tests/db/intake/test_far_holders.py",
    "tests/db/test_url_matrix.py",
    "tests/db/walls/",
    "tests/journeys/",
    "tests/unit/apps/intake/test_linkage.py",
    "tests/unit/domain/rules/test_rules_properties.py",
    "tests/unit/kernel/documents/test_render.py",
    "tests/unit/tools/",
    "tests/unit/wilayah/test_against_reference.py",
)
FIRST = "gw0"
CHOSEN = Path(__file__).with_name("uncounted.txt")
# Where a run that records leaves what each test cost; set the variable to a folder that is there.
RECORD = os.environ.get("COUNT_RECORD", "")
SINGLE = frozenset() if RECORD else frozenset(CHOSEN.read_text("utf-8").split())


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[object]:
    """Bring the whole program in, so that the lines of its modules count; then gather without counting."""
    if Coverage.current() is None or session.config.pluginmanager.hasplugin("dsession"):
        return (yield)  # nothing counts, or other processes gather
    # What a module does as it comes in is the same in every process: the first counts it for all.
    if os.environ.get("PYTEST_XDIST_WORKER", FIRST) == FIRST:
        for module in pkgutil.walk_packages(timpora.__path__, "timpora."):
            if ".migrations" not in module.name and not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    with _uncounted():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Iterator[object]:
    """Do not count in the process that only hands the tests out and hears how they went."""
    if not session.config.pluginmanager.hasplugin("dsession"):
        return (yield)
    with _uncounted():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[object]:
    """Pause the count of lines for tests that do not add to it."""
    test = item.nodeid.partition("[")[0]
    if test.startswith(UNCOUNTED) or test in SINGLE:
        with _uncounted():
            return (yield)
    if not RECORD:
        return (yield)
    with _recorded(test):
        return (yield)


@contextmanager
def _recorded(test: str) -> Iterator[None]:
    """Let the lines be written down under the name of the test, and what it cost beside them."""
    count, began = Coverage.current(), time.process_time()
    if count is not None:
        count.switch_context(test)
    yield
    with (Path(RECORD) / f"{os.getpid()}.txt").open("a") as file:
        file.write(f"{time.process_time() - began:.3f} {test}\n")
    if count is not None:
        count.switch_context("")


@contextmanager
def _uncounted() -> Iterator[None]:
    count = Coverage.current()
    if count is None:
        yield
        return
    count.stop()
    try:
        yield
    finally:
        count.start()
