"""The template from which the scenario's operation is opened: Jagratara, with its report form and an annex.

Its questions are this program's own, and so is the annex: the form that the Directorate General hands out
has not been seen. All questions may stay open, so that every report of the play is a whole one.
"""

import re
from typing import Final

from timpora.domain.paper import Paper, printable, wrapped
from timpora.interface.console.scenario.caller import Answer, Caller
from timpora.interface.console.scenario.pages import StageBroken, last_id
from timpora.interface.console.scenario.play import Player

INSTRUCTION: Final = "Laporkan setiap kunjungan hari itu juga; nihil adalah laporan."
WORDS: Final[dict[str, str | list[str]]] = {
    "name": "Jagratara",
    "kinds": ["serentak", "wilayah", "mandiri"],
    "sop_version": "lapangan-2",
    "instruction": INSTRUCTION,
    "tahap1-name": "Tahap II 2024",
    "tahap1-offset": "0",
    "tahap1-length": "3",
    "tahap1-answer_before": "1",
}
BOTH: Final = ["pemeriksaan", "nihil"]
QUESTIONS: Final[tuple[dict[str, str | list[str]], ...]] = (
    {
        "text_id": "Jenis tempat",
        "text_en": "Kind of place",
        "kind": "pilihan",
        "choices": "Mes atau asrama karyawan | Staff quarters\n"
        "Pabrik atau lokasi kerja | Factory or work site\n"
        "Hotel atau penginapan | Hotel or lodging\n"
        "Rumah sewa | Rented house\n"
        "Tempat lain | Another place",
        "asked_for": BOTH,
    },
    {
        "text_id": "Alat yang dipakai memeriksa",
        "text_en": "Tools used to check",
        "kind": "pilihan_banyak",
        "choices": "Pembaca paspor ponsel | Passport reader of the phone\n"
        "Kaca pembesar atau lampu UV | Loupe or UV lamp\n"
        "Daftar dari instansi | Lists of agencies\n"
        "Tanpa alat | None",
        "asked_for": ["pemeriksaan"],
    },
    {
        "text_id": "Penjamin atau wakilnya hadir?",
        "text_en": "Was the guarantor or a deputy present?",
        "kind": "ya_tidak",
        "asked_for": ["pemeriksaan"],
    },
    {
        "text_id": "Jumlah TKA menurut penanggung jawab",
        "text_en": "Foreign workers according to the person in charge",
        "kind": "angka",
        "min": "0",
        "max": "9999",
        "help_id": "Jumlah yang disebut di tempat, juga bila tidak semuanya ditemui. Nama tidak ditulis.",
        "help_en": "The number told at the place, also if not all were met. No names.",
        "asked_for": BOTH,
    },
    {
        "text_id": "Ditunda karena",
        "text_en": "Put off because",
        "kind": "teks",
        "max_length": "300",
        "help_id": "Kosongkan bila selesai hari itu. Nama orang tidak ditulis.",
        "help_en": "Empty if done on the day. No names of persons.",
        "asked_for": BOTH,
    },
    {
        "text_id": "Sumber informasi tempat",
        "text_en": "Where the place was known from",
        "kind": "pilihan",
        "choices": "Daftar TKA Disnaker | List of foreign workers\nLaporan penginapan | Lodging report\n"
        "Laporan warga | Residents’ report\nPemantauan petugas | Officers’ own watch",
        "asked_for": BOTH,
    },
)
ANNEX_TITLE: Final = "Lembar bantu pemeriksaan tempat"
ANNEX: Final = (
    ("Sebelum berangkat", True),
    ("Surat perintah terbit dan dibawa; tugas dibagi; ponsel terisi dan daftar tugas sudah diambil.", False),
    ("Di tempat", True),
    ("Perkenalkan diri, tunjukkan surat perintah, jelaskan maksud, pastikan bahasanya dimengerti.", False),
    ("Periksa dokumen di hadapan pemiliknya dan kembalikan. Yang ditahan mendapat tanda terima.", False),
    ("Tanda korban perdagangan orang atau pencari suaka: hentikan pemeriksaan dan rujuk.", False),
    ("Sesudahnya", True),
    ("Laporan dikirim hari itu juga. Tidak ada orang asing juga dilaporkan: nihil adalah laporan.", False),
    ("Lembar peragaan, belum diverifikasi; bukan naskah resmi.", False),
)
SEEN: Final = re.compile(r'name="seen" value="([0-9a-f]{64})"')


def template_made(player: Player, *, author: str, publisher: str) -> str:
    """Draft the template, let another publish it, and return the version; raises `StageBroken`."""
    desk, second = player.caller(author), player.caller(publisher)
    begun = desk.post("/operasi/templat/mulai", WORDS)
    page = f"/operasi/templat/{last_id(begun, 'templat')}"
    for question in QUESTIONS:
        form = f"{page}/pertanyaan"
        desk.post(form, question | _seen(desk.get(form)))
    fields = _seen(desk.get(page)) | {"title": ANNEX_TITLE}
    desk.post_file(f"{page}/lampiran", fields, "lembar-bantu.pdf", annex_pdf(), field="berkas")
    _publish(second, page)
    return last_id(Answer(200, "", second.get(page).text), "versi")


def _publish(caller: Caller, page: str) -> None:
    caller.post(f"{page}/terbit", _seen(caller.get(page)))


def _seen(answer: Answer) -> dict[str, str | list[str]]:
    found = SEEN.search(answer.text)
    if found is None:
        raise StageBroken(f"Halaman {answer.address} tidak menyebut rancangan yang dilihat.")
    return {"seen": found.group(1)}


def annex_pdf() -> bytes:
    """Return the annex: the same bytes each time, so that its digest is always one."""
    paper, y = Paper(), 770
    paper.line(printable(ANNEX_TITLE), x=56, y=y, size=16, is_bold=True)
    for text, is_head in ANNEX:
        y -= 30 if is_head else 18
        for line in wrapped(printable(text), size=11, width=480):
            paper.line(line, x=56, y=y, size=11, is_bold=is_head)
            y -= 15
    return paper.pdf(printable(ANNEX_TITLE))
