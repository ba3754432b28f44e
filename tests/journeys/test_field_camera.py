"""The phone reads passports by itself: pictures from a seed, then the form with a camera and no network."""

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from benchmarks.mrz.stage import specimens
from tests.db.findings.field import MRZ, at_work
from tests.journeys.conftest import BROWSERS, QUIET
from tests.journeys.phones import (
    await_true,
    await_worker,
    choose_photo,
    open_target,
    opened,
    phone_of,
    png_of,
    shot,
)

pytestmark = pytest.mark.journey
MEASURE = "async (told) => (await import('/benchmarks/mrz/measure.js')).measured(told)"
FILM = """async ({ lines, width, height, seed }) => {
  const { pictured } = await import("/benchmarks/mrz/pictures.js");
  const { fonts } = await import("/benchmarks/mrz/measure.js");
  const [font] = await fonts(["OCRB"]);
  const { data } = pictured(lines, { font, width, height, seed, grade: 1 });
  let text = "";
  for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192));
  return btoa(text);
}"""
REFUSED = """() => { navigator.mediaDevices.getUserMedia =
  () => Promise.reject(new DOMException("", "NotAllowedError")); }"""
WIDE, HIGH, SHOTS = 960, 540, 2
FORM = f"YUV4MPEG2 W{WIDE} H{HIGH} F10:1 Ip A1:1 C420jpeg\n".encode()
# Where the first picture of the film begins.
HEAD = len(FORM) + len(b"FRAME\n")


def test_specimens_are_read_right_or_not_at_all(pictures):
    """Every third specimen, two pictures by a hand: none is taken wrongly, none that is misprinted."""
    asked = {"specimens": specimens()[::3], "grade": 1, "frames": 2, "width": 1000, "seed": 41}
    read = pictures.evaluate(MEASURE, asked)
    assert (read["wrong"], read["accepted_invalid"]) == ([], [])
    assert read["right"] >= read["all"] - 1, read
    assert read["all"] >= 8


@pytest.fixture
def film(pictures: Page, tmp_path: Path) -> Path:
    """What the camera sees: a passport held by a hand, as a raw film of a few pictures over and over."""
    path = tmp_path / "passport.y4m"
    colour = bytes([128]) * (WIDE * HIGH // 2)
    with path.open("wb") as out:
        out.write(FORM)
        for seed in range(SHOTS):
            asked = {"lines": MRZ.split("\n"), "width": WIDE, "height": HIGH, "seed": 300 + seed}
            out.write(b"FRAME\n" + base64.b64decode(pictures.evaluate(FILM, asked)) + colour)
    return path


@pytest.fixture
def seeing(playwright: Playwright, film: Path) -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)))
    flags = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    browser = playwright.chromium.launch(executable_path=found, args=[*QUIET, *flags])
    yield browser
    browser.close()


def read_photos(page: Page, grey: bytes) -> None:
    """A photo is a way too; what it shows is taken over only where the officer says so."""
    choose_photo(page, png_of(page, grey, WIDE, HIGH))
    expect(page.get_by_text("Angka periksa cocok. Bandingkan setiap huruf")).to_be_visible()
    expect(page.get_by_label("Terbaca; betulkan")).to_have_value(MRZ)
    choose_photo(page, png_of(page, bytes([12]) * len(grey), WIDE, HIGH))
    expect(page.get_by_text("Terlalu gelap")).to_be_visible()
    expect(page.get_by_label("Terbaca; betulkan")).to_be_hidden()


def test_a_passport_is_scanned_without_network(house: str, seeing: Browser, film: Path):
    at_work()
    with phone_of(seeing, house) as phone:
        page = opened(phone, house)
        await_worker(page)
        await_true(page, "(await (await caches.open('timpora-kamera')).keys()).length === 13")
        open_target(page)
        page.get_by_role("button", name="Catat orang").click()
        phone.set_offline(True)
        page.evaluate(REFUSED)
        # The officer said no: the words say so, and typing is one tap away.
        page.get_by_role("button", name="Pindai paspor").click()
        expect(page.get_by_text("Kamera tidak diizinkan")).to_be_visible()
        shot(page, "pindai-ditolak")
        read_photos(page, film.read_bytes()[HEAD : HEAD + WIDE * HIGH])
        page.get_by_role("button", name="Ketik saja").click()
        expect(page.get_by_label("MRZ")).to_be_focused()

        page.evaluate("delete navigator.mediaDevices.getUserMedia")
        page.get_by_role("button", name="Pindai paspor").click()
        expect(page.get_by_text("Angka periksa cocok. Bandingkan setiap huruf")).to_be_visible()
        shot(page, "pindai-terbaca")
        text = page.get_by_label("Terbaca; betulkan")
        text.fill(MRZ.replace("L898902C3", "L898902C4"))
        expect(page.get_by_role("button", name="Pakai", exact=True)).to_be_disabled()
        text.fill(MRZ)
        page.get_by_role("button", name="Pakai", exact=True).click()
        expect(page.get_by_label("Nama seperti tertulis")).to_have_value("ERIKSSON ANNA MARIA")
        expect(page.get_by_label("Nomor dokumen")).to_have_value("L898902C3")
