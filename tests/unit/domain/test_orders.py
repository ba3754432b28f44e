"""The clock of an order that follows: by the office's own midnight, whatever the phone's clock says."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.domain.law.shipped import lawbook_shipped
from timpora.domain.orders import check_day, order_clock
from timpora.domain.territory import WIB, WIT, WITA

BOOK = lawbook_shipped()
ZONES = st.sampled_from((WIB, WITA, WIT))
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
# Around midnight in some zone of the country: one second is a day's difference.
NIGHTS = st.builds(
    lambda day, zone, seconds: (
        datetime.combine(day, datetime.min.time(), ZoneInfo(zone)) + timedelta(seconds=seconds)
    ),
    st.dates(date(2024, 1, 2), date(2026, 12, 30)),
    ZONES,
    st.integers(-2, 2),
)


@pytest.mark.parametrize(
    ("at", "zone", "days_late"),
    [
        ("2025-11-30T16:59:59+00:00", WIB, 0),
        ("2025-11-30T17:00:00+00:00", WIB, 1),
        ("2025-11-30T15:59:59+00:00", WITA, 0),
        ("2025-11-30T16:00:00+00:00", WITA, 1),
        ("2025-11-30T14:59:59+00:00", WIT, 0),
        ("2025-11-30T15:00:00+00:00", WIT, 1),
    ],
)
def test_the_last_instant_is_the_offices_own_midnight(at, zone, days_late):
    clock = order_clock(date(2025, 11, 29), at=datetime.fromisoformat(at), zone=zone, book=BOOK)
    assert (clock.last_day, clock.days_late) == (date(2025, 11, 30), days_late)
    assert clock.cites == ("permen-imipas-2-2025/ps30",)


def test_before_2025_the_older_rule_is_cited_and_doubted():
    clock = order_clock(date(2024, 8, 22), at=datetime(2024, 8, 22, tzinfo=UTC), zone=WITA, book=BOOK)
    assert clock.cites == ("permenkumham-4-2017",)
    assert clock.doubts


@given(INSTANTS | NIGHTS, ZONES)
def test_it_is_late_exactly_from_the_instant_it_closes(at, zone):
    clock = order_clock(at.astimezone(ZoneInfo(zone)).date(), at=at, zone=zone, book=BOOK)
    assert not clock.is_late
    assert timedelta(days=1) <= clock.closes_at - at <= timedelta(days=2)
    for later, is_late in ((-timedelta(microseconds=1), False), (timedelta(), True)):
        again = order_clock(clock.check_on, at=clock.closes_at + later, zone=zone, book=BOOK)
        assert again.is_late is is_late


@given(INSTANTS | NIGHTS, ZONES, st.integers(0, 400))
def test_each_day_of_waiting_is_one_day_later(at, zone, days):
    check_on = at.astimezone(ZoneInfo(zone)).date()
    clock = order_clock(check_on, at=at + timedelta(days=days), zone=zone, book=BOOK)
    assert clock.days_late == max(0, days - 1)


@given(INSTANTS | NIGHTS, INSTANTS | NIGHTS, st.timedeltas(timedelta(), timedelta(days=30)), ZONES)
def test_a_wrong_phone_moves_no_day_beyond_what_the_office_knows(captured, approved, waited, zone):
    received = approved + waited
    day = check_day(captured, approved_at=approved, received_at=received, zone=zone)
    first, last = (at.astimezone(ZoneInfo(zone)).date() for at in (approved, received))
    assert first <= day <= last
    if approved <= captured <= received:
        assert day == captured.astimezone(ZoneInfo(zone)).date()
