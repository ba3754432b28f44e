"""The carried tables are whole, and the same on every machine."""

from collections import Counter
from datetime import date, timedelta

import pytest

from timpora.apps.wilayah import files, regions
from timpora.apps.wilayah.errors import CarriedDataBroken
from timpora.apps.wilayah.tables import TABLES
from timpora.domain.territory import level, parent, zone_of

JAGRATARA_II = date(2024, 8, 21)
NEW_OFFICES = date(2026, 1, 26)


@pytest.fixture(scope="module")
def all_regions():
    return regions.regions()


def test_the_country_is_complete(all_regions):
    assert Counter(region.level for region in all_regions) == {1: 38, 2: 514, 3: 7285, 4: 83762}
    kinds = Counter(region.kind for region in all_regions)
    assert (kinds["kabupaten"], kinds["kota"]) == (416, 98)
    assert (kinds["desa"], kinds["desa adat"], kinds["kelurahan"]) == (75_252, 14, 8_496)


def test_every_region_lies_in_its_parent_and_keeps_its_clock(all_regions):
    codes = {region.code for region in all_regions}
    for region in all_regions:
        assert region.level == level(region.code)
        assert region.zone == zone_of(region.code)
        assert region.parent is None if region.level == 1 else region.parent in codes
        assert region.parent is None or region.parent == parent(region.code)


def test_labels_and_chains_read_as_people_write_them(all_regions):
    chain = {region.code: region.chain for region in all_regions}
    assert chain["63"] == "Kalimantan Selatan"
    assert chain["63.10"] == "Kab. Tanah Bumbu, Kalimantan Selatan"
    assert chain["63.71"] == "Kota Banjarmasin, Kalimantan Selatan"
    assert chain["31.74"] == "Kota Adm. Jakarta Selatan, Daerah Khusus Ibukota Jakarta"
    assert chain["63.10.02.2003"] == "Desa Sungai Lembu, Kec. Kusan Hilir, Kab. Tanah Bumbu"
    assert chain["91.71.01"] == "Distrik Jayapura Utara, Kota Jayapura"


def test_every_kabupaten_has_a_point_inside_the_country(all_regions):
    placed = [region for region in all_regions if region.level <= 2]
    assert all(-12 < region.lat < 7 and 94 < region.lng < 142 for region in placed)
    assert all(region.lat is None for region in all_regions if region.level == 4)


def test_every_kabupaten_is_served_by_one_main_office_on_every_day():
    for day in (JAGRATARA_II, NEW_OFFICES - timedelta(days=1), NEW_OFFICES):
        served = Counter(a.region_code for a in files.area_rows() if a.holds_on(day) and not a.is_partial)
        assert len(served) == 514
        assert set(served.values()) == {1}


def test_an_office_serves_what_it_served_on_the_day():
    office = {row.code: row for row in files.offices()}
    assert len(office) == 200
    assert office["KANIM-BATULICIN"].areas_on(JAGRATARA_II) == ("63.02", "63.10")
    assert office["KANIM-BANJARMASIN"].areas_on(JAGRATARA_II).count("63.11") == 1
    assert office["KANIM-BALANGAN"].areas_on(JAGRATARA_II) == ()
    assert office["KANIM-BALANGAN"].areas_on(NEW_OFFICES) == ("63.11",)
    assert "63.11" not in office["KANIM-BANJARMASIN"].areas_on(NEW_OFFICES)
    assert office["KANWIL-63"].areas_on(JAGRATARA_II) == ("63",)
    assert office["DITJENIM"].areas_on(JAGRATARA_II) == ("ID",)
    assert office["KANIM-SOEKARNO-HATTA"].areas_on(JAGRATARA_II) == ("31.73", "36.71")
    assert office["KANIM-BATULICIN"].zone == "Asia/Makassar"
    assert all(row.lat is not None and row.parent in {*office, ""} for row in office.values())


def test_published_totals_of_the_real_operation_add_up():
    figures = [f for f in files.published("operations") if f.values["operation"] == "JAGRATARA II 2024"]
    netted = [f.value for f in figures if f.values["key"] == "netted" and f.values["scope"] == "nasional"]
    assert netted == ["1293"]
    for table in files.PUBLISHED:
        assert all(figure.source for figure in files.published(table))


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.code)
def test_keys_of_an_editable_table_name_one_row_each(table):
    rows = list(files.rows(table.file))
    keys = Counter(tuple(row[name] for name in table.key) for row in rows)
    assert rows
    assert set(keys.values()) == {1}
    assert set(table.names) <= set(rows[0])


def test_a_damaged_file_is_told(monkeypatch, tmp_path):
    (tmp_path / "regions.csv.gz").write_bytes(b"\x1f\x8b broken")
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    with pytest.raises(CarriedDataBroken):
        list(files.rows("regions.csv.gz"))
    with pytest.raises(CarriedDataBroken):
        list(files.rows("absent.csv"))
    (tmp_path / "tabs.csv").write_text("code,name\n63,Kalimantan\tSelatan\n")
    with pytest.raises(CarriedDataBroken):
        list(files.rows("tabs.csv"))


@pytest.mark.parametrize("name", sorted(path.name for path in files.FOLDER.glob("*.csv*")))
def test_no_carried_value_spans_two_lines(name):
    assert all("\n" not in (text or "") for row in files.rows(name) for text in row.values())


def test_the_digest_follows_the_content(monkeypatch, tmp_path):
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    (tmp_path / "a.csv").write_text("x")
    before = files.digest()
    assert files.digest() == before
    (tmp_path / "a.csv").write_text("y")
    assert files.digest() != before
