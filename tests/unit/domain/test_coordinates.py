import pytest

from timpora.domain.coordinates import pair_read

POINTS = [
    ("-3.44, 114.84", (-3.44, 114.84)),
    (" −3.44  114.84 ", (-3.44, 114.84)),
    ("(-3.44;114.84)", (-3.44, 114.84)),
    ("-3,44; 114,84", (-3.44, 114.84)),
    ("-3,44, 114,84", (-3.44, 114.84)),
    ("3°26'S 114°50'E", (-3.433333, 114.833333)),
    ("3°26′24″ LS, 114°50′24″ BT", (-3.44, 114.84)),
    ("3°26'24.0\"S 114°50'24.0\"E", (-3.44, 114.84)),
    ("1,5° LU 98,7° BT", (1.5, 98.7)),
    ("https://www.google.com/maps/@-3.44,114.84,15z", (-3.44, 114.84)),
    ("https://www.google.com/maps/place/X/@-3.4,114.8,15z/data=!3d-3.44!4d114.84", (-3.44, 114.84)),
    ("https://maps.google.com/?q=-3.44,114.84", (-3.44, 114.84)),
]
NO_POINTS = ["", "-3,45", "-3.45", "3°26'S", "3°76'S 114°50'E", "tiga, empat", "1, 2", "114°50'E 3°26'S"]


@pytest.mark.parametrize(
    ("text", "point"),
    POINTS,
)
def test_a_point_copied_in_one_piece_is_two_numbers(text, point):
    assert pair_read(text) == point


@pytest.mark.parametrize("text", NO_POINTS)
def test_one_number_or_what_is_no_point_stays_as_it_is(text):
    assert pair_read(text) is None
