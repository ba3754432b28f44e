import contextlib
import math
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.domain.dates import (
    MONTHS,
    AmbiguousDate,
    DateRefused,
    EmptyDate,
    ImpossibleDate,
    IncompleteDate,
    PartialDate,
    ZonedDate,
    date_long,
    date_partial_read,
    date_read,
    date_text,
    year_of,
)

TODAY = date(2024, 11, 27)
DAY = date(2024, 8, 21)
days = st.dates(date(1850, 1, 1), date(2150, 12, 31))
recent = st.dates(date(1928, 1, 1), date(2118, 12, 31))


@pytest.mark.parametrize(
    "given",
    [
        "21-08-2024",
        "21/8/24",
        "21.08.2024",
        "21 08 2024",
        " 21 - 8 - 2024 ",
        "2024-08-21",
        "2024/8/21",
        "20240821",
        "21082024",
        "21 Agustus 2024",
        "21 AGT 2024",
        "21-Agu-24",
        "21 August 2024",
        "21-Aug-24",
        "Aug 21, 2024",
        "August 21 2024",
        "21Agustus2024",
        "Rabu, 21 Agustus 2024",
        "Wednesday 21 Aug 2024",
        "2024-08-21 13:45",
        "2024-08-21T13:45:59.123456",
        "21/08/2024 23:59 WITA",
        "21-08-2024, 08:00:00",
        "'21-08-2024",
        "２１－０８－２０２４",
        "\u00a021-08-2024\n",
        "45525",
        "45525.75",
        45525,
        45525.999,
        20240821,
        21082024,
        DAY,
        datetime(2024, 8, 21, 23, 59),  # noqa: DTZ001 -- spreadsheets give naive ones
    ],
)
def test_one_day_in_the_spellings_of_agencies(given):
    assert date_read(given, latest=TODAY) == DAY
    assert date_partial_read(given, latest=TODAY) == PartialDate(2024, 8, 21)


@pytest.mark.parametrize(
    ("given", "refusal", "words"),
    [
        ("", EmptyDate, "kosong"),
        (" \t ", EmptyDate, "kosong"),
        ("13:45", DateRefused, "21-08-2024"),
        ("210824", AmbiguousDate, "lebih dari satu cara"),
        ("1082024", AmbiguousDate, "lebih dari satu"),
        (210824, AmbiguousDate, "lebih dari satu"),
        (7, AmbiguousDate, "lebih dari satu"),
        (90_000, AmbiguousDate, "lebih dari satu"),
        ("90000", AmbiguousDate, "lebih dari satu"),
        ("00123", AmbiguousDate, "lebih dari satu"),
        ("90000.5", DateRefused, "21-08-2024"),
        ("00-00-85", AmbiguousDate, "lebih dari satu"),
        ("00-00-00", AmbiguousDate, "lebih dari satu"),
        ("08/21/2024", ImpossibleDate, "hari dahulu"),
        ("30-02-2024", ImpossibleDate, "tidak ada di kalender"),
        ("29-02-2023", ImpossibleDate, "kalender"),
        ("30-02-24", ImpossibleDate, "kalender"),
        ("31-04-2024", ImpossibleDate, "kalender"),
        ("32-01-2024", ImpossibleDate, "kalender"),
        ("05-00-1985", ImpossibleDate, "00-00-1985"),
        ("21-08-0024", ImpossibleDate, "Tahun 0024"),
        ("21-08-3024", ImpossibleDate, "Tahun 3024"),
        ("2024-08-21T23:30:00Z", ZonedDate, "setempat"),
        ("2024-08-21 23:30+08:00", ZonedDate, "setempat"),
        (datetime(2024, 8, 21, tzinfo=UTC), ZonedDate, "setempat"),
        ("21 Agstus 2024", DateRefused, "agstus"),
        ("besok", DateRefused, "21-08-2024"),
        ("21-08", DateRefused, "21-08-2024"),
        ("1-2-3", DateRefused, "21-08-2024"),
        ("٢١-٠٨-٢٠٢٤", DateRefused, "21-08-2024"),
        ("21-08-2024 dan 22-08-2024", DateRefused, "21-08-2024"),
        ("9" * 5000, DateRefused, "21-08-2024"),
        (True, DateRefused, "21-08-2024"),
        (math.nan, DateRefused, "21-08-2024"),
        (math.inf, DateRefused, "21-08-2024"),
        (-45525, DateRefused, "21-08-2024"),
        (1985.5, DateRefused, "21-08-2024"),
        (1e300, AmbiguousDate, "21-08-2024"),
    ],
)
def test_what_is_not_one_certain_day_is_refused_with_advice(given, refusal, words):
    for read in (date_read, date_partial_read):
        with pytest.raises(DateRefused) as refused:
            read(given, latest=TODAY)
        assert type(refused.value) is refusal
        assert words in str(refused.value)


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ("00-00-1985", PartialDate(1985)),
        ("1985-00-00", PartialDate(1985)),
        ("1985", PartialDate(1985)),
        (1985, PartialDate(1985)),
        ("00-03-1985", PartialDate(1985, 3)),
        ("03-1985", PartialDate(1985, 3)),
        ("3/1985", PartialDate(1985, 3)),
        ("1985-03", PartialDate(1985, 3)),
        ("Maret 1985", PartialDate(1985, 3)),
        ("19850300", PartialDate(1985, 3)),
        ("00-00-0000", None),
        ("0000-00-00", None),
    ],
)
def test_a_partial_date_is_kept_partial_and_never_a_whole_one(given, known):
    assert date_partial_read(given, latest=TODAY) == known
    with pytest.raises(IncompleteDate, match="lengkap"):
        date_read(given, latest=TODAY)


