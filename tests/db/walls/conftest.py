"""The house is built once for all files of this folder; every test gives back what it changed."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.conftest import DAY
from tests.db.walls.bodies import of_pages
from tests.db.walls.house import House, build
from timpora.kernel import clock


@pytest.fixture(scope="package")
def house(
    carried: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """Stand in a transaction that is never committed."""
    with django_db_blocker.unblock(), clock.standing_at(DAY), transaction.atomic():  # type: ignore[attr-defined]
        yield build(tmp_path_factory.mktemp("kiriman"))
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def pages(house: House) -> object:
    """What the pages of the house offer for each form, as a browser would send it."""
    return of_pages(house)
