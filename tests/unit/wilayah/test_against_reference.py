"""The carried codes against an independent list of the same regulation, where one is at hand.

`TIMPORA_TEST_REFERENCE` names its folder; without it these tests are skipped.
"""

import csv
import gzip
import math
import os
from collections import Counter
from pathlib import Path

import pytest

from timpora.apps.wilayah import regions
from timpora.apps.wilayah.boundaries import outlines
from timpora.apps.wilayah.keys import name_key

FOLDER = Path(os.environ.get("TIMPORA_TEST_REFERENCE") or "/absent")
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="TIMPORA_TEST_REFERENCE names no folder")

FILES = {1: "provinces.csv", 2: "regencies.csv", 3: "districts.csv.gz", 4: "villages.csv.gz"}
# The two lists give these regions different names, spaces and punctuation apart: carried, reference.
NAMED_DIFFERENTLY = {
    "32.05.38": ("Bl. Limbangan", "Limbangan"),
    "71.09": ("Kabupaten Kepulauan Siau Tagulandang Biaro", "Kabupaten Kep. Siau Tagulandang Biaro"),
    "11.07.14.2046": ("Mesjid Gogo", "Mesjid Gogos"),
    "15.02.05.1036": ("Pasar Baru Rantau Panjang", "Pasar Baru Rantau"),
    "62.10.10.2008": ("Tumbang Tuwe", "Tumbang Tuwe Hantapang"),
    "62.11.02.2005": ("Papuyu I Sei. Pasanan", "Papuyu I Sei Pasaman"),
    "63.01.02.2011": ("Simpang Empat Sungai Baru", "Simpang Empat"),
    "63.07.02.2011": ("Baru", "Baru Waki"),
    "64.72.05.1004": ("Sungai Siring", "Sungai Siring Pelita"),
    "73.26.03.1004": ("Nanggala Sanpiak Salu", "Nanggala Sanpiak Satu"),
    "95.04.44.2005": ("Leragawi/Megagirakuk", "Leragawi/Megagirakusk"),
}
KINDS = {"kabupaten_administrasi": "kabupaten", "kota_administrasi": "kota", "desa_adat": "desa adat"}
# Villages that one list has and the other has not: none, since both follow Kepmendagri 300.2.2-2430/2025.
ONLY_CARRIED: set[str] = set()
ONLY_REFERENCE: set[str] = set()


def reference(level):
    path = FOLDER / "wilayah" / FILES[level]
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return {row["code"]: row for row in csv.DictReader(data.decode().splitlines())}


@pytest.fixture(scope="module")
def carried():
    return {region.code: region for region in regions.regions()}


@pytest.fixture(scope="module")
def known():
    return {code: row for level in FILES for code, row in reference(level).items()}


def written_together(name):
    return name_key(name).replace(" ", "")


def test_the_codes_are_the_same_but_for_the_listed_villages(carried, known):
    assert carried.keys() - known.keys() == ONLY_CARRIED
    assert known.keys() - carried.keys() == ONLY_REFERENCE


def test_the_names_are_the_same_but_for_the_listed_ones(carried, known):
    different = {
        code: (carried[code].name, row["name"])
        for code, row in known.items()
        if code in carried and written_together(carried[code].name) != written_together(row["name"])
    }
    assert different == NAMED_DIFFERENTLY


def test_kinds_and_parents_are_the_same(carried, known):
    for code, row in known.items():
        if code in carried:
            assert (carried[code].parent or "") == row["parent"]
            kind = row.get("kind", carried[code].kind)
            assert KINDS.get(kind, kind) == carried[code].kind


def test_points_stand_near_the_middle_of_their_kabupaten(carried):
    away = sorted(
        111 * math.hypot(carried[code].lat - float(row["lat"]), carried[code].lng - float(row["lng"]))
        for code, row in reference(2).items()
    )
    assert away[len(away) // 2] < 16
    assert away[int(len(away) * 0.9)] < 42
    assert away[-1] < 175


@pytest.mark.parametrize(
    ("name", "level", "count"),
    [("provinces.geojson", 1, 38), ("regencies.geojson", 2, 514), ("districts.geojson.gz", 3, 7285)],
)
def test_a_real_file_of_boundaries_is_read(name, level, count, carried):
    found = Counter()
    for outline in outlines(FOLDER / "geo" / name):
        assert outline.code in carried
        found[outline.level] += 1
    assert found == {level: count}
