"""The words of a letter are those of the office, whichever way a source wrote the day."""

import pytest

from timpora.apps.cases.facts import birth_words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1985-03-12", "12 Maret 1985"),
        ("12-03-1985", "12 Maret 1985"),
        ("5-3-1985", "5 Maret 1985"),
        ("1985-03", "Maret 1985"),
        ("03-1985", "Maret 1985"),
        ("1985", "1985"),
        ("sekitar 1985", "sekitar 1985"),
        ("12-13-1985", "12-13-1985"),
        ("", ""),
    ],
)
def test_a_birth_date_is_written_as_far_as_it_is_known(written, said):
    assert birth_words(written) == said