def test_a_day_without_its_year_is_refused():
    with pytest.raises(IncompleteDate, match="Tahun belum tertulis"):
        date_partial_read("21-08-0000", latest=TODAY)
    with pytest.raises(ImpossibleDate):
        date_partial_read("31-02-0000", latest=TODAY)


def test_the_century_of_a_two_digit_year_ends_at_the_latest_day():
    assert date_read("27-11-24", latest=TODAY) == TODAY
    assert date_read("28-11-24", latest=TODAY) == date(1924, 11, 28)
    assert date_read("28-11-24", latest=date(2044, 1, 1)) == date(2024, 11, 28)
    assert date_read("29-02-00", latest=TODAY) == date(2000, 2, 29)
    assert year_of(85, latest=TODAY) == 1985
    # In 1900 no February had 29 days, so before 2000 the date exists in no near century.
    assert year_of(0, latest=date(1999, 1, 1), month=2, day=29) == 1600


@given(days)
def test_every_day_is_read_back_from_every_spelling(day):
    spellings = (
        date_text(day),
        date_long(day),
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%Y%m%d}",
        f"{day:%d%m%Y}",
        f"{day.day}-{MONTHS[day.month - 1][:3]}-{day.year}",
    )
    for spelling in spellings:
        assert date_read(spelling, latest=TODAY) == day


@given(recent)
def test_excel_serials_are_read(day):
    serial = (day - date(1899, 12, 30)).days
    assert date_read(serial, latest=TODAY) == day
    assert date_read(str(serial), latest=TODAY) == day
    assert date_read(serial + 0.5, latest=TODAY) == day


@given(st.dates(TODAY - timedelta(days=36_500), TODAY))
def test_two_digit_years_are_read_within_a_century(day):
    assert date_read(f"{day:%d/%m/%y}", latest=TODAY) == day


@given(
    st.one_of(
        st.text(max_size=80),
        st.floats(),
        st.integers(),
        st.from_regex(r"\A[0-9]{1,9}(\.[0-9]+)?\Z"),
        st.from_regex(r"[0-9]{1,4}[-/. ][0-9a-z]{1,5}[-/. ][0-9]{1,5}"),
    )
)
def test_anything_else_is_refused_and_never_breaks(given):
    for read in (date_read, date_partial_read):
        with contextlib.suppress(DateRefused):
            found = read(given, latest=TODAY)
            assert found is None or 1850 <= found.year <= 2150


@given(days)
def test_a_partial_date_fits_exactly_its_days(day):
    for known in (PartialDate(day.year), PartialDate(day.year, day.month), PartialDate.of(day)):
        assert known.earliest() <= day <= known.latest()
        assert known.fits(day)
        assert not known.fits(known.earliest() - timedelta(days=1))
        assert not known.fits(known.latest() + timedelta(days=1))
        assert date_partial_read(known.iso(), latest=TODAY) == known
        assert date_partial_read(date_text(known), latest=TODAY) == known
        assert date_partial_read(date_long(known), latest=TODAY) == known
        assert known.whole() == (day if known.day else None)


def test_partial_dates_that_are_no_dates_are_refused():
    for wrong in ((1985, None, 3), (1985, 13), (1985, 2, 30), (0,), (10**30,)):
        with pytest.raises(ImpossibleDate):
            PartialDate(*wrong)


def test_dates_are_written_as_indonesia_writes():
    assert date_text(DAY) == "21-08-2024"
    assert date_text(PartialDate(1985, 3)) == "03-1985"
    assert date_text(PartialDate(1985)) == "1985"
    assert date_long(DAY) == "21 Agustus 2024"
    assert date_long(PartialDate(1985, 3)) == "Maret 1985"
    assert PartialDate(9999).latest() == date.max
