from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.domain.territory import (
    Level,
    MalformedCode,
    UnknownProvince,
    closure,
    codes_told,
    level,
    parent,
    places_told,
    steps,
    within,
    zone_label,
    zone_of,
)

two = st.integers(0, 99).map("{:02d}".format)
four = st.integers(0, 9999).map("{:04d}".format)
codes = st.one_of(
    st.just("ID"),
    two,
    st.tuples(two, two).map(".".join),
    st.tuples(two, two, two).map(".".join),
    st.tuples(two, two, two, four).map(".".join),
)


def test_steps_go_from_the_nation_down():
    assert steps("63.10.01.2003") == ("ID", "63", "63.10", "63.10.01", "63.10.01.2003")
    assert steps("63") == ("ID", "63")
    assert steps("ID") == ("ID",)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "6",
        "631",
        "63.1",
        "63.10.",
        "63.10.1",
        "63.10.01.203",
        "63.10.01.2003.1",
        "id",
        "63\n",
        "٦٣",
        " 63",
        "63.10\0",
    ],
)
def test_malformed_codes_are_refused_by_name(bad):
    for question in (steps, parent, level, zone_of, zone_label):
        with pytest.raises(MalformedCode, match=r"63\.10\.01\.2003"):
            question(bad)
    with pytest.raises(MalformedCode):
        within("63", bad)
    with pytest.raises(MalformedCode):
        within(bad, "63")
    with pytest.raises(MalformedCode):
        closure(["63", bad])


def test_within_compares_whole_steps():
    assert within("63.10", "63.10")
    assert within("63.10.01", "63.10")
    assert within("63.10.01.2003", "63")
    assert within("63.10", "ID")
    assert not within("63.10", "63.10.01")
    assert not within("ID", "63")
    assert not within("63.11", "63.10")
    assert not within("63.10.10", "63.01")


def test_a_territory_of_half_a_step_is_refused_and_not_matched():
    with pytest.raises(MalformedCode):
        within("63.10", "63.1")


@given(codes, codes)
def test_within_is_an_order(a, b):
    assert within(a, a)
    assert within(a, "ID")
    assert within(a, b) == (b in steps(a))
    if within(a, b) and within(b, a):
        assert a == b


@given(codes)
def test_the_parent_is_the_step_above(code):
    above = parent(code)
    if above is None:
        assert code == "ID"
    else:
        assert steps(code) == (*steps(above), code)
        assert level(code) == level(above) + 1


def test_levels():
    assert [level(code) for code in steps("63.10.01.2003")] == list(Level)


def test_closure_is_sorted_and_each_once():
    assert closure(["63.10", "63.11", "16"]) == ("16", "63", "63.10", "63.11", "ID")
    assert closure([]) == ()


@pytest.mark.parametrize(
    ("code", "zone", "label"),
    [
        ("ID", "Asia/Jakarta", "WIB"),
        ("16.71", "Asia/Jakarta", "WIB"),
        ("61", "Asia/Jakarta", "WIB"),
        ("62.71", "Asia/Jakarta", "WIB"),
        ("63.71", "Asia/Makassar", "WITA"),
        ("64", "Asia/Makassar", "WITA"),
        ("65", "Asia/Makassar", "WITA"),
        ("51.03.05", "Asia/Makassar", "WITA"),
        ("73", "Asia/Makassar", "WITA"),
        ("81", "Asia/Jayapura", "WIT"),
        ("82", "Asia/Jayapura", "WIT"),
        ("96.71", "Asia/Jayapura", "WIT"),
    ],
)
def test_each_place_has_its_clock(code, zone, label):
    assert zone_of(code) == zone
    assert zone_label(code) == label
    assert ZoneInfo(zone_of(code)).key == zone


def test_all_38_provinces_have_a_clock():
    known = 0
    for number in range(100):
        try:
            zone_of(f"{number:02d}")
        except UnknownProvince:
            continue
        known += 1
    assert known == 38


def test_an_unknown_province_has_no_clock():
    with pytest.raises(UnknownProvince, match=r"99\.01"):
        zone_of("99.01")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tinggal di wilayah 63.02 sejak 12-08-2024.", "Tinggal di wilayah Kotabaru sejak 12-08-2024."),
        ("RPTKA menyebut 63.02, 63.10.", "RPTKA menyebut Kotabaru, Tanah Bumbu."),
        ("Terlihat bekerja di wilayah 63.", "Terlihat bekerja di wilayah Kalsel."),
        ("Overstay 63 hari, Rp63.000.000 sejak 63.99.", "Overstay 63 hari, Rp63.000.000 sejak 63.99."),
        ("Dokumen 63.10-A dan 12.63.10 tetap.", "Dokumen 63.10-A dan 12.63.10 tetap."),
    ],
)
def test_a_rules_sentence_names_its_places_and_leaves_every_other_number(text, wanted):
    names = {"63": "Kalsel", "63.02": "Kotabaru", "63.10": "Tanah Bumbu"}
    assert places_told(text, names) == wanted
    assert {names[code] for code in codes_told(text) if code in names} == {
        name for name in names.values() if name in wanted
    }
