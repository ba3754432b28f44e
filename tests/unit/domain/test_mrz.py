import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.domain.dates import PartialDate
from timpora.domain.mrz import Field, Layout, MrzRefused, check_digit, mrz_read

ON = date(2024, 8, 21)
with (Path(__file__).parents[2] / "data" / "mrz_specimens.csv").open(newline="", encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))

PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
NAME_LINE, DATA_LINE = PASSPORT.split("\n")
CARD = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"


def zone(row):
    return "\n".join(filter(None, (row["line1"], row["line2"], row["line3"])))


def told(check):
    return {True: "1", False: "0", None: "na"}[check]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_every_specimen(row):
    found = mrz_read(zone(row), on=ON)
    assert found.layout == row["format"]
    assert found.document_code == row["doc_code"]
    assert found.issuer == row["issuer"]
    assert (found.surname, found.given_names) == (row["surname"], row["given_names"])
    assert found.document_number == row["doc_number"]
    assert found.nationality == row["nationality"]
    assert (found.birth_printed, found.expiry_printed) == (row["birth_yymmdd"], row["expiry_yymmdd"])
    assert found.sex == row["sex"]
    assert (found.optional_1, found.optional_2) == (row["optional1"], row["optional2"])
    checks = found.checks
    assert told(checks.document) == row["ok_doc"]
    assert told(checks.birth) == row["ok_birth"]
    assert told(checks.expiry) == row["ok_expiry"]
    assert told(checks.optional) == row["ok_optional"]
    assert told(checks.composite) == row["ok_composite"]
    assert found.is_sound == (row["checks_valid"] == "1" and row["id"] != "syn-baddate")


def test_the_whole_list_is_read():
    assert len(ROWS) == 43
    assert {row["format"] for row in ROWS} == set(Layout)


@pytest.mark.parametrize(
    ("at", "char", "field"),
    [(8, "4", Field.DOCUMENT), (18, "1", Field.BIRTH), (26, "1", Field.EXPIRY), (30, "X", Field.OPTIONAL)],
)
def test_a_wrong_field_is_named_alone(at, char, field):
    damaged = f"{NAME_LINE}\n{DATA_LINE[:at]}{char}{DATA_LINE[at + 1 :]}"
    faults = mrz_read(damaged, on=ON).faults
    assert [fault.field for fault in faults] == [field]
    assert field in faults[0].sentence


def test_a_wrong_composite_digit_is_named_when_it_alone_disagrees():
    faults = mrz_read(PASSPORT[:-1] + "1", on=ON).faults
    assert [fault.field for fault in faults] == [Field.COMPOSITE]


@pytest.mark.parametrize(
    "pasted",
    [
        PASSPORT.lower(),
        PASSPORT.replace("\n", ""),
        PASSPORT.replace("\n", "\r\n\r\n "),
        " ".join(PASSPORT),
        PASSPORT.replace("<", "&lt;"),
        PASSPORT.replace("<<", "«"),
        PASSPORT.replace("<", "＜"),
        PASSPORT.replace("<" * 19, ""),
        f"{NAME_LINE}\n{DATA_LINE[:27]}{DATA_LINE[27:].replace('0', 'O')}",
    ],
)
def test_a_pasted_zone_is_tidied(pasted):
    assert mrz_read(pasted, on=ON) == mrz_read(PASSPORT, on=ON)


def test_a_card_may_lack_its_fillers_and_line_ends():
    short = "\n".join(line.rstrip("<") for line in CARD.split("\n"))
    assert mrz_read(short, on=ON) == mrz_read(CARD, on=ON) == mrz_read(CARD.replace("\n", ""), on=ON)


def test_the_letter_o_is_a_zero_only_where_digits_stand():
    row = next(row for row in ROWS if row["id"] == "syn-stateless")
    as_letters = zone(row)[:45] + zone(row)[45:].replace("0", "O")
    found = mrz_read(as_letters, on=ON)
    assert found.birth == PartialDate(1990, 1, 1)
    assert found.document_number == "SOOOOOO1"
    assert not found.checks.document
    assert found.checks.birth
    assert found.checks.expiry


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "bukan 0"),
        ("P<UTO", "5 karakter"),
        (f"{NAME_LINE}\n{DATA_LINE}\n{DATA_LINE}\n{DATA_LINE}", "bukan 4"),
        (f"{NAME_LINE}\n{DATA_LINE[:-1]}", "Baris 2 berisi 43"),
        (f"{NAME_LINE}<\n{DATA_LINE}", "Baris 1 berisi 45"),
        (CARD.replace("<<<6", "<<6"), "Baris 2 berisi 29"),
        (CARD + "<", "Baris 3 berisi 31"),
        (PASSPORT.replace("ANNA", "ÅNNA"), "Baris 1 memuat tanda “Å”"),
        (PASSPORT.replace("UTO7", "U-O7"), "Baris 2 memuat tanda “-”"),
        (PASSPORT.replace("A", "\0", 1), "Baris 1 memuat"),
        ("<" * 5000, "terlalu panjang"),
    ],
)
def test_what_is_no_zone_is_refused_with_its_line(text, words):
    with pytest.raises(MrzRefused, match=r"MRZ|Baris") as refused:
        mrz_read(text, on=ON)
    assert words in refused.value.message


def dated(birth, expiry="120415", on=ON):
    line = f"L898902C36UTO{birth}{check_digit(birth)}F{expiry}{check_digit(expiry)}ZE184226B<<<<<10"
    return mrz_read(f"{NAME_LINE}\n{line}", on=on)


