from dataclasses import dataclass
from datetime import date

from timpora.domain.law.cite import WorkRight
from timpora.domain.law.shipped import lawbook_shipped, lawbook_with
from timpora.domain.periods import ONE_DAY, Period
from timpora.domain.permits import (
    PERMIT_MEANING,
    PermitKind,
    permit_ended_before,
    permit_on,
    visa_free_period,
    work_right,
)

BOOK = lawbook_shipped()


@dataclass(frozen=True)
class Held:
    period: Period
    kind: PermitKind = PermitKind.ITK
    visa_index: str = ""


SPRING = Held(Period(date(2024, 3, 1), date(2024, 6, 1)))
SUMMER = Held(Period(date(2024, 5, 1), date(2024, 9, 1)))
OPEN = Held(Period(date(2024, 10, 1)))
ALL = (SUMMER, SPRING, OPEN)


def test_of_several_the_one_that_started_last_holds():
    assert permit_on(ALL, date(2024, 3, 1)) is SPRING
    assert permit_on(ALL, date(2024, 5, 1)) is SUMMER
    assert permit_on(ALL, date(2024, 8, 31)) is SUMMER
    assert permit_on(ALL, date(2024, 9, 1)) is None
    assert permit_on(ALL, date(2030, 1, 1)) is OPEN


def test_the_permit_that_ended_latest_is_told_with_its_last_day():
    assert permit_ended_before(ALL, date(2024, 5, 31)) is None
    assert permit_ended_before(ALL, date(2024, 6, 1)) == (SPRING, date(2024, 5, 31))
    assert permit_ended_before(ALL, date(2024, 9, 1)) == (SUMMER, date(2024, 8, 31))


def test_visa_free_days_count_the_day_of_entry():
    entered = date(2024, 8, 1)
    period = visa_free_period(entered, book=BOOK)
    assert period is not None
    assert period.last_day == entered + 29 * ONE_DAY
    assert visa_free_period(entered, book=BOOK, visa_index="ZZ") is None
    assert visa_free_period(entered, book=BOOK, visa_index="E23") is None


def test_the_visa_table_says_whether_work_is_allowed_and_the_kind_only_where_it_is_silent():
    period = Period(date(2024, 8, 1), date(2024, 9, 1))
    assert work_right(Held(period, PermitKind.ITK, "C2"), book=BOOK) is WorkRight.NONE
    assert work_right(Held(period, PermitKind.ITAS, "E23"), book=BOOK) is WorkRight.ALLOWED
    assert work_right(Held(period, PermitKind.ITK, "C20"), book=BOOK) is WorkRight.UNKNOWN
    assert work_right(Held(period, PermitKind.BVK), book=BOOK) is WorkRight.NONE
    assert work_right(Held(period, PermitKind.ITK), book=BOOK) is WorkRight.UNKNOWN


def test_an_office_can_correct_the_table():
    row = """
[[visa]]
code = "C2"
name_id = "Bisnis"
name_en = "Business"
category = "kunjungan"
work = "terbatas"
from = 2024-01-01
source = "tabel kantor"
confidence = "high"
"""
    held = Held(Period(date(2024, 8, 1)), PermitKind.ITK, "C2")
    assert work_right(held, book=BOOK) is WorkRight.NONE
    assert work_right(held, book=lawbook_with({"visas/index.toml": row})) is WorkRight.LIMITED


def test_every_kind_has_a_meaning():
    assert set(PERMIT_MEANING) == set(PermitKind)
