"""The form's own words and choices in one language: part of the shell, the same for every officer."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from timpora.apps.findings.types import DOUBTS, FINDINGS, OUTCOMES, SENDABLE, Outcome
from timpora.domain.minutes_words import FORM, FORMS
from timpora.domain.states import TEAM_STEPS, TeamState

HINTS: Final = {
    Outcome.COMPLIANT: _("Dokumen, izin, alamat, dan kegiatan cocok."),
    Outcome.ADVISED: _("Perubahan data perlu dilaporkan sendiri."),
    Outcome.PASSPORT_RETAINED: _("Beri STP kepada yang bersangkutan."),
    Outcome.BROUGHT_IN: _("Untuk diperiksa lebih lanjut dengan berita acara."),
    Outcome.PROTECTION: _("Ada tanda korban. Hanya petugas pelindungan yang membacanya."),
    Outcome.REFUGEE_NOTED: _("Kartu UNHCR atau pernyataan lisan."),
    Outcome.NOT_MET: _("Namanya ada dalam tugas, orangnya tidak ada di tempat."),
}
PLACES: Final = {
    TeamState.AT_OFFICE: _("di kantor"),
    TeamState.UNDERWAY: _("di jalan"),
    TeamState.ON_SITE: _("di lokasi"),
}
MOVES: Final = {
    TeamState.UNDERWAY: _("Berangkat"),
    TeamState.ON_SITE: _("Tiba di lokasi"),
    TeamState.AT_OFFICE: _("Kembali ke kantor"),
}
SIGNS: Final = (
    _("Paspor dipegang orang lain"),
    _("Tidak boleh pergi sendiri"),
    _("Upah ditahan atau terlilit utang"),
    _("Diancam atau dianiaya"),
    _("Jawaban dituntun orang lain"),
    _("Di bawah 18 tahun"),
)
# What the camera reads with, what asks a report form, and what makes files of photos: fetched after the
# first load, then kept by the worker. The readers share their window.
WINDOW: Final = "field/camera/window.js"
CAMERA: Final = {
    "passport": {"window": WINDOW}
    | {name: f"field/camera/{name}.js" for name in ("glyphs", "lines", "page", "reader", "weights", "zone")},
    "qr": {"window": WINDOW, "decode": "vendor/qr/decode.js"}
    | {name: f"field/qr/{name}.js" for name in ("codes", "page", "reader")},
    "form": {"questions": "field/form/questions.js"},
    "rescue": {"photos": "field/rescue/photos.js"},
}
# Any report: its address, less its identifier, is that of all receipts.
NONE: Final = UUID(int=0)


def camera_files() -> list[str]:
    """Return the addresses of what is fetched after the first load, as the worker keeps them."""
    return sorted({static(name) for parts in CAMERA.values() for name in parts.values()})


def _own_addresses() -> dict[str, str]:
    """Return under which addresses letters and receipts of ours stand, as their QR codes hold them."""
    home = settings.PUBLIC_URL.rstrip("/")
    receipts = reverse("field:receipt", args=[NONE]).removesuffix(str(NONE))
    return {"letters": home + reverse("verify:door"), "receipts": home + receipts}


def book() -> dict[str, object]:
    """Return what the form says and offers, whoever works with it."""
    return {
        "places": {state.value: str(said) for state, said in PLACES.items()},
        "moves": {
            state.value: [
                {"after": after.value, "label": str(MOVES[after])} for after in MOVES if after in afters
            ]
            for state, afters in TEAM_STEPS.items()
        },
        "outcomes": [
            {"code": str(code), "label": str(OUTCOMES[code]), "hint": str(HINTS.get(code, ""))}
            for code in SENDABLE
        ],
        "findings": [{"code": str(code), "label": str(label)} for code, label in FINDINGS.items()],
        "doubts": {str(code): str(label) for code, label in DOUBTS.items()},
        "signs": [str(sign) for sign in SIGNS],
        "photo": {
            "most": settings.PHOTOS_PER_REPORT,
            "largest": settings.PHOTO_MEGABYTES * 1024 * 1024,
        },
        "camera": {
            what: {part: static(name) for part, name in parts.items()} for what, parts in CAMERA.items()
        },
        "qr": _own_addresses(),
        "minutes": {"form": FORM, "forms": FORMS},
        "words": {key: gettext(text) for key, text in WORDS.items()},
    }


# Sentences that the form says by itself; the rest stands in its templates.
WORDS: Final = {
    "unsent": gettext_noop("%n belum terkirim · tersimpan di ponsel"),
    "all_sent": gettext_noop("Semua terkirim"),
    "nothing_yet": gettext_noop("Belum ada laporan di ponsel ini"),
    "sending": gettext_noop("Mengirim …"),
    "offline": gettext_noop("tanpa jaringan"),
    "draft": gettext_noop("Draf · %n orang"),
    "draft_empty": gettext_noop("Draf"),
    "clash": gettext_noop("Regu lain mungkin menuju tempat ini: %n. Tanyakan posko sebelum berangkat."),
    "postponed": gettext_noop("Ditunda · %n orang"),
    "reported": gettext_noop("Sudah dilaporkan"),
    "waiting": gettext_noop("Menunggu jaringan"),
    "todo": gettext_noop("Belum dikunjungi"),
    "visited": gettext_noop("Sudah dikunjungi"),
    "km": gettext_noop("%n km"),
    "m": gettext_noop("%n m"),
    "kept": gettext_noop("Tersimpan di ponsel %n"),
    "full": gettext_noop(
        "Ponsel penuh: kata terakhir BELUM tersimpan. Kirim laporan yang menunggu, lalu coba lagi."
    ),
    "mrz_good": gettext_noop("Angka periksa cocok. Bandingkan nama dengan dokumen."),
    "mrz_bad": gettext_noop("Angka periksa tidak cocok: %n. Baca sekali lagi, atau lanjutkan dengan tanda."),
    "mrz_form": gettext_noop("Belum berbentuk MRZ: %n"),
    "mrz_long": gettext_noop("teks terlalu panjang"),
    "mrz_sign": gettext_noop("tanda yang tidak dikenal pada baris %n"),
    "mrz_length": gettext_noop("%n karakter; paspor 88"),
    "mrz_row": gettext_noop("panjang baris %n"),
    "mrz_rows": gettext_noop("perlu dua atau tiga baris"),
    "mrz_document": gettext_noop("nomor dokumen"),
    "mrz_birth": gettext_noop("tanggal lahir"),
    "mrz_expiry": gettext_noop("tanggal berakhir"),
    "mrz_optional": gettext_noop("data tambahan"),
    "mrz_composite": gettext_noop("seluruh baris"),
    "passport_title": gettext_noop("Pindai paspor"),
    "camera_opening": gettext_noop("Membuka kamera …"),
    "camera_aim": gettext_noop("Letakkan dua baris di bawah foto paspor di dalam bingkai."),
    "camera_hold": gettext_noop("Terbaca sebagian. Tahan diam …"),
    "camera_nothing": gettext_noop("Belum terlihat: isi bingkai dengan kedua baris, lurus dan penuh."),
    "camera_dark": gettext_noop("Terlalu gelap. Cari cahaya, nyalakan lampu, atau ketik saja."),
    "camera_blurred": gettext_noop("Kabur. Jauhkan sedikit, tahan diam, atau ketik saja."),
    "camera_tired": gettext_noop("Belum terbaca juga. Coba cahaya lain atau dari foto, atau ketik saja."),
    "camera_reading": gettext_noop("Membaca foto …"),
    "camera_refused": gettext_noop(
        "Kamera tidak diizinkan. Izinkan di pengaturan peramban, pilih foto, atau ketik saja."
    ),
    "camera_absent": gettext_noop("Kamera tidak ada di sini. Pilih foto, atau ketik saja."),
    "camera_broken": gettext_noop(
        "Kamera tidak dapat dibuka: dipakai aplikasi lain? Pilih foto, atau ketik saja."
    ),
    "passport_away": gettext_noop(
        "Pembaca paspor belum ada di ponsel ini. Ketik saja; ia terpasang saat ada sinyal."
    ),
    "camera_good": gettext_noop("Angka periksa cocok. Bandingkan setiap huruf nama dengan paspor."),
    "camera_doubt": gettext_noop("%n tanda meragukan, ditandai."),
    "camera_bad": gettext_noop("Angka periksa tidak cocok: %n. Pindai lagi, betulkan, atau ketik saja."),
    "qr_title": gettext_noop("Pindai QR"),
    "qr_aim": gettext_noop("Letakkan satu QR di dalam bingkai, datar dan penuh."),
    "qr_nothing": gettext_noop("QR belum terlihat: dekatkan sampai mengisi bingkai, atau jauhkan sedikit."),
    "qr_away": gettext_noop(
        "Pembaca QR belum ada di ponsel ini. Tulis kodenya di catatan; ia terpasang saat ada sinyal."
    ),
    "qr_code_form": gettext_noop("Kode terdiri atas 16 huruf dan angka. Lihat di bawah kode QR."),
    "qr_letter": gettext_noop("QR surat dari alamat ini"),
    "qr_letter_there": gettext_noop("QR surat dari alamat lain"),
    "qr_typed": gettext_noop("Kode surat, diketik"),
    "qr_receipt": gettext_noop("QR tanda terima laporan"),
    "qr_receipt_there": gettext_noop("QR tanda terima dari alamat lain"),
    "qr_address": gettext_noop("Alamat situs"),
    "qr_text": gettext_noop("Isi QR, belum diperiksa"),
    "qr_own_order": gettext_noop("Kodenya sama dengan surat perintah regu Anda:"),
    "qr_copied": gettext_noop("Kode dapat disalin: bandingkan kertasnya dengan PDF surat itu."),
    "qr_not_held": gettext_noop(
        "Ponsel ini hanya mengenal surat perintah regu Anda, dan ini bukan salah satunya. Asli atau tidak, "
        "hanya dapat diperiksa dengan jaringan."
    ),
    "qr_not_ours": gettext_noop(
        "Tidak dapat diperiksa dari sini, dan tidak dibuka dari sini. Tanyakan kantor: sebut alamat dan "
        "kodenya."
    ),
    "qr_own_receipt": gettext_noop("Laporan ini terkirim dari ponsel ini. Nomornya"),
    "qr_other_receipt": gettext_noop(
        "Laporan ini tidak terkirim dari ponsel ini. Bandingkan kodenya dengan yang ada pada pengirimnya."
    ),
    "qr_address_told": gettext_noop(
        "Bukan surat Timpora. Tidak dibuka dari sini; isinya belum diperiksa dan dapat menyesatkan."
    ),
    "qr_text_told": gettext_noop(
        "Program ini tidak mengenal isinya. Bukan bukti: bandingkan dengan dokumennya."
    ),
    "qr_more": gettext_noop("dan %n tanda lagi"),
    "qr_place": gettext_noop("Catatan tempat tidak memuat nama: QR milik orang dipindai pada orangnya."),
    "qr_full": gettext_noop("Catatan sudah penuh: isi QR ini tidak muat. Pendekkan catatannya dahulu."),
    "qr_noted": gettext_noop("Masuk ke catatan:"),
    "qr_note_letter": gettext_noop("Kode surat (belum diperiksa):"),
    "qr_note_receipt": gettext_noop("Kode tanda terima (belum diperiksa):"),
    "qr_note_text": gettext_noop("Isi QR (belum diperiksa):"),
    "no_store": gettext_noop(
        "Peramban ini tidak dapat menyimpan laporan. Pakai peramban lain, di luar mode penyamaran."
    ),
    "gate": gettext_noop("Lengkapi dahulu %n langkah wajib di atas: centang, atau tulis alasannya."),
    "approval": gettext_noop("Lihat persetujuannya"),
    "no_place": gettext_noop(
        "Lokasi tidak diizinkan atau tidak ada sinyal GPS. Laporan tetap dapat dikirim."
    ),
    "place": gettext_noop("Lokasi terbaca, ketelitian %n m"),
    "place_none": gettext_noop("Lokasi belum dibaca"),
    "place_wait": gettext_noop("Mencari lokasi …"),
    "person": gettext_noop("Orang ke-%n"),
    "nameless": gettext_noop("Tanpa nama"),
    "no_outcome": gettext_noop("Hasil belum dipilih"),
    "confirm_people": gettext_noop("%n orang dicatat"),
    "confirm_nil": gettext_noop("Nihil: tidak ada orang asing di tempat"),
    "remainder": gettext_noop("%n orang dihitung tetapi belum dicatat"),
    "retry_login": gettext_noop("Sesi berakhir. Masuk lagi; laporan tetap tersimpan dan akan terkirim."),
    "retry_reload": gettext_noop("Halaman perlu dimuat ulang sebelum mengirim. Laporan tetap tersimpan."),
    "retry_later": gettext_noop("Belum sampai. Dicoba lagi sendiri begitu ada jaringan."),
    "retry_odd": gettext_noop("Jawaban server tidak dikenal; laporan tetap disimpan dan dicoba lagi."),
    "other_officer": gettext_noop("Milik %n. Terkirim bila %n masuk di ponsel ini."),
    "hash_same": gettext_noop("Sama dengan isi yang dihitung ponsel"),
    "conflict_open": gettext_noop("Isi berbeda, menunggu putusan"),
    "conflict_stands": gettext_noop("Isi berbeda: isi ini yang berlaku"),
    "conflict_fallen": gettext_noop("Isi berbeda: isi lain yang berlaku"),
    "conflict_this": gettext_noop("isi dari ponsel ini"),
    "conflict_other": gettext_noop("isi lain"),
    "conflict_chosen": gettext_noop("berlaku"),
    "conflict_by": gettext_noop("Diputus %n"),
    "conflict_do": gettext_noop(
        "Katakan kepada kepala seksi Inteldakim isi mana yang benar, dengan nomor tanda terimanya. Keduanya "
        "disimpan; jangan menulis laporan baru untuk kunjungan ini."
    ),
    "conflict_note": gettext_noop("%n laporan berbeda isi: lihat Antrean kirim, lalu hubungi kepala seksi."),
    "drop_person": gettext_noop("Hapus orang ini dari draf?"),
    "nobody": gettext_noop("Belum ada isian tentang orang ini. Lanjut tanpa nama dan dokumen?"),
    "coded": gettext_noop(
        "Tulis kode tiga huruf seperti di dokumen, misalnya AUS untuk Australia dan AUT untuk Austria. "
        "Kata yang lebih panjang dikirim sebagai catatan orang ini."
    ),
    "state_said": gettext_noop("Penerbit dokumen tertulis: %n"),
    "nation_said": gettext_noop("Kewarganegaraan tertulis: %n"),
    "no_day": gettext_noop(
        "Tanggal ini tidak ada di kalender. Periksa dokumennya; yang tertulis tetap dikirim."
    ),
    "drop_draft": gettext_noop("Hapus draf ini?"),
    "as_of": gettext_noop("data per %n"),
    "move_failed": gettext_noop("Belum tercatat. Perlu jaringan: coba lagi, atau kabari posko."),
    "form": gettext_noop("Tugas saya"),
    "gate_out": gettext_noop("Masuk dahulu"),
    "gate_out_told": gettext_noop(
        "Sekali setiap giliran Anda masuk dengan jaringan. Draf dan antrean di ponsel ini tetap ada."
    ),
    "gate_none": gettext_noop("Tidak ada tugas lapangan"),
    "gate_none_told": gettext_noop(
        "Penugasan Anda tidak memuat tugas lapangan, atau sudah berakhir. Tanyakan kepada kepala kantor."
    ),
    "gate_away": gettext_noop("Perlu jaringan sekali"),
    "gate_away_told": gettext_noop(
        "Daftar tugas belum ada di ponsel ini. Buka sekali saat ada sinyal; sesudah itu formulir "
        "terbuka tanpa jaringan."
    ),
    "gate_destroyed": gettext_noop("Kunci ponsel ini dihapus"),
    "gate_destroyed_told": gettext_noop(
        "PIN lima kali salah: draf dan daftar tugas tidak terbaca lagi. Laporan yang sudah selesai "
        "tetap tersimpan tersandi dan terkirim sesudah Anda masuk lagi dengan jaringan."
    ),
    "pin_form": gettext_noop("PIN terdiri dari enam angka."),
    "pin_weak": gettext_noop("PIN ini mudah ditebak. Jangan angka yang sama atau berurutan."),
    "pin_unequal": gettext_noop("Kedua PIN tidak sama."),
    "pin_wrong": gettext_noop("PIN salah. Sisa percobaan: %n."),
    "opening": gettext_noop("Membuka …"),
    "list_as_of": gettext_noop("Daftar tugas per %n."),
    "list_old": gettext_noop(
        "Daftar lama: lebih dari sehari. Perbarui saat ada jaringan, dan periksa izin orang dengan kantor."
    ),
    "unsafe": gettext_noop(
        "Alamat ini bukan HTTPS: peramban tidak dapat menyandi. Draf dan antrean tersimpan tanpa sandi, "
        "dan formulir tidak terbuka tanpa jaringan. Pakai alamat HTTPS untuk bertugas."
    ),
    "may_vanish": gettext_noop(
        "Peramban tidak menjamin simpanan bila ponsel penuh. Pasang formulir ini di layar utama, dan "
        "kirim laporan secepatnya."
    ),
    "clock_odd": gettext_noop(
        "Jam ponsel berubah banyak sejak terakhir terhubung. Periksa tanggal dan jam ponsel."
    ),
    "key_lost": gettext_noop("Tersandi dengan kunci lain. Masuk dengan jaringan agar dapat dikirim."),
    "other_session": gettext_noop(
        "%n sedang masuk di ponsel ini. Masuk sebagai diri Anda untuk mengirim dan memperbarui tugas."
    ),
    "file_sealed": gettext_noop(
        "Berkasnya tersandi: siapa pun yang menemukannya tidak membaca satu nama pun."
    ),
    "file_open": gettext_noop(
        "Berkas ini TIDAK tersandi dan memuat nama orang. Jaga seperti surat rahasia, dan masukkan sendiri."
    ),
    "file_photos": gettext_noop(
        "%n foto ikut dalam berkas tersendiri: tekan lagi sampai semua berkas tersimpan."
    ),
    "file_next": gettext_noop("Simpan berkas %n"),
    "file_again": gettext_noop("%n berkas disimpan · simpan sekali lagi"),
    "file_away": gettext_noop(
        "Hanya laporannya yang tersimpan. Agar fotonya ikut, buka Tugas saya sekali saat ada sinyal, lalu "
        "simpan lagi."
    ),
    "unsent_photos": gettext_noop("%n foto belum terkirim · tersimpan di ponsel"),
    "and_photos": gettext_noop("%n foto"),
    "photos": gettext_noop("%n foto"),
    "photos_most": gettext_noop("Sudah %n foto: yang terbanyak untuk satu laporan."),
    "photo_wait": gettext_noop("Menyimpan foto …"),
    "photo_nowhere": gettext_noop("tanpa lokasi"),
    "photo_drop": gettext_noop("Hapus foto ini?"),
    "photo_unreadable": gettext_noop("Gambar ini tidak terbaca. Ambil sekali lagi."),
    "photo_full": gettext_noop(
        "Ponsel penuh: foto ini TIDAK tersimpan; yang lain tetap ada. Kirim laporan yang menunggu, "
        "lalu ambil lagi."
    ),
    "sign": gettext_noop("Tanda tangan"),
    "in_charge": gettext_noop("Penanggung jawab tempat"),
    "sign_none": gettext_noop("Belum ditandatangani (boleh kosong)"),
    "sign_signed": gettext_noop("Sudah ditandatangani"),
    "sign_refused": gettext_noop("Tidak ditandatangani, dengan alasan"),
    "sign_stale": gettext_noop("Berubah sesudah ditandatangani: minta lagi"),
    "sign_stale_told": gettext_noop("Ada yang berubah sesudah ditandatangani: minta tanda tangan lagi."),
    "paper_here": gettext_noop("PDF, dibuat di ponsel ini"),
    "paper_same": gettext_noop("PDF, sama dengan yang dihitung kantor"),
    "paper_other": gettext_noop("Berbeda dengan yang dihitung kantor: katakan kepada kepala seksi"),
    "paper_full": gettext_noop("Ponsel penuh: laporan tersimpan, berita acaranya dibuat kantor saja."),
    "office_nil": gettext_noop("Nihil untuk seluruh %n hari ini"),
}
