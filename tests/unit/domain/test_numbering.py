"""Missing numbers of a device: none once all have arrived, in whatever order, and red in time."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from timpora.domain.numbering import ON_ITS_WAY, Missing, Run, missing

START = datetime(2024, 8, 22, 2, 0, tzinfo=UTC)
PROMISED = timedelta(minutes=15)


def minute(number: int) -> datetime:
    return START + timedelta(minutes=number)


def arrived(*numbers: int) -> list[Run]:
    """Let numbers arrive one by one, a minute apart."""
    return [Run(number, number, minute(at)) for at, number in enumerate(numbers)]


def joined(runs: list[Run]) -> list[Run]:
    """Put single numbers together into runs without a hole, as the database does."""
    first_at: dict[int, datetime] = {}
    for run in runs:
        first_at[run.first] = min(run.at, first_at.get(run.first, run.at))
    found: list[Run] = []
    for number in sorted(first_at):
        if found and found[-1].last == number - 1:
            last = found.pop()
            found.append(Run(last.first, number, min(last.at, first_at[number])))
        else:
            found.append(Run(number, number, first_at[number]))
    return found


def test_a_gap_is_known_since_the_first_later_number_came():
    assert missing(arrived(1, 9, 4)) == (Missing(2, 3, minute(1)), Missing(5, 8, minute(1)))


def test_numbers_begin_at_one():
    assert missing(arrived(3)) == (Missing(1, 2, minute(0)),)
    assert missing(arrived(0, 1)) == ()
    assert missing([]) == ()


def test_a_gap_is_on_its_way_at_first_and_red_within_the_promise():
    (gap,) = missing(arrived(2))
    assert not gap.is_red(minute(0) + ON_ITS_WAY - timedelta(microseconds=1))
    assert gap.is_red(minute(0) + ON_ITS_WAY)
    # A room draws every 30 s and keeps a board for 15 s; a minute more is for a slow line.
    assert ON_ITS_WAY + timedelta(minutes=2) <= PROMISED


@given(st.permutations(range(1, 12)), st.lists(st.integers(1, 11), max_size=6))
def test_when_all_have_arrived_nothing_is_missing_whatever_the_order_and_repeats(order, again):
    assert missing(arrived(*order, *again)) == ()


@given(st.lists(st.integers(1, 40), max_size=30))
def test_missing_and_arrived_numbers_are_all_numbers_up_to_the_highest(numbers):
    gaps = missing(arrived(*numbers))
    told = [n for gap in gaps for n in range(gap.first, gap.last + 1)]
    assert sorted({*told, *numbers}) == list(range(1, max(numbers, default=0) + 1))
    assert not set(told) & set(numbers)
    assert len(told) == len(set(told))
    # Two gaps side by side would be one.
    assert all(one.last + 1 < other.first for one, other in pairwise(gaps))


@given(st.lists(st.integers(1, 25), min_size=1, max_size=20))
def test_each_gap_is_known_since_the_earliest_later_arrival(numbers):
    runs = arrived(*numbers)
    for gap in missing(runs):
        assert gap.since == min(run.at for run in runs if run.first > gap.last)


@given(st.lists(st.integers(1, 25), max_size=20))
def test_runs_say_what_their_numbers_said(numbers):
    assert missing(joined(arrived(*numbers))) == missing(arrived(*numbers))


@given(st.lists(st.integers(1, 25), min_size=2, max_size=20))
def test_what_arrives_later_closes_gaps_and_opens_none_below_the_highest(numbers):
    def told(runs: list[Run]) -> set[int]:
        return {n for gap in missing(runs) for n in range(gap.first, gap.last + 1)}

    runs = arrived(*numbers)
    *before, last = runs
    highest = max((run.last for run in before), default=0)
    assert {n for n in told(runs) if n < highest} <= told(before)
    assert last.first not in told(runs)
