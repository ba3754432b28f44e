"""Dodi lost his phone: revoked, it forgets all but what was finished, and that is decided (P14)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import bayu, dodi, ratna
from tests.db.findings.field import at_work
from tests.journeys.phones import (
    KEPT,
    await_worker,
    choose_pin,
    open_target,
    opened,
    phone_of,
    shot,
    sign_in,
    write_person,
)
from timpora.apps.findings.models import Report
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.journey
WORDS = (
    "ERIKSSON",
    "L898902C3",
    "Mes karyawan",
    "Jalan Angsana",
    f"timpora-draf:{dodi.id}",
    f"vault:{dodi.id}",
)


@pytest.fixture
def phone(house: str, browser: Browser) -> Iterator[BrowserContext]:
    at_work()
    with phone_of(browser, house) as context:
        yield context


@pytest.fixture
def desk(house: str, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID")
    sign_in(context, house, bayu)
    yield context.new_page()
    context.close()


def held() -> list[str]:
    with acting_as(ratna):
        return list(Report.objects.values_list("officer_name", flat=True))


def in_use(phone: BrowserContext, house: str) -> Page:
    """Dodi's phone with a finished report that waits, a draft, and tasks; without network."""
    page = opened(phone, house)
    await_worker(page)
    phone.set_offline(True)
    open_target(page)
    write_person(page)
    page.get_by_role("link", name="Selesaikan laporan").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("1 belum terkirim")).to_be_visible()
    page.goto(f"{house}/tugas#/")
    expect(page.get_by_text("Sasaran hari ini")).to_be_visible()
    page.get_by_text("Mes karyawan PT Contoh").first.click()
    page.get_by_role("checkbox", name="Memperkenalkan diri").check()
    expect(page.locator("[data-slot=kept]")).to_contain_text("Tersimpan di ponsel")
    return page


def revoked(desk: Page, house: str) -> None:
    desk.goto(f"{house}/ponsel")
    shot(desk, "ponsel")
    desk.get_by_role("link", name="Cabut").click()
    shot(desk, "ponsel-cabut")
    desk.get_by_label("Alasan").fill("Tertinggal di feri, diketahui pukul 09.00.")
    desk.get_by_role("button", name="Cabut ponsel ini").click()
    expect(desk.get_by_text("Ponsel dicabut.")).to_be_visible()
    shot(desk, "ponsel-dicabut")


def released(desk: Page, house: str) -> None:
    desk.goto(f"{house}/ponsel/karantina")
    shot(desk, "karantina")
    desk.get_by_role("link", name="Putuskan").click()
    shot(desk, "karantina-putus")
    desk.set_viewport_size({"width": 360, "height": 720})
    shot(desk, "karantina-putus-360")
    desk.get_by_role("radio", name="Lepaskan").check()
    desk.get_by_label("Alasan").fill("Dodi membenarkan lewat telepon kantor.")
    desk.get_by_role("button", name="Putuskan").click()
    expect(desk.get_by_text("Laporan dilepas.")).to_be_visible()
    desk.goto(f"{house}/ponsel")
    shot(desk, "ponsel-360")


def test_a_lost_phone_forgets_hands_over_and_stays_shut(house, phone, desk):
    page = in_use(phone, house)
    revoked(desk, house)
    phone.set_offline(False)
    expect(page.get_by_role("heading", name="Ponsel ini dicabut")).to_be_visible()
    expect(page.get_by_text("Tidak ada laporan yang tertinggal di ponsel ini.")).to_be_visible()
    shot(page, "dicabut")
    assert [word for word in WORDS if word in page.evaluate(KEPT)] == []
    assert held() == []
    # Neither a reload nor another page of the office opens anything.
    page.goto(f"{house}/tugas")
    expect(page.get_by_role("heading", name="Ponsel ini dicabut")).to_be_visible()
    page.goto(f"{house}/")
    expect(page.get_by_label("Kata sandi")).to_be_visible()
    released(desk, house)
    assert held() == ["Dodi"]


def test_without_a_session_what_was_finished_stays_sealed_and_leaves_as_a_file(house, phone, desk):
    page = in_use(phone, house)
    revoked(desk, house)
    page.evaluate("indexedDB.databases()")
    phone.clear_cookies()
    sign_in(phone, house, bayu)  # somebody else has this phone now
    phone.set_offline(False)
    expect(page.get_by_role("heading", name="Ponsel ini dicabut")).to_be_visible()
    expect(page.get_by_text("1 belum terkirim · tersimpan di ponsel").first).to_be_visible()
    shot(page, "dicabut-antrean")
    assert [word for word in WORDS if word in page.evaluate(KEPT)] == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Simpan antrean sebagai berkas").click()
    desk.goto(f"{house}/ponsel/berkas")
    desk.locator("[name=berkas]").set_input_files(download.value.path())
    desk.get_by_role("button", name="Masukkan laporan").click()
    expect(desk.get_by_text("ditahan", exact=True)).to_be_visible()
    assert held() == []


def test_a_phone_that_is_found_begins_as_another_one(house, phone, desk):
    page = opened(phone, house)
    await_worker(page)
    expect(page.get_by_text("Belum ada laporan di ponsel ini")).to_be_visible()
    page.wait_for_timeout(500)
    revoked(desk, house)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_role("button", name="Ponselnya sudah kembali").click()
    expect(page.get_by_label("Kata sandi")).to_be_visible()
    sign_in(phone, house, dodi)
    page.goto(f"{house}/tugas")
    choose_pin(page)
    expect(page.get_by_text("Sasaran hari ini")).to_be_visible()
