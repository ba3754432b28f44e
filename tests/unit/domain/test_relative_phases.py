"""Phases in days from the start become days of the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.domain.relative_phases import FARTHEST, RelativePhase, phase_days

DAY = timedelta(days=1)
starts = st.dates(date(2000, 1, 1), date(2090, 1, 1))
phases = st.builds(
    RelativePhase,
    st.just("Tahap"),
    st.integers(0, FARTHEST),
    st.integers(1, FARTHEST),
    st.none() | st.integers(0, FARTHEST),
)


def test_days_are_counted_from_the_start():
    found = phase_days(date(2024, 8, 21), RelativePhase("Tahap II", 0, 3, 2))
    assert found is not None
    assert (found.name, found.first, found.last, found.answer_on) == (
        "Tahap II", date(2024, 8, 21), date(2024, 8, 23), date(2024, 8, 19),
    )  # fmt: skip


def test_a_phase_that_asks_for_no_answer_has_no_such_day():
    found = phase_days(date(2024, 8, 21), RelativePhase("Tahap", 1, 1))
    assert found is not None
    assert (found.first, found.last, found.answer_on) == (date(2024, 8, 22), date(2024, 8, 22), None)


@given(start=starts, phase=phases)
def test_every_sane_phase_has_its_days_and_they_move_with_the_start(start, phase):
    assert phase.is_sane
    found, later = phase_days(start, phase), phase_days(start + DAY, phase)
    assert found is not None
    assert later is not None
    assert found.first >= start
    assert (found.last - found.first).days + 1 == phase.length
    assert found.answer_on is None or found.answer_on <= found.first
    assert (later.first - found.first, later.last - found.last) == (DAY, DAY)


@pytest.mark.parametrize(("offset", "length", "answer"), [(-1, 1, None), (0, 0, None), (0, 1, -1),
    (FARTHEST + 1, 1, None), (0, FARTHEST + 1, None), (0, 1, FARTHEST + 1)])  # fmt: skip
def test_numbers_that_are_no_days_are_told(offset, length, answer):
    assert RelativePhase("Tahap", 0, 1, 0).is_sane
    assert not RelativePhase("Tahap", offset, length, answer).is_sane


@pytest.mark.parametrize("start", [date.max, date.max - DAY, date.min])
def test_beyond_the_calendar_there_are_no_days(start):
    assert phase_days(start, RelativePhase("Tahap", 0, 2, 1)) is None
