"""The program goes through stored files, and tells which are not what was taken in (P6)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from tests.cast import arif, bayu, dodi, lestari, machine, ratna
from tests.conftest import DAY
from tests.db.findings.field import ANNA, at_work, visit
from tests.db.findings.photos import IN_CHARGE, MINUTES, OTHER, PHOTO, digest, named
from tests.web import signed_in
from timpora.apps.findings import actions, keeping
from timpora.apps.findings import queries as findings
from timpora.apps.findings.types import FileKind, Outcome
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied
from timpora.kernel.audit.models import Entry, SealedEntry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
SEALED = replace(ANNA, outcome=Outcome.PROTECTION, signs=("Diancam",), name="BUNGA")
BOTH = replace(arif, grants=(*arif.grants, *lestari.grants))
STORES = ("findings_photo_piece", "findings_photo_arrival", "findings_minutes", "findings_original")


@pytest.fixture
def work():
    return at_work()


@pytest.fixture
def report(work):
    """A report with a photo that has arrived and the Berita Acara of whoever is in charge."""
    return arrived(work, in_charge=IN_CHARGE, minutes=MINUTES)


def arrived(work, *checked, data=PHOTO, **words):
    report = visit(*work, *checked, photos=(named(data),), **words)
    with acting_as(dodi):
        actions.report_submit(dodi, report=report)
        actions.photo_take(dodi, report_id=report.id, sha256=digest(data), starts=0, data=data)
    return report


def look(later=timedelta(0)):
    """Let the worker look once, some time after the day on which all was taken in."""
    with clock.standing_at(DAY + later), acting_as(machine):
        return actions.files_look(machine)


def spoil(statement, *values):
    """Change rows as the master of the machine could: past role, policy and trigger."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; SET CONSTRAINTS ALL IMMEDIATE")
        for table in STORES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY")
        cursor.execute(statement, values)
        for table in STORES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER, FORCE ROW LEVEL SECURITY")
        cursor.execute("SET ROLE timpora_app")


def flip(report, data=PHOTO):
    """Turn one bit of a photo where it lies."""
    spoil(
        "UPDATE findings_photo_piece SET data = set_byte(data, 700, get_byte(data, 700) # 1) "
        "WHERE root_id = %s AND sha256 = %s",
        report.id, digest(data),
    )  # fmt: skip


def broken(by=arif):
    with acting_as(by):
        return [(one.kind, one.report_id, one.mended_at) for one in findings.file_breaks(by)]


def rounds():
    with acting_as(arif):
        return {one.kind: one for one in findings.look_rounds(arif)}


def logged(tag, model=Entry, by=ratna):
    with acting_as(by):
        return model.objects.filter(tag=tag).count()


def page(actor):
    return signed_in(Client(), actor).get("/audit/berkas").content.decode()


def test_files_that_are_what_they_were_are_counted_and_nothing_is_said(report):
    assert "belum pernah" in page(arif)
    assert look() == 3
    assert {kind: one.last_looked for kind, one in rounds().items()} == dict.fromkeys(FileKind, 1)
    assert broken() == []
    assert "Tidak ada berkas yang berubah" in page(arif)


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        (FileKind.PHOTO, "UPDATE findings_photo_piece SET data = set_byte(data, 700, 1)"),
        (FileKind.MINUTES, "UPDATE findings_minutes SET pdf = set_byte(pdf, 70, 1)"),
        (FileKind.CONTENT, "UPDATE findings_original SET content = replace(content, 'depan', 'lain')"),
    ],
)
def test_one_changed_byte_is_found_in_the_next_round_and_told_once(report, kind, statement):
    look()
    spoil(statement)
    look(timedelta(hours=23))
    assert broken() == []
    for _ in range(2):
        look(timedelta(days=1))
        look(timedelta(days=2))
        assert broken() == [(kind, report.id, None)]
    assert logged("findings:file:broken") == 1
    shown = page(arif)
    assert "1 berkas tidak lagi sama" in shown
    assert "berubah" in shown


def test_an_altered_berita_acara_is_handed_to_nobody(report):
    address = f"/posko/{report.operation_id}/laporan/{report.id}/berita-acara/0"
    desk = signed_in(Client(), bayu)
    assert desk.get(address).content.startswith(b"%PDF")
    spoil("UPDATE findings_minutes SET pdf = set_byte(pdf, 70, 1)")
    refused = desk.get(address)
    assert refused["Content-Type"] != "application/pdf"
    assert "tidak lagi sama" in refused.content.decode()


def test_two_photos_that_changed_places_are_both_found(work):
    one, other = arrived(work), arrived(work, data=OTHER, device_seq=2)
    spoil("UPDATE findings_photo_piece p SET data = o.data FROM findings_photo_piece o WHERE o.id <> p.id")
    look()
    assert {(kind, report) for kind, report, _ in broken()} == {
        (FileKind.PHOTO, one.id),
        (FileKind.PHOTO, other.id),
    }


def test_a_file_that_was_put_back_is_told_to_be_whole_again(report):
    flip(report)
    look()
    flip(report)
    look(timedelta(days=1))
    assert broken() == [(FileKind.PHOTO, report.id, DAY + timedelta(days=1))]
    assert logged("findings:file:mended") == 1
    assert "pulih" in page(arif)
    flip(report)
    look(timedelta(days=2))
    assert [mended for _, _, mended in broken()] == [None, DAY + timedelta(days=1)]


def test_the_posko_sees_that_a_photo_is_not_the_one_that_came(report):
    def shown():
        address = f"/posko/{report.operation_id}/laporan/{report.id}"
        return signed_in(Client(), bayu).get(address).content.decode()

    look()
    assert "berubah di penyimpanan" not in shown()
    flip(report)
    look(timedelta(days=1))
    assert "berubah di penyimpanan" in shown()


def test_under_the_seal_it_is_found_and_told_to_holders_of_the_seal_alone(work):
    report = arrived(work, SEALED)
    flip(report)
    look()
    assert broken() == []
    assert "Tidak ada berkas yang berubah" in page(arif)
    assert broken(BOTH) == [(FileKind.PHOTO, report.id, None)]
    assert logged("findings:file:broken") == 0
    assert logged("findings:file:broken", SealedEntry, lestari) == 1


def test_a_round_is_cut_into_looks_and_goes_on_where_it_stopped(work, monkeypatch):
    several = [arrived(work, device_seq=seq) for seq in (1, 2, 3)]
    flip(several[1])
    monkeypatch.setattr(keeping, "BYTES_AT_ONCE", len(PHOTO) + 1)
    monkeypatch.setattr(keeping, "FILES_AT_ONCE", 2)
    assert look() == 4
    assert rounds()[FileKind.PHOTO].looked == 2
    assert rounds()[FileKind.PHOTO].last_ended_at is None
    assert look() == 2
    done = rounds()[FileKind.PHOTO]
    assert (done.began_at, done.last_looked) == (None, 3)
    assert broken() == [(FileKind.PHOTO, several[1].id, None)]
    assert look() == 0


def test_only_the_worker_looks_and_only_who_reads_the_log_is_told(report):
    for act in (actions.files_look, findings.file_breaks, findings.look_rounds):
        with acting_as(bayu), pytest.raises(AccessDenied):
            act(bayu)
    assert signed_in(Client(), bayu).get("/audit/berkas").status_code == 404
