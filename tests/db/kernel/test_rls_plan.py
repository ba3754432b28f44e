"""How PostgreSQL carries out the second wall; what it lets through is tested with the tables themselves."""

import pytest
from django.db import connection

from tests.cast import machine
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", ["registry_personkey", "registry_record", "registry_permit"])
def test_a_row_below_its_parent_asks_for_that_parent_and_never_gathers_all(table):
    with acting_as(machine), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN SELECT * FROM {table}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "SubPlan" in plan
    assert "hashed" not in plan
