"""What persons are looked up by: the same for every way of writing one name, empty where nothing is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.domain import names
from timpora.domain.linkage import LinkKeys, link_keys, words_bear_out, words_of
from timpora.domain.names import name_forms


@pytest.mark.parametrize("other", ["XIAOMING wang", "Wang Xiao Ming", "WANGXIAOMING", "Xiaoming  Wang"])
def test_order_and_spaces_of_a_name_change_no_letters(other):
    assert link_keys(other, "").letters == link_keys("WANG XIAOMING", "").letters


def test_spellings_of_one_name_sound_alike():
    assert link_keys("MOHD HASAN", "").sounds == link_keys("Muhammad Hassan", "").sounds
    assert link_keys("MOHD HASAN", "").sounds != link_keys("MOHD KARIM", "").sounds


def test_two_swapped_signs_of_a_number_change_nothing():
    assert link_keys("", "E12345687").document == link_keys("", "E12345678").document
    assert link_keys("", "E12345688").document != link_keys("", "E12345678").document


def test_where_nothing_is_known_no_key_is_made():
    assert link_keys("", "") == LinkKeys("", "", "")


def test_words_that_only_connect_are_left_out():
    assert words_of("Ahmad bin Ismail") == words_of("AHMAD ISMAIL")
    assert words_of("Wang Bin") == ("wang", "bin")


@given(st.text(alphabet="ABCXYZabcxyz ", max_size=30))
def test_the_short_way_of_folding_is_the_long_way(name):
    long_way = tuple(forms for word in names._words(name) if (forms := names._forms(word)))
    assert name_forms(name) == long_way


@pytest.mark.parametrize(
    ("name", "birth", "is_borne_out"),
    [
        ("ANNA ERIKSSON", "1974-08-12", True),
        ("Eriksson Anna Maria", "", True),
        ("ERIKSSON ANNA", "1974", True),
        ("ERIKSSON ANNA", "1974-08", True),
        ("ERIKSSON ANNA", "1974-12-08", False),
        ("ERIKSSON ANNA", "1975", False),
        ("ANNA BRITTA MARIA", "1974-08-12", True),
        ("ANNA BRITTA MARIA", "1974", False),
        ("ANNA", "1974-08-12", False),
        ("ANNA", "", False),
        ("BUDI SANTOSO", "1974-08-12", False),
        ("", "1974-08-12", False),
    ],
)
def test_a_name_and_no_other_birth_bear_out_who_holds_a_document(name, birth, is_borne_out):
    assert words_bear_out(name, birth, "ERIKSSON ANNA MARIA", "1974-08-12") is is_borne_out


def test_one_word_in_common_bears_nobody_out_without_a_birth_date_but_a_name_of_one_word_does():
    assert not words_bear_out("AHMAD BIN AMIRUL", "", "AHMAD BIN SHAHRUL", "")
    assert words_bear_out("AHMAD BIN AMIRUL", "1981-12-17", "AHMAD BIN SHAHRUL", "1981-12-17")
    assert words_bear_out("Sukarno", "", "SUKARNO", "")
    assert words_bear_out("WANGXIAOMING", "", "Wang Xiao Ming", "")
    assert not words_bear_out("ADI", "", "IDA", "")
    assert not words_bear_out("", "", "", "")


def test_what_the_register_does_not_know_contradicts_nobody_and_a_nameless_record_bears_nobody_out():
    assert words_bear_out("ERIKSSON ANNA", "1974-08-12", "ERIKSSON ANNA MARIA", "")
    assert not words_bear_out("ERIKSSON ANNA", "", "", "1974-08-12")
