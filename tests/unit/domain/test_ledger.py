"""The error ledger counts honestly and stops only what is proven bad."""

from hypothesis import given
from hypothesis import strategies as st

from timpora.domain.ledger import FEWEST_VERDICTS, interval, must_stop

COUNTS = st.integers(0, 500)


def test_without_a_verdict_nothing_is_claimed():
    assert interval(upheld=0, overturned=0) is None
    assert not must_stop(upheld=0, overturned=0)


@given(COUNTS, COUNTS.filter(bool))
def test_the_interval_holds_the_share(upheld, overturned):
    found = interval(upheld=upheld, overturned=overturned)
    assert found is not None
    assert 0 <= found.low <= found.share <= found.high <= 1


def test_the_interval_is_wilsons():
    found = interval(upheld=8, overturned=2)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (0.4902, 0.9433)


@given(COUNTS, COUNTS)
def test_one_more_overturned_never_starts_a_stopped_rule(upheld, overturned):
    if must_stop(upheld=upheld, overturned=overturned):
        assert must_stop(upheld=upheld, overturned=overturned + 1)
        assert upheld + overturned >= FEWEST_VERDICTS


def test_forty_wrong_verdicts_stop_and_a_coins_throw_does_not():
    assert must_stop(upheld=0, overturned=40)
    assert not must_stop(upheld=0, overturned=FEWEST_VERDICTS - 1)
    assert not must_stop(upheld=20, overturned=20)
