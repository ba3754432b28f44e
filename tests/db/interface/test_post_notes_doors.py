"""The other doors of a post's notes: closed numbers, the console at the office, and no book at a post."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse

from tests.cast import BATULICIN, PALEMBANG, bayu, citra, dodi, hasan, officer, ratna
from tests.conftest import DAY
from tests.db.findings.field import ANNA, DEVICE, visit
from tests.db.findings.photos import PHOTO, named
from tests.db.interface.post_days import at_post, brought, day_of, reported, teamed
from tests.db.interface.post_notes import came, elsewhere, noted, notes_file, opened, written
from tests.db.operations import encounters, world
from tests.web import PASSWORD, enrolled, signed_in
from timpora.apps.findings import actions, queries
from timpora.apps.findings.models import Report
from timpora.apps.operations.actions import order_draft, order_issue
from timpora.apps.operations.models import JournalEntry, Order
from timpora.interface.note_file import note_file_read, note_file_write
from timpora.interface.outfit_file import keys_keep
from timpora.interface.post_key import whole_post_key
from timpora.interface.queue_key import post_key
from timpora.kernel import clock
from timpora.kernel.access import Actor
from timpora.kernel.audit.models import Entry
from timpora.kernel.database.session import acting_as
from timpora.kernel.documents.errors import NumbersOfOffice
from timpora.kernel.documents.models import Series

pytestmark = pytest.mark.django_db
LATE = DAY + timedelta(hours=1)


@pytest.fixture
def work():
    return teamed()


def closed(work, by: Actor = bayu, first: int = 2, last: int = 3) -> None:
    with acting_as(by):
        actions.gap_close(
            by,
            operation_id=work[0],
            device_id=DEVICE,
            first=first,
            last=last,
            because="Ponsel hilang di feri.",
        )


def numbered(work, *numbers: int) -> list[object]:
    reports = [visit(*work[:2], ANNA, device_seq=number) for number in numbers]
    reported(*reports)
    return reports


def handed_over(work) -> list[bytes]:
    """Return reports and notes of a day on which the post missed two numbers, and closed them."""
    with elsewhere():
        numbered(work, 1, 4)
        with clock.standing_at(LATE):
            closed(work)
            return [notes_file(work[0]), day_of(work[0]).content]


def gaps(work, by: Actor = bayu) -> list[tuple[int, int]]:
    with acting_as(by):
        return [(gap.first, gap.last) for gap in queries.gap_list(by, work[0])]


def closures(work):
    with acting_as(bayu):
        return queries.closure_list(bayu, work[0])


def test_numbers_that_the_post_closed_are_closed_at_home_once_and_by_whoever_closed_them(work):
    files = handed_over(work)
    with clock.standing_at(LATE + timedelta(hours=5)):
        assert came(*files) == [("Nomor laporan yang ditutup", "Bayu", "diterima")]
        assert came(*files) == [("Nomor laporan yang ditutup", "Bayu", "sudah ada")]
    assert gaps(work) == []
    (one,) = closures(work)
    assert (one.first, one.last, one.by, one.at, one.brought.by) == (2, 3, "Bayu", LATE, "Bayu")
    with acting_as(ratna):
        said = "".join(Entry.objects.filter(tag="findings:notes:brought").values_list("body", flat=True))
    assert (said.count('"nomor_hilang:diterima":1'), said.count('"nomor_hilang:sudah_ada":1')) == (1, 1)
    assert "feri" not in said


@pytest.mark.parametrize("spoilt", ["owner", "right", "wide", "words", "office"])
def test_a_closing_that_nobody_there_could_have_made_closes_nothing(work, spoilt):
    notes, reports_ = handed_over(work)
    load = opened(notes)
    note = load.closures[0]
    changed = {
        "owner": replace(note, by_id=dodi.id),
        "right": replace(note, by_id=world.edi.id),
        "wide": replace(note, first=2, last=2_000),
        "words": replace(note, because=" "),
        "office": replace(note, unit_code=world.PALEMBANG),
    }[spoilt]
    with at_post(work[0]):
        forged = note_file_write(replace(load, closures=(changed,)))
    brought(reports_)
    with clock.standing_at(LATE + timedelta(hours=5)):
        answer = brought(forged)
    assert answer.status_code == (422 if spoilt == "office" else 200)
    assert [note.word for note in answer.context["notes"]] == (
        [] if spoilt == "office" else ["tidak diterima"]
    )
    assert gaps(work) == [(2, 3)]


def test_a_check_of_the_post_comes_in_before_the_report_of_it_however_the_files_were_chosen(work):
    with elsewhere():
        met = encounters.approved(work[2])
        report = replace(visit(*work[:2], ANNA), target_id=None, encounter_id=met)
        reported(report)
        files = [day_of(work[0]).content, notes_file(work[0])]
    with clock.standing_at(DAY + timedelta(days=2)):
        # Alone the report names a check that nobody here has heard of.
        assert [line.word for line in brought(files[0]).context["lines"]] == ["tidak diterima"]
        assert [line.word for line in brought(*files).context["lines"]] == ["diterima"]
    with acting_as(bayu):
        (order,) = Order.objects.filter(encounter=met)
        assert (order.state, str(order.due_on)) == ("menyusul", "2024-08-23")


def imported(monkeypatch, capsys, *files, by="bayu", password=PASSWORD):
    monkeypatch.setattr("getpass.getpass", lambda _prompt: password)
    try:
        call_command("post", "import", *map(str, files), f"--as={by}")
    finally:
        said = capsys.readouterr().out
    return said.splitlines()


def test_the_console_of_the_office_brings_a_day_in_and_answers_each_line(work, tmp_path, monkeypatch, capsys):
    report = visit(*work[:2], ANNA, photos=(named(PHOTO),))
    with elsewhere():
        noted(work)
        reported(report, photos=[(report, PHOTO)])
        enrolled(bayu)
        monkeypatch.setattr("getpass.getpass", lambda _prompt: PASSWORD)
        with at_post(work[0]):
            call_command("post", "export", "--date=2024-08-22", f"--to={tmp_path}", "--as=bayu")
    files = sorted(tmp_path.iterdir())
    assert [file.name.removeprefix("hari-2024-08-22-") for file in files] == [
        "1.json", "catatan.timpora", "foto-1-dari-1.timpora",
    ]  # fmt: skip
    capsys.readouterr()
    for one in (bayu, dodi):
        enrolled(one)
    said = imported(monkeypatch, capsys, *files)
    assert all(line.startswith("22-08-2024 ") for line in said[:4])
    assert [line.rsplit(" · ", 1)[1] for line in said[:-1]] == ["diterima"] * 5 + ["1 foto ada"]
    assert said[-1] == "Semuanya sudah di kantor."
    again = imported(monkeypatch, capsys, *files)
    assert [line.rsplit(" · ", 1)[1] for line in again[:-1]] == ["sudah ada"] * 5 + ["1 foto ada"]
    with acting_as(ratna):
        (row,) = Report.objects.all()
        assert (row.officer_name, row.carried_by) == ("Dodi", "Bayu")
        assert JournalEntry.objects.count() == 1


def test_the_console_refuses_who_may_not_and_tells_what_did_not_come_in(work, tmp_path, monkeypatch, capsys):
    with elsewhere():
        written(work[0])
        (tmp_path / "catatan").write_bytes(notes_file(work[0]))
    (tmp_path / "lain").write_bytes(b"bukan berkas")
    for one in (bayu, dodi, citra):
        enrolled(one)
    for words, why in (
        ({"password": "salah"}, "sandi"),
        ({"by": "tidak.ada"}, "sandi"),
        ({"by": "dodi"}, "1 berkas tidak terbuka"),
        ({"by": "citra"}, "1 berkas tidak terbuka"),
    ):
        with pytest.raises(CommandError, match=why):
            imported(monkeypatch, capsys, tmp_path / "catatan", **words)
    with pytest.raises(CommandError, match="tidak ada"):
        imported(monkeypatch, capsys, tmp_path / "hilang")
    with at_post(work[0]), pytest.raises(CommandError, match="di kantor, bukan di pos"):
        imported(monkeypatch, capsys, tmp_path / "catatan")
    with acting_as(ratna):
        assert not JournalEntry.objects.exists()
    # What does not open is told, and the rest comes in.
    with pytest.raises(CommandError, match="1 berkas tidak terbuka, 0 baris"):
        imported(monkeypatch, capsys, tmp_path / "lain", tmp_path / "catatan")
    with acting_as(ratna):
        assert JournalEntry.objects.count() == 1


def test_a_post_numbers_no_letter_for_its_office_does(work):
    other = world.approved(work[0], name="Gudang", address="Jalan Lain 2")
    team = world.team(work[0], other, name="Regu 2", leader=world.edi)
    with acting_as(bayu):
        order = order_draft(bayu, team_id=team)
    with at_post(work[0]), pytest.raises(NumbersOfOffice), acting_as(hasan):
        order_issue(hasan, order_id=order)
    with acting_as(hasan):
        number = order_issue(hasan, order_id=order)
    with acting_as(ratna):
        first = Order.objects.exclude(pk=order).get().number
        # Without a gap: what the post was refused took no number.
        assert Series.objects.get(unit=world.BATULICIN).last == 2
    assert number != first


def test_an_officer_whose_key_the_post_never_had_is_no_author_of_it(work):
    """Whoever has the office's public half and not the keys of an outfit seals what nobody believes."""
    with elsewhere():
        noted(work)
        load = opened(notes_file(work[0]))
    keys = {dodi.id: post_key(dodi.id, work[0])}
    with TemporaryDirectory() as folder, override_settings(DATA=Path(folder)):
        keys_keep(keys, {work[0]: whole_post_key(work[0])})
        file = note_file_write(load)
    assert note_file_read(SimpleUploadedFile("a", file))[1] == {dodi.id: False}
    # What Dodi wrote comes in; the check without the decision of Hasan, whom nothing proves.
    assert sorted(came(file)) == [
        ("Gerak regu", "Dodi", "diterima"),
        ("Jurnal", "Bayu", "tidak diterima"),
        ("Pemeriksaan langsung", "Dodi", "diterima sebagian"),
        ("Register", "Dodi", "diterima"),
    ]


