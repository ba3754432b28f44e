"""A lodging or an agency plants nobody anywhere: rows of other places come back to be mended."""

import pytest

from tests.cast import bayu, citra, machine, officer
from tests.db.intake.test_lists import receive, run, start, write
from timpora.apps.intake import queries
from timpora.apps.intake.reading import open_table
from timpora.apps.intake.states import SubmissionState
from timpora.apps.registry.models import Person, Stay, Work
from timpora.kernel.database.session import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("carried")]

STAYS = "Nama Tamu;No Paspor;Check In;Penginapan;Kode Wilayah"
HERE = "SITI;A7654321;20-08-2024;Hotel Banua;63.10.06"
THERE = "WANG BIN;E1234567;20-08-2024;Hotel Musi;16.71"
WORKERS = "Nama TKA;No Paspor;Pemberi Kerja;RPTKA Nomor;RPTKA Lokasi Kerja;Lokasi Kerja;Tanggal Pendataan"
national = officer("Satria", "inteldakim_head", "DITJEN", "ID")


def taken_in(tmp_path, *rows, titles, sender=bayu, is_whole=False):
    received = receive(write(tmp_path, *rows, titles=titles), sender)
    start(received, sender, is_whole=is_whole)
    return run(received, sender)


def seen_by(actor) -> set[str]:
    with acting_as(actor):
        return set(Person.objects.values_list("name", flat=True))


def test_a_stay_elsewhere_comes_back_in_the_same_columns(tmp_path):
    done = taken_in(tmp_path, HERE, THERE, titles=STAYS)
    assert (done.state, done.good, done.bad) == (SubmissionState.DONE, 1, 1)
    with acting_as(machine):
        assert list(Stay.objects.values_list("wilayah", flat=True)) == ["63.10.06"]
    assert seen_by(citra) == set()
    with acting_as(bayu):
        (fault,) = queries.fault_list(bayu, done.id)
        queries.faults_write(bayu, done.id, tmp_path / "b.xlsx")
    assert [error.code for error in fault.errors] == ["region-outside"]
    (row,) = open_table(tmp_path / "b.xlsx", "b.xlsx").rows()
    assert row.cells[:5] == tuple(THERE.split(";"))
    assert "Wilayah 16.71 di luar wilayah pengirim daftar (63.10, 63.02)" in row.cells[5]


def test_the_preview_tells_it_before_anything_goes_in(tmp_path):
    received = receive(write(tmp_path, HERE, THERE, titles=STAYS))
    with acting_as(bayu):
        good, bad = queries.submission_preview(bayu, received.submission.id).rows
    assert not good.errors
    assert [error.code for error in bad.errors] == ["region-outside"]


def test_a_whole_list_is_turned_back(tmp_path):
    done = taken_in(tmp_path, HERE, THERE, titles=STAYS, is_whole=True)
    assert (done.state, done.good, done.bad) == (SubmissionState.REFUSED, 0, 1)
    assert seen_by(machine) == set()


def test_one_region_for_all_rows_is_no_way_round(tmp_path):
    titles = STAYS.removesuffix(";Kode Wilayah")
    received = receive(write(tmp_path, THERE.removesuffix(";16.71"), titles=titles))
    start(received, region="16.71")
    assert run(received).bad == 1
    assert seen_by(machine) == set()


def test_the_centre_sends_of_every_place(tmp_path):
    assert taken_in(tmp_path, HERE, THERE, titles=STAYS, sender=national).good == 2
    assert seen_by(citra) == {"WANG BIN"}
    assert seen_by(bayu) == {"SITI"}


def test_a_worker_is_not_planted_elsewhere_and_a_plan_on_paper_shows_nobody_there(tmp_path):
    found = "SITI;A7654321;PT Contoh;R-1;16.71 - Palembang;63.10 - Tanah Bumbu;20-08-2024"
    planted = "WANG BIN;E1234567;PT Contoh;R-2;63.10 - Tanah Bumbu;16.71 - Palembang;20-08-2024"
    done = taken_in(tmp_path, found, planted, titles=WORKERS)
    assert (done.good, done.bad) == (1, 1)
    with acting_as(machine):
        assert set(Work.objects.values_list("is_plan", "wilayah")) == {(True, "16.71"), (False, "63.10")}
    assert seen_by(bayu) == {"SITI"}
    assert seen_by(citra) == set()
