"""The phone reads QR codes by itself: pictures from a seed, then the form with a camera and no network."""

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from benchmarks.qr import code
from tests.cast import dodi
from tests.db.findings.field import at_work
from tests.journeys.conftest import launched
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
from timpora.apps.operations import queries as operations
from timpora.interface.field import shell
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.journey
PICTURE = """async (told) => {
  const { pictured } = await import("/benchmarks/qr/pictures.js");
  const { data } = pictured(told.rows, told);
  let text = "";
  for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192));
  return btoa(text);
}"""
# The camera was asked for once; what it saw is forgotten with its tracks.
ENDED = """() => window.tracks.every((track) => track.readyState === "ended")"""
WATCH = """() => {
  window.tracks = [];
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (...told) => {
    const stream = await ask(...told);
    window.tracks.push(...stream.getTracks());
    return stream;
  };
}"""
WIDE, HIGH = 640, 480
ELSEWHERE = "https://timpora.example@evil.example/v/7KQM-29XT-BHRW-4E6P"
POST = "http://pos-batulicin.local:8443/v/7KQM-29XT-BHRW-4E6P"
# A text as a visa might carry it: long, with markup, a line and a sign that turns what follows.
VISA = "E-VISA\n<img src=x onerror=alert(1)>\u202e2C11AB3456 $& " + "X9" * 160


@pytest.fixture
def drawn(pictures: Page) -> Callable[..., bytes]:
    """A grey picture of a code, or of plain paper where there is none."""

    def draw(text: str, **how: float) -> bytes:
        rows = code(text)["rows"] if text else ["0"]
        asked = {"rows": rows, "width": WIDE, "height": HIGH, "seed": 5, "grade": 0} | how
        return base64.b64decode(pictures.evaluate(PICTURE, asked))

    return draw


