from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.domain.law.clocks import (
    UnitUnfit,
    deadline_after,
    is_workday,
    term_from,
    workday_after,
)
from timpora.domain.law.shipped import lawbook_shipped
from timpora.domain.objection import FiledBeforeReceipt, ObjectionTiming, objection_clock, objection_judge
from timpora.domain.periods import ONE_DAY, Period

BOOK = lawbook_shipped()
days = st.dates(date(2024, 1, 1), date(2025, 10, 1))


def test_weekends_and_holidays_are_not_worked():
    assert is_workday(date(2024, 8, 16), book=BOOK)
    assert not is_workday(date(2024, 8, 17), book=BOOK)
    assert not is_workday(date(2024, 9, 16), book=BOOK)
    assert workday_after(date(2024, 9, 13), count=1, book=BOOK) == date(2024, 9, 17)


@given(days, st.integers(1, 40))
def test_a_working_day_deadline_holds_exactly_its_working_days(day, count):
    last = workday_after(day, count=count, book=BOOK)
    span = [day + step * ONE_DAY for step in range(1, (last - day).days + 1)]
    assert sum(is_workday(one, book=BOOK) for one in span) == count
    assert is_workday(last, book=BOOK)


def test_the_day_of_the_event_is_not_counted_in_a_deadline():
    deadline = deadline_after(date(2024, 8, 21), limit="ban_notice_person_days", book=BOOK)
    assert deadline.last_day == date(2024, 8, 28)
    assert not deadline.is_past(date(2024, 8, 28))
    assert deadline.is_past(date(2024, 8, 29))
    assert [deadline.days_left(date(2024, 8, day)) for day in (27, 28, 29)] == [1, 0, -1]
    assert deadline.cites == ("uu-6-2011/ps94",)
    assert "belum diverifikasi" in deadline.doubts[0]


def test_months_and_verified_numbers_have_no_doubt():
    deadline = deadline_after(date(2024, 12, 31), limit="exit_ban_months", book=BOOK)
    assert deadline.last_day == date(2025, 6, 30)
    assert deadline.doubts == ()


def test_a_term_counts_its_first_day_and_ends_the_day_before():
    assert term_from(date(2024, 12, 10), limit="exit_ban_months", book=BOOK).last_day == date(2025, 6, 9)
    assert term_from(date(2024, 8, 31), limit="exit_ban_months", book=BOOK) == Period(
        date(2024, 8, 31), date(2025, 2, 28)
    )
    assert term_from(date(2024, 8, 21), limit="exit_ban_urgent_days", book=BOOK).last_day == date(2024, 9, 9)


@pytest.mark.parametrize("count_of_days", [deadline_after, term_from])
def test_a_number_that_counts_no_days_gives_no_day(count_of_days):
    assert count_of_days(date(2024, 8, 21), limit="exit_ban_months", book=BOOK)
    with pytest.raises(UnitUnfit, match="overstay_charge_rupiah"):
        count_of_days(date(2024, 8, 21), limit="overstay_charge_rupiah", book=BOOK)


def test_objection_runs_21_working_days_from_receipt():
    clock = objection_clock(date(2024, 8, 23), book=BOOK)
    # 16 September 2024 is a holiday, so the 21st working day is one later than by weekdays alone.
    assert clock.file.last_day == date(2024, 9, 24)
    assert clock.forward is None
    assert clock.decide is None
    later = objection_clock(
        date(2024, 8, 23), book=BOOK, filed_on=date(2024, 9, 20), forwarded_on=date(2024, 9, 27)
    )
    assert later.forward is not None
    assert later.decide is not None
    assert later.forward.last_day == date(2024, 9, 27)
    assert later.decide.last_day == date(2024, 10, 4)


def test_an_objection_on_the_last_day_is_in_time_and_the_next_is_late():
    received = date(2025, 3, 3)
    last = objection_clock(received, book=BOOK).file.last_day
    in_time = objection_judge(received_on=received, filed_on=last, book=BOOK)
    late = objection_judge(received_on=received, filed_on=last + ONE_DAY, book=BOOK)
    assert (in_time.outcome, late.outcome) == (ObjectionTiming.IN_TIME, ObjectionTiming.LATE)
    assert in_time.cites == ("permen-imipas-2-2025/ps73",)
    with pytest.raises(FiledBeforeReceipt):
        objection_judge(received_on=received, filed_on=received - ONE_DAY, book=BOOK)


def test_a_year_without_calendar_is_said():
    doubts = deadline_after(date(2025, 12, 20), limit="objection_file_working_days", book=BOOK).doubts
    assert any("2026" in doubt for doubt in doubts)
    doubts = deadline_after(date(2025, 3, 3), limit="objection_file_working_days", book=BOOK).doubts
    assert not any("Kalender" in doubt for doubt in doubts)
