from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import get_args, get_type_hints

import pytest

from tests import letters_cast as cast
from timpora.kernel.documents.calendar_words import DayWords, spelled
from timpora.kernel.documents.errors import LetterUnprintable
from timpora.kernel.documents.letter import Label, missing, printed


@pytest.mark.parametrize("letter", cast.ALL, ids=lambda x: x.kind)
def test_a_whole_letter_misses_nothing(letter):
    assert missing(letter) == ()


def test_holes_are_named_in_the_words_of_the_office_and_in_printed_order():
    holed = replace(
        cast.ORDER,
        personnel=(cast.TEAM[0], replace(cast.TEAM[1], number=" ")),
        tasks=(),
        considering=("", "bahwa sesuatu;"),
        signatory=replace(cast.HEAD, nip=""),
        copies=(),
        urgency="",
    )
    assert [(hole.path, hole.label) for hole in missing(holed)] == [
        ("considering[0]", "Menimbang 1"),
        ("personnel[1].number", "Petugas 2: NIP/NRP"),
        ("tasks", "Untuk"),
        ("signatory.nip", "Penanda tangan: NIP"),
    ]


def test_a_person_may_have_one_name():
    assert missing(replace(cast.ORDER, personnel=(replace(cast.TEAM[0], name="Dodi"),))) == ()


def _parts(kind, seen):
    seen.add(kind)
    for hint in get_type_hints(kind).values():
        for part in (hint, *get_args(hint)):
            if isinstance(part, type) and is_dataclass(part) and part not in seen:
                _parts(part, seen)
    return seen


@pytest.mark.parametrize("letter", cast.ALL, ids=lambda x: x.kind)
def test_every_printed_field_has_a_label(letter):
    for part in _parts(type(letter), set()):
        hints = get_type_hints(part, include_extras=True)
        for field in fields(part):
            labels = [m for m in getattr(hints[field.name], "__metadata__", ()) if isinstance(m, Label)]
            assert len(labels) == 1, f"{part.__name__}.{field.name}"


def test_kinds_differ_in_code_and_classification():
    assert len({letter.kind for letter in cast.ALL}) == len(cast.ALL)


@pytest.mark.parametrize("hostile", ["A\u202egnp.exe", "A\x00B", "A\u2066B", "A\x7fB"])
def test_text_that_would_deceive_the_reader_is_refused_by_field(hostile):
    letter = replace(cast.ORDER, personnel=(replace(cast.TEAM[0], name=hostile),))
    with pytest.raises(LetterUnprintable) as refused:
        printed(letter)
    assert refused.value.path == "personnel[0].name"
    assert "Petugas 1: Nama" in str(refused.value)


def test_one_spelling_of_an_accent_is_printed():
    composed = replace(cast.RECEIPT, reporter="Jos\u00e9")
    assert printed(composed) == printed(replace(cast.RECEIPT, reporter="Jose\u0301"))
    assert printed(composed) != printed(replace(cast.RECEIPT, reporter="Jose"))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (2024, "dua ribu dua puluh empat"),
        (1999, "seribu sembilan ratus sembilan puluh sembilan"),
    ],
)
def test_numbers_are_spelled(number, words):
    assert spelled(number) == words


def test_numbers_beyond_the_page_are_refused():
    for number in (-1, 10_000):
        with pytest.raises(ValueError, match=str(number)):
            spelled(number)


def test_a_day_in_every_form():
    words = DayWords.of(date(2024, 8, 21))
    assert words.weekday == "Rabu"
    assert words.short == "21-08-2024"
    assert words.long == "21 Agustus 2024"
    assert words.english == "21 August 2024"
    assert words.spelled == "tanggal dua puluh satu bulan Agustus tahun dua ribu dua puluh empat"
