"""The main job from an agency's list to a lawful decision, walked by six people at their own browsers.

One step is one function, named after what people do. Nothing is written past the pages: whoever cannot
find the next link stops here, as they would stop in the office.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from tests.journeys.agency_lists import NAME, NUMBER, PLACE, lodging_list, passport_zone, permit_list
from tests.journeys.first_start import furnished_room
from tests.journeys.officers import Officer, seed_file
from tests.journeys.phones import choose_pin
from tests.journeys.server_room import Room

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]
DAY = "2024-08-22T02:00:00+00:00"
SETTING = {"sendiri", "bahasa"}


@dataclass
class Office:
    """The house of the day, and who came to work."""

    room: Room
    browser: Browser
    desk: Path
    here: dict[str, Officer] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)

    def __getattr__(self, username: str) -> Officer:
        """Let the person in at the first mention."""
        if username not in self.here:
            house = f"http://localhost:{self.room.port}"
            self.here[username] = Officer(self.browser, house, username, has_phone=username == "arbain")
        return self.here[username]


@pytest.fixture
def office(browser: Browser, tmp_path: Path) -> Iterator[Office]:
    with furnished_room() as room:
        system = room.start("--no-demo", "--clock", DAY)
        room.told("seed", str(seed_file(tmp_path)))
        yield Office(room, browser, tmp_path)
        room.end(system)


def test_the_main_job_from_an_agencys_list_to_a_lawful_decision(office: Office) -> None:
    the_agency_sends_its_list_and_gets_its_bad_row_back(office)
    the_same_file_again_is_one_submission(office)
    the_office_adds_its_permits_and_the_person_appears(office)
    the_rules_find_what_does_not_agree_and_a_human_judges_it(office)
    the_centre_opens_the_operation(office)
    the_target_is_proposed_by_one_and_approved_by_another(office)
    the_office_notes_its_car_and_the_centre_reads_what_is_short(office)
    the_team_gets_its_order_from_the_head(office)
    the_posko_watches_while_the_field_officer_reports(office)
    a_case_is_opened_and_screened_before_anything_else(office)
    the_conference_leads_to_a_proposal(office)
    the_proposer_may_not_decide(office)
    another_official_decides_and_the_letter_proves_itself(office)
    the_delivery_starts_the_clock_of_objection(office)
    the_person_page_tells_who_looked_and_why(office)
    the_log_is_whole(office)


def _send(who: Officer, file: Path) -> None:
    who.go("Daftar masuk")
    who.page.locator("#id_berkas").set_input_files(file)
    who.press("Kirim berkas")


def _take_in(who: Officer) -> None:
    who.press("Masukkan daftar")
    done = who.page.get_by_role("heading", level=1, name=re.compile("selesai"))
    expect(done).to_be_visible(timeout=60_000)


def the_agency_sends_its_list_and_gets_its_bad_row_back(office: Office) -> None:
    salma = office.salma
    _send(salma, lodging_list(office.desk))
    expect(salma.page.get_by_label("NAMA TAMU")).to_have_value("name")
    expect(salma.page.get_by_label("Kode Wil")).to_have_value("region")
    salma.reads("Passport No")
    _take_in(salma)
    salma.reads("2 baris masuk, 1 perlu diperbaiki")
    mended = salma.file_at(salma.page.get_by_role("link", name="Unduh untuk diperbaiki"))
    assert mended.startswith(b"PK"), "the faulty rows come back as a workbook"


def the_same_file_again_is_one_submission(office: Office) -> None:
    salma = office.salma
    first = salma.page.url
    (sent,) = office.desk.glob("*.xlsx")
    _send(salma, sent.rename(sent.with_name("Laporan tamu asing (kirim ulang).xlsx")))
    expect(salma.page).to_have_url(first)
    salma.reads("Berkas yang sama sudah pernah dikirim")
    salma.go("Daftar masuk")
    expect(salma.page.locator("table tbody tr")).to_have_count(1)


def the_office_adds_its_permits_and_the_person_appears(office: Office) -> None:
    norhayati = office.norhayati
    norhayati.choose_purpose()
    _send(norhayati, permit_list(office.desk))
    _take_in(norhayati)
    norhayati.reads("2 baris masuk")
    norhayati.go("Orang").get_by_label("Nama atau nomor dokumen").fill(NUMBER)
    norhayati.press("Cari")
    norhayati.follow(NAME)
    expect(norhayati.page.get_by_role("heading", name=NAME)).to_be_visible()
    norhayati.reads("izin berakhir")
    norhayati.reads("laporan penginapan")
    office.seen["person"] = norhayati.page.url


def the_rules_find_what_does_not_agree_and_a_human_judges_it(office: Office) -> None:
    norhayati = office.norhayati
    norhayati.go("Indikasi")
    norhayati.press("Jalankan aturan")
    norhayati.follow("Izin berakhir, keberadaan masih dilaporkan")
    norhayati.reads("Keberadaan dilaporkan sejak 05-07-2024.")
    norhayati.reads("Pasal 78")
    norhayati.page.get_by_label("Ketidaksesuaian nyata").check()
    norhayati.page.get_by_label("Alasan").fill("Register dibuka: tidak ada perpanjangan.")
    norhayati.press("Catat penilaian")
    norhayati.reads("Ada yang perlu diperbaiki")
    for box in norhayati.page.locator("input[name=ruled_out]").all():
        box.check()
    norhayati.press("Catat penilaian")
    norhayati.reads("Penilaian tercatat.")
    office.seen["indication"] = norhayati.page.url


def the_centre_opens_the_operation(office: Office) -> None:
    ratna = office.ratna
    ratna.go("Operasi")
    ratna.follow("Buka operasi")
    for label, words in {
        "Nama operasi": "Jagratara II",
        "Nomor surat yang memerintahkan": "IMI.5-GR.04.04-CONTOH",
        "Tanggal surat": "2024-08-19",
        "Nama tahap": "Tahap II",
        "Hari pertama": "2024-08-21",
        "Hari terakhir": "2024-08-23",
    }.items():
        ratna.page.get_by_label(label).fill(words)
    ratna.press("Buka operasi")
    ratna.reads("Operasi dibuka")


def the_target_is_proposed_by_one_and_approved_by_another(office: Office) -> None:
    norhayati, rusdi = office.norhayati, office.rusdi
    norhayati.page.goto(office.seen["indication"])
    norhayati.follow("Usulkan sasaran")
    form = norhayati.page
    expect(form.get_by_label("Izin tinggal berakhir, masih dilaporkan ada")).to_be_checked()
    form.get_by_label("Nama tempat").fill(PLACE)
    form.get_by_label("Alamat", exact=True).fill("Jl. Contoh 1, Sarigadung")
    form.get_by_label("Wilayah").fill("Sarigadung")
    form.get_by_role("option", name="Simpang Empat").first.click()
    form.get_by_label("Lintang").fill("-3,46")
    form.get_by_label("Bujur").fill("115,99")
    form.get_by_label("Yang diperiksa").fill("Cocokkan paspor dan izin tinggal.")
    norhayati.press("Usulkan sasaran")
    norhayati.reads("Anda pengusulnya, jadi bukan Anda yang memutus.")
    expect(form.get_by_role("button", name="Setujui sasaran")).to_have_count(0)

    rusdi.choose_purpose()
    rusdi.follow("1 sasaran perlu persetujuan")
    rusdi.follow(PLACE)
    rusdi.reads(NAME)
    rusdi.press("Setujui sasaran")
    rusdi.reads("Sasaran disetujui.")


def the_office_notes_its_car_and_the_centre_reads_what_is_short(office: Office) -> None:
    norhayati, ratna = office.norhayati, office.ratna
    norhayati.go("Operasi")
    norhayati.follow("Petugas dan sarana")
    form = norhayati.page
    form.get_by_label("Barang", exact=True).fill("Mitsubishi Triton, DA 8123 ZK")
    norhayati.press("Catat barang")
    norhayati.reads("DA 8123 ZK")
    norhayati.go("Operasi")
    norhayati.follow("Jagratara II")
    norhayati.follow("Kantor")
    norhayati.follow("Isi kebutuhan")
    form.get_by_label("Mobil").fill("2")
    norhayati.press("Simpan kebutuhan")
    norhayati.reads("Kantor Anda kekurangan petugas atau barang pada tahap ini.")
    ratna.go("Operasi")
    ratna.follow("Jagratara II")
    ratna.follow("Kantor")
    ratna.reads("1 kantor kekurangan")
    ratna.reads("kurang 1")
    ratna.press("Ingatkan yang belum menjawab")
    ratna.reads("kantor diingatkan.")
    norhayati.go("Beranda")
    norhayati.reads("posko mengingatkan 1 kali")
    norhayati.follow("Jawab kesiapan kantor")
    form.get_by_label("Siap dengan kekurangan").check()
    form.get_by_label("Yang kurang").fill("Satu mobil; meminjam dari Pemda.")
    norhayati.press("Kirim kesiapan")
    ratna.page.reload()
    ratna.reads("Satu mobil; meminjam dari Pemda.")


def the_team_gets_its_order_from_the_head(office: Office) -> None:
    norhayati, rusdi = office.norhayati, office.rusdi
    norhayati.go("Operasi")
    norhayati.follow("Jagratara II")
    norhayati.follow("Regu dan surat perintah")
    norhayati.follow("Bentuk regu")
    form = norhayati.page
    form.get_by_label("Nama regu").fill("Regu Satu")
    arbain = form.get_by_label("Ketua regu").locator("option", has_text="Arbain").get_attribute("value")
    form.get_by_label("Ketua regu").select_option(arbain)
    form.get_by_label(re.compile(PLACE)).check()
    form.get_by_label(re.compile("Mitsubishi Triton")).check()
    norhayati.press("Bentuk regu")
    norhayati.reads("Mitsubishi Triton DA 8123 ZK")
    norhayati.press("Susun surat perintah")
    norhayati.reads("Semua isian lengkap.")
    expect(form.get_by_role("button", name="Terbitkan surat perintah")).to_have_count(0)

    rusdi.go("Beranda")
    rusdi.follow("1 surat perintah: tanda tangan")
    rusdi.follow("Buka surat perintah")
    rusdi.press_and_confirm("Terbitkan surat perintah")
    rusdi.reads("terbit.")
    _proves_itself(office, rusdi, rusdi.page.get_by_role("link", name="Buka PDF"))


def _proves_itself(office: Office, who: Officer, pdf: Locator) -> None:
    """Claim that the letter is a PDF, and that a stranger with its printed code finds that very file."""
    body = who.file_at(pdf)
    assert body.startswith(b"%PDF"), body[:20]
    file = office.desk / "surat.pdf"
    file.write_bytes(body)
    printed = "\n".join(page.extract_text() for page in PdfReader(file).pages)
    (code,) = set(re.findall(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b", printed))
    stranger = office.browser.new_context(locale="id-ID").new_page()
    stranger.goto(f"http://localhost:{office.room.port}/v/{code}")
    expect(stranger.get_by_text("Surat ini tercatat diterbitkan")).to_be_visible()
    stranger.get_by_label("Berkas PDF").set_input_files(file)
    stranger.get_by_role("button", name="Bandingkan").click()
    expect(stranger.get_by_text("Berkas sama", exact=True)).to_be_visible()
    stranger.context.close()


def the_posko_watches_while_the_field_officer_reports(office: Office) -> None:
    posko = office.ratna.go("Posko")
    office.ratna.follow("Buka posko")
    expect(posko.locator("[data-posko]")).to_have_attribute("data-link", "live")
    office.ratna.reads("Belum ada laporan")
    posko.evaluate("window.isSamePage = true")

    phone = office.arbain.page
    office.arbain.follow("Tugas lapangan saya")
    choose_pin(phone)
    phone.get_by_text(PLACE).click()
    for step in ("Memperkenalkan diri", "Menjelaskan maksud", "Memastikan bahasa"):
        phone.get_by_role("checkbox", name=step).check()
    phone.locator("[data-told=language]:visible").fill("Tionghoa")
    _write_down(phone)
    phone.get_by_role("link", name="Selesaikan laporan").click()
    phone.get_by_role("button", name="Kirim laporan").click()
    expect(phone.get_by_text("Diterima posko")).to_be_visible()
    expect(phone.get_by_role("img", name="Kode QR tanda terima")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == phone.viewport_size["width"]
    receipt = phone.get_by_role("heading", level=1).inner_text()

    report = posko.locator("[data-rows=terbaru] li")
    expect(report).to_have_count(1, timeout=5_000)
    assert posko.evaluate("window.isSamePage") is True, "the posko was loaded anew"
    report.get_by_role("link").click()
    office.ratna.reads(receipt)
    expect(posko.get_by_text(NAME)).to_have_count(0)
    office.seen["report"] = posko.url


def _write_down(phone: Page) -> None:
    phone.get_by_role("button", name="Catat orang").click()
    phone.get_by_label("MRZ").fill(passport_zone())
    expect(phone.get_by_label("Nomor dokumen")).to_have_value(NUMBER)
    phone.get_by_role("button", name="Lanjut").click()
    phone.get_by_text("Dibawa ke kantor", exact=True).click()
    phone.get_by_role("button", name="Lanjut").click()
    phone.get_by_text("Izin tinggal berakhir").click()
    phone.get_by_role("button", name="Lanjut").click()
    phone.get_by_role("button", name="Simpan orang ini").click()


def a_case_is_opened_and_screened_before_anything_else(office: Office) -> None:
    norhayati = office.norhayati
    page = norhayati.go("Posko")
    norhayati.follow("Buka posko")
    page.locator("[data-rows=terbaru] li").get_by_role("link").click()
    norhayati.reads(NAME)
    norhayati.follow("Buka perkara")
    page.get_by_label("Alasan membuka perkara").fill("Izin berakhir 31-07-2024 dan masih berada di mes.")
    norhayati.press("Buka perkara")
    norhayati.reads("Langkah pertama: penapisan")
    office.seen["case"] = case = page.url
    for early in ("gelar", "usulan", "putusan"):
        page.goto(f"{case}/{early}")
        expect(page).to_have_url(case)

    norhayati.follow("Mulai penapisan")
    page.get_by_label("Bahasa wawancara").fill("Inggris, juru bahasa dari luar perusahaan")
    for name in page.locator("form input[type=radio]").evaluate_all(
        "all => [...new Set(all.map(r => r.name))]"
    ):
        answer = "ya" if name in SETTING else "tidak"
        page.locator(f"input[name={name}][value={answer}]").check()
    norhayati.press("Simpan penapisan")
    norhayati.reads("selesai, tanpa tanda")


def the_conference_leads_to_a_proposal(office: Office) -> None:
    norhayati = office.norhayati
    page = norhayati.page
    norhayati.follow("Catat gelar kasus")
    page.get_by_label("Pemimpin gelar kasus").fill("Norhayati")
    page.get_by_label("Peserta").fill("Norhayati, Kasi Inteldakim\nArbain, petugas lapangan")
    page.get_by_label("Alat bukti yang cukup untuk penyidikan kurang dari dua").check()
    page.get_by_label("Uraian alasan").fill("Hanya lewat waktu; tidak ada dugaan lain.")
    norhayati.press("Simpan gelar kasus")

    norhayati.follow("Buat usulan")
    norhayati.reads("22 hari")
    page.get_by_label("Overstay yang dikenai biaya beban").check()
    page.get_by_label("Belum ditagih").check()
    page.get_by_label("Pengenaan biaya beban").check()
    page.get_by_label("Alasan memilih tindakan ini").fill("Di bawah batas; yang lebih ringan tidak tersedia.")
    norhayati.press("Simpan usulan")
    norhayati.reads("menunggu putusan pejabat lain")


def the_proposer_may_not_decide(office: Office) -> None:
    norhayati, case = office.norhayati, office.seen["case"]
    page = norhayati.page
    expect(page.get_by_role("link", name="Baca dan putuskan")).to_have_count(0)
    page.goto(f"{case}/putusan")
    norhayati.reads("Usulan ini dari Anda")
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    answer = norhayati.context.request.post(
        f"{case}/putusan",
        form={"csrfmiddlewaretoken": token, "version": "1", "because": "Saya putus sendiri."},
        headers={"Referer": case},
    )
    assert answer.status in {404, 422}, answer.status
    page.goto(case)
    norhayati.reads("menunggu putusan")


def another_official_decides_and_the_letter_proves_itself(office: Office) -> None:
    rusdi = office.rusdi
    page = rusdi.go("Beranda")
    rusdi.follow("1 usulan tindakan (TAK): putusan")
    # A list of cases names nobody in full; the page of the case does.
    expect(page.get_by_text(NAME)).to_have_count(0)
    page.get_by_role("row").filter(has_text="menunggu putusan").get_by_role("link").click()
    rusdi.follow("Baca dan putuskan")
    page.get_by_label("Pertimbangan pemutus").fill("Fakta cukup dan tindakan ini yang paling ringan.")
    rusdi.press_and_confirm("Putuskan dan terbitkan surat")
    rusdi.reads("Putusan tersimpan.")
    _proves_itself(office, rusdi, page.locator("a[href*='/surat/']").first)


def the_delivery_starts_the_clock_of_objection(office: Office) -> None:
    norhayati = office.norhayati
    page = norhayati.page
    page.goto(office.seen["case"])
    norhayati.follow("Catat penyampaian")
    page.get_by_label("Nama penerima").fill("Maria Elena Contoh")
    page.get_by_label("Diterima sendiri").check()
    norhayati.press("Simpan penyampaian")
    norhayati.reads("Penyampaian tersimpan.")
    norhayati.reads("masa keberatan")
    norhayati.reads("Batas keberatan")


def the_person_page_tells_who_looked_and_why(office: Office) -> None:
    norhayati = office.norhayati
    norhayati.page.goto(office.seen["person"])
    expect(norhayati.page.get_by_text("masa keberatan").first).to_be_visible()
    norhayati.follow("Semua yang pernah melihat")
    looks = norhayati.page.get_by_role("row")
    reasons = {
        "Muhammad Rusdiansyah": "Jagratara II",
        "Norhayati": "Jagratara II",
        "Arbain": "Surat perintah",
    }
    for name, why in reasons.items():
        expect(looks.filter(has_text=name).first).to_contain_text(why)
    expect(looks.filter(has_text="Ratna")).to_have_count(0)


def the_log_is_whole(office: Office) -> None:
    suryo = office.suryo
    suryo.go("Audit")
    suryo.follow("Periksa keutuhan")
    suryo.press("Periksa sekarang")
    suryo.reads("Catatan utuh")
    assert office.room.told("audit", "verify").startswith("SAH: ")
    for who in office.here.values():
        who.leave()
