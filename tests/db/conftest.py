"""The carried tables, put in place once for all tests that ask for them."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.moulds import country_clear, country_copy


@pytest.fixture(scope="session")
def carried(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Committed, since a country for each test would be slow; removed when all tests are done.

    For the session and not the package: files are asked in any order, and each step out of the package and
    back would copy the country again.
    """
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with transaction.atomic():
            country_copy()
        yield
        country_clear()
