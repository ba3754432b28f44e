"""Dodi meets somebody without an order: he asks and waits, Hasan approves, and the order follows."""

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.cast import bayu, dodi, hasan
from tests.db.findings.field import at_work
from tests.db.operations import world
from tests.journeys.phones import choose_pin, shot, unlock, write_person
from tests.web import signed_in
from timpora.apps.findings.models import Report
from timpora.apps.identity.actions import INSTALLER
from timpora.apps.identity.models import User
from timpora.apps.operations import queries
from timpora.kernel.access import Actor
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.journey
PHONE, DESK = {"width": 360, "height": 720}, {"width": 1280, "height": 900}


@pytest.fixture
def sits(house: str, browser: Browser) -> Iterator[object]:
    at_work()
    contexts = []

    def sit(actor: Actor, viewport: dict[str, int]) -> Page:
        context = browser.new_context(viewport=viewport, locale="id-ID")
        cookie = signed_in(Client(), actor).cookies["timpora_session"].value
        context.add_cookies([{"name": "timpora_session", "value": cookie, "url": house}])
        contexts.append(context)
        with acting_as(INSTALLER):  # whoever signs a letter has a service number
            User.objects.filter(pk=actor.id).update(nip=world.NIPS[actor.name.lower()], rank="Pembina (IV/a)")
        page = context.new_page()
        page.goto(f"{house}/tugas" if viewport is PHONE else house)
        if viewport is PHONE:
            choose_pin(page)
        return page

    yield sit
    for context in contexts:
        context.close()


def asked(phone: Page) -> None:
    """Ask for the approval and wait."""
    phone.get_by_role("link", name="Pemeriksaan langsung, tanpa surat").click()
    phone.get_by_text("patut diduga melanggar hukum").click()
    phone.get_by_label("Mengapa").fill("Terlihat mengoperasikan mesin tanpa pengawas.")
    phone.get_by_label("Siapa yang ditemui").fill("2 orang laki-laki dewasa")
    phone.get_by_label("Tempat").fill("Gudang di Simpang Empat")
    shot(phone, "langsung-lapor")
    phone.get_by_label("Alamat atau patokan").fill("Jalan Raya Km 3")
    phone.get_by_role("button", name="Mintakan persetujuan").click()
    expect(phone.get_by_role("heading", name="Tunggu. Jangan memeriksa dahulu.")).to_be_visible()
    shot(phone, "langsung-tunggu")


def approved(desk: Page) -> None:
    desk.get_by_text("Regu menunggu persetujuan pemeriksaan langsung").click()
    desk.get_by_label("Alasan").fill("Keadaannya jelas.")
    shot(desk, "langsung-putusan")
    desk.get_by_role("button", name="Setujui pemeriksaan").click()


def reported(phone: Page) -> Report:
    phone.reload()
    expect(phone.get_by_role("heading", name="Boleh diperiksa.")).to_be_visible()
    shot(phone, "langsung-boleh")
    phone.get_by_role("link", name="Catat hasilnya").click()
    unlock(phone)
    for title in ("Memperkenalkan diri", "Menjelaskan maksud", "Memastikan bahasa"):
        phone.get_by_role("checkbox", name=title).check()
    phone.locator("[data-told=language]:visible").fill("Inggris")
    shot(phone, "langsung-langkah")
    write_person(phone)
    phone.get_by_role("link", name="Selesaikan laporan").click()
    phone.get_by_role("button", name="Kirim laporan").click()
    expect(phone.get_by_text("Diterima posko")).to_be_visible()
    with acting_as(bayu):
        return Report.objects.get()


def followed(desk: Page, house: str) -> None:
    desk.goto(house)
    shot(desk, "langsung-beranda")
    desk.get_by_text("Surat perintah menyusul: Regu 1").click()
    expect(desk.get_by_text("surat menyusul paling lambat 23-08-2024")).to_be_visible()
    shot(desk, "langsung-surat")
    desk.get_by_role("button", name="Terbitkan surat perintah").click()
    confirm = desk.get_by_role("dialog").get_by_role("button", name="Terbitkan surat perintah")
    confirm.click()
    expect(desk.get_by_text("terbit dalam batas 23-08-2024")).to_be_visible()
    shot(desk, "langsung-terbit")


def test_a_check_without_an_order_is_asked_for_approved_and_followed_by_its_order(sits, house):
    phone = sits(dodi, PHONE)
    asked(phone)
    desk = sits(hasan, DESK)
    approved(desk)
    report = reported(phone)
    assert (report.target_id, report.breaches) == (None, [])
    assert report.encounter_id is not None
    followed(desk, house)


def test_an_injury_is_written_into_the_register_that_said_nothing_before(sits, house):
    head = sits(bayu, DESK)
    with acting_as(bayu):
        operation = queries.operation_list(bayu)[0].operation.id
    head.goto(f"{house}/operasi/{operation}/langsung")
    shot(head, "langsung-daftar")
    head.goto(f"{house}/operasi/{operation}/register")
    expect(head.get_by_text("tidak ada yang dicatat")).to_have_count(3)
    head.get_by_role("link", name="Catat kejadian").click()
    head.get_by_label("Cedera").check()
    head.get_by_label("Di mana").fill("Mes karyawan")
    head.get_by_label("petugas kantor").check()
    head.get_by_label("Apa yang terjadi").fill("Jari terjepit pintu.")
    head.get_by_label("Apa yang dilakukan").fill("Dirawat di tempat.")
    head.get_by_label("Dilaporkan kepada").fill("Kepala kantor")
    shot(head, "register-catat")
    head.get_by_role("button", name="Catat", exact=True).click()
    expect(head.get_by_text("tidak ada yang dicatat")).to_have_count(2)
    shot(head, "register")
    head.goto(f"{house}/posko/{operation}")
    shot(head, "posko-langsung")
