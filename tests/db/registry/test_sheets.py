"""Rules get dated facts with their source, and nothing of who the person is."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from tests.cast import bayu, machine
from timpora.apps.registry import actions, queries
from timpora.apps.registry.types import NewCrossing, NewPermit, NewRecord, NewStay, NewWork, Source
from timpora.domain.periods import Period
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
SOURCE = Source("DISNAKER", "Daftar TKA Agustus", date(2024, 8, 1), ("63.10",))
FACTS = (
    NewPermit(kind="ITAS", starts=date(2023, 8, 11), ends=date(2024, 8, 11), guarantor="PT Contoh"),
    NewCrossing(direction="in", at=datetime(2023, 8, 1, 20, tzinfo=UTC), wilayah="63.71"),
    NewStay(starts=date(2024, 8, 18), lodging="Ebony", wilayah="63.10.01"),
    NewWork(employer="PT Contoh", is_plan=True, wilayah="63.02", starts=date(2024, 1, 1)),
    NewWork(employer="PT Contoh", is_plan=False, wilayah="63.10.05", starts=date(2024, 7, 1)),
)


def test_a_sheet_holds_every_fact_with_its_source_and_local_day():
    row = NewRecord(id=uuid4(), person=uuid4(), name="LI WEI", nationality="CHN", row=7, facts=FACTS)
    with acting_as(machine):
        actions.records_add(machine, source=SOURCE, records=[row])
    with acting_as(bayu):
        ((person, places, sheet),) = queries.fact_sheets(bayu, persons=[row.person])
    assert (person, "63.10.05" in places) == (row.person, True)
    assert sheet.permits[0].period == Period(date(2023, 8, 11), date(2024, 8, 11))
    assert sheet.crossings[0].on == date(2023, 8, 2)  # 04.00 WITA on the next day
    assert [w.place for w in sheet.works] == ["63.10.05"]
    assert [p.places for p in sheet.plans] == [("63.02",)]
    assert sheet.guarantees[0].ended_on is None
    assert sheet.permits[0].source.label == "DISNAKER / Daftar TKA Agustus, baris 7"


def test_nobody_elses_nationality_or_name_changes_a_sheet():
    row = NewRecord(id=uuid4(), person=uuid4(), name="LI WEI", nationality="CHN", sex="L", facts=FACTS)
    twin = replace(row, id=row.id, name="OTHER", nationality="NGA", sex="P", birth_place="X")
    sheets = []
    for one in (row, twin):
        with acting_as(machine):
            new = replace(one, person=uuid4(), id=uuid4())
            actions.records_add(machine, source=SOURCE, records=[new])
            ((_, _, sheet),) = queries.fact_sheets(machine, persons=[new.person])
            sheets.append(repr(sheet).replace(sheet.permits[0].source.fact_id, ""))
    strip = [s.split("FactRef(")[0] for s in sheets]
    assert strip[0] == strip[1]
    assert all(word not in "".join(sheets) for word in ("CHN", "NGA", "LI WEI", "OTHER"))
