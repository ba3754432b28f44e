from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.domain.dates import date_text
from timpora.domain.periods import ONE_DAY, Period, PeriodReversed, end_text, months_after
from timpora.domain.words import rupiah

days = st.dates(date(2000, 1, 1), date(2060, 1, 1))


def test_a_period_holds_its_first_day_and_not_its_end():
    period = Period(date(2024, 8, 21), date(2024, 8, 24))
    assert date(2024, 8, 21) in period
    assert date(2024, 8, 23) in period
    assert date(2024, 8, 24) not in period
    assert date(2024, 8, 20) not in period
    assert period.last_day == date(2024, 8, 23)


@pytest.mark.parametrize(
    ("ends", "zone", "said"),
    [
        ("2024-08-24T00:00", "WITA", "23-08-2024 24.00 WITA"),
        ("2024-09-01T00:00", "", "31-08-2024 24.00"),
        ("2024-08-24T00:01", "WIT", "24-08-2024 00.01 WIT"),
        ("2024-08-24T17:30", "", "24-08-2024 17.30"),
    ],
)
def test_a_span_that_ends_at_midnight_ends_at_24_of_the_day_before(ends, zone, said):
    assert end_text(datetime.fromisoformat(ends), zone) == said


def test_an_open_period_has_no_last_day():
    assert Period(date(2024, 8, 21)).last_day is None
    assert date(2999, 1, 1) in Period(date(2024, 8, 21))


def test_a_period_must_hold_a_day():
    with pytest.raises(PeriodReversed, match="21-08-2024"):
        Period(date(2024, 8, 21), date(2024, 8, 21))


@given(days, st.integers(1, 400), days, st.one_of(st.none(), st.integers(1, 400)))
def test_overlap_means_a_common_day_and_is_mutual(one, length, other, other_length):
    left = Period(one, one + length * ONE_DAY)
    right = Period(other, None if other_length is None else other + other_length * ONE_DAY)
    common = any(one + step * ONE_DAY in right for step in range(length))
    assert left.overlaps(right) is right.overlaps(left) is common


@given(days, st.integers(0, 240))
def test_months_keep_the_day_or_take_the_last(day, count):
    reached = months_after(day, count)
    assert (reached.year - day.year) * 12 + reached.month - day.month == count
    assert reached.day == day.day or (reached.day < day.day and (reached + ONE_DAY).day == 1)


def test_words_are_written_as_offices_do():
    assert date_text(date(2024, 8, 1)) == "01-08-2024"
    assert rupiah(37_000_000) == "Rp37.000.000"