def test_the_century_of_a_birth_ends_on_the_day_of_reading():
    assert dated("240821").birth == PartialDate(2024, 8, 21)
    assert dated("240822").birth == PartialDate(1924, 8, 22)
    assert dated("240822", on=date(2024, 8, 22)).birth == PartialDate(2024, 8, 22)
    assert dated("000229").birth == PartialDate(2000, 2, 29)


def test_an_expiry_lies_at_most_twenty_years_ahead():
    assert dated("740812", "441231").expiry == PartialDate(2044, 12, 31)
    assert dated("740812", "450101").expiry == PartialDate(1945, 1, 1)
    assert dated("740812", "991231", on=date.max).expiry == PartialDate(9999, 12, 31)


@pytest.mark.parametrize(
    ("printed", "birth"),
    [
        ("85<<<<", PartialDate(1985)),
        ("850000", PartialDate(1985)),
        ("8503<<", PartialDate(1985, 3)),
        ("<<<<<<", None),
        ("<<0812", None),
    ],
)
def test_a_birth_date_that_is_not_wholly_known_stays_so(printed, birth):
    found = dated(printed)
    assert found.birth == birth
    assert Field.BIRTH not in {fault.field for fault in found.faults}


@pytest.mark.parametrize("printed", ["991332", "300230", "85<<12", "8A0101", "8<0101"])
def test_an_impossible_date_is_a_fault_and_no_date(printed):
    found = dated(printed)
    assert found.birth is None
    assert found.checks.birth
    assert [fault.sentence for fault in found.faults if fault.field is Field.BIRTH] == [
        f"Isi tanggal lahir “{printed}” bukan tanggal yang ada."
    ]


def test_a_filler_inside_the_optional_data_is_a_space():
    assert mrz_read(CARD.replace("7<<<<", "7A<B<"), on=ON).optional_1 == "A B"


def test_a_name_that_fills_its_field_may_be_cut():
    long = next(row for row in ROWS if row["id"] == "syn-long")
    assert mrz_read(zone(long), on=ON).is_name_cut
    assert not mrz_read(PASSPORT, on=ON).is_name_cut


def test_a_number_of_twelve_characters_holds_under_either_rule():
    number, more = "D23145890", "735"
    digits = check_digit(f"{number}<{more}"), check_digit(number + more)
    assert digits[0] != digits[1]
    for digit in digits:
        card = CARD.replace("D231458907<<<<<<", f"{number}<{more}{digit}<X")
        found = mrz_read(card, on=ON)
        assert found.document_number == number + more
        assert found.checks.document
        assert found.optional_1 == "X"
    wrong = mrz_read(CARD.replace("D231458907<<<<<<", f"{number}<{more}4<X"), on=ON)
    assert not wrong.checks.document


def test_a_visa_has_optional_data_to_the_end_of_its_line():
    narrow = "V<UTOERIKSSON<<ANNA\nL8988901C4XXX4009078F9612109ABCDEFGH"
    wide = "V<UTOERIKSSON<<ANNA\nL8988901C4XXX4009078F9612109ABCDEFGHIJKLMNPQ"
    assert mrz_read(narrow, on=ON).optional_1 == "ABCDEFGH"
    assert mrz_read(wide, on=ON).optional_1 == "ABCDEFGHIJKLMNPQ"


@pytest.mark.parametrize(
    ("damaged", "field", "words"),
    [
        (PASSPORT.replace("2F1", "2Z1"), Field.SEX, "“Z”"),
        (PASSPORT.replace("P<UTO", "P<UT0"), Field.ISSUER, "“UT0”"),
        (PASSPORT.replace("C36UTO", "C36U70"), Field.NATIONALITY, "“U70”"),
        (PASSPORT.replace("ANNA", "ANN4"), Field.NAME, "angka"),
        (f"P<UTO\n{DATA_LINE}", Field.NAME, "kosong"),
        (PASSPORT.replace("L898902C36", "<<<<<<<<<0"), Field.DOCUMENT, "kosong"),
    ],
)
def test_fields_that_hold_what_they_cannot_are_named(damaged, field, words):
    sentences = [fault.sentence for fault in mrz_read(damaged, on=ON).faults if fault.field is field]
    assert len(sentences) == 1
    assert words in sentences[0]


@given(
    st.one_of(
        st.text(max_size=120),
        st.text(alphabet="ABCO019<", min_size=88, max_size=90),
        st.lists(st.text(alphabet="AZO09<", min_size=30, max_size=30), min_size=3, max_size=3).map("\n".join),
        st.lists(st.text(alphabet="VPO09<", min_size=36, max_size=36), min_size=2, max_size=2).map("\n".join),
    )
)
def test_no_text_breaks_the_reading(text):
    try:
        found = mrz_read(text, on=ON)
    except MrzRefused:
        return
    assert found.is_sound == (not found.faults)


@given(st.integers(0, 43), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"))
def test_one_misread_character_in_a_guarded_field_is_mostly_noticed(at, char):
    # Weights 7, 3, 1 modulo 10 cannot tell 0, A, K and U apart, nor other letters ten apart.
    guarded = [*range(10), *range(13, 20), *range(21, 43)]
    original = DATA_LINE[at]
    if at not in guarded or char in {original, "O"}:
        return
    values = {one: int(check_digit(one.ljust(3, "<"))) for one in (original, char)}
    found = mrz_read(f"{NAME_LINE}\n{DATA_LINE[:at]}{char}{DATA_LINE[at + 1 :]}", on=ON)
    assert found.is_sound is False or values[original] == values[char]