def test_a_proof_of_other_notes_proves_nobody(work, monkeypatch):
    with elsewhere():
        noted(work)
        load = opened(notes_file(work[0]))
    with at_post(work[0]), monkeypatch.context() as other:
        other.setattr("timpora.interface.note_file._digest", lambda _notes: bytes(32))
        file = note_file_write(load)
    assert note_file_read(SimpleUploadedFile("a", file))[1] == {}
    assert {word for *_, word in came(file)} == {"tidak diterima"}


def test_the_page_of_files_and_the_pages_at_home_say_where_a_note_came_from(work):
    with elsewhere():
        met = noted(work)
        file = notes_file(work[0])
    page = brought(file).content.decode()
    assert "Catatan pos" in page
    assert "Seluruh berkas sudah di server" in page
    client = signed_in(Client(), hasan)
    for address in (
        reverse("posko:journal", args=[work[0]]),
        reverse("operations:register", args=[work[0]]),
        reverse("operations:encounter", args=[met]),
    ):
        assert "dari pos, dibawa Bayu pada" in client.get(address).content.decode(), address


def test_an_office_that_shares_the_territory_takes_and_brings_in_no_notes_of_another(work):
    tono = officer("Tono", "inteldakim_head", world.PALEMBANG, *BATULICIN, *PALEMBANG)
    enrolled(tono)
    with elsewhere():
        noted(work)
        file = notes_file(work[0])
        assert day_of(work[0], by=tono, jenis="catatan").status_code == 404
    answer = brought(file, by=tono)
    assert answer.status_code == 422
    assert "pos kantor lain" in answer.content.decode()
    with acting_as(ratna):
        assert not JournalEntry.objects.exists()
