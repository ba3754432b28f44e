"""The keys walk every list that leads somewhere, and their sheet says what they do on this page."""

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.cast import bayu, officer
from tests.web import signed_in
from timpora.kernel.access import Actor

pytestmark = pytest.mark.journey
teguh = officer("Teguh", "system_admin", "DITJENIM", "ID")


def opened(browser: Browser, house: str, actor: Actor) -> Page:
    key = signed_in(Client(), actor).cookies["timpora_session"].value
    context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": "timpora_session", "value": key, "url": house}])
    return context.new_page()


def told(page: Page) -> str:
    page.keyboard.press("?")
    sheet = page.locator("#keys")
    expect(sheet).to_be_visible()
    words = " ".join(sheet.inner_text().split())
    page.keyboard.press("Escape")
    return words


def test_j_k_and_enter_walk_a_list_and_the_sheet_names_it(browser, house):
    page = opened(browser, house, bayu)
    page.goto(f"{house}/hukum")
    assert "turun dan naik dalam daftar: Angka yang berlaku hari ini, Peraturan" in told(page)
    for key in ("j", "j", "k", "j"):
        page.keyboard.press(key)
    second = page.locator("main table tbody tr").nth(1).locator("a[href]").first
    expect(second).to_be_focused()
    leads = second.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{house}{leads}")
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.goto(f"{house}/tujuan")
    assert "turun dan naik dalam daftar (di halaman ini tidak ada)" in told(page)
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url(f"{house}/hukum")
    page.context.close()


def test_a_key_never_rests_on_a_button_that_acts_at_once(browser, house):
    page = opened(browser, house, teguh)
    page.goto(f"{house}/akun")
    expect(page.get_by_role("button", name="Akhiri sesi").first).to_be_visible()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") != "BUTTON"
    page.context.close()


# How far what is asked for ends above the menu.
ABOVE = """(last) => document.querySelector("nav.bottom").getBoundingClientRect().top
  - last.getBoundingClientRect().bottom"""


def test_on_a_phone_nothing_of_a_long_page_lies_under_the_menu(browser, house):
    page = opened(browser, house, bayu)
    page.set_viewport_size({"width": 360, "height": 640})
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{house}/hukum")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    assert page.evaluate("scrollY") > 0
    assert page.locator("main").evaluate(ABOVE) >= 0
    page.evaluate("scrollTo(0, 0)")
    link = page.locator("main a[href]:visible")
    below = link.nth(link.count() // 2)
    assert below.evaluate(ABOVE) < 0
    below.evaluate("(link) => link.scrollIntoView({ block: 'nearest' })")
    assert below.evaluate(ABOVE) >= 0
    page.context.close()
