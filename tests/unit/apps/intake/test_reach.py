"""A list speaks for its own places: where somebody stays or works elsewhere is for others to tell."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from timpora.apps.intake.kinds import ListKind
from timpora.apps.intake.validation import check_row
from timpora.domain.territory import closure, within

PLACES = ("63.02", "63.10")
WHO = {"name": "SITI", "document_number": "A1234567"}
STAY = WHO | {"lodging_name": "Hotel Banua", "checked_in_on": "15-08-2024"}
WORK = WHO | {"employer": "PT Contoh"}
SEEN = {"seen_on": "10-08-2024"}
CODES = some.sampled_from(
    ("63", "63.1", "63.10", "63.10.06", "63.10.06.1001", "63.02", "63.0", "64", "64.02.01", "99.99")
)


def faults(kind, told, places=PLACES) -> dict[str, str]:
    return {
        fault.field: fault.code for fault in check_row(kind, told, on=date(2024, 8, 22), places=places).errors
    }


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"region": "31.71"}, "region"),
        ({"region": "63.01 Tanah Laut"}, "region"),
        ({"region": "64"}, "region"),
        ({"region": "63.10.06"}, None),
        ({"region": "63"}, None),
        ({"region": "Kec. Satui"}, None),
        ({"region": "13 Ilir"}, None),
        ({}, None),
    ],
)
def test_a_stay_is_told_by_those_in_whose_area_it_is(told, field):
    assert faults(ListKind.STAYS, STAY | told) == ({field: "region-outside"} if field else {})


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"work_location": "31.71 - Jakarta Pusat"}, "work_location"),
        ({"work_region": "31.71"}, "work_region"),
        (SEEN | {"work_region": "31.71"}, "work_region"),
        ({"plan_region": "31.71"}, "plan_region"),
        (SEEN | {"plan_region": "31.71"}, "plan_region"),
        ({"plan_location": "31.71 - Jakarta Pusat", "plan_number": "1"}, "plan_location"),
        ({"plan_region": "31.71", "work_region": "63.10"}, "plan_region"),
        # A visit in the own area found that the plan names another: what such a list is for.
        (SEEN | {"plan_region": "31.71", "work_region": "63.10"}, None),
        ({"plan_location": "31.71 - Jakarta Pusat", "work_location": "63.10 - Tanah Bumbu"}, None),
        ({"work_region": "63.02.01"}, None),
    ],
)
def test_work_is_told_by_those_in_whose_area_it_is(told, field):
    assert faults(ListKind.WORKERS, WORK | told) == ({field: "region-outside"} if field else {})


def test_the_fault_says_what_to_do():
    (fault,) = check_row(
        ListKind.STAYS, STAY | {"region": "31.71"}, on=date(2024, 8, 22), places=PLACES
    ).errors
    assert fault.sentence == (
        "Kode wilayah: Wilayah 31.71 di luar wilayah pengirim daftar (63.02, 63.10); perbaiki kodenya, atau "
        "serahkan baris ini kepada instansi atau kantor di wilayah itu."
    )


def test_the_centre_speaks_for_the_whole_country():
    assert faults(ListKind.STAYS, STAY | {"region": "31.71"}, ("ID",)) == {}
    assert faults(ListKind.WORKERS, WORK | {"plan_region": "31.71"}, ("ID",)) == {}


def test_immigrations_registers_name_other_places():
    permit = WHO | {"permit_kind": "ITAS", "ends_on": "31-12-2024", "region": "31.71"}
    assert faults(ListKind.PERMITS, permit) == {}


@given(CODES, CODES, some.booleans())
def test_nothing_outside_the_places_is_taken_in_but_the_plan_beside_a_visit(work, plan, is_visit):
    told = WORK | {"work_region": work, "plan_region": plan} | (SEEN if is_visit else {})
    checked = check_row(ListKind.WORKERS, told, on=date(2024, 8, 22), places=PLACES)
    if checked.record is None:
        assert {fault.code for fault in checked.errors} == {"region-outside"}
        return
    taken = [code for code in (checked.record.work_place_region, checked.record.plan_place_region) if code]
    foreign = [c for c in taken if c not in closure(PLACES) and not any(within(c, p) for p in PLACES)]
    assert not foreign or (is_visit and foreign == [checked.record.plan_place_region])
