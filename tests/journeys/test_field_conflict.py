"""Two contents of one report: Dodi's phone says so and what to do, Bayu decides, the phone tells how (P2)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import bayu, dodi, ratna
from tests.db.findings.field import BUDI, at_work, visit
from tests.journeys.phones import open_target, opened, phone_of, shot, sign_in, unlock
from timpora.apps.findings.actions import report_submit
from timpora.apps.findings.models import Report
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.journey


@pytest.fixture
def work(house: str) -> tuple:
    return at_work()


@pytest.fixture
def phone(house: str, browser: Browser, work: tuple) -> Iterator[BrowserContext]:
    with phone_of(browser, house) as context:
        yield context


@pytest.fixture
def desk(house: str, browser: Browser, work: tuple) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID")
    sign_in(context, house, bayu)
    yield context
    context.close()


def reported(page: Page) -> Report:
    open_target(page)
    page.get_by_role("button", name="Nihil").click()
    page.get_by_label("Catatan tempat").fill("Mes kosong.")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Diterima posko")).to_be_visible()
    with acting_as(ratna):
        return Report.objects.get()


def reopened(page: Page, house: str, path: str = "") -> None:
    page.goto(f"{house}/tugas{path}")
    page.reload()
    unlock(page)


def told(page: Page, number: str) -> None:
    expect(page.get_by_text("1 laporan berbeda isi")).to_be_visible()
    page.locator("[data-queue]").click()
    expect(page.get_by_role("heading", name="Isi berbeda")).to_be_visible()
    expect(page.get_by_text("Isi berbeda, menunggu putusan")).to_be_visible()
    shot(page, "benturan-antrean")
    page.get_by_role("link", name="Mes karyawan PT Contoh").first.click()
    expect(page.get_by_text(f"{number} · isi lain")).to_be_visible()
    shot(page, "benturan-tanda-terima")


def decided(office: Page, house: str, report: Report) -> None:
    office.goto(f"{house}/posko/{report.operation_id}/laporan/{report.pk}")
    office.get_by_role("link", name="Bandingkan dan putuskan").click()
    shot(office, "banding")
    office.set_viewport_size({"width": 360, "height": 720})
    shot(office, "banding-360")
    office.get_by_role("radio", name="Isi 2").check()
    office.get_by_label("Alasan").fill("Regu bertemu satu orang sesudah laporan pertama.")
    office.get_by_role("button", name="Putuskan").click()
    expect(office.get_by_text("Putusan dicatat")).to_be_visible()


def test_the_phone_says_that_contents_differ_and_who_settled_it(house, phone, desk, work):
    page = opened(phone, house)
    first = reported(page)
    # The same report once more, with other content, from a phone that went another way.
    with acting_as(dodi):
        other = report_submit(dodi, report=visit(*work, BUDI, id=first.pk, device_seq=1))
    reopened(page, house)
    told(page, other.number)
    decided(desk.new_page(), house, first)
    reopened(page, house, f"#/l/{first.pk}")
    expect(page.get_by_text("Isi berbeda: isi lain yang berlaku")).to_be_visible()
    expect(page.get_by_text("Diputus Bayu: Regu bertemu satu orang")).to_be_visible()
    shot(page, "benturan-diputus")
    page.goto(f"{house}/tugas#/")
    expect(page.get_by_text("Sasaran hari ini")).to_be_visible()
    expect(page.get_by_text("laporan berbeda isi")).to_be_hidden()
