"""Lists in: received once, taken in row by row or not at all, faults back to mend, nothing lost."""

from datetime import date

import pytest

from tests.cast import bayu, citra, dodi, machine, wulan
from timpora.apps.intake import actions, errors, importing, queries, stages
from timpora.apps.intake.actions import Choice
from timpora.apps.intake.kinds import ListKind
from timpora.apps.intake.models import ColumnMapping, Newcomer, RowFault, Submission
from timpora.apps.intake.reading import open_table
from timpora.apps.intake.states import SubmissionState
from timpora.apps.registry.models import Crossing, Permit, Person, Record, Work
from timpora.apps.wilayah.models import ReferenceRow
from timpora.kernel.access import AccessDenied
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db

ON = date(2024, 8, 22)
TITLES = "Nama;No Paspor;Kewarganegaraan;Tgl Lahir;L/P;Jenis Izin;Berlaku s.d.;Alamat"
GOOD = [
    "WANG XIAOMING;E1234567;Tiongkok;01-05-1980;L;ITAS;31-12-2024;Jl. Raya 1",
    "SITI;A7654321;Malaysia;02-06-1990;P;ITK;01-09-2024;Jl. Raya 2",
]
BAD = ["BUDI;X1234567;Thailand;31-02-1990;L;ITAS;31-12-2024;Jl. Raya 3", "=A(1);X2;Thailand;;L;ITAS;kemarin;"]
KIND = ListKind.PERMITS


def write(tmp_path, *rows, titles=TITLES, name="daftar.csv"):
    path = tmp_path / name
    path.write_text("\r\n".join([titles, *rows]), "utf-8", newline="")
    return path


def receive(path, actor=bayu):
    with acting_as(actor):
        return actions.submission_receive(actor, path=path, name=path.name, reported_on=ON)


def start(received, actor=bayu, *, is_whole=False, **constants):
    with acting_as(actor):
        preview = queries.submission_preview(actor, received.submission.id)
        choice = Choice(preview.plan.kind, preview.plan.columns, constants, is_whole)
        actions.submission_start(actor, submission_id=received.submission.id, choice=choice)


def run(received, actor=bayu):
    importing.submission_run(machine, received.submission.id)
    with acting_as(actor):
        return queries.submission_get(actor, received.submission.id)


def taken_in(tmp_path, *rows, is_whole=False, name="daftar.csv", titles=TITLES):
    received = receive(write(tmp_path, *rows, name=name, titles=titles))
    start(received, is_whole=is_whole)
    return run(received)


def counts():
    with acting_as(machine):
        return Record.objects.count(), Permit.objects.count(), Person.objects.filter(merged_into=None).count()


def test_good_rows_go_in_and_faulty_rows_come_back(tmp_path):
    done = taken_in(tmp_path, *GOOD, *BAD)
    assert (done.state, done.good, done.bad, done.repeated) == (SubmissionState.DONE, 2, 2, 0)
    assert counts() == (2, 2, 2)
    with acting_as(bayu):
        faults = queries.fault_list(bayu, done.id)
        assert [fault.number for fault in faults] == [4, 5]
        assert {error.field for error in faults[1].errors} == {"name", "document_number", "ends_on"}
        name = queries.faults_write(bayu, done.id, tmp_path / "b.xlsx")
    assert name == "perbaikan-daftar.xlsx"
    assert open_table(tmp_path / "b.xlsx", name).headers == (*TITLES.split(";"), "Kesalahan")


def test_one_fault_turns_back_the_whole_list_where_the_sender_chose_so(tmp_path):
    done = taken_in(tmp_path, *GOOD, *BAD, is_whole=True)
    assert (done.state, done.good, done.bad) == (SubmissionState.REFUSED, 0, 2)
    assert counts() == (0, 0, 0)
    assert "2 baris salah" in done.refusal


