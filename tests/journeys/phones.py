"""A phone in the hand of Dodi: signed in, behind his PIN, with what it keeps to be looked at."""

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import dodi
from tests.db.findings.field import MRZ
from tests.web import signed_in
from timpora.kernel.access import Actor

PHONE = {"width": 360, "height": 720}
PIN = "482913"
SHOTS = Path(__file__).parents[2] / "build" / "shots"
# Pictures for looking at are drawn only where somebody asks for them: a phone's sharp screen costs a browser
# without a graphics card four times what an ordinary one does, and each picture as much as a page.
IS_DRAWN = bool(os.environ.get("JOURNEY_SHOTS"))
# The lock makes each guess of the PIN slow, which a journey would pay at each door; that of the main job pays
# it in full.
QUICK_LOCK = """
const derive = crypto.subtle?.deriveKey.bind(crypto.subtle);
if (derive) crypto.subtle.deriveKey = (way, ...rest) =>
  derive(way.name === "PBKDF2" ? { ...way, iterations: 1000 } : way, ...rest);
"""
PNG = """async ({ text, width, height }) => {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d"), picture = pen.createImageData(width, height);
  const grey = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  for (let i = 0; i < grey.length; i += 1) picture.data.set([grey[i], grey[i], grey[i], 255], 4 * i);
  pen.putImageData(picture, 0, 0);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  return Array.from(new Uint8Array(await blob.arrayBuffer()));
}"""
# Whatever the browser keeps of the form, as one text: databases, local storage, caches of the worker.
KEPT = (Path(__file__).parent / "kept.js").read_text("utf-8")


@contextmanager
def phone_of(
    browser: Browser, house: str, actor: Actor = dodi, *, workers: str = "allow"
) -> Iterator[BrowserContext]:
    """Lend a phone on which the officer has signed in; no page of it may meet an error of its own."""
    context = browser.new_context(
        viewport=PHONE,
        locale="id-ID",
        has_touch=True,
        device_scale_factor=2 if IS_DRAWN else 1,
        service_workers=workers,
    )
    context.add_init_script(QUICK_LOCK)
    faults: list[str] = []

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)

    context.on("page", watch)
    sign_in(context, house, actor)
    yield context
    context.close()
    assert faults == []


def sign_in(context: BrowserContext, house: str, actor: Actor) -> None:
    """Let the officer into this phone's browser."""
    cookie = signed_in(Client(), actor).cookies["timpora_session"].value
    context.add_cookies([{"name": "timpora_session", "value": cookie, "url": house}])


def choose_pin(page: Page, pin: str = PIN) -> None:
    """Make the lock of this phone; the screen before it has a field of the same name."""
    expect(page.get_by_role("heading", name="Buat PIN untuk ponsel ini")).to_be_visible()
    page.get_by_label("PIN enam angka").fill(pin)
    page.get_by_label("Ulangi PIN").fill(pin)
    page.get_by_role("button", name="Simpan PIN").click()


def unlock(page: Page, pin: str = PIN) -> None:
    """Open the form on a phone that has a lock."""
    page.get_by_label("PIN enam angka").fill(pin)
    page.get_by_role("button", name="Buka", exact=True).click()


def opened(context: BrowserContext, house: str) -> Page:
    """Open the form for the first time on this phone, and wait until it opens without network too."""
    page = context.new_page()
    page.goto(f"{house}/tugas")
    choose_pin(page)
    expect(page.get_by_text("Sasaran hari ini")).to_be_visible()
    return page


def await_true(page: Page, question: str) -> None:
    """Wait until a question whose answer is a promise is answered with yes.

    Playwright's own waiting for a function takes the promise itself for a yes.
    """
    page.evaluate(
        f"""async () => {{
          const ends = performance.now() + 10_000, ask = async () => ({question});
          while (!(await ask())) {{
            if (performance.now() > ends) throw new Error("not within ten seconds");
            await new Promise((done) => {{ setTimeout(done, 50); }});
          }}
        }}"""
    )


def await_worker(page: Page) -> None:
    """Wait until the phone keeps the whole shell."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def open_target(page: Page) -> None:
    """Open the one target and do the steps that gate."""
    page.get_by_text("Mes karyawan PT Contoh").first.click()
    for title in ("Memperkenalkan diri", "Menjelaskan maksud", "Memastikan bahasa"):
        page.get_by_role("checkbox", name=title).check()
    page.locator("[data-told=language]:visible").fill("Inggris")


def write_person(page: Page, outcome: str = "Dianjurkan lapor") -> None:
    """Record one person, by the zone of the passport."""
    page.get_by_role("button", name="Catat orang").click()
    page.get_by_label("MRZ").fill(MRZ)
    expect(page.get_by_label("Nama seperti tertulis")).to_have_value("ERIKSSON ANNA MARIA")
    write_the_rest(page, outcome)


def write_the_rest(page: Page, outcome: str = "Dianjurkan lapor") -> None:
    """Go on from the person's document to the end."""
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_text(outcome, exact=True).click()
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_text("Alamat berbeda dari izin").click()
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Yang perlu diketahui kantor").fill("Tinggal di mes.")
    page.get_by_role("button", name="Simpan orang ini").click()


def png_of(page: Page, grey: bytes, width: int, height: int) -> bytes:
    """Return a grey picture as a camera's file."""
    asked = {"text": base64.b64encode(grey).decode(), "width": width, "height": height}
    return bytes(page.evaluate(PNG, asked))


def choose_photo(page: Page, content: bytes) -> None:
    """Take a photo in place of the live picture of the camera's window."""
    file = {"name": "IMG_0001.png", "mimeType": "image/png", "buffer": content}
    page.locator("dialog input[type=file]").set_input_files(files=[file])


def shot(page: Page, name: str) -> None:
    """Keep a picture for looking at, where `JOURNEY_SHOTS` asks for them."""
    if not IS_DRAWN:
        return
    SHOTS.mkdir(parents=True, exist_ok=True)
    # A window over the page is drawn where it stands, and what lies under it would be drawn around it.
    is_whole = not page.locator("dialog[open]").count()
    page.screenshot(path=SHOTS / f"{name}.png", full_page=is_whole)
