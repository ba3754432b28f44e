"""Invented persons for the tests of screens: records with facts, added as the program's own worker."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from tests.cast import machine
from timpora.apps.registry import actions
from timpora.apps.registry.types import NewCrossing, NewPermit, NewRecord, NewStay, NewWork, Source
from timpora.kernel.database.session import acting_as

HOTEL = Source("HOTEL", "Laporan Hotel Ebony", date(2024, 8, 19), ("63.10",))
PERMITS = Source("IMIGRASI", "Daftar izin tinggal", date(2024, 8, 1), ("63.10",))
BORDER = Source("TPI", "Perlintasan Syamsudin Noor", date(2024, 7, 31), ("63.10",))


def add(source: Source, *records: NewRecord) -> None:
    """Add one source's rows."""
    with acting_as(machine):
        actions.records_add(machine, source=source, records=records)


def overstayer(person: UUID | None = None) -> UUID:
    """Add somebody whose permit ended on 10 August 2024 and whom a hotel still reports; two sources."""
    who = person or uuid4()
    permit = NewPermit(
        kind="ITAS",
        visa_index="C312",
        starts=date(2023, 8, 11),
        ends=date(2024, 8, 11),
        guarantor="PT Contoh Karya",
        address="Jalan Raya Batulicin 12",
        wilayah="63.10.10",
    )
    work = NewWork(employer="PT Contoh Karya", is_plan=True, position="Teknisi", wilayah="63.10")
    papers = {"document_kind": "paspor", "document_number": "A1234567", "document_state": "PAK"}
    base = {"name": "MUHAMMAD ALI", "birth": "1985-03-12", "sex": "L", "nationality": "PAK", **papers}
    entry = NewCrossing(
        direction="in",
        at=datetime(2023, 8, 11, 3, 5, tzinfo=UTC),
        checkpoint="Syamsudin Noor",
        wilayah="63.72",
    )
    add(PERMITS, NewRecord(id=uuid4(), person=who, facts=(permit, work), row=7, **base))
    add(BORDER, NewRecord(id=uuid4(), person=who, facts=(entry,), **base))
    stay = NewStay(starts=date(2024, 8, 18), lodging="Hotel Ebony", wilayah="63.02.01")
    told = {"name": "MOHAMED ALI", "birth": "1985-03-13"}
    add(HOTEL, NewRecord(id=uuid4(), person=who, facts=(stay,), row=3, **told))
    return who
