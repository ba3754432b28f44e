"""The book as shipped: it answers by day, and every number has law beneath it."""

from datetime import date

import pytest

from timpora.domain.law.cite import Confidence
from timpora.domain.law.errors import ArticleNotInForce, ArticleUnknown, ValueUnknown
from timpora.domain.law.shipped import lawbook_shipped
from timpora.domain.periods import ONE_DAY

BOOK = lawbook_shipped()
AMENDED = date(2024, 10, 17)


def test_an_article_answers_with_the_version_of_the_day():
    older = BOOK.article("uu-6-2011/ps97/a1", on=AMENDED - ONE_DAY)
    newer = BOOK.article("uu-6-2011/ps97/a1", on=AMENDED)
    assert not older.is_verified
    assert newer.is_verified
    assert BOOK.resolve(["uu-6-2011/ps97/a1"]) == (newer,)
    assert BOOK.resolve(["uu-6-2011/ps97/a1"], on=AMENDED - ONE_DAY) == (older,)


def test_what_is_not_law_on_the_day_is_refused_by_name():
    assert BOOK.article("uu-63-2024", on=AMENDED)
    with pytest.raises(ArticleNotInForce, match="16-10-2024"):
        BOOK.article("uu-63-2024", on=AMENDED - ONE_DAY)
    with pytest.raises(ArticleUnknown, match="uu-6-2011/ps999"):
        BOOK.article("uu-6-2011/ps999", on=AMENDED)
    assert BOOK.value("overstay_charge_rupiah", on=date(2019, 5, 1)).value == 1_000_000
    with pytest.raises(ValueUnknown, match="30-04-2019"):
        BOOK.value("overstay_charge_rupiah", on=date(2019, 4, 30))
    with pytest.raises(ValueUnknown):
        BOOK.value("nothing", on=AMENDED)


def test_successive_bases_hand_over_on_their_day():
    bases = ("permen-imipas-2-2025", "permenkumham-4-2017")
    assert BOOK.first_in_force(bases, on=date(2025, 3, 1)) == bases[0]
    assert BOOK.first_in_force(bases, on=AMENDED) == bases[1]
    assert BOOK.in_force(bases, on=AMENDED) == bases[1:]
    with pytest.raises(ArticleNotInForce):
        BOOK.first_in_force(bases, on=date(2012, 1, 1))


def test_a_visa_index_is_classified_by_day():
    visa = BOOK.visa("B2", on=date(2024, 8, 21))
    assert visa is not None
    assert visa.first_days == 30
    assert BOOK.visa("B2", on=date(2025, 6, 1)) is None
    assert BOOK.visa("ZZ", on=date(2025, 6, 1)) is None


@pytest.mark.parametrize("value", [value for versions in BOOK.values.values() for value in versions])
def test_every_number_rests_on_an_article_in_force_at_both_ends(value):
    assert BOOK.article(value.cite, on=value.period.starts)
    last_day = value.period.last_day
    if last_day is None:
        assert BOOK.versions(value.cite)[-1].period.ends is None
    else:
        assert BOOK.article(value.cite, on=last_day)


def test_the_numbers_are_those_of_the_sources():
    day = date(2026, 3, 2)
    assert {name: BOOK.value(name, on=day).value for name in BOOK.values} == {
        "ban_notice_minister_days": 3,
        "ban_notice_person_days": 7,
        "breach_notice_hours": 72,
        "check_order_days": 1,
        "detention_max_months": 120,
        "detention_room_days": 30,
        "entry_ban_extension_months": 120,
        "entry_ban_months": 120,
        "exit_ban_extension_months": 6,
        "exit_ban_extension_notice_days": 3,
        "exit_ban_extensions": 1,
        "exit_ban_months": 6,
        "exit_ban_urgent_days": 20,
        "lodging_report_days": 1,
        "objection_decide_working_days": 5,
        "objection_file_working_days": 21,
        "objection_forward_working_days": 5,
        "order_show_days": 7,
        "overstay_charge_rupiah": 1_000_000,
        "overstay_limit_days": 60,
    }


def test_memory_is_never_called_verified():
    articles = [article for versions in BOOK.texts.values() for article in versions]
    assert len(articles) >= 106
    for article in articles:
        from_memory = (
            article.source.removesuffix(" ").endswith("belum dibaca ulang") and "http" not in article.source
        )
        assert not (from_memory and article.confidence is Confidence.HIGH), article.id
    assert any(article.is_verified for article in articles)


def test_the_holidays_of_the_scenario_are_there():
    assert date(2024, 11, 27) in BOOK.holidays
    assert not BOOK.holidays[date(2024, 11, 27)].is_verified
    assert BOOK.holidays[date(2024, 9, 16)].is_verified
    assert {2024, 2025} == BOOK.calendar_years
