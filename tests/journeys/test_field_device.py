"""Dodi's phone opens without network, behind a PIN; no thief reads a word of it, no dead tab takes one."""

import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import dodi, ratna
from tests.db.findings.field import at_work
from tests.db.operations import world
from tests.depth import IS_NIGHTLY
from tests.journeys.phones import (
    KEPT,
    await_true,
    await_worker,
    choose_pin,
    open_target,
    opened,
    phone_of,
    shot,
    sign_in,
    unlock,
    write_person,
)
from timpora.apps.findings.models import Report, ReportConflict
from timpora.interface.field import book, shell
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.journey
CANARIES = ("ERIKSSON", "L898902C3", "Tinggal di mes", "Mes karyawan", "Jalan Angsana", "Gerbang samping")
# How often a tab is killed.
KILLS = 500 if IS_NIGHTLY else 4
# Leave no room for another word beside what lies there already.
FILLED = """() => {
  for (let n = 2 ** 20; n >= 1; n = Math.floor(n / 2)) {
    const more = () => localStorage.setItem("penuh", (localStorage.getItem("penuh") ?? "") + "x".repeat(n));
    try { for (;;) more(); } catch {}
  }
}"""
NO_ROOM = """() => {
  window.room = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => { throw new DOMException("penuh", "QuotaExceededError"); };
}"""
# Type as a hand does, stroke by stroke, and remember what the form last said that it keeps.
TYPED = """(note) => {
  const box = [...document.querySelectorAll("textarea")].find((one) => one.offsetParent);
  const slot = document.querySelector("[data-slot=kept]");
  let n = 0;
  const timer = setInterval(() => {
    if (slot.textContent && box.value === window.typed) window.kept = window.typed;
    if (n === note.length) return clearInterval(timer);
    slot.textContent = "";
    box.value = note.slice(0, n += 1);
    window.typed = box.value;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }, 20);
}"""
SLOW = {"offline": False, "latency": 600, "downloadThroughput": 30_000, "uploadThroughput": 12_000}


@pytest.fixture
def phone(house: str, browser: Browser) -> Iterator[BrowserContext]:
    at_work()
    with phone_of(browser, house) as context:
        yield context


@pytest.fixture
def page(house: str, phone: BrowserContext) -> Page:
    page = opened(phone, house)
    await_worker(page)
    return page


def held() -> list[Report]:
    with acting_as(ratna):
        assert not ReportConflict.objects.exists()
        return list(Report.objects.order_by("device_seq"))


def kept(page: Page) -> str:
    return page.evaluate(KEPT)


def drafts(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('timpora-draf'))")


def say_nil(page: Page, note: str = "") -> None:
    page.get_by_role("button", name="Nihil").click()
    page.get_by_label("Catatan tempat").fill(note)
    page.get_by_role("button", name="Kirim laporan").click()


def reopened(phone: BrowserContext, house: str) -> Page:
    page = phone.new_page()
    page.goto(f"{house}/tugas")
    unlock(page)
    expect(page.get_by_text("Buka dengan PIN")).to_be_hidden()
    return page


def test_the_form_opens_without_network_and_leaves_nothing_readable(house, phone, page):
    phone.set_offline(True)
    page.close()
    page = phone.new_page()
    page.goto(f"{house}/tugas")
    shot(page, "pin")
    unlock(page)
    expect(page.get_by_text("Daftar tugas per 22-08-2024")).to_be_visible()
    open_target(page)
    write_person(page)
    expect(page.get_by_text("Selesaikan laporan")).to_be_visible()
    page.reload()
    assert f"timpora-draf:{dodi.id}:" in kept(page)
    assert [word for word in CANARIES if word in kept(page)] == []
    unlock(page)
    page.get_by_role("link", name="Selesaikan laporan").click()
    page.get_by_label("Catatan tempat").fill("Gerbang samping.")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("1 belum terkirim · tersimpan di ponsel")).to_be_visible()
    assert [word for word in CANARIES if word in kept(page)] == []
    assert held() == []

    phone.set_offline(False)
    expect(page.get_by_text("Diterima posko")).to_be_visible()
    assert [word for word in CANARIES if word in kept(page)] == []
    assert [report.note for report in held()] == ["Gerbang samping."]


