"""What a run of the day leaves out comes up on another day, and never in a run of the night."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests import depth

ROOT = Path(__file__).resolve().parents[2]
FIELDS = ["nama", "paspor", "alamat", "catatan"]


@pytest.mark.parametrize(("is_nightly", "length", "tries"), [(False, 2, 8), (True, 4, 80)])
def test_the_night_asks_all_and_the_day_a_share(monkeypatch, is_nightly, length, tries):
    monkeypatch.setattr(depth, "IS_NIGHTLY", is_nightly)
    drawn = depth.share(FIELDS, 3)
    assert (len(drawn), depth.times(8)) == (length, tries)
    assert drawn == [name for name in FIELDS if name in drawn]


def test_every_item_comes_up_sooner_or_later_and_one_seed_draws_one_share(monkeypatch):
    monkeypatch.setattr(depth, "IS_NIGHTLY", False)
    shares = []
    for seed in range(50):
        random.seed(seed)
        shares.append(depth.share(FIELDS, 3))
    assert {name for drawn in shares for name in drawn} == set(FIELDS)
    random.seed(0)
    assert depth.share(FIELDS, 3) == shares[0]
    assert depth.share(["satu"], 3) == ["satu"]
    assert depth.share([], 3) == []


def test_a_depth_that_is_misspelt_does_not_pass_for_the_day():
    done = subprocess.run(
        [sys.executable, "-c", "import tests.depth"],
        check=False,
        cwd=ROOT,
        env=os.environ | {"TEST_DEPTH": "nigthly"},
        capture_output=True,
        text=True,
    )
    assert "KeyError: 'nigthly'" in done.stderr
