"""One form of days in letters: the long one."""

import pytest

from timpora.kernel.documents.calendar_words import days_long


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Izin berakhir 10-08-2024, lewat 12 hari", "Izin berakhir 10 Agustus 2024, lewat 12 hari"),
        ("(01-12-2023)", "(1 Desember 2023)"),
        ("31-02-2024", "31-02-2024"),
        ("Nomor 12-08-2024-7 dan 112-08-2024", "Nomor 12-08-2024-7 dan 112-08-2024"),
        ("", ""),
    ],
)
def test_days_are_written_long_and_what_is_no_day_stays(text, said):
    assert days_long(text) == said