def test_five_wrong_pins_destroy_the_drafts_and_not_the_finished_report(house, phone, page):
    phone.set_offline(True)
    open_target(page)
    say_nil(page, "Pintu terkunci.")
    expect(page.get_by_text("1 belum terkirim")).to_be_visible()
    assert f"pack:{dodi.id}" in kept(page)
    page.goto(f"{house}/tugas")
    for left in (4, 3, 2, 1):
        unlock(page, "000000")
        expect(page.get_by_text(f"PIN salah. Sisa percobaan: {left}.")).to_be_visible()
    page.reload()  # the count is of the phone and not of the page
    unlock(page, "000000")
    expect(page.get_by_text("Kunci ponsel ini dihapus")).to_be_visible()
    shot(page, "kunci-dihapus")
    assert f"pack:{dodi.id}" not in kept(page)
    assert drafts(page) == []
    phone.set_offline(False)
    choose_pin(page, "730164")
    expect(page.get_by_text("Semua terkirim")).to_be_visible()
    assert [report.note for report in held()] == ["Pintu terkunci."]


def await_tasks(page, code):
    await_true(page, f"(await fetch('/tugas/bekal')).status === {code}")


def test_the_open_session_beside_a_locked_form_reads_nothing_until_the_pin(house, phone, page):
    def asked(path):
        return phone.request.get(f"{house}{path}", max_redirects=0).status

    assert {asked(path) for path in ("/tugas/bekal", "/")} == {200}
    page.reload()
    expect(page.get_by_text("Buka dengan PIN")).to_be_visible()
    # Who has just signed in has some minutes for another PIN; who had opened it with his has none.
    await_tasks(page, 423)
    assert {asked(path) for path in ("/tugas/bekal", "/", "/tugas/langsung")} == {423}
    unlock(page)
    expect(page.get_by_text("Sasaran hari ini")).to_be_visible()
    await_tasks(page, 200)
    assert {asked(path) for path in ("/tugas/bekal", "/")} == {200}


# What a shut form tells is two seconds on its way; `late` is when it has arrived.
SLOW_WORD = """
window.late = new Promise((arrived) => {
  const { fetch } = window;
  window.fetch = async (address, options = {}) => {
    const fields = String(options.body ?? "");
    if (!fields.includes("sidik=") || fields.includes("pergi=")) return fetch(address, options);
    await new Promise((done) => { setTimeout(done, 2000); });
    return fetch(address, options).finally(arrived);
  };
});
"""


def test_a_slow_word_of_the_shut_form_does_not_park_the_session_of_the_opened_one(house, phone, page):
    page.add_init_script(SLOW_WORD)
    page.reload()
    unlock(page)
    expect(page.get_by_text("Sasaran hari ini")).to_be_visible()
    page.evaluate("late")
    await_tasks(page, 200)


def test_another_officer_on_the_same_phone_sees_and_sends_nothing_of_the_first(house, phone, page):
    phone.set_offline(True)
    open_target(page)
    say_nil(page)
    expect(page.get_by_text("1 belum terkirim")).to_be_visible()
    page.close()
    phone.set_offline(False)
    phone.clear_cookies()
    sign_in(phone, house, world.edi)
    page = phone.new_page()
    page.goto(f"{house}/tugas")
    page.get_by_role("button", name="Lupa PIN, atau petugas lain").click()
    shot(page, "pin-baru")
    choose_pin(page, "112211")
    expect(page.get_by_text("Belum ada tugas")).to_be_visible()
    page.get_by_role("link", name="1 belum terkirim").click()
    expect(page.get_by_text("Milik Dodi. Terkirim bila Dodi masuk di ponsel ini.")).to_be_visible()
    assert "Mes karyawan" not in page.content()
    # Dodi opens his own with his PIN, but the session is Edi's: nothing goes out under Edi's name.
    page.reload()
    page.get_by_text("Dodi").click()
    unlock(page)
    expect(page.get_by_text("Edi sedang masuk di ponsel ini.")).to_be_visible()
    page.get_by_role("button", name="Kirim sekarang").click()
    page.wait_for_timeout(500)
    assert held() == []


