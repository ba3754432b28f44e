"""Dodi reports from a place without signal: no word is lost, and the receipt is of his very words."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import bayu, ratna
from tests.db.findings.field import MRZ, at_work
from tests.db.operations import world
from tests.journeys.phones import (
    PHONE,
    choose_pin,
    open_target,
    opened,
    phone_of,
    shot,
    unlock,
    write_person,
    write_the_rest,
)
from tests.web import signed_in
from timpora.apps.findings import queries
from timpora.apps.findings.content import digest_of, receipt_number
from timpora.apps.findings.models import Original, Report
from timpora.apps.findings.types import FindingKind, Outcome, ReportKind
from timpora.domain.mrz import Field, MrzRefused, mrz_read
from timpora.kernel.audit.entry import canonical
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.journey
SPECIMENS = Path(__file__).parents[1] / "data" / "mrz_specimens.csv"
BATULICIN = {"latitude": -3.46, "longitude": 115.99, "accuracy": 12.4}


@pytest.fixture
def work(house: str):
    return at_work()


@pytest.fixture
def phone(house: str, work, browser: Browser) -> Iterator[BrowserContext]:
    # Requests that pass a worker cannot be answered by a test.
    with phone_of(browser, house, workers="block") as context:
        yield context


@pytest.fixture
def page(house: str, phone: BrowserContext) -> Page:
    return opened(phone, house)


def held() -> list[Report]:
    with acting_as(ratna):
        return list(Report.objects.order_by("received_at"))


def test_a_person_is_recorded_without_signal_and_reaches_the_office(phone, page):
    shot(page, "tugas")
    open_target(page)
    shot(page, "sasaran")
    phone.set_offline(True)
    expect(page.get_by_text("tanpa jaringan")).to_be_visible()
    write_person(page)
    page.get_by_role("link", name="Selesaikan laporan").click()
    page.get_by_role("button", name="Tambah").click()
    expect(page.get_by_text("1 orang dihitung tetapi belum dicatat")).to_be_visible()
    page.get_by_label("Catatan tempat").fill("Gerbang samping.")
    shot(page, "kirim")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("1 belum terkirim · tersimpan di ponsel")).to_be_visible()
    shot(page, "menunggu")
    promised = page.locator("[data-slot=digest]").inner_text()
    assert held() == []

    phone.set_offline(False)
    expect(page.get_by_text("Diterima posko")).to_be_visible()
    expect(page.get_by_text("Semua terkirim")).to_be_visible()
    shot(page, "tanda-terima")
    report = received_as_promised(page, promised)
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('timpora-draf'))") == []
    with acting_as(bayu):
        view = queries.report_get(bayu, report.id)
    (anna,) = view.checked
    assert (view.kind, view.headcount, view.note) == (ReportKind.EXAMINATION, 2, "Gerbang samping.")
    assert (anna.name, anna.document_number) == ("ERIKSSON ANNA MARIA", "L898902C3")
    assert (anna.birth_text, anna.sex, anna.mrz_holds) == ("12-08-1974", "P", True)
    assert (anna.outcome, anna.note) == (Outcome.ADVISED, "Tinggal di mes.")
    assert [found.kind for found in view.findings] == [FindingKind.ADDRESS]


def test_a_country_in_words_becomes_no_other_one_and_a_day_that_is_none_is_told(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    open_target(page)
    page.get_by_role("button", name="Catat orang").click()
    page.get_by_role("button", name="Lanjut").click()
    assert asked == ["Belum ada isian tentang orang ini. Lanjut tanpa nama dan dokumen?"]
    coded, day = page.locator("[data-slot=coded-told]"), page.locator("[data-slot=birth-told]")
    page.get_by_label("Penerbit").fill("aut")
    page.get_by_label("Tanggal lahir").fill("29-02-1984")
    expect(coded).to_be_hidden()
    expect(day).to_be_hidden()
    page.get_by_label("Kewarganegaraan").fill("austria")
    page.get_by_label("Tanggal lahir").fill("31/02/1984")
    expect(coded).to_contain_text("kode tiga huruf")
    expect(day).to_contain_text("tidak ada di kalender")
    shot(page, "orang-ragu")
    page.reload()
    unlock(page)
    expect(page.get_by_label("Kewarganegaraan")).to_have_value("AUSTRIA")
    write_the_rest(page)
    page.get_by_role("link", name="Selesaikan laporan").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Diterima posko")).to_be_visible()
    with acting_as(bayu):
        (one,) = queries.report_get(bayu, held()[0].id).checked
    assert (one.nationality, one.document_state, one.birth_text) == ("", "AUT", "31/02/1984")
    assert one.note == "Tinggal di mes.\nKewarganegaraan tertulis: AUSTRIA"


def received_as_promised(page: Page, digest: str) -> Report:
    """Return the one report held, after comparing the phone's digest with what the server keeps."""
    (report,) = held()
    assert report.sha256 == digest
    assert page.get_by_role("heading", name=receipt_number(digest)).count() == 1
    with acting_as(ratna):
        assert digest_of(Original.objects.get().content) == digest
    return report


