"""The carried tables, loaded once for all tests that ask for them."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from tests.conftest import DAY
from timpora.apps.wilayah import loading
from timpora.config.settings_test import APP_ROLE

TABLES = (
    "wilayah_region",
    "wilayah_regionword",
    "wilayah_officearea",
    "wilayah_checkpoint",
    "wilayah_referencerow",
    "wilayah_referenceload",
)


@pytest.fixture(scope="session")
def carried(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Committed, since a country for each test would be slow; removed when all tests are done.

    For the session and not the package: files are asked in any order, and each step out of the package and
    back would load the country again.
    """
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with transaction.atomic():
            loading.regions_write()
            loading.reference_write(DAY)
            loading.areas_write()
            loading.checkpoints_write()
        yield
        with connection.cursor() as cursor:
            cursor.execute(f"RESET ROLE; TRUNCATE {', '.join(TABLES)}; SET ROLE {APP_ROLE}")
