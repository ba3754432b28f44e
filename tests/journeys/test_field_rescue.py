"""Dodi's phone cannot send any more: its queue and photos leave as files, and Bayu brings them in (F51)."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import bayu, ratna
from tests.db.findings.field import at_work
from tests.journeys.phones import (
    await_true,
    await_worker,
    open_target,
    opened,
    phone_of,
    shot,
    sign_in,
    unlock,
    write_person,
)
from tests.journeys.test_field_papers import take_photo
from timpora.apps.findings import queries as findings
from timpora.apps.findings.models import Report
from timpora.interface.phone_photo_file import MAGIC
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.journey
SAVE = "Simpan antrean sebagai berkas"
# Two photos of this length do not fit into one file.
SWOLLEN = """() => new Promise((done, fail) => {
  indexedDB.open("timpora-files").onsuccess = ({ target: { result: db } }) => {
    const tx = db.transaction("files", "readwrite"), files = tx.objectStore("files");
    files.getAll().onsuccess = ({ target: { result } }) => {
      for (const one of result) files.put({ ...one, size: 5_000_000 });
    };
    Object.assign(tx, { oncomplete: done, onerror: fail });
  };
})"""
LEFT = """() => new Promise((done) => {
  indexedDB.open("timpora-files").onsuccess = ({ target: { result: db } }) => {
    db.transaction("bytes").objectStore("bytes").count().onsuccess = ({ target }) => done(target.result);
  };
})"""
LATER = "(await (await caches.open('timpora-kamera')).keys()).some(({ url }) => url.includes('rescue/'))"


@pytest.fixture
def phone(house: str, browser: Browser) -> Iterator[BrowserContext]:
    at_work()
    with phone_of(browser, house) as context:
        yield context


@pytest.fixture
def desk(house: str, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID")
    sign_in(context, house, bayu)
    page = context.new_page()
    page.goto(f"{house}/ponsel/berkas")
    yield page
    context.close()


def held() -> list[tuple[str, str, int]]:
    with acting_as(ratna):
        return list(Report.objects.values_list("officer_name", "carried_by", "device_seq"))


def saved(page: Page, said: str = SAVE, ends: str = ".json") -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=said).click()
    name = download.value.suggested_filename
    assert (name[:8], name.endswith(ends)) == ("antrean-", True)
    return Path(download.value.path())


def bring(desk: Page, *files: Path) -> None:
    desk.locator("[name=berkas]").set_input_files(files)
    desk.get_by_role("button", name="Masukkan laporan").click()


def address() -> str:
    """Return where the one report stands at the posko."""
    with acting_as(bayu):
        (row,) = Report.objects.all()
    return f"/posko/{row.operation_id}/laporan/{row.pk}"


def photos() -> list[bool]:
    """Return for each photo that a report names whether it is at the office, as Bayu sees it."""
    with acting_as(bayu):
        return [
            one.arrived_at is not None
            for report in Report.objects.all()
            for one in findings.report_get(bayu, report.pk).photos
        ]


def test_the_queue_leaves_as_a_file_and_reaches_the_posko_by_another_hand(house, phone, desk):
    page = opened(phone, house)
    await_worker(page)
    phone.set_offline(True)
    open_target(page)
    write_person(page)
    page.get_by_role("link", name="Selesaikan laporan").click()
    page.get_by_role("button", name="Kirim laporan").click()
    page.get_by_role("link", name="1 belum terkirim").click()
    expect(page.get_by_text("siapa pun yang menemukannya tidak membaca")).to_be_visible()
    shot(page, "antrean-berkas")
    file = saved(page)
    told = file.read_text("utf-8")
    assert [word for word in ("ERIKSSON", "L898902C3", "Mes karyawan", "Dodi") if word in told] == []

    shot(desk, "berkas-kosong")
    desk.locator("[name=berkas]").set_input_files(file)
    desk.get_by_role("button", name="Masukkan laporan").click()
    expect(desk.get_by_text("Seluruh berkas sudah di server")).to_be_visible()
    expect(desk.get_by_role("cell", name="Dodi")).to_be_visible()
    shot(desk, "berkas-diterima")
    assert held() == [("Dodi", "Bayu", 1)]
    desk.set_viewport_size({"width": 360, "height": 720})
    shot(desk, "berkas-diterima-360")

    # The phone hears of it, has the same receipt and forgets; nothing is doubled.
    phone.set_offline(False)
    expect(page.get_by_text("Semua terkirim").first).to_be_visible()
    assert held() == [("Dodi", "Bayu", 1)]


def test_whoever_forgot_the_pin_saves_the_queue_all_the_same(house, phone, desk):
    page = opened(phone, house)
    await_worker(page)
    phone.set_offline(True)
    open_target(page)
    page.get_by_role("button", name="Nihil").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("1 belum terkirim")).to_be_visible()
    page.goto(f"{house}/tugas")
    expect(page.get_by_label("PIN enam angka")).to_be_visible()
    shot(page, "pin-berkas")
    desk.locator("[name=berkas]").set_input_files(saved(page))
    desk.get_by_role("button", name="Masukkan laporan").click()
    expect(desk.get_by_text("diterima", exact=True)).to_be_visible()
    assert held() == [("Dodi", "Bayu", 1)]


def finished_offline(phone: BrowserContext, house: str) -> Page:
    """Finish a report with two photos without network, and look at what waits."""
    page = opened(phone, house)
    await_worker(page)
    await_true(page, LATER)
    phone.set_offline(True)
    open_target(page)
    take_photo(page)
    take_photo(page, 2)
    write_person(page)
    page.get_by_role("link", name="Selesaikan laporan").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("1 belum terkirim").first).to_be_visible()
    page.locator("[data-queue]").click()
    expect(page.get_by_text("2 foto ikut dalam berkas tersendiri")).to_be_visible()
    shot(page, "antrean-berkas-foto")
    return page


def saved_behind_the_pin(page: Page) -> tuple[Path, Path, Path]:
    """Save the queue and both files of photos as whoever forgot the PIN does."""
    expect(page.get_by_label("PIN enam angka")).to_be_visible()
    queue = saved(page)
    one = saved(page, "Simpan berkas 2/3 · 1 foto", "-foto-1-dari-2.timpora")
    shot(page, "pin-berkas-foto")
    two = saved(page, "Simpan berkas 3/3 · 1 foto", "-foto-2-dari-2.timpora")
    expect(page.get_by_role("button", name="3 berkas disimpan")).to_be_visible()
    shot(page, "pin-berkas-tersimpan")
    assert json.loads(queue.read_text("utf-8"))["photos"]["of"] == 2
    kept = one.read_bytes()
    # No picture begins in it: it lies under the seal.
    assert (kept.startswith(MAGIC), b"\xff\xd8\xff\xe0" in kept) == (True, False)
    return queue, one, two


def taken_in(desk: Page, house: str, queue: Path, one: Path, two: Path) -> None:
    """Bring the files in, the first of photos last and twice, and open the report."""
    bring(desk, queue, two)
    expect(desk.get_by_text("1 foto dibawa")).to_be_visible()
    expect(desk.get_by_text("Dari 2 berkas foto ponsel itu belum masuk: 1.")).to_be_visible()
    shot(desk, "berkas-foto-kurang")
    desk.set_viewport_size({"width": 360, "height": 720})
    shot(desk, "berkas-foto-kurang-360")
    assert sorted(photos()) == [False, True]
    for _ in range(2):
        bring(desk, one)
        expect(desk.get_by_text("Seluruh berkas sudah di server")).to_be_visible()
        assert photos() == [True, True]
    shot(desk, "berkas-foto-lengkap-360")
    desk.goto(f"{house}{address()}")
    expect(desk.get_by_text("Unduh", exact=True)).to_have_count(2)
    shot(desk, "laporan-foto-360")


def test_the_photos_of_a_phone_leave_beside_its_queue_and_are_seen_on_the_report(house, phone, desk):
    page = finished_offline(phone, house)
    page.evaluate(SWOLLEN)
    page.goto(f"{house}/tugas")
    queue, one, two = saved_behind_the_pin(page)

    taken_in(desk, house, queue, one, two)
    # The phone asks, hears that the office has all of it, and forgets.
    phone.set_offline(False)
    page.reload()
    unlock(page)
    expect(page.get_by_text("Semua terkirim").first).to_be_visible()
    await_true(page, f"(await ({LEFT})()) === 0")
    assert photos() == [True, True]


def photographed(page: Page) -> None:
    """Finish a report with one photo."""
    open_target(page)
    take_photo(page)
    page.get_by_role("button", name="Nihil").click()
    page.get_by_role("button", name="Kirim laporan").click()


def test_photos_that_are_left_alone_leave_as_files_too(house, phone, desk):
    page = opened(phone, house)
    await_worker(page)
    await_true(page, LATER)
    phone.route(re.compile("/foto/"), lambda route: route.abort())
    photographed(page)
    expect(page.get_by_text("1 foto belum terkirim").first).to_be_visible()
    assert photos() == [False]
    phone.set_offline(True)
    page.locator("[data-queue]").click()
    queue = saved(page)
    assert json.loads(queue.read_text("utf-8"))["entries"] == []
    # A report that was finished meanwhile is in none of these: so they begin anew.
    page.evaluate("location.hash = '#/'")
    open_target(page)
    page.get_by_role("button", name="Nihil").click()
    page.get_by_role("button", name="Kirim laporan").click()
    page.locator("[data-queue]").click()
    queue = saved(page, "Simpan berkas 2/2 · 1 foto")
    assert len(json.loads(queue.read_text("utf-8"))["entries"]) == 1
    bring(desk, queue, saved(page, "Simpan berkas 2/2 · 1 foto", "-foto-1-dari-1.timpora"))
    expect(desk.get_by_text("Seluruh berkas sudah di server")).to_be_visible()
    assert photos() == [True]


def test_a_phone_that_has_not_what_cuts_photos_saves_its_reports_and_says_so(house, phone):
    phone.route(re.compile("rescue/photos"), lambda route: route.abort())
    page = opened(phone, house)
    await_worker(page)
    phone.set_offline(True)
    photographed(page)
    page.locator("[data-queue]").click()
    told = json.loads(saved(page).read_text("utf-8"))
    assert (len(told["entries"]), "photos" in told) == (1, False)
    expect(page.get_by_text("Hanya laporannya yang tersimpan.")).to_be_visible()
    shot(page, "berkas-tanpa-foto")
