import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.domain.geo import (
    NoSuchPoint,
    OutsideIndonesia,
    Point,
    accuracy_text,
    distance_text,
    is_in_indonesia,
    metres_between,
    point_read,
)

BANJARMASIN = Point(-3.31987, 114.59075)
JAKARTA = Point(-6.1754, 106.8272)
points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


def test_known_distances():
    assert metres_between(JAKARTA, BANJARMASIN) == pytest.approx(917_000, rel=0.01)
    assert metres_between(Point(0, 0), Point(0, 1)) == pytest.approx(111_195, abs=1)
    assert metres_between(Point(0, 179.5), Point(0, -179.5)) == pytest.approx(111_195, abs=1)
    assert metres_between(Point(90, 0), Point(-90, 0)) == pytest.approx(20_015_114, abs=2)


@given(points, points)
def test_distance_is_symmetric_and_never_more_than_half_the_globe(one, other):
    there = metres_between(one, other)
    assert 0 <= there <= math.pi * 6_371_008.8 + 1
    assert there == pytest.approx(metres_between(other, one), abs=1e-3)
    assert metres_between(one, one) == 0


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (math.nan, 0),
        (0, math.nan),
        (math.inf, 0),
        (90.1, 0),
        (-90.1, 0),
        (0, 180.1),
        (0, -180.1),
        (0, -math.inf),
    ],
)
def test_points_off_the_globe_are_refused(latitude, longitude):
    with pytest.raises(NoSuchPoint, match="Lintang"):
        Point(latitude, longitude)


@pytest.mark.parametrize(
    ("place", "latitude", "longitude"),
    [
        ("Sabang", 5.894, 95.316),
        ("Merauke", -8.493, 140.401),
        ("Miangas", 5.555, 126.583),
        ("Rote", -10.944, 122.846),
        ("Natuna", 3.936, 108.389),
    ],
)
def test_the_ends_of_indonesia_are_inside(place, latitude, longitude):
    assert point_read(latitude, longitude) == Point(latitude, longitude), place


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(114.59 - 90, -3.3), (0, 0), (-33.87, 151.2), (35.68, 139.7), (-3.3, 91.9), (8.1, 100)],
)
def test_points_far_away_are_refused_with_the_likely_cause(latitude, longitude):
    assert not is_in_indonesia(Point(latitude, longitude))
    with pytest.raises(OutsideIndonesia, match="tertukar"):
        point_read(latitude, longitude)


@pytest.mark.parametrize(
    ("metres", "text"),
    [
        (0, "0 m"),
        (34.6, "35 m"),
        (999.4, "999 m"),
        (999.6, "1,0 km"),
        (1234, "1,2 km"),
        (9960, "10 km"),
        (120_400, "120 km"),
    ],
)
def test_distances_are_written_with_a_decimal_comma(metres, text):
    assert distance_text(metres) == text


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (5, "Lokasi teliti: kira-kira ± 5 m."),
        (30, "Lokasi teliti"),
        (31, "cukup teliti"),
        (500, "cukup teliti"),
        (2500, "Lokasi kasar: ± 2,5 km; tulis juga alamat"),
        (None, "tidak diketahui"),
        (-1, "tidak diketahui"),
        (math.nan, "tidak diketahui"),
        (math.inf, "tidak diketahui"),
    ],
)
def test_the_accuracy_of_a_fix_is_said_in_words(metres, words):
    assert words in accuracy_text(metres)
