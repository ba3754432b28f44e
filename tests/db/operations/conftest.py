"""An opened operation, and a person known to the registry."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.cast import machine
from tests.db.operations import world
from timpora.apps.registry import actions as registry
from timpora.apps.registry.types import NewPermit, NewRecord, Source
from timpora.kernel.database.session import acting_as


@pytest.fixture
def operation():
    world.people()
    return world.opened()


@pytest.fixture
def person():
    row = NewRecord(
        id=uuid4(),
        person=uuid4(),
        name="LI WEI",
        birth="1985-03-12",
        document_number="E123",
        nationality="CHN",
        facts=(NewPermit(kind="ITAS", ends=datetime(2024, 8, 11, tzinfo=UTC).date()),),
    )
    source = Source("IMIGRASI", "Daftar izin", datetime(2024, 8, 19, tzinfo=UTC).date(), ("63.10",))
    with acting_as(machine):
        registry.records_add(machine, source=source, records=[row])
    return row.person
