from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.domain.law.shipped import lawbook_shipped, lawbook_with, shipped_files
from timpora.domain.overstay import CITES, ChargePayment, OverstayRoad, overstay_days, overstay_judge
from timpora.domain.periods import ONE_DAY

BOOK = lawbook_shipped()
LAST = date(2024, 6, 30)


def after(days, payment=ChargePayment.OPEN, book=BOOK):
    return overstay_judge(last_day=LAST, on=LAST + days * ONE_DAY, book=book, payment=payment)


def test_the_day_after_the_last_day_is_day_one():
    assert overstay_days(last_day=LAST, on=LAST) == 0
    assert overstay_days(last_day=LAST, on=LAST + ONE_DAY) == 1
    assert overstay_days(last_day=LAST, on=LAST - ONE_DAY) == 0


@pytest.mark.parametrize(
    ("days", "road", "charge", "needs_decision"),
    [
        (0, OverstayRoad.NONE, 0, False),
        (1, OverstayRoad.CHARGE, 1_000_000, False),
        (37, OverstayRoad.CHARGE, 37_000_000, False),
        (59, OverstayRoad.CHARGE, 59_000_000, False),
        (60, OverstayRoad.CHARGE, 60_000_000, True),
        (61, OverstayRoad.DEPORTATION, 0, False),
        (466, OverstayRoad.DEPORTATION, 0, False),
    ],
)
def test_the_road_turns_after_sixty_days(days, road, charge, needs_decision):
    overstay = after(days)
    assert (overstay.days, overstay.charge_rupiah) == (days, charge)
    assert overstay.verdict.outcome is road
    assert overstay.verdict.needs_legal_decision is needs_decision


def test_an_unpaid_charge_leads_to_the_other_road_with_its_paragraph():
    assert after(10, ChargePayment.PAID).verdict.outcome is OverstayRoad.CHARGE
    unpaid = after(10, ChargePayment.UNPAID)
    assert unpaid.verdict.outcome is OverstayRoad.DEPORTATION
    assert "uu-6-2011/ps78/a2" in unpaid.verdict.cites
    assert unpaid.charge_rupiah == 10_000_000
    assert after(60, ChargePayment.UNPAID).verdict.needs_legal_decision


def test_an_unverified_tariff_is_said():
    overstay = overstay_judge(last_day=date(2025, 1, 1), on=date(2025, 1, 3), book=BOOK)
    assert "pp-45-2024" in overstay.verdict.cites
    assert any("belum diverifikasi" in doubt for doubt in overstay.verdict.doubts)


def test_the_limit_and_tariff_come_from_the_files():
    text = shipped_files()["values/overstay.toml"]
    book = lawbook_with({"values/overstay.toml": text.replace("value = 60", "value = 30")})
    assert after(31, book=book).verdict.outcome is OverstayRoad.DEPORTATION
    assert after(31).verdict.outcome is OverstayRoad.CHARGE


@given(st.dates(date(2019, 6, 1), date(2027, 1, 1)), st.integers(-100, 400))
def test_no_day_makes_it_milder_and_every_cite_was_law(last_day, days):
    on = last_day + days * ONE_DAY
    roads = list(OverstayRoad)
    today = overstay_judge(last_day=last_day, on=on, book=BOOK)
    tomorrow = overstay_judge(last_day=last_day, on=on + ONE_DAY, book=BOOK)
    assert roads.index(today.verdict.outcome) <= roads.index(tomorrow.verdict.outcome)
    assert tomorrow.days - today.days in (0, 1)
    assert len(BOOK.resolve(today.verdict.cites, on=on)) == len(today.verdict.cites)


def test_the_paragraphs_are_in_force():
    assert BOOK.in_force(CITES, on=date(2011, 5, 5)) == CITES
