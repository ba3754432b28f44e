"""What a Berita Acara of the field says, in Indonesian, which counts, and in English.

A form of it that was printed once is never changed: phones in the field print the form they know, and the
server the form that a report names. A change of words or of their order is a new form.
"""

from collections.abc import Mapping, Sequence
from typing import Final, TypedDict


class Form(TypedDict):
    """The words of one form; a pair is Indonesian, then English."""

    said: Mapping[str, Sequence[str]]
    days: Sequence[str]
    zones: Mapping[str, int]
    interpreter: str
    unknown: str
    none: str
    rights: Sequence[Sequence[str]]
    content: str
    sheet: str
    outcomes: Mapping[str, Sequence[str]]
    findings: Mapping[str, Sequence[str]]
    sexes: Mapping[str, str]


FORM: Final = 1
_FORM_1: Final[Form] = {
    "said": {
        "title": ["BERITA ACARA PEMERIKSAAN LAPANGAN", "Minutes of a field check"],
        "receipt": ["Nomor laporan", "report number"],
        "at": ["Hari, tanggal, jam", "day, date, hour"],
        "place": ["Tempat", "place"],
        "office": ["Kantor", "office"],
        "order": ["Surat perintah", "order"],
        "officers": ["Petugas", "officers"],
        "language": ["Bahasa", "language"],
        "person": ["Yang diperiksa", "Person checked"],
        "name": ["Nama", "name"],
        "birth": ["Lahir", "birth"],
        "nationality": ["Kewarganegaraan", "nationality"],
        "sex": ["Jenis kelamin", "sex"],
        "document": ["Dokumen perjalanan", "travel document"],
        "premises": ["Penanggung jawab tempat", "Person in charge of the place"],
        "role": ["Kedudukan", "position"],
        "counted": ["Orang asing dihitung", "foreigners counted"],
        "recorded": ["Orang asing dicatat", "foreigners recorded"],
        "result": ["Yang didapati", "What was found"],
        "outcome": ["Hasil", "outcome"],
        "findings": ["Temuan", "findings"],
        "no_accusation": [
            "Temuan adalah yang dilihat petugas, bukan tuduhan dan bukan putusan.",
            "A finding is what the officers saw; it is neither an accusation nor a decision.",
        ],
        "rights_title": ["Hak yang diperiksa", "Rights of the person checked"],
        "signature": ["Tanda tangan", "Signature"],
        "menolak": ["Menolak menandatangani", "declined to sign"],
        "tidak_bisa": ["Tidak dapat menandatangani", "unable to sign"],
        "because": ["Alasan", "reason"],
        "signed_at": ["Jam", "hour"],
        "computed": [
            "Dihitung dari catatan petugas di ponsel; kantor menghitung berkas yang sama.",
            "Computed from the officer's record on the phone; the office computes the same file.",
        ],
    },
    "days": ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"],
    "zones": {"WIB": 7, "WITA": 8, "WIT": 9},
    "interpreter": "dengan juru bahasa / with an interpreter",
    "unknown": "tidak diketahui / not known",
    "none": "tidak ada / none",
    "rights": [
        [
            "Saudara dapat menjawab dalam bahasa yang Saudara kuasai dan meminta juru bahasa.",
            "You may answer in a language you command and ask for an interpreter.",
        ],
        [
            "Saudara dapat meminta agar perwakilan negara Saudara diberi tahu.",
            "You may ask that the mission of your country be informed.",
        ],
        [
            "Saudara dapat membaca, membetulkan, dan menambah catatan ini sebelum menandatanganinya.",
            "You may read, correct and add to this record before signing it.",
        ],
        [
            "Saudara dapat menolak menandatangani; penolakan dan alasannya dicatat di bawah.",
            "You may decline to sign; the refusal and its reason are recorded below.",
        ],
    ],
    "content": "SHA-256 isi laporan / of the report",
    "sheet": "Lembar / sheet",
    "outcomes": {
        "sesuai": ["Sesuai izin", "in line with the permit"],
        "dianjurkan_lapor": ["Dianjurkan lapor", "advised to report a change"],
        "paspor_ditahan_stp": ["Paspor ditahan, dengan STP", "passport retained against a receipt (STP)"],
        "dibawa_ke_kantor": ["Dibawa ke kantor", "taken to the office"],
        "tidak_ditemui": ["Tidak ditemui", "not met"],
        "dirujuk": ["Dirujuk", "referred"],
    },
    "findings": {
        "izin_berakhir": ["Izin tinggal berakhir", "stay permit has ended"],
        "tempat_kerja_lain": ["Bekerja di tempat lain", "works at another place"],
        "alamat_lain": ["Alamat berbeda dari izin", "address differs from the permit"],
        "tanpa_catatan_masuk": ["Tidak ada catatan masuk", "no record of entry"],
        "tanpa_dokumen": ["Tidak dapat menunjukkan dokumen", "could not show a document"],
        "penyalahgunaan_izin": ["Kegiatan tidak sesuai izin", "activity not covered by the permit"],
        "penjamin_tidak_nyata": ["Penjamin tidak dapat ditemukan", "guarantor could not be found"],
        "keterangan_tidak_benar": ["Keterangan tidak benar", "statement not correct"],
        "belum_terklasifikasi": ["Belum terklasifikasi", "not classified yet"],
    },
    "sexes": {"L": "laki-laki / male", "P": "perempuan / female", "X": "X"},
}
FORMS: Final[Mapping[int, Form]] = {1: _FORM_1}