def test_a_whole_list_without_fault_goes_in(tmp_path):
    done = taken_in(tmp_path, *GOOD, is_whole=True)
    assert (done.state, done.good, done.bad) == (SubmissionState.DONE, 2, 0)
    assert done.progress.done == done.progress.total == 2


def test_a_permit_keeps_its_source_and_ends_the_day_after_its_last(tmp_path):
    taken_in(tmp_path, GOOD[0])
    with acting_as(machine):
        permit = Permit.objects.get()
        assert (permit.kind, permit.ends, permit.address) == ("ITAS", date(2025, 1, 1), "Jl. Raya 1")
        record = Record.objects.get()
        assert (record.row, record.agency, record.source) == (
            2,
            "KANIM-BATULICIN",
            "daftar izin tinggal",
        )
        assert record.document_state == ""
        assert record.territories == ["63", "63.02", "63.10", "ID"]


def test_a_remark_tells_that_an_extension_is_pending(tmp_path):
    titles = TITLES + ";Keterangan"
    taken_in(
        tmp_path, GOOD[0] + ";Perpanjangan diajukan 12/08/2024", GOOD[1] + ";pindah alamat", titles=titles
    )
    with acting_as(machine):
        found = Permit.objects.values_list("record__name", "is_extension_pending")
        assert dict(found) == {"WANG XIAOMING": True, "SITI": False}


def test_what_was_left_unknown_is_counted(tmp_path):
    done = taken_in(tmp_path, GOOD[0].replace("Tiongkok", "Atlantis"), GOOD[1], "JUMLAH;2;;;;;;")
    assert (done.good, done.noted) == (2, 1)
    assert "1 baris jumlah dilewati." in done.notices
    with acting_as(machine):
        assert Record.objects.get(name="WANG XIAOMING").nationality == ""


def test_places_that_nobody_knows_are_counted_with_examples_and_kept_as_written(tmp_path, carried):
    titles = TITLES + ";Kode Wilayah"
    rows = [
        GOOD[0].replace("Tiongkok", "Atlantis") + ";99.99",
        GOOD[1] + ";63.10.06",
        GOOD[1].replace("A7654321", "A7654322").replace("Malaysia", "Atlantis") + ";Kec. Satui",
    ]
    done = taken_in(tmp_path, *rows, titles=titles)
    assert (done.good, done.noted) == (3, 2)
    told = {one.label: (one.rows, one.examples) for one in done.unknown}
    assert told == {"Kewarganegaraan": (2, ("Atlantis",)), "Kode wilayah": (2, ("99.99", "Kec. Satui"))}
    with acting_as(machine):
        found = Permit.objects.values_list("record__row", "wilayah", "address")
    assert sorted(found) == [
        (2, "", "Jl. Raya 1, 99.99"), (3, "63.10.06", "Jl. Raya 2"), (4, "", "Jl. Raya 2, Kec. Satui"),
    ]  # fmt: skip


def test_a_checkpoint_that_nobody_knows_is_counted_and_a_known_one_is_not(tmp_path, carried):
    titles = "Nama;No Paspor;Tgl Kedatangan;Jam;TPI;Arah"
    rows = [
        f"SITI;A765432{n};21-08-2024;10:15;{place};MASUK"
        for n, place in enumerate(("Xanadu", "Soekarno-Hatta"))
    ]
    done = taken_in(tmp_path, *rows, titles=titles)
    assert [(one.field, one.rows, one.examples) for one in done.unknown] == [("checkpoint", 1, ("Xanadu",))]


def test_a_spelling_that_an_office_added_is_recognised_from_then_on(tmp_path, carried):
    rows = [GOOD[0].replace("Tiongkok", "Negeri Panda"), GOOD[1]]
    assert taken_in(tmp_path, *rows).noted == 1
    row = ReferenceRow.objects.get(table="kebangsaan", key="CHN")
    row.value["aliases_id"] += ";Negeri Panda"
    row.save()
    done = taken_in(tmp_path, *rows, GOOD[1].replace("A765", "A865"), name="dua.csv")
    assert (done.noted, done.unknown) == (0, ())