def test_every_keystroke_survives_a_reload(house, page):
    open_target(page)
    page.get_by_role("button", name="Catat orang").click()
    page.get_by_label("Nama seperti tertulis").press_sequentially("SITI")
    page.reload()
    unlock(page)
    expect(page.get_by_label("Nama seperti tertulis")).to_have_value("SITI")
    page.goto(f"{house}/tugas")
    unlock(page)
    expect(page.get_by_text("Draf · 1 orang")).to_be_visible()


def test_a_nil_is_three_taps_after_the_steps(page):
    open_target(page)
    page.get_by_role("button", name="Nihil").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Diterima posko")).to_be_visible()
    (report,) = held()
    assert (report.kind, report.headcount) == ("nihil", 0)
    assert sorted(step["code"] for step in report.steps) == ["bahasa", "jelaskan", "kenalkan-diri"]


def test_nothing_is_recorded_before_the_compulsory_steps(page):
    page.get_by_text("Mes karyawan PT Contoh").click()
    for name in ("Catat orang", "Nihil"):
        expect(page.get_by_role("button", name=name)).to_be_disabled()
    expect(page.get_by_role("checkbox", name="Menjelaskan maksud")).to_be_disabled()
    page.evaluate("location.hash = `${location.hash}/o/0/2`")
    expect(page.get_by_text("Langkah SOP")).to_be_visible()


def test_a_step_that_was_left_out_says_why(page):
    page.get_by_text("Mes karyawan PT Contoh").click()
    page.get_by_role("checkbox", name="Memperkenalkan diri").check()
    page.get_by_text("Tidak dilakukan", exact=True).locator("visible=true").click()
    page.locator("[data-told=because]:visible").fill("Orangnya lari.")
    page.locator("[data-told=because]:visible").blur()
    page.get_by_role("checkbox", name="Memastikan bahasa").check()
    expect(page.get_by_role("button", name="Catat orang")).to_be_disabled()
    page.locator("[data-told=language]:visible").fill("Mandarin")
    shot(page, "langkah-sop")
    write_person(page)
    page.get_by_role("link", name="Selesaikan laporan").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Diterima posko")).to_be_visible()
    (report,) = held()
    told = {step["code"]: step for step in report.steps}
    assert told["jelaskan"]["because"] == "Orangnya lari."
    assert told["bahasa"]["language"] == "Mandarin"
    assert report.breaches == []


NO_RECEIPTS = (
    (200, "text/html", "<html>Selamat datang di hotspot</html>"),
    (201, "application/json", ""),
    (201, "application/json", "{}"),
    (200, "application/json", '{"report": "%(id)s", "sha256": "00", "number": "STT"}'),
    (204, "application/json", ""),
    (302, "text/html", ""),
    (500, "text/html", "rusak"),
    (422, "text/html", "bukan kami"),
)


