"""How typed place names are compared."""

import pytest

from timpora.apps.wilayah.keys import found_under, is_code, name_key, name_words, search_words


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ma'rang", "marang"),
        ("Tanétè-Riaja", "tanete riaja"),
        ("  Sungai   Danau ", "sungai danau"),
        ("Batu Licin/II", "batu licin ii"),
        ("\x00", ""),
        ("王小明", ""),
    ],
)
def test_a_name_is_compared_without_accents_and_punctuation(name, key):
    assert name_key(name) == key


def test_a_region_is_found_under_its_words_and_written_together():
    assert found_under(name_words("Kabupaten Tanah Bumbu")) == ("tanah", "bumbu", "tanahbumbu")
    assert found_under(name_words("Satui")) == ("satui",)


def test_words_for_the_kind_are_left_out_unless_nothing_else_was_typed():
    assert search_words("Kec. Satui, Kab. Tanah Bumbu") == ("satui", "tanah", "bumbu")
    assert search_words("desa") == ("desa",)
    assert search_words("  ") == ()


@pytest.mark.parametrize("text", ["63", "63.", "63.10", " 63.10.01.2003 "])
def test_a_code_is_told_from_a_name(text):
    assert is_code(text)
    assert not is_code("a" + text)