def test_the_same_file_twice_is_one_submission(tmp_path):
    first = receive(write(tmp_path, *GOOD))
    again = receive(write(tmp_path, *GOOD, name="salinan.csv"))
    assert (first.is_repeat, again.is_repeat) == (False, True)
    assert again.submission.id == first.submission.id
    other = receive(write(tmp_path, *GOOD), actor=wulan)
    assert not other.is_repeat


def test_a_mended_file_adds_only_what_was_missing(tmp_path):
    taken_in(tmp_path, *GOOD, BAD[0])
    done = taken_in(tmp_path, *GOOD, BAD[0].replace("31-02", "28-02"), name="dua.csv")
    assert (done.good, done.bad, done.repeated) == (3, 0, 2)
    assert counts() == (3, 3, 3)


def test_moved_columns_are_the_same_rows(tmp_path):
    taken_in(tmp_path, *GOOD)
    moved = [";".join(reversed(line.split(";"))) for line in (TITLES, *GOOD)]
    done = taken_in(tmp_path, *moved[1:], titles=moved[0], name="dua.csv")
    assert (done.good, done.repeated) == (2, 2)
    assert counts() == (2, 2, 2)


def test_the_chosen_columns_are_remembered_for_the_same_titles(tmp_path):
    received = receive(
        write(tmp_path, "SITI;A7654321;ITAS;01-09-2024", titles="A;B;C;D".replace("A", "Nama"))
    )
    columns = {"Nama": "name", "B": "document_number", "C": "permit_kind", "D": "ends_on"}
    with acting_as(bayu):
        actions.submission_start(
            bayu, submission_id=received.submission.id, choice=Choice(KIND, columns, {}, False)
        )
    assert run(received).good == 1
    again = receive(write(tmp_path, "BUDI;A7654322;ITAS;01-09-2024", titles="NAMA;B;C;D", name="dua.csv"))
    with acting_as(bayu):
        preview = queries.submission_preview(bayu, again.submission.id)
        assert preview.is_saved_plan
        assert preview.plan.columns == {
            "NAMA": "name",
            "B": "document_number",
            "C": "permit_kind",
            "D": "ends_on",
        }
        assert [row.errors for row in preview.rows] == [()]
    other = receive(
        write(tmp_path, "BUDI;A7654322;ITAS;01-09-2024", titles="NAMA;B;C;D", name="tiga.csv"), wulan
    )
    with acting_as(wulan):
        assert not queries.submission_preview(wulan, other.submission.id).is_saved_plan


def test_what_is_missing_is_refused_before_anything_is_queued(tmp_path):
    received = receive(write(tmp_path, "SITI", titles="Nama"))
    with acting_as(bayu), pytest.raises(errors.MappingIncomplete):
        actions.submission_start(
            bayu, submission_id=received.submission.id, choice=Choice(KIND, {"Nama": "name"}, {}, False)
        )
    with acting_as(bayu):
        assert queries.submission_get(bayu, received.submission.id).state is SubmissionState.RECEIVED


def test_a_list_goes_in_once(tmp_path):
    received = receive(write(tmp_path, *GOOD))
    start(received)
    with pytest.raises(errors.SubmissionBusy):
        start(received)
    run(received)
    with pytest.raises(errors.SubmissionBusy):
        start(received)
    assert run(received).good == 2
    assert counts()[0] == 2


def test_one_value_for_all_rows(tmp_path):
    titles = "Nama;No Paspor;Tgl Kedatangan;Jam"
    received = receive(write(tmp_path, "SITI;A7654321;21-08-2024;10:15", titles=titles))
    with acting_as(bayu):
        plan = queries.submission_preview(bayu, received.submission.id, kind=ListKind.CROSSINGS).plan
        choice = Choice(plan.kind, plan.columns, {"direction": "MASUK", "checkpoint": "Pelabuhan X"}, False)
        actions.submission_start(bayu, submission_id=received.submission.id, choice=choice)
    assert run(received).good == 1
    with acting_as(machine):
        crossing = Crossing.objects.get()
        assert (crossing.direction, crossing.checkpoint, crossing.wilayah) == ("in", "Pelabuhan X", "")
        assert crossing.at.isoformat() == "2024-08-21T02:15:00+00:00"