def test_the_phone_forgets_only_on_a_receipt_of_its_very_words(page):
    """A captive portal, a broken proxy, another digest: the copy stays (P3)."""
    answers = iter(NO_RECEIPTS)

    def answer(route):
        sent = json.loads(route.request.post_data)
        status, kind, text = next(answers, NO_RECEIPTS[-1])
        headers = {"content-type": kind} | ({"location": "/masuk"} if status == 302 else {})
        route.fulfill(status=status, headers=headers, body=text.replace("%(id)s", sent["id"]))

    page.route("**/api/laporan", answer)
    open_target(page)
    page.get_by_role("button", name="Nihil").click()
    for press in ("Kirim laporan", *["Kirim sekarang"] * (len(NO_RECEIPTS) - 1)):
        with page.expect_request("**/api/laporan"):
            page.get_by_role("button", name=press).click()
        expect(page.get_by_text("1 belum terkirim · tersimpan di ponsel")).to_be_visible()
        expect(page.get_by_role("button", name="Kirim sekarang")).to_be_enabled()
        expect(page.get_by_text("Belum terkirim", exact=True)).to_be_visible()
    assert (list(answers), held()) == ([], [])
    page.unroute("**/api/laporan")
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(page.get_by_text("Diterima posko")).to_be_visible()
    assert len(held()) == 1


def test_an_answer_that_never_arrives_makes_no_second_report(page):
    """The server takes the report, the answer is cut: the next sending is acknowledged again (P2)."""
    cut = []

    def lose(route):
        if not cut:
            cut.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    page.route("**/api/laporan", lose)
    open_target(page)
    page.get_by_role("button", name="Nihil").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Belum sampai.")).to_be_visible()
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(page.get_by_text("Diterima posko")).to_be_visible()
    assert (cut, len(held())) == ([201], 1)


def test_a_refused_report_says_why_and_opens_again(page):
    page.route(
        "**/api/laporan",
        lambda route: route.fulfill(
            status=422,
            json={
                "code": "x",
                "message": "Isi salah.",
                "errors": [{"field": "note", "message": "Paling banyak."}],
            },
        ),
    )
    open_target(page)
    page.get_by_role("button", name="Nihil").click()
    page.get_by_label("Catatan tempat").fill("Kosong.")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Isi salah. note: Paling banyak.")).to_be_visible()
    page.unroute("**/api/laporan")
    page.get_by_role("button", name="Buka lagi sebagai draf").click()
    page.get_by_role("button", name="Nihil").click()
    expect(page.get_by_label("Catatan tempat")).to_have_value("Kosong.")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Diterima posko")).to_be_visible()
    assert [report.device_seq for report in held()] == [1]


def test_an_ended_session_keeps_the_report_until_the_officer_is_back(house, phone, page):
    open_target(page)
    page.get_by_role("button", name="Nihil").click()
    cookies = phone.cookies()
    phone.clear_cookies(name="timpora_session")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("link", name="Masuk lagi")).to_be_visible()
    phone.add_cookies([one for one in cookies if one["name"] == "timpora_session"])
    page.reload()
    unlock(page)
    expect(page.get_by_text("Semua terkirim")).to_be_visible()
    assert len(held()) == 1


def test_the_place_is_sent_where_it_is_allowed(phone, page):
    phone.set_geolocation(BATULICIN)
    phone.grant_permissions(["geolocation"])
    page.reload()
    unlock(page)
    expect(page.get_by_text("1,1 km")).to_be_visible()
    open_target(page)
    page.get_by_role("button", name="Nihil").click()
    expect(page.get_by_text("Lokasi terbaca, ketelitian 12 m")).to_be_visible()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Diterima posko")).to_be_visible()
    (report,) = held()
    assert (report.lat, report.lng, report.accuracy_m) == (-3.46, 115.99, 12)


def test_the_section_head_says_nil_for_the_office(house, work, browser):
    context = browser.new_context(viewport=PHONE, locale="id-ID")
    cookie = signed_in(Client(), bayu).cookies["timpora_session"].value
    context.add_cookies([{"name": "timpora_session", "value": cookie, "url": house}])
    page = context.new_page()
    page.goto(f"{house}/tugas")
    choose_pin(page)
    page.get_by_role("button", name="Nihil untuk seluruh").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Diterima posko")).to_be_visible()
    (report,) = held()
    assert (report.kind, report.target_id, report.unit_code) == ("nihil", None, world.BATULICIN)
    context.close()


