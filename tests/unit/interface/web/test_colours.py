"""The tokens of tokens.css keep WCAG AA in both themes, and the tones part without colour."""

from itertools import pairwise

import pytest

from timpora.interface.web.colours import (
    TONES,
    Contrast,
    colours_read,
    contrast,
    contrasts,
    lightness,
)


@pytest.mark.parametrize("pair", contrasts(), ids=lambda pair: f"{pair.front} on {pair.back}")
def test_every_pair_is_legible_by_day_and_by_night(pair: Contrast) -> None:
    assert pair.light >= pair.least
    assert pair.dark >= pair.least


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_tones_differ_in_lightness_too(theme: str) -> None:
    found = colours_read()
    steps = sorted(lightness(getattr(found[tone], theme)) for tone in TONES)
    assert all(upper - lower >= 4 for lower, upper in pairwise(steps))


def test_the_measure_tells_good_from_bad() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") < 4.5 < contrast("#767676", "#ffffff")
    assert lightness("#ffffff") == pytest.approx(100)