class Film:
    """What the camera sees from its next opening on."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def shows(self, *pictures: bytes) -> None:
        head = f"YUV4MPEG2 W{WIDE} H{HIGH} F10:1 Ip A1:1 C420jpeg\n".encode()
        colour = bytes([128]) * (WIDE * HIGH // 2)
        self.path.write_bytes(head + b"".join(b"FRAME\n" + grey + colour for grey in pictures))


@pytest.fixture
def film(tmp_path: Path, drawn: Callable[..., bytes]) -> Film:
    film = Film(tmp_path / "codes.y4m")
    film.shows(drawn(""), drawn(""))
    return film


@pytest.fixture
def seeing(playwright: Playwright, film: Film) -> Iterator[Browser]:
    flags = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film.path}",
    )
    with launched(playwright, *flags) as browser:
        yield browser


@pytest.fixture
def own(house: str, settings) -> Iterator[str]:
    """The address of letters is that of the house; the shell was drawn for another."""
    settings.PUBLIC_URL = house
    shell.shell_of.cache_clear()
    yield house
    shell.shell_of.cache_clear()


@pytest.fixture
def page(own: str, seeing: Browser) -> Iterator[Page]:
    at_work()
    with phone_of(seeing, own) as phone:
        page = opened(phone, own)
        await_worker(page)
        await_true(page, "(await (await caches.open('timpora-kamera')).keys()).length === 13")
        page.evaluate(WATCH)
        yield page


def order_token() -> tuple[str, str]:
    with acting_as(dodi):
        (task,) = operations.task_list(dodi)
    return task.order_token, task.order_number


def scan(page: Page) -> None:
    page.get_by_role("button", name="Pindai QR").click()


def test_letters_are_told_apart_without_network(
    page: Page, own: str, film: Film, drawn: Callable[..., bytes]
):
    token, number = order_token()
    pages = len(page.context.pages)
    open_target(page)
    page.context.set_offline(True)

    # The order of the own team, upside down: known without network, and not proved by its code alone.
    film.shows(drawn(f"{own}/v/{token}", turn=180), drawn(f"{own}/v/{token}", turn=174))
    scan(page)
    expect(page.get_by_text("QR surat dari alamat ini")).to_be_visible()
    expect(page.get_by_text(f"surat perintah regu Anda: {number}")).to_contain_text("Kode dapat disalin")
    expect(page.get_by_text("Memeriksanya perlu jaringan")).to_be_visible()
    expect(page.get_by_role("link", name="Periksa surat ini")).to_be_hidden()
    assert page.evaluate(ENDED)
    shot(page, "qr-surat-perintah")
    page.get_by_role("button", name="Masukkan ke catatan").click()
    expect(page.get_by_text(f"Masuk ke catatan: Kode surat (belum diperiksa): {token}")).to_be_visible()

    # A post's letter: named with its address, of which nothing is opened.
    film.shows(drawn(POST, ink=120, paper=185), drawn(POST))
    scan(page)
    expect(page.get_by_text("QR surat dari alamat lain: pos-batulicin.local:8443")).to_be_visible()
    expect(page.get_by_text("Tanyakan kantor: sebut alamat dan kodenya")).to_be_visible()
    shot(page, "qr-alamat-lain")
    page.get_by_role("button", name="Masukkan ke catatan").click()

    # One that dresses up as ours: the address that would be opened is named, and nothing is opened.
    film.shows(drawn(ELSEWHERE), drawn(ELSEWHERE))
    scan(page)
    expect(page.get_by_text("Alamat situs: evil.example")).to_be_visible()
    expect(page.get_by_role("link", name="Periksa surat ini")).to_be_hidden()
    shot(page, "qr-menyaru")
    page.get_by_role("button", name="Tutup").click()

    page.get_by_role("button", name="Nihil").click()
    expect(page.get_by_label("Catatan tempat")).to_have_value(
        f"Kode surat (belum diperiksa): {token}\n"
        "Kode surat (belum diperiksa): 7KQM-29XT-BHRW-4E6P, pos-batulicin.local:8443"
    )
    assert len(page.context.pages) == pages


def test_with_a_network_the_public_page_is_one_tap_away(page: Page, own: str, film: Film, drawn):
    token, number = order_token()
    open_target(page)
    # Written otherwise it is the same letter, and what is opened is the address as we print it.
    shouted = f"{own.upper()}/v/{token.lower()}"
    film.shows(drawn(shouted), drawn(shouted))
    scan(page)
    with page.expect_popup() as public:
        page.get_by_role("link", name="Periksa surat ini").click()
    expect(public.value.get_by_text(number).first).to_be_visible()
    assert public.value.url == f"{own}/v/{token}"
    page.bring_to_front()

    # Typed as people type: small, without dashes, with a letter for a digit.
    page.get_by_role("button", name="Ketik saja").click()
    expect(page.get_by_role("button", name="Masukkan ke catatan")).to_be_hidden()
    page.get_by_label("Kode di bawah QR surat").fill("7kqm 29xt")
    page.get_by_role("button", name="Lihat").click()
    expect(page.get_by_text("Kode terdiri atas 16 huruf dan angka")).to_be_visible()
    page.get_by_label("Kode di bawah QR surat").fill("7kqm 29xt bhrw-oilp")
    page.get_by_role("button", name="Lihat").click()
    expect(page.get_by_text("7KQM-29XT-BHRW-011P")).to_be_visible()
    expect(page.get_by_text("dan ini bukan salah satunya")).to_be_visible()
    expect(page.get_by_role("button", name="Masukkan ke catatan")).to_be_enabled()
    shot(page, "qr-diketik")


def test_any_other_text_is_shown_as_it_is_and_goes_to_the_persons_note(page: Page, film: Film, drawn):
    open_target(page)
    page.get_by_role("button", name="Catat orang").click()
    page.context.set_offline(True)
    film.shows(drawn(VISA, side=0.8), drawn(VISA, side=0.85))
    scan(page)
    expect(page.get_by_text("Isi QR, belum diperiksa")).to_be_visible()
    shown = "E-VISA <img src=x onerror=alert(1)>\ufffd2C11AB3456 $& " + "X9" * 160
    expect(page.locator("[data-slot=code]")).to_have_text(shown)
    assert page.locator("dialog img").count() == 0
    shot(page, "qr-visa")
    page.get_by_role("button", name="Masukkan ke catatan").click()
    page.get_by_label("Nama seperti tertulis").fill("ALI")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_text("Dianjurkan lapor", exact=True).click()
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_role("button", name="Lanjut").click()
    note = page.get_by_label("Yang perlu diketahui kantor")
    expect(note).to_have_value(f"Isi QR (belum diperiksa): {shown}")
    # A note that is full stays as it is.
    note.fill("x" * 3840)
    scan(page)
    expect(page.get_by_text("Catatan sudah penuh")).to_be_visible()
    expect(page.get_by_role("button", name="Masukkan ke catatan")).to_be_disabled()
    page.get_by_role("button", name="Tutup").click()
    expect(note).to_have_value("x" * 3840)


def test_a_receipt_of_a_colleague_is_compared(page: Page, own: str, film: Film, drawn):
    open_target(page)
    page.get_by_role("button", name="Nihil").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Diterima posko")).to_be_visible()
    number = page.locator("h1").inner_text()
    report = page.url.rsplit("/", 1)[-1]
    page.goto(f"{own}/tugas#/antrean")
    other = uuid4()
    for told, words in (
        (report, f"terkirim dari ponsel ini. Nomornya {number}"),
        (other, "tidak terkirim dari"),
    ):
        film.shows(drawn(f"{own}/tugas/tanda-terima/{told}"), drawn(f"{own}/tugas/tanda-terima/{told}"))
        scan(page)
        expect(page.get_by_text("QR tanda terima laporan")).to_be_visible()
        expect(page.get_by_text(words)).to_be_visible()
        expect(page.get_by_role("button", name="Masukkan ke catatan")).to_be_hidden()
        page.get_by_role("button", name="Tutup").click()


def test_dark_blurred_and_empty_pictures_are_told_and_a_photo_is_a_way_too(page: Page, film: Film, drawn):
    letter = "https://timpora.example/v/7KQM-29XT-BHRW-4E6P"
    open_target(page)
    for how, words in (
        ({"ink": 6, "paper": 8}, "Terlalu gelap"),
        ({"blur": 14}, "Kabur."),
        ({"harm": 0.4}, "QR belum terlihat"),
    ):
        film.shows(drawn(letter, **how), drawn(letter, **how))
        scan(page)
        expect(page.get_by_text(words)).to_be_visible()
        expect(page.get_by_role("button", name="Lampu")).to_be_hidden()
        shot(page, f"qr-{words.split()[0].lower()}")
        page.get_by_role("button", name="Tutup").click()
        assert page.evaluate(ENDED)

    scan(page)
    for how, words in (({"harm": 0.4}, "QR belum terlihat"), ({"turn": 137}, "QR surat dari alamat lain")):
        choose_photo(page, png_of(page, drawn(letter, **how), WIDE, HIGH))
        expect(page.get_by_text(words)).to_be_visible()
        # A photo takes the place of the live picture.
        expect(page.locator("dialog video")).to_be_hidden()
        assert page.evaluate(ENDED)
    choose_photo(page, b"no picture")
    expect(page.get_by_text("Gambar ini tidak terbaca")).to_be_visible()


def test_light_is_offered_by_phones_that_have_one(page: Page):
    page.evaluate(
        """() => {
          window.lit = [];
          MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true });
          MediaStreamTrack.prototype.applyConstraints = (told) => {
            window.lit.push(told.advanced[0].torch);
            return window.lit.length > 2 ? Promise.reject(new Error("no light")) : Promise.resolve();
          };
        }"""
    )
    open_target(page)
    scan(page)
    torch = page.get_by_role("button", name="Lampu")
    for pressed in ("true", "false"):
        torch.click()
        expect(torch).to_have_attribute("aria-pressed", pressed)
    torch.click()
    expect(torch).to_be_hidden()
    assert page.evaluate("window.lit") == [True, False, True]


@pytest.mark.parametrize("way", ["reads", "fails", "never answers", "knows no QR"])
def test_the_browsers_own_detector_comes_first_and_ours_where_it_fails(page: Page, way, film: Film, drawn):
    """Chromium for Linux has none: the page's is set, and what it is asked is looked at."""
    page.evaluate(
        """(way) => {
          window.asked = 0;
          window.BarcodeDetector = class {
            static getSupportedFormats() {
              return Promise.resolve(way === "knows no QR" ? ["ean_13"] : ["ean_13", "qr_code"]);
            }
            constructor({ formats }) { if (formats.join() !== "qr_code") throw new TypeError(formats); }
            detect(canvas) {
              window.asked += 1;
              if (!(canvas instanceof HTMLCanvasElement)) throw new TypeError("no picture");
              if (way === "fails") return Promise.reject(new DOMException("", "NotSupportedError"));
              if (way === "never answers") return new Promise(() => {});
              return Promise.resolve([{ rawValue: "dari peramban" }]);
            }
          };
        }""",
        way,
    )
    film.shows(drawn("dari kamera"), drawn("dari kamera"))
    open_target(page)
    scan(page)
    text = "dari peramban" if way == "reads" else "dari kamera"
    expect(page.locator("[data-slot=code]")).to_have_text(text)
    assert (page.evaluate("window.asked") > 0) == (way != "knows no QR"), json.dumps(way)
