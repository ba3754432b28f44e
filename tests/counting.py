"""Which tests a count of lines leaves out: they would take half as long again, and add next to nothing.

What they reach is counted where it is tested more closely, so a limit of coverage is kept without them; the
limits are the proof that nothing which matters stands here.
"""

from collections.abc import Iterator

import pytest
from coverage import Coverage

# They ask all of the program over and over, or walk one path of it in every way.
UNCOUNTED = (
    "tests/architecture/",
    "tests/db/cases/test_alike.py",
    "tests/db/hostile/",
    "tests/db/intake/test_far_holders.py",
    "tests/db/test_url_matrix.py",
    "tests/db/walls/",
    "tests/journeys/test_field_form.py",
    "tests/journeys/test_keys.py",
    "tests/unit/apps/intake/test_linkage.py",
    "tests/unit/kernel/documents/test_render.py",
    "tests/unit/tools/",
)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Pause the count of lines for tests that do not add to it."""
    count = Coverage.current() if item.nodeid.startswith(UNCOUNTED) else None
    if count is None:
        return (yield)
    count.stop()
    try:
        return (yield)
    finally:
        count.start()
