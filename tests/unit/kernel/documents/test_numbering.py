from datetime import date

import pytest

from timpora.kernel.documents.errors import PatternInvalid
from timpora.kernel.documents.numbering import number_format

ON = date(2024, 8, 20)


def number(pattern, ordinal=325):
    return number_format(pattern, ordinal=ordinal, on=ON, office="IMI.5", classification="GR.03.06")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{kantor}-{klasifikasi}-{urut}/{tahun}", "IMI.5-GR.03.06-325/2024"),
        ("{kantor}-{urut:04}.{klasifikasi} TAHUN {tahun}", "IMI.5-0325.GR.03.06 TAHUN 2024"),
        ("BA-{urut}/{kantor}/{bulan_romawi}/{tahun}", "BA-325/IMI.5/VIII/2024"),
        ("STT-{urut:05}/{bulan}-{tahun}", "STT-00325/08-2024"),
    ],
)
def test_numbers_look_as_the_office_writes_them(pattern, expected):
    assert number(pattern) == expected


def test_padding_never_cuts():
    assert number("{urut:02}/{tahun}", ordinal=12345) == "12345/2024"


@pytest.mark.parametrize(
    "pattern",
    [
        "{urut}",
        "{tahun}",
        "{urut}/{tahun}/{nama}",
        "{urut}/{tahun}/{",
        "}{urut}/{tahun}",
        "",
        "{urut:4}/{tahun}",
    ],
)
def test_patterns_that_could_repeat_or_mislead_are_refused(pattern):
    with pytest.raises(PatternInvalid):
        number(pattern)


def test_series_begin_at_one():
    assert number("{urut}/{tahun}", ordinal=1) == "1/2024"
    with pytest.raises(PatternInvalid):
        number("{urut}/{tahun}", ordinal=0)
