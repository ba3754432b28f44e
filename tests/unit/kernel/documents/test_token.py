import pytest

from timpora.kernel.documents.token import ALPHABET, token_new, token_read


def test_codes_are_grouped_and_differ():
    codes = {token_new() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
        assert set(code) <= set(ALPHABET) | {"-"}
        assert token_read(code) == code


def test_look_alikes_and_spaces_are_forgiven():
    assert token_read(" o1l0 iiii 0000 zzzz ") == "0110-1111-0000-ZZZZ"


COPIED = [" ", "\N{EN DASH}", "\N{HYPHEN}", "\N{NO-BREAK SPACE}", "-\N{ZERO WIDTH SPACE}"]


@pytest.mark.parametrize("between", COPIED)
def test_what_copying_from_a_file_puts_between_is_forgiven(between):
    assert token_read(between.join(["0110", "1111", "0000", "ZZZZ"])) == "0110-1111-0000-ZZZZ"


@pytest.mark.parametrize("typed", ["", "0000-0000-0000-000", "U000-0000-0000-0000", "0000-0000-0000-0000-0"])
def test_what_cannot_be_a_code_is_none(typed):
    assert token_read(typed) is None