def test_a_worker_list_tells_plan_from_visit(tmp_path):
    titles = "Nama TKA;No Paspor;Pemberi Kerja;RPTKA Nomor;RPTKA Lokasi Kerja;Lokasi Kerja;Tanggal Pendataan"
    row = "SITI;A7654321;PT Contoh;R-1;63.10 - Tanah Bumbu;63.02 - Kotabaru;20-08-2024"
    assert taken_in(tmp_path, row, titles=titles).good == 1
    with acting_as(machine):
        works = sorted(Work.objects.values_list("is_plan", "place", "plan_number", "starts"))
    assert works == [
        (False, "63.02 - Kotabaru", "", date(2024, 8, 20)),
        (True, "63.10 - Tanah Bumbu", "R-1", None),
    ]


@pytest.mark.parametrize("stop_after", [1, 2, 3])
def test_a_killed_machine_goes_on_where_it_stopped(tmp_path, monkeypatch, stop_after):
    rows = [
        f"NAMA {'ABCDEFGHIJ'[n]}X;E123456{n};Tiongkok;0{n + 1}-05-1980;L;ITAS;31-12-2024;-" for n in range(9)
    ]
    received = receive(write(tmp_path, *rows, *BAD))
    start(received)
    monkeypatch.setattr(importing, "BATCH_ROWS", 3)
    whole = stages.store
    calls = []

    def dying(*args, **kwargs):
        if len(calls) == stop_after:
            raise KeyboardInterrupt
        calls.append(1)
        return whole(*args, **kwargs)

    monkeypatch.setattr(stages, "store", dying)
    with pytest.raises(KeyboardInterrupt):
        importing.submission_run(machine, received.submission.id)
    monkeypatch.setattr(stages, "store", whole)
    done = run(received)
    assert (done.state, done.good, done.bad, done.repeated) == (SubmissionState.DONE, 9, 2, 0)
    assert done.progress.done == 11
    with acting_as(machine):
        assert (Record.objects.count(), RowFault.objects.count(), Newcomer.objects.count()) == (9, 2, 0)


def test_a_foreign_list_does_not_exist(tmp_path):
    received = receive(write(tmp_path, *GOOD))
    for stranger in (citra, dodi, wulan):
        with acting_as(stranger), pytest.raises(AccessDenied):
            queries.submission_get(stranger, received.submission.id)
        with acting_as(stranger), pytest.raises(AccessDenied):
            start(received, actor=stranger)
    with acting_as(citra):
        assert queries.submission_list(citra) == []
        # The second wall: even a query that forgets the policy sees nothing.
        assert Submission.objects.count() == RowFault.objects.count() == ColumnMapping.objects.count() == 0
    with acting_as(bayu):
        assert len(queries.submission_list(bayu)) == 1


def test_a_field_officer_sends_no_lists(tmp_path):
    with pytest.raises(AccessDenied):
        receive(write(tmp_path, *GOOD), actor=dodi)


def test_a_refused_file_leaves_nothing(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(errors.WrongFileType):
        receive(path)
    with acting_as(machine):
        assert Submission.objects.count() == 0


def test_every_step_is_in_the_log_without_personal_data(tmp_path):
    done = taken_in(tmp_path, *GOOD)
    with acting_as(machine):
        entries = Entry.objects.filter(subject_id=str(done.id))
        assert {entry.tag for entry in entries} >= {
            "intake:submission:received", "intake:mapping:saved", "intake:submission:imported",
        }  # fmt: skip
        assert not any("WANG" in entry.body or "E1234567" in entry.body for entry in entries)
