from dataclasses import replace

import pytest

from timpora.domain.measures import LADDER, MeasureKind
from timpora.domain.particulars import (
    PLACES_MOST,
    Listing,
    Particular,
    Particulars,
    PermitChange,
    Place,
    lack_of,
    particulars_of,
)

HARBOUR = Place("63.10.01", "Pelabuhan Samudera", "Kec. Batu Licin")
HOME = Place("63.10.01", "Jalan Contoh 1", "Kec. Batu Licin")
ALL = Particulars((HARBOUR,), PermitChange.RESTRICTED, "hanya di Batulicin", Listing.EXIT, "Tiongkok")
WHOLE = {
    MeasureKind.LIVE_AT: Particulars(places=(HOME,)),
    MeasureKind.BARRED_FROM: Particulars(places=(HARBOUR, Place("63.10"))),
    MeasureKind.PERMIT: Particulars(permit_change=PermitChange.CHANGED, permit_words="izin kunjungan"),
    MeasureKind.LISTED: Particulars(listing=Listing.ENTRY),
    MeasureKind.DEPORTATION: Particulars(destination="Tiongkok"),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_what_is_told_is_enough_and_nothing_told_is_not(kind):
    assert lack_of(kind, WHOLE[kind]) is None
    assert lack_of(kind, Particulars()) is not None


def test_taking_no_measure_and_the_charge_ask_for_nothing_more():
    free = {rung.kind for rung in LADDER} - set(WHOLE)
    assert free == {MeasureKind.NONE, MeasureKind.CHARGE}
    assert [lack_of(kind, Particulars()) for kind in free] == [None, None]


@pytest.mark.parametrize(
    ("kind", "told", "of"),
    [
        (MeasureKind.BARRED_FROM, Particulars(), Particular.PLACES),
        (MeasureKind.BARRED_FROM, Particulars((HARBOUR,) * (PLACES_MOST + 1)), Particular.PLACES),
        (MeasureKind.LIVE_AT, Particulars((HOME, HARBOUR)), Particular.PLACES),
        (MeasureKind.LIVE_AT, Particulars((Place("63.10"),)), Particular.ADDRESS),
        (MeasureKind.PERMIT, Particulars(), Particular.PERMIT_CHANGE),
        (MeasureKind.PERMIT, Particulars(permit_change=PermitChange.RESTRICTED), Particular.PERMIT_WORDS),
        (MeasureKind.LISTED, Particulars(), Particular.LISTING),
        (MeasureKind.DEPORTATION, Particulars(), Particular.DESTINATION),
    ],
)
def test_what_is_missing_is_named(kind, told, of):
    lack = lack_of(kind, told)
    assert lack is not None
    assert lack.of is of
    assert lack.because.endswith(".")


def test_a_cancelled_permit_needs_no_words():
    assert lack_of(MeasureKind.PERMIT, Particulars(permit_change=PermitChange.CANCELLED)) is None


def test_what_was_typed_for_another_measure_falls_away():
    assert particulars_of(MeasureKind.BARRED_FROM, ALL) == Particulars(places=(HARBOUR,))
    assert particulars_of(MeasureKind.DEPORTATION, ALL) == Particulars(destination="Tiongkok")
    assert particulars_of(MeasureKind.CHARGE, ALL) == Particulars()
    kept = particulars_of(MeasureKind.PERMIT, ALL)
    assert kept == Particulars(permit_change=PermitChange.RESTRICTED, permit_words="hanya di Batulicin")
    cancelled = replace(ALL, permit_change=PermitChange.CANCELLED)
    assert particulars_of(MeasureKind.PERMIT, cancelled).permit_words == ""


def test_a_place_is_told_from_the_narrowest():
    assert HARBOUR.told == "Pelabuhan Samudera, Kec. Batu Licin"
    assert Place("63.10").told == "63.10"
