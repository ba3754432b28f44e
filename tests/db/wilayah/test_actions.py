"""Loading is done once, by whoever may; an office's correction outlives a release."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, Value
from django.db.models.functions import Concat

from tests.cast import bayu, installer, surya
from tests.conftest import DAY
from timpora.apps.wilayah import actions, files, queries
from timpora.apps.wilayah.errors import (
    BoundaryFileUnreadable,
    ReferenceRowUnknown,
    ReferenceSourceMissing,
    ReferenceValueRefused,
)
from timpora.apps.wilayah.models import ReferenceLoad, Region
from timpora.kernel.access import AccessDenied
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("carried")]
RING = [[115.0, -3.0], [116.0, -3.0], [116.0, -4.0], [115.0, -3.0]]


def batas(tmp_path, *codes, ring=RING):
    features = [
        {"type": "Feature", "id": c, "geometry": {"type": "Polygon", "coordinates": [ring]}} for c in codes
    ]
    path = tmp_path / "batas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def stale(*, are_regions=False):
    """Leave the database as a release with other files did; its regions may be the same."""
    changed = ReferenceLoad.objects.all() if are_regions else ReferenceLoad.objects.filter(pk=files.digest())
    assert changed.update(digest=Concat(Value("older "), F("digest"))) == 1 + are_regions


def indeks():
    return queries.reference_rows("indeks-visa", unverified_only=True)[0]


def test_what_is_loaded_is_not_loaded_again():
    with acting_as(installer):
        assert actions.reference_ensure(installer) is None
        assert not Entry.objects.exists()


def test_a_new_release_is_loaded_and_logged():
    stale(are_regions=True)
    Region.objects.create(code="63.99", name="x", label="x", chain="x", kind="kabupaten", level=2, zone="x")
    Region.objects.filter(pk="63.10").update(name="lama")
    with acting_as(installer):
        report = actions.reference_ensure(installer)
        assert report.counts["regions"] == 91_599
        assert Entry.objects.get().tag == "wilayah:reference:loaded"
        assert queries.reference_is_current()
    assert queries.region_get("63.10").name == "Kabupaten Tanah Bumbu"
    # A code that the list no longer holds stays for the records that name it, and is found no more.
    assert queries.region_get("63.99").code == "63.99"
    assert "63.99" not in {region.code for region in queries.region_list("63")}


def test_regions_that_did_not_change_are_not_written_again():
    Region.objects.filter(pk="63.10").update(name="belum dibaca ulang")
    stale()
    with acting_as(installer):
        assert actions.reference_ensure(installer).counts["regions"] == 91_599
    assert queries.region_get("63.10").name == "belum dibaca ulang"


def test_a_release_that_comes_back_is_loaded_again():
    ReferenceLoad.objects.create(pk="the release between", loaded_at=DAY)
    stale()
    with acting_as(installer):
        actions.reference_ensure(installer)
    assert set(ReferenceLoad.objects.values_list("pk", flat=True)) == {files.digest(), files.regions_digest()}


def test_only_the_installer_loads(tmp_path):
    stale()
    with acting_as(surya):
        with pytest.raises(AccessDenied):
            actions.reference_ensure(surya)
        with pytest.raises(AccessDenied):
            actions.boundaries_load(surya, path=batas(tmp_path, "63.10"))


def test_boundaries_are_loaded_and_replaced_by_code(tmp_path):
    with acting_as(installer):
        report = actions.boundaries_load(installer, path=batas(tmp_path, "63.10", "63.02", "99.01"))
        assert (report.counts["regency"], report.skipped) == (2, ("99.01",))
        before = queries.boundary_digests("63", 2)
        wider = [*RING[:2], [116.0, -5.0], RING[0]]
        actions.boundaries_load(installer, path=batas(tmp_path, "63.10", ring=wider))
        after = queries.boundary_digests("63", 2)
    assert before[0] == after[0]
    assert before[1] != after[1]
    assert queries.boundary_levels() == {2: 2}
    assert [b.code for b in queries.boundary_list("ID", 2)] == ["63.02", "63.10"]
    assert [b.code for b in queries.boundary_list("63.10", 2)] == ["63.10"]
    assert queries.boundary_list("63.1", 2) == []


def test_a_file_with_no_known_code_changes_nothing(tmp_path):
    with acting_as(installer), pytest.raises(BoundaryFileUnreadable):
        actions.boundaries_load(installer, path=batas(tmp_path, "99.01"))
    assert queries.boundary_levels() == {}


def test_the_commands_say_what_they_did(tmp_path, capsys):
    call_command("data", "load-boundaries", str(batas(tmp_path, "63.10", "99.01")))
    told = capsys.readouterr().out
    assert "1 kabupaten/kota" in told
    assert "99.01" in told
    call_command("data", "load")
    assert "tidak ada yang dimuat" in capsys.readouterr().out
    stale()
    call_command("data", "load")
    assert "91599 wilayah" in capsys.readouterr().out
    with pytest.raises(CommandError, match="tidak ditemukan"):
        call_command("data", "load-boundaries", str(tmp_path / "tidak-ada"))


def test_a_correction_is_verified_logged_and_outlives_a_release():
    row = indeks()
    with acting_as(surya):
        value = row.value | {"max_days": "45"}
        edited = actions.reference_edit(surya, row_id=row.id, value=value, source="Kepmen X/2026")
        assert (edited.value["max_days"], edited.is_verified, edited.edited_by) == ("45", True, "Surya")
        body = Entry.objects.get().body
        assert "max_days" in body
        assert '"45"' not in body
    stale()
    with acting_as(installer):
        actions.reference_ensure(installer)
    kept = queries.reference_row_get(row.id)
    assert kept.value["max_days"] == "45"
    assert kept.is_edited
    assert len(queries.visa_index_list()) == 79


def test_a_correction_needs_a_right_a_source_and_a_row():
    row = indeks()
    with acting_as(bayu), pytest.raises(AccessDenied):
        actions.reference_edit(bayu, row_id=row.id, value=row.value, source="x")
    with acting_as(surya):
        with pytest.raises(ReferenceSourceMissing):
            actions.reference_edit(surya, row_id=row.id, value=row.value, source=" \x00 ")
        with pytest.raises(ReferenceValueRefused):
            actions.reference_edit(surya, row_id=row.id, value=row.value | {"code": "Z9"}, source="x")
        with pytest.raises(ReferenceValueRefused):
            actions.reference_edit(surya, row_id=row.id, value={"name_id": "x" * 2001}, source="x")
        with pytest.raises(ReferenceRowUnknown):
            actions.reference_edit(surya, row_id=0, value={}, source="x")
    assert not queries.reference_row_get(row.id).is_edited


def row_of(table, key):
    return next(row for row in queries.reference_rows(table) if row.key == key)


def test_a_corrected_area_moves_the_kabupaten_to_the_other_office():
    row = row_of("wilayah-kerja", "63.09")
    value = row.value | {"office_2024": "KANIM-BATULICIN"}
    with acting_as(surya):
        assert actions.reference_edit(surya, row_id=row.id, value=value, source="Permenkum").is_verified
    assert queries.offices_of("63.09", date(2024, 8, 21)) == ("KANIM-BATULICIN",)
    assert queries.offices_of("63.09", date(2026, 8, 21)) == ("KANIM-BANJARMASIN",)


def test_a_checkpoint_gets_the_point_its_office_names():
    row = row_of("tpi", "TPI-S-PELABUHAN-BALIKPAPAN")
    assert queries.checkpoint_get(row.key).lat is None
    with acting_as(surya):
        value = row.value | {"lat": "-1.2700", "lon": "116.8100"}
        actions.reference_edit(surya, row_id=row.id, value=value, source="GPS kantor, 22-08-2024")
    gate = queries.checkpoint_get(row.key)
    assert (gate.lat, gate.lng, gate.confidence) == (-1.27, 116.81, "high")


@pytest.mark.parametrize(
    ("table", "key", "wrong"),
    [
        ("wilayah-kerja", "63.09", {"office_2026": "KANIM-TIDAK-ADA"}),
        ("wilayah-kerja", "63.09", {"office_2024": ""}),
        ("wilayah-kerja", "63.09", {"also_partly": "KANIM-BATULICIN X"}),
        ("tpi", "TPI-S-PELABUHAN-BALIKPAPAN", {"kind": "kereta"}),
        ("tpi", "TPI-S-PELABUHAN-BALIKPAPAN", {"regency_code": "64.99"}),
        ("tpi", "TPI-S-PELABUHAN-BALIKPAPAN", {"lat": "116.81", "lon": "-1.27"}),
        ("tpi", "TPI-S-PELABUHAN-BALIKPAPAN", {"lat": "-1,27", "lon": "116,81"}),
        ("tpi", "TPI-S-PELABUHAN-BALIKPAPAN", {"lat": "nan", "lon": "116.81"}),
        ("tpi", "TPI-S-PELABUHAN-BALIKPAPAN", {"lat": "-1.27", "lon": ""}),
    ],
)
def test_a_correction_that_names_nothing_real_is_refused(table, key, wrong):
    row = row_of(table, key)
    with acting_as(surya), pytest.raises(ReferenceValueRefused):
        actions.reference_edit(surya, row_id=row.id, value=row.value | wrong, source="x")
