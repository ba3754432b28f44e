"""Dodi without network: a photo, a signature on glass, a paper whose hash is the office's (B13, F54, P6)."""

import hashlib
import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.cast import bayu, dodi
from tests.db.findings.field import at_work
from tests.journeys.phones import KEPT, await_worker, open_target, opened, phone_of, shot, write_person
from timpora.apps.findings import queries as findings
from timpora.apps.findings.models import Report
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.journey
# A picture that a browser can read; what the phone keeps is drawn anew from it.
PICTURE = """async (colour) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1900, height: 1400 });
  const pen = canvas.getContext("2d");
  for (let n = 0; n < 4000; n += 1) {
    pen.fillStyle = `hsl(${(n * colour) % 360} 60% 50%)`;
    pen.fillRect((n * 53) % 1900, (n * 97) % 1400, 60, 40);
  }
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  return Array.from(new Uint8Array(await blob.arrayBuffer()));
}"""


@pytest.fixture
def phone(house, browser):
    at_work()
    with phone_of(browser, house) as context:
        context.grant_permissions(["geolocation"])
        context.set_geolocation({"latitude": -3.45, "longitude": 115.99, "accuracy": 9})
        yield context


def take_photo(page: Page, number: int = 1) -> None:
    """Take a photo, the `number`th of its report; each is another picture."""
    picture = bytes(page.evaluate(PICTURE, 36 + number))
    file = {"name": "../IMG_0001.png", "mimeType": "image/png", "buffer": picture}
    page.locator("input[type=file]").set_input_files(files=[file])
    expect(page.get_by_text(f"{number} foto", exact=True)).to_be_visible()


def sign(page: Page) -> None:
    """Write on the glass with a finger's strokes."""
    page.get_by_role("link", name="ERIKSSON ANNA MARIA").click()
    glass = page.locator("canvas.glass")
    expect(glass).to_be_visible()
    glass.scroll_into_view_if_needed()
    box = glass.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 30 + 18 * step, box["y"] + 60 - (25 if step % 2 else 0))
    page.mouse.up()
    expect(page.locator("[data-slot=kept]")).to_contain_text("Tersimpan")
    shot(page, "tanda-tangan")
    page.get_by_role("button", name="Selesai").click()


def decline(page: Page) -> None:
    """Record that whoever is in charge declines, with the keyboard alone."""
    page.get_by_role("link", name="Penanggung jawab tempat").click()
    page.get_by_label("Nama").fill("BUDI")
    page.get_by_role("radio", name="Menolak menandatangani").press("Space")
    page.get_by_label("Alasannya").fill("Menunggu kuasa hukum.")
    shot(page, "menolak")
    page.get_by_role("button", name="Selesai").click()


def saved(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return download.value.path().read_bytes()


def cut_once(phone: BrowserContext) -> list[int]:
    """Break the connection once, at the second piece of a photo; what is returned counts it."""
    done: list[int] = []

    def broken(route: Route) -> None:
        if done:
            route.continue_()
        else:
            done.append(1)
            route.abort()

    phone.route(re.compile(r"/foto/[0-9a-f]{64}\?dari=131072&ukuran=\d+$"), broken)
    return done


def photos_missing() -> int:
    with acting_as(bayu):
        return findings.report_get(bayu, Report.objects.get().pk).photos_missing


def computed() -> dict[int, str]:
    """Return the digests of the papers that the office computed."""
    with acting_as(bayu):
        (report,) = Report.objects.all()
        view = findings.report_get(bayu, report.pk)
    assert view.photos_missing == 0
    assert [one.accuracy_m for one in view.photos] == [9]
    return {paper.position: paper.sha256 for paper in view.minutes}


def visited(page: Page) -> None:
    """Finish a report with a photo, a signature and a refusal."""
    open_target(page)
    take_photo(page)
    shot(page, "sasaran-foto")
    write_person(page)
    page.get_by_role("link", name="Selesaikan laporan").click()
    sign(page)
    decline(page)
    expect(page.get_by_text("Tidak ditandatangani, dengan alasan")).to_be_visible()
    shot(page, "selesaikan")
    page.get_by_role("button", name="Kirim laporan").click()


def test_a_paper_of_the_field_is_the_offices_byte_for_byte(house: str, phone: BrowserContext) -> None:
    page = opened(phone, house)
    await_worker(page)
    phone.set_offline(True)
    visited(page)
    expect(page.get_by_text("1 belum terkirim · tersimpan di ponsel · 1 foto").first).to_be_visible()
    expect(page.get_by_text("PDF, dibuat di ponsel ini").first).to_be_visible()
    shot(page, "berita-acara")
    paper, refusal = saved(page, "ERIKSSON ANNA MARIA"), saved(page, "BUDI")
    assert b"Alamat berbeda dari izin" in paper
    assert b"Menunggu kuasa hukum." in refusal
    # Nothing of it lies readable on the phone.
    assert "ERIKSSON" not in page.evaluate(KEPT)
    page.locator("[data-queue]").click()
    expect(page.get_by_text("1 foto ikut dalam berkas tersendiri")).to_be_visible()
    shot(page, "antrean-foto")
    cut = cut_once(phone)
    phone.set_offline(False)
    page.get_by_role("button", name="Kirim sekarang").click()
    # Broken off in the midst of the photo: the report is there, and says that it is not whole.
    expect(page.locator("[data-queue-text]")).to_have_text("1 foto belum terkirim · tersimpan di ponsel")
    assert (cut, photos_missing()) == ([1], 1)
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(page.locator("[data-queue-text]")).to_have_text("Semua terkirim")
    page.get_by_role("link", name="Mes karyawan PT Contoh").click()
    expect(page.get_by_text("PDF, sama dengan yang dihitung kantor")).to_have_count(2)
    shot(page, "tanda-terima-berita-acara")
    assert computed() == {0: hashlib.sha256(refusal).hexdigest(), 1: hashlib.sha256(paper).hexdigest()}
    assert dodi.name in paper.decode("latin-1")
