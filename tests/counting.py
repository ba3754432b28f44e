"""What a count of lines counts: the program as it comes in, and the tests that add to the count.

Python 3.11 runs half as slowly again while lines are counted. So the gathering of the tests is left out, and
so are those that ask all of the program over and over. What they reach is counted where it is tested more
closely; that the limits of coverage hold is the proof that nothing which matters stands here.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager

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
    "tests/journeys/test_demonstration.py",
    "tests/journeys/test_field_form.py",
    "tests/journeys/test_jagratara_second_phase.py",
    "tests/journeys/test_keys.py",
    "tests/unit/apps/intake/test_linkage.py",
    "tests/unit/domain/rules/test_rules_properties.py",
    "tests/unit/kernel/documents/test_render.py",
    "tests/unit/tools/",
    "tests/unit/wilayah/test_against_reference.py",
)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[object]:
    """Bring the whole program in, so that the lines of its modules count; then gather without counting."""
    if Coverage.current() is None or session.config.pluginmanager.hasplugin("dsession"):
        return (yield)  # nothing counts, or other processes gather
    for module in pkgutil.walk_packages(timpora.__path__, "timpora."):
        if ".migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    with _uncounted():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[object]:
    """Pause the count of lines for tests that do not add to it."""
    if not item.nodeid.startswith(UNCOUNTED):
        return (yield)
    with _uncounted():
        return (yield)


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
