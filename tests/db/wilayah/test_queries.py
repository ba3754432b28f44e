"""Places are found by typing, and offices by place and day."""

from datetime import date

import pytest

from timpora.apps.wilayah import queries
from timpora.apps.wilayah.errors import ReferenceRowUnknown, RegionUnknown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("carried")]
JAGRATARA_II = date(2024, 8, 21)


def codes(text, **how):
    return [region.code for region in queries.region_search(text, **how)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("tanah bumbu", "63.10"),
        ("Kab. Tanah Bumbu", "63.10"),
        ("kotabaru", "63.02"),
        ("kota baru", "63.02"),
        ("banjarmasin", "63.71"),
        ("Kalimantan Selatan", "63"),
        ("kalsel", "63"),
        ("satui kalsel", "63.10.04"),
        ("sungai lembu kusan", "63.10.02.2003"),
        ("kusan hilir sungai lembu", "63.10.02.2003"),
        ("satui tanah", "63.10.04"),
        ("63.10", "63.10"),
        ("63.10.02.2003", "63.10.02.2003"),
        ("BATULICIN", "63.10.01"),
        ("baturaja timur", "16.01.14"),
    ],
)
def test_what_people_type_finds_what_they_mean(text, first):
    assert codes(text)[0] == first


def test_a_search_keeps_to_level_and_region():
    assert codes("sungai", level=4, within="63.10")
    assert all(code.startswith("63.10.") for code in codes("sungai", within="63.10"))
    assert codes("tanah bumbu", level=2) == ["63.10"]
    assert codes("63", level=2, limit=3) == ["63.01", "63.02", "63.03"]
    assert codes("tanah bumbu", within="63.1") == []
    assert codes("tanah bumbu", within="ID")[0] == "63.10"


@pytest.mark.parametrize(
    "text", ["", "   ", "%", "_", "'", "\x00", "王", "zzzzqq", "99", "63..10", "a" * 5000]
)
def test_a_search_for_nothing_finds_nothing(text):
    assert codes(text) == []


def test_a_search_gives_each_region_once_and_no_more_than_asked():
    found = codes("sungai", limit=100)
    assert len(found) == len(set(found)) == 100
    assert len(codes("sungai", limit=10_000)) == 100
    assert len(codes("sungai", limit=-1)) == 1


def test_one_letter_finds_the_larger_regions_only():
    assert {region.level for region in queries.region_search("s", limit=100)} <= {1, 2}
    assert queries.region_search("su", level=4)


def test_a_region_by_its_code():
    region = queries.region_get("63.10")
    assert (region.name, region.kind, region.zone) == ("Kabupaten Tanah Bumbu", "kabupaten", "Asia/Makassar")
    with pytest.raises(RegionUnknown):
        queries.region_get("63.1")
    assert set(queries.regions_by_code(["63", "63.10", "00"])) == {"63", "63.10"}


def test_regions_by_parent():
    assert len(queries.region_list()) == len(queries.region_list("ID")) == 38
    assert [r.code for r in queries.region_list("63.10")][:2] == ["63.10.01", "63.10.02"]


def test_offices_by_place_and_day():
    assert queries.offices_of("63.10.01.1001", JAGRATARA_II) == ("KANIM-BATULICIN",)
    assert queries.offices_of("63.11", date(2026, 1, 25)) == ("KANIM-BANJARMASIN",)
    assert queries.offices_of("63.11", date(2026, 1, 26)) == ("KANIM-BALANGAN",)
    assert queries.offices_of("35.78", JAGRATARA_II) == ("KANIM-SURABAYA", "KANIM-TANJUNG-PERAK")


def test_checkpoints():
    gates = queries.checkpoint_list()
    assert len(gates) == 104
    own = queries.checkpoint_list(office_code="KANIM-BATULICIN")
    assert {gate.office_code for gate in own} == {"KANIM-BATULICIN"}
    assert queries.checkpoint_get(own[0].code) == own[0]
    assert queries.checkpoint_get("TPI-X") is None


def test_nationalities_and_visas():
    assert queries.nationality_get("D").name_id == "Jerman"
    assert queries.nationality_get("XQZ") is None
    assert len(queries.nationality_list()) == 279
    assert len(queries.visa_index_list()) == 79
    assert len(queries.visa_regime_list()) == 120
    assert len(queries.stay_permit_list()) == 11


def test_editable_tables_count_what_awaits_verification():
    tables = {table.code: table for table in queries.reference_tables()}
    assert (tables["indeks-visa"].rows, tables["indeks-visa"].unverified) == (79, 68)
    assert tables["kebangsaan"].unverified == 0
    waiting = queries.reference_rows("indeks-visa", unverified_only=True)
    assert len(waiting) == 68
    assert queries.reference_row_get(waiting[0].id) == waiting[0]
    with pytest.raises(ReferenceRowUnknown):
        queries.reference_row_get(0)


def test_published_totals_are_filtered_by_column():
    figures = list(queries.published_figures("operations", operation="JAGRATARA II 2024", scope="nasional"))
    assert {f.value for f in figures} >= {"1293", "507"}


def test_hexagons_over_a_region_without_an_outline():
    found = queries.region_cells("63.10", 5)
    assert found["perkiraan"] is True
    assert {f["properties"]["code"][:5] for f in found["features"]} == {"63.10"}


def test_points_are_counted_by_hexagon():
    (cell,) = queries.counted_cells([(-3.42, 116.0)] * 3, 5)["features"]
    assert cell["properties"] == {"jumlah": 3}
