"""Contents of reports with signatures, for the papers computed from them."""

from typing import Any

SHA256 = "ab" * 32
NUMBER = "STT-9QBW5-RD2A9"
STROKES = [[100, 100, 300, 200, 320, 160, 500, 40, 700, 310], [40, 40], [900, 0, 1000, 320]]
INK = {"signed_at": "2024-08-22T10:02:03.123+08:00", "strokes": STROKES}
REFUSAL = {"signed_at": "2024-08-22T16:03:59.999Z", "state": "menolak", "because": "Menunggu kuasa (hukum)."}
ANNA = {"outcome": "dirujuk_polri", "name": "ERIKSSON ANNA MARIA", "sex": "P", "document_state": "UTO"}
WHOLE: dict[str, Any] = {
    "headcount": 3,
    "steps": [{"code": "jelaskan"}, {"code": "bahasa", "language": "Inggris", "interpreter": True}],
    "photos": [{}, {}],
    "findings": [{"kind": "belum_terklasifikasi"}],
    "minutes": {
        "form": 1,
        "place": "Mes karyawan PT Contoh",
        "address": "Jalan Angsana " + "x" * 90,
        "office": "Kantor Imigrasi \\ Batulicin",
        "order": "W.19-0012",
        "officers": ["Dodi", "Gülşen Łukasz Nguyễn 李伟 “Œ” — 🙂 \u0301\t\x7f"],
        "zone": "WIT",
    },
    "in_charge": {"name": "BUDI " * 30, "role": "Kepala mes", "signature": REFUSAL},
    "checked": [
        ANNA | {"findings": [{"kind": "alamat_lain"}, {"kind": "izin_berakhir"}], "signature": INK},
        {"outcome": "sesuai"},
        {"outcome": "sesuai", "signature": REFUSAL | {"state": "tidak_bisa", "because": "Tangan diperban."}},
    ],
}
BARE: dict[str, Any] = {
    "minutes": {"form": 1, "place": "Kos", "office": "-", "order": "-", "officers": ["Dodi"], "zone": "WIB"},
    "in_charge": {"name": "SITI", "signature": INK},
    "checked": [{"outcome": "sesuai", "signs": ["Diancam"], "signature": INK}],
}
# So many officers that the paper goes on to a second sheet, and the signature does not fit below.
LONG: dict[str, Any] = WHOLE | {
    "minutes": WHOLE["minutes"] | {"officers": ["Nama petugas yang panjang"] * 60}
}
EVERY = {"whole": WHOLE, "bare": BARE, "long": LONG}
