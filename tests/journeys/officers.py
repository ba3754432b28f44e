"""The people of the journey, each with a browser of their own, as they sit at different desks."""

import json
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, expect

PASSWORD = "kata sandi perjalanan"
BATULICIN = ["63.02", "63.10"]
AGENCY = {
    "code": "DISPAR-63-10",
    "kind": "INSTANSI",
    "name": "Dinas Pariwisata Tanah Bumbu",
    "wilayah": "63.10",
}
PHONE = {"width": 360, "height": 720}
DESK = {"width": 1440, "height": 900}
GATE = {"latitude": -3.46, "longitude": 115.99, "accuracy": 12.4}


def seed_file(folder: Path) -> Path:
    """Write the seed of the office: Norhayati also stands in for the head, and still may not decide alone."""
    people = [
        _person("ratna", "Ratna Widyasari", "198804122011012901", ("hq_posko_operator", "DITJENIM", ["ID"])),
        _person("rusdi", "Muhammad Rusdiansyah", "197609171999031903", _seat("kanim_head")),
        _person(
            "norhayati", "Norhayati", "198310252006042904", _seat("inteldakim_head"), _seat("kanim_head")
        ),
        _person("arbain", "Arbain", "199502142017121905", _seat("field_officer")),
        _person("salma", "Salma", "199107082015032911", ("agency_member", AGENCY["code"], ["63.10"])),
        _person("suryo", "Suryo Adiwinata", "197806112002121927", ("auditor", "DITJENIM", ["ID"])),
    ]
    file = folder / "kantor.json"
    file.write_text(json.dumps({"format": "timpora-seed/1", "units": [AGENCY], "people": people}), "utf-8")
    return file


def _seat(role: str) -> tuple[str, str, list[str]]:
    return role, "KANIM-BATULICIN", BATULICIN


def _person(username: str, name: str, nip: str, *seats: tuple[str, str, list[str]]) -> dict[str, object]:
    given: list[dict[str, object]] = [
        {"role": role, "unit": unit, "territories": places, "starts": "2024-01-01"}
        for role, unit, places in seats
    ]
    for standing_in in given[1:]:
        standing_in |= {"acting": "Plh.", "ends": "2024-12-31"}
    return {"username": username, "name": name, "nip": nip, "password": PASSWORD, "assignments": given}


class Officer:
    """One person before one browser, who sees only what the pages show and follows only their links."""

    def __init__(self, browser: Browser, house: str, username: str, *, has_phone: bool = False) -> None:
        self.house = house
        self.context = browser.new_context(
            viewport=PHONE if has_phone else DESK,
            locale="id-ID",
            has_touch=has_phone,
            geolocation=GATE,
            permissions=["geolocation"],
            accept_downloads=True,
        )
        self.context.set_default_timeout(30_000)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self._sign_in(username)

    def _sign_in(self, username: str) -> None:
        self.page.goto(f"{self.house}/masuk")
        self.page.get_by_label("Nama pengguna").fill(username)
        self.page.get_by_label("Kata sandi").fill(PASSWORD)
        self.press("Masuk")
        expect(self.page).not_to_have_url(f"{self.house}/masuk")

    def choose_purpose(self) -> None:
        """Follow the start page's first matter: say why data of persons is opened today."""
        self.page.get_by_role("link", name="Pilih tujuan kerja sesi ini").click()
        self.page.get_by_label("Tujuan").select_option("operasi")
        self.page.get_by_label("Rujukan").fill("Jagratara II")
        self.press("Tetapkan tujuan")

    def go(self, room: str) -> Page:
        """Go to a room by the rail, as people do."""
        self.page.get_by_role("navigation").get_by_role("link", name=room, exact=True).first.click()
        return self.page

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press the one button of this name."""
        (within or self.page).get_by_role("button", name=name, exact=True).click()

    def press_and_confirm(self, name: str) -> None:
        """Press a button whose consequence the page tells first, and go on."""
        self.press(name)
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        self.press(name, dialog)

    def follow(self, name: str) -> None:
        """Follow the first link of this name on the page itself."""
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()

    def reads(self, text: str) -> None:
        """Claim that the page shows this text."""
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def file_at(self, link: Locator) -> bytes:
        """Return what lies behind a link, fetched with this person's session."""
        answer = self.context.request.get(self.address(link))
        assert answer.status == 200, answer.status
        return answer.body()

    def address(self, link: Locator) -> str:
        """Return the full address of a link in this house."""
        path = urlsplit(link.get_attribute("href") or "").path
        assert path, "the link leads nowhere"
        return f"{self.house}{path}"

    def leave(self) -> None:
        """Close the browser; no page may have met an error of its own."""
        self.context.close()
        assert self.faults == []
