"""Dodi's phone cannot send any more: its queue leaves as a file, and Bayu brings it in at the desk (F51)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import bayu, ratna
from tests.db.findings.field import at_work
from tests.journeys.phones import await_worker, open_target, opened, phone_of, shot, sign_in, write_person
from timpora.apps.findings.models import Report
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.journey
SAVE = "Simpan antrean sebagai berkas"


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


def saved(page: Page) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=SAVE).click()
    assert download.value.suggested_filename.startswith("antrean-")
    return Path(download.value.path())


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
