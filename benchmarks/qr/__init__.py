"""QR codes by camera: pictures from a seed, and what the phone's decoder makes of them."""

import segno

# What a film suffers, from easy to hard; the last three are what officers meet most.
TROUBLES: dict[str, dict[str, float]] = {
    "as scanned": {"grade": 0},
    "held still": {"grade": 1},
    "held in a hurry": {"grade": 2},
    "upside down": {"grade": 1, "turn": 178},
    "turned": {"grade": 1, "turn": 137},
    "small": {"grade": 1, "side": 0.26},
    "pale": {"grade": 1, "ink": 130, "paper": 185},
    "painted over": {"grade": 1, "harm": 0.05},
}
TEXTS = (
    "https://timpora.example/v/7KQM-29XT-BHRW-4E6P",
    "https://timpora.example/tugas/tanda-terima/0d9c7a4e-7c1f-4f2e-9a4b-0a3f7c2b9d11",
    "2C11AB3456-K" + "X9" * 60,
    "Izin tinggal: ü, 李, <b>teks</b> & lain-lain",
)


def code(text: str) -> dict[str, object]:
    """Return a code as its pictures are drawn: rows of 0 and 1, corrected as those of letters are."""
    matrix = segno.make(text, error="m", micro=False).matrix
    return {"text": text, "rows": ["".join("1" if dark else "0" for dark in row) for row in matrix]}