def test_two_tabs_hold_one_draft_and_send_one_report(house, phone, page):
    open_target(page)
    page.get_by_role("button", name="Nihil").click()
    other = reopened(phone, house)
    expect(other.get_by_text("Draf", exact=True)).to_be_visible()
    page.get_by_label("Catatan tempat").press_sequentially("Ramai.")
    open_target_again(other)
    expect(other.get_by_label("Catatan tempat")).to_have_value("Ramai.")
    other.get_by_role("button", name="Kirim laporan").click()
    expect(other.get_by_text("Diterima posko")).to_be_visible()
    assert [(report.note, report.device_seq) for report in held()] == [("Ramai.", 1)]
    other.goto(f"{house}/tugas")
    unlock(other)
    expect(other.get_by_text("Sudah dilaporkan")).to_be_visible()


def open_target_again(page: Page) -> None:
    page.get_by_text("Mes karyawan PT Contoh").first.click()
    page.get_by_role("button", name="Nihil").click()


def test_a_newer_form_waits_and_loses_nothing_of_a_full_queue(house, phone, page, monkeypatch):
    cookies = phone.cookies()
    phone.clear_cookies(name="timpora_session")
    open_target(page)
    say_nil(page, "Versi lama.")
    expect(page.get_by_role("link", name="Masuk lagi")).to_be_visible()
    monkeypatch.setitem(book.WORDS, "all_sent", "Semuanya terkirim")
    shell.shell_of.cache_clear()
    try:
        page.evaluate("navigator.serviceWorker.getRegistration('/tugas').then((one) => one.update())")
        page.get_by_role("button", name="Pakai sekarang").click()
        unlock(page)
        expect(page.get_by_text("1 belum terkirim")).to_be_visible()
        assert "Semuanya terkirim" in page.content()
        phone.add_cookies([one for one in cookies if one["name"] == "timpora_session"])
        # Its own next try may come first and take the button away, so no finger presses it.
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.get_by_text("Semuanya terkirim")).to_be_visible()
    finally:
        shell.shell_of.cache_clear()
    assert [report.note for report in held()] == ["Versi lama."]


def test_a_clock_that_is_wrong_by_years_clears_nothing_and_a_right_one_clears_what_is_over(
    house, phone, page
):
    """Tasks and drafts go a day after the last day; a report that waits never goes (P4, P34)."""
    phone.set_offline(True)
    open_target(page)
    say_nil(page)
    expect(page.get_by_text("1 belum terkirim")).to_be_visible()
    page.goto(f"{house}/tugas")
    unlock(page)
    page.get_by_text("Mes karyawan PT Contoh").first.click()
    page.get_by_role("checkbox", name="Memperkenalkan diri").check()
    expect(page.locator("[data-slot=kept]")).to_contain_text("Tersimpan di ponsel")
    page.close()
    for days, has_tasks in ((3650, True), (-3650, True), (9, False)):
        late = phone.new_page()
        late.add_init_script(f"const now = Date.now; Date.now = () => now() + {days} * 86400000;")
        late.goto(f"{house}/tugas")
        unlock(late)
        if has_tasks:
            expect(late.get_by_text("Jam ponsel berubah banyak")).to_be_visible()
            expect(late.get_by_text("Draf", exact=True)).to_be_visible()
        else:
            expect(late.get_by_text("Belum ada tugas")).to_be_visible()
            assert drafts(late) == []
        expect(late.get_by_text("1 belum terkirim")).to_be_visible()
        late.close()


def test_a_slow_and_flapping_network_makes_one_report(phone, page):
    phone.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    open_target(page)
    say_nil(page)
    for is_off in (True, False, True, False):
        phone.set_offline(is_off)
        page.wait_for_timeout(random.randrange(50, 700))  # noqa: S311 - a network, no secret
    expect(page.get_by_text("Diterima posko")).to_be_visible(timeout=60_000)
    assert len(held()) == 1


