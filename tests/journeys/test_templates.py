"""A template is made by one person, published by another, and an operation opened from it."""

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.cast import bayu, ratna, surya
from tests.db.operations.templates import PDF
from tests.web import signed_in
from timpora.kernel.access import Actor

pytestmark = pytest.mark.journey


def seated(browser: Browser, house: str, actor: Actor) -> Page:
    """Return the officer's browser with his session open."""
    key = signed_in(Client(), actor).cookies["timpora_session"].value
    context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "timpora_session", "value": key, "url": house}])
    page = context.new_page()
    page.goto(f"{house}/operasi")
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_template_is_made_published_and_opened_from(browser: Browser, house: str) -> None:
    author, publisher, office = (seated(browser, house, one) for one in (ratna, surya, bayu))
    address = the_posko_drafts_it(author)
    the_question_is_seen_as_on_the_phone(author)
    the_annex_goes_along(author)
    the_director_publishes_it(publisher, address)
    the_operation_is_opened_from_it(author)
    the_office_reads_form_and_annex(office, author.url)
    for page in (author, publisher, office):
        page.context.close()


def the_posko_drafts_it(page: Page) -> str:
    page.get_by_role("link", name="Templat", exact=True).click()
    page.get_by_role("link", name="Mulai templat").click()
    page.get_by_label("Nama templat").fill("Jagratara")
    page.get_by_label("Operasi serentak").check()
    for label, value in (("Nama tahap", "Tahap II"), ("Mulai, hari sejak awal", "1"), ("Lama, hari", "3")):
        page.get_by_role("group", name="Tahap 1").get_by_label(label).fill(value)
    press(page, "Simpan rancangan")
    expect(page.get_by_text("Anda pengubah terakhir")).to_be_visible()
    return page.url


def the_question_is_seen_as_on_the_phone(page: Page) -> None:
    for text in ("Jenis tempat", "Penjamin hadir?"):
        page.get_by_role("link", name="Tambah pertanyaan").click()
        page.get_by_label("Pertanyaan", exact=True).fill(text)
        is_choice = text == "Jenis tempat"
        page.get_by_label("Satu pilihan" if is_choice else "Ya atau tidak").check()
        # Only what belongs to the kind of answer is asked.
        expect(page.get_by_label("Pilihan", exact=True)).to_be_visible(visible=is_choice)
        if is_choice:
            page.get_by_label("Pilihan", exact=True).fill("Mes karyawan\nHotel")
        press(page, "Simpan pertanyaan")
    press(page, "Naikkan Penjamin hadir?")
    phone = page.locator(".phone-text")
    expect(phone).to_have_text(["Penjamin hadir?", "Jenis tempat"])
    expect(page.locator(".phone")).to_contain_text("Mes karyawan")


def the_annex_goes_along(page: Page) -> None:
    page.get_by_text("Tambah lampiran").click()
    page.get_by_label("Judul lampiran").fill("Lembar bantu")
    page.locator("#id_berkas").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    press(page, "Simpan lampiran")
    expect(page.get_by_role("link", name="Lembar bantu")).to_be_visible()


def the_director_publishes_it(page: Page, address: str) -> None:
    page.goto(address)
    press(page, "Terbitkan versi")
    page.get_by_role("dialog").get_by_role("button", name="Terbitkan versi").click()
    expect(page.get_by_text("Versi terbit; operasi dapat dibuka darinya.")).to_be_visible()


def the_operation_is_opened_from_it(page: Page) -> None:
    page.get_by_role("link", name="Operasi").first.click()
    page.get_by_role("link", name="Buka operasi").click()
    page.get_by_label("Templat").select_option(index=1)
    page.get_by_label("Hari mulai").fill("20-08-2024")
    press(page, "Isi dari templat")
    expect(page.get_by_label("Hari pertama")).to_have_value("21-08-2024")
    expect(page.get_by_label("Hari terakhir")).to_have_value("23-08-2024")
    page.get_by_label("Nama operasi").fill("Jagratara II")
    press(page, "Buka operasi")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jagratara II")


def the_office_reads_form_and_annex(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="SOP dan formulir").click()
    expect(page.locator(".phone")).to_contain_text("Hotel")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Lembar bantu").click()
    assert taken.value.suggested_filename == "Lembar bantu.pdf"
    assert taken.value.path().read_bytes() == PDF