def test_the_browser_and_the_server_tell_the_same_digest(page):
    values = [
        {}, {"b": 1, "a": [True, None, "é\"\\\n\t\x01\x7f\u2028𠮷"]}, {"z": {"y": [], "x": {}}},
        {"n": -(2**53) + 1},
        {"t": "x" * 1000}, {"t": "x" * 55}, {"t": "x" * 56}, {"t": "x" * 64}, {"A": 1, "a": 2, "_": 3},
    ]  # fmt: skip
    found = page.evaluate(
        """async (values) => {
          const content = await import(document.body.dataset.content);
          const { sha256 } = await import(document.body.dataset.sha256);
          const told = (d) => [d, content.receiptNumber(d)];
          return values.map((value) => told(sha256(content.canonical(value))));
        }""",
        values,
    )
    told = [digest_of(canonical(value)) for value in values]
    assert found == [[digest, receipt_number(digest)] for digest in told]


def test_the_browser_reads_zones_as_the_server_does(page):
    with SPECIMENS.open(newline="", encoding="utf-8") as file:
        zones = ["\n".join(filter(None, (r["line1"], r["line2"], r["line3"]))) for r in csv.DictReader(file)]
    broken = [
        MRZ[:-1],
        MRZ.replace("C36", "C37"),
        MRZ.lower(),
        "",
        "ABC",
        MRZ.replace("\n", ""),
        MRZ + "\nX",
        "é" * 44,
    ]
    zones += broken
    found = page.evaluate(
        """async (zones) => {
          const { mrzRead } = await import(document.body.dataset.mrz);
          return zones.map((zone) => { try { const r = mrzRead(zone);
            return [r.layout, r.issuer, r.surname, r.given, r.number, r.nationality, r.birth, r.sex, r.expiry,
              r.checks.document, r.checks.birth, r.checks.expiry, r.checks.optional, r.checks.composite];
          } catch (error) { return null; } });
        }""",
        zones,
    )
    assert found == [read(zone) for zone in zones]
    assert sum(one is None for one in found) < len(broken)


def read(zone: str) -> list[object] | None:
    try:
        m = mrz_read(zone, on=date(2024, 8, 22))
    except MrzRefused:
        return None
    c = m.checks
    return [
        str(m.layout), m.issuer, m.surname, m.given_names, m.document_number, m.nationality,
        m.birth_printed, m.sex, m.expiry_printed, c.document, c.birth, c.expiry, c.optional, c.composite,
    ]  # fmt: skip


def test_a_wrong_digit_is_named_as_on_the_server(page):
    open_target(page)
    page.get_by_role("button", name="Catat orang").click()
    page.get_by_label("MRZ").fill(MRZ.replace("L898902C36", "L898902C37"))
    expect(page.get_by_text(f"Angka periksa tidak cocok: {Field.DOCUMENT}")).to_be_visible()
    shot(page, "orang-mrz-salah")
    expect(page.get_by_label("Nama seperti tertulis")).to_have_value("ERIKSSON ANNA MARIA")


def test_no_screen_is_wider_than_the_phone_and_every_target_fits_a_thumb(page):
    open_target(page)
    shots = ["dokumen", "hasil", "temuan", "catatan"]
    page.get_by_role("button", name="Catat orang").click()
    page.get_by_label("Nama seperti tertulis").fill("ALI")
    for name in shots:
        wide = page.evaluate("document.documentElement.scrollWidth")
        small = page.evaluate(
            """[...document.querySelectorAll('main button, main a, main label.choice')]
            .map((node) => [node.textContent, node.getBoundingClientRect().height])
            .filter(([, height]) => height && height < 44)"""
        )
        assert (wide, small) == (PHONE["width"], [])
        shot(page, f"orang-{name}")
        if name == "hasil":
            page.get_by_text("Dirujuk ke pelindungan").click()
            expect(page.get_by_text("Tanda yang dilihat")).to_be_visible()
            shot(page, "orang-tanda")
        if name != "catatan":
            page.get_by_role("button", name="Lanjut").click()
