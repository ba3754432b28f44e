"""Need against what is there: nothing covers for anything else, and what is missing is never negative."""

from datetime import UTC, datetime

import pytest

from timpora.domain.supply import Resource, Supply, overlaps, short_sum


@pytest.mark.parametrize(
    ("needed", "held", "taken", "free", "short"),
    [(3, 5, 1, 4, 0), (3, 3, 1, 2, 1), (0, 0, 0, 0, 0), (2, 1, 3, 0, 2), (4, 4, 0, 4, 0)],
)
def test_what_is_elsewhere_is_not_there(needed, held, taken, free, short):
    supply = Supply(Resource.CAR, needed, held, taken)
    assert (supply.free, supply.short) == (free, short)


def test_a_spare_car_of_one_office_does_not_drive_for_another():
    spare, lacking = Supply(Resource.CAR, 1, 4, 0), Supply(Resource.CAR, 3, 1, 0)
    assert [supply.short for supply in (spare, lacking)] == [0, 2]
    assert short_sum([spare, lacking]) == 2


def test_spans_that_only_touch_do_not_overlap():
    one, two, three = (datetime(2024, 8, day, tzinfo=UTC) for day in (21, 22, 23))
    assert overlaps((one, three), (two, three))
    assert not overlaps((one, two), (two, three))
    assert not overlaps((two, three), (one, two))
