import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.domain.names import NAME_LIMIT
from timpora.domain.namesakes import Likeness, name_compare, spelling_distance

any_text = st.text(alphabet=st.characters(exclude_categories=()), max_size=40)


@pytest.mark.parametrize(
    ("left", "right", "likeness", "words"),
    [
        ("Budi Santoso", "BUDI  SANTOSO", Likeness.SAME, "urutannya sama"),
        ("Müller", "Muller", Likeness.SAME, "sama"),
        ("Müller", "MUELLER", Likeness.SAME, "sama"),
        ("O", "o", Likeness.SAME, "sama"),
        ("Ahmad bin Ismail", "Ahmad Ismail", Likeness.SAME, "sama"),
        ("Wang Xiaoming", "Xiaoming Wang", Likeness.OTHER_ORDER, "urutannya berbeda"),
        ("Wang Xiao Ming", "Wang Xiaoming", Likeness.OTHER_SPACING, "pemenggalan"),
        ("Siti Nurhaliza", "Siti Nurhalisa", Likeness.SPELLING, "berbeda 1 huruf"),
        ("Muhammad Ali", "Mohamed Ali", Likeness.SPELLING, "mirip bunyinya"),
        ("J Smith", "John Smith", Likeness.SPELLING, "singkatan"),
        ("Ma Castro", "Maria Castro", Likeness.SPELLING, "potongan"),
        ("Chinedu Emeka Okafor", "Chinedu Okafor", Likeness.WORDS_MISSING, "kiri: emeka"),
        ("Chinedu Okafor", "Chinedu Emeka Okafor", Likeness.WORDS_MISSING, "kanan: emeka"),
        ("Okafor Chinedu", "Okafor Emeka", Likeness.PARTLY, "Kata yang sama: okafor"),
        ("Ali", "Omar", Likeness.DIFFERENT, "Tidak ada"),
        ("王小明", "王大明", Likeness.DIFFERENT, "Tidak ada"),
        ("Ahmad bin Ismail", "Ahmad binti Ismail", Likeness.PARTLY, "“bin” dan “binti”"),
        ("Wang Bin", "Wang Bing", Likeness.SPELLING, "potongan"),
        ("Ali Ali", "Ali", Likeness.WORDS_MISSING, "kiri: ali"),
        ("Ali Alu", "Alu Ali", Likeness.OTHER_ORDER, "urutannya"),
        ("Jonh Smiht", "John Smith", Likeness.SPELLING, "berbeda 1 huruf"),
        ("", "Ali", Likeness.UNKNOWN, "kosong"),
        ("Ali", " ", Likeness.UNKNOWN, "kosong"),
    ],
)
def test_a_comparison_explains_itself(left, right, likeness, words):
    found = name_compare(left, right)
    assert found.likeness is likeness
    assert words in " ".join(found.sentences)


def test_the_words_on_one_side_are_listed():
    found = name_compare("Okafor Chinedu", "Okafor Emeka Ife")
    assert found.only_left == ("chinedu",)
    assert found.only_right == ("emeka", "ife")


def test_texts_too_long_for_a_name_are_not_taken_apart():
    long = "ab " * NAME_LIMIT
    assert name_compare(long, f" {long}").likeness is Likeness.SAME
    assert name_compare(long, "ab").likeness is Likeness.UNKNOWN


def test_two_hundred_letters_are_compared_letter_by_letter():
    assert name_compare("x" * 200, "x" * 100 + "y" + "x" * 99).likeness is Likeness.SPELLING


@given(any_text, any_text)
def test_no_text_breaks_a_comparison(left, right):
    found, back = name_compare(left, right), name_compare(right, left)
    assert found.sentences
    assert (found.likeness is Likeness.UNKNOWN) == (back.likeness is Likeness.UNKNOWN)
    assert (found.likeness is Likeness.SAME) == (back.likeness is Likeness.SAME)


@given(any_text.filter(str.strip))
def test_a_name_is_its_own_namesake(name):
    assert name_compare(name, name).likeness in {Likeness.SAME, Likeness.UNKNOWN}


def test_the_worst_names_are_compared_in_time():
    started = time.process_time()
    left = " ".join(
        f"{number:04d}".translate(str.maketrans("0123456789", "bcdfghjklm")) for number in range(99)
    )
    right = " ".join(
        f"{number:04d}".translate(str.maketrans("0123456789", "npqrstvxzb")) for number in range(99)
    )
    name_compare(left, right)
    name_compare("a " * 249, "b " * 249)
    name_compare("a" * 500, "a" * 250 + "b" * 250)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("left", "right", "most", "distance"),
    [
        ("", "", 2, 0),
        ("abc", "abc", 2, 0),
        ("abc", "abd", 2, 1),
        ("abc", "acb", 2, 1),
        ("abc", "ab", 2, 1),
        ("abc", "", 2, 3),
        ("abcd", "wxyz", 2, 3),
        ("abcd", "abxy", 1, 2),
        ("kitten", "sitting", 3, 3),
    ],
)
def test_spelling_distance(left, right, most, distance):
    assert spelling_distance(left, right, most=most) == distance
    assert spelling_distance(right, left, most=most) == distance