def test_a_full_phone_says_so_and_loses_no_word(house, phone, page):
    note = page.get_by_label("Catatan tempat")
    open_target(page)
    page.get_by_role("button", name="Nihil").click()
    note.fill("Sebelum penuh.")
    expect(page.locator("[data-slot=kept]")).to_contain_text("Tersimpan di ponsel")
    page.evaluate(FILLED)
    last = "Kata terakhir. " * 40
    note.fill(last)
    expect(page.locator("[data-alarm]")).to_contain_text("Ponsel penuh")
    page.evaluate(NO_ROOM)
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.locator("[data-alarm]")).to_contain_text("Ponsel penuh")
    expect(note).to_have_value(last)
    expect(page.get_by_role("button", name="Kirim laporan")).to_be_enabled()
    assert held() == []
    # What had been kept before is there for whoever closes the form now.
    other = reopened(phone, house)
    open_target_again(other)
    expect(other.get_by_label("Catatan tempat")).to_have_value("Sebelum penuh.")
    other.close()
    page.evaluate("() => { localStorage.removeItem('penuh'); IDBObjectStore.prototype.put = window.room; }")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Diterima posko")).to_be_visible()
    expect(page.locator("[data-alarm]")).to_be_hidden()
    assert [(report.note, report.device_seq) for report in held()] == [(last.strip(), 1)]


def typing(page: Page, note: str) -> str:
    """Leave off in the midst of the words; return what the form had said that it keeps."""
    expect(page.get_by_label("Catatan tempat")).to_be_visible()
    page.evaluate(TYPED, note)
    page.wait_for_timeout(random.randrange(0, 250))  # noqa: S311 - a moment, no secret
    return str(page.evaluate("window.kept ?? ''"))


def sending(page: Page, note: str) -> str:
    """Leave off in the midst of sending; return what the form had said that it keeps."""
    page.get_by_label("Catatan tempat").fill(note)
    expect(page.locator("[data-slot=kept]")).to_contain_text("Tersimpan di ponsel")
    page.evaluate("document.querySelector('[data-act=send]').click()")
    page.wait_for_timeout(random.randrange(0, 120))  # noqa: S311 - a moment, no secret
    return note


@pytest.mark.timeout(120 + 10 * KILLS)
def test_a_tab_killed_anywhere_loses_no_word_and_doubles_no_report(house, phone, page):
    """From the first stroke to the receipt; what the phone said it kept is there afterwards."""
    told: list[str] = []
    for round_ in range(KILLS):
        note = f"Catatan ke-{round_}"
        page.goto(f"{house}/tugas")
        unlock(page)
        open_target(page)
        page.get_by_role("button", name="Nihil").click()
        is_typing = bool(round_ % 2)
        was_kept = typing(page, note) if is_typing else sending(page, note)
        page.close(run_before_unload=False)
        page = reopened(phone, house)
        expect(page.get_by_text("Sasaran hari ini")).to_be_visible()
        if page.get_by_text("Draf", exact=True).count():
            open_target_again(page)
            found = page.get_by_label("Catatan tempat").input_value()
            assert note.startswith(found)
            assert found.startswith(was_kept)
            page.get_by_label("Catatan tempat").fill(note)
            page.get_by_role("button", name="Kirim laporan").click()
            # The line at the bottom says of the report before that all was sent.
            expect(page.get_by_text("Diterima posko")).to_be_visible()
        else:
            assert not is_typing
        told.append(note)
        expect(page.get_by_text("Semua terkirim")).to_be_visible()
    reports = held()
    assert [report.note for report in reports] == told
    assert [report.device_seq for report in reports] == list(range(1, KILLS + 1))


def test_where_nothing_can_be_sealed_the_form_says_so_and_takes_nothing_along(house, phone):
    page = phone.new_page()
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    page.goto(f"{house}/tugas")
    expect(page.get_by_text("Alamat ini bukan HTTPS")).to_be_visible()
    shot(page, "tanpa-https")
    assert "Jalan Angsana" not in kept(page)
    page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    shot(page, "tanpa-https-gelap")
