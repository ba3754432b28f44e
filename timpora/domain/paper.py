"""Sheets of paper as PDF, the same bytes wherever they are written: text in lines, and strokes of a pen.

`interface/field/static/field/paper.js` writes the same bytes on a phone; whoever changes one changes both.
Nothing here is packed, measured in fractions or taken from a clock, and numbers count points (1/72 inch)
from the lower left corner. Letters are those of Windows-1252 in Helvetica, which every reader has.
"""

import unicodedata
from typing import Final

WIDTH: Final = 595
HEIGHT: Final = 842
# Of Helvetica, in thousandths of the size, from the space to the tilde. Other signs count as the widest.
WIDTHS: Final = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778,
    722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278,
    278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
WIDEST: Final = 1000
SPACE, TILDE = 0x20, 0x7E
LATIN: Final = range(0xA0, 0x100)
# Letters with marks, all of which have long been settled: the same everywhere.
MARKED: Final = (range(0x100, 0x250), range(0x1E00, 0x1F00))
ODD: Final = {
    "€": "\x80", "…": "\x85", "Š": "\x8a", "Œ": "\x8c", "Ž": "\x8e", "‘": "\x91", "’": "\x92", "“": "\x93",
    "”": "\x94", "•": "\x95", "–": "\x96", "—": "\x97", "š": "\x9a", "œ": "\x9c", "ž": "\x9e", "Ÿ": "\x9f",
    "Đ": "D", "đ": "d", "Ł": "L", "ł": "l", "ı": "i",
}  # fmt: skip


def printable(text: str) -> str:
    """Return a text in signs that Windows-1252 has, one a byte; others by their number, so none is lost."""
    return "".join(_sign(sign) for sign in text)


def _sign(sign: str) -> str:
    code = ord(sign)
    if SPACE <= code <= TILDE or code in LATIN:
        return sign
    if sign in ODD:
        return ODD[sign]
    if code < LATIN.start:
        return " "
    if any(code in letters for letters in MARKED):
        base = unicodedata.normalize("NFD", sign)[0]
        if SPACE <= ord(base) <= TILDE:
            return base
    return f"[{code:04X}]"


def width_of(text: str) -> int:
    """Return how wide a printable text is at most, in thousandths of its size."""
    return sum(WIDTHS[ord(sign) - SPACE] if ord(sign) <= TILDE else WIDEST for sign in text)


def wrapped(text: str, *, size: int, width: int) -> list[str]:
    """Return the lines of a printable text; a word that is longer than a line is cut."""
    room = width * WIDEST // size
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width_of(longer) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while width_of(line) > room:
            cut = _fitting(line, room)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line]


def _fitting(text: str, room: int) -> int:
    cut = 1
    while width_of(text[: cut + 1]) <= room:
        cut += 1
    return cut


def escaped(text: str) -> str:
    """Return a printable text as a PDF writes it in brackets."""
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def tenths(value: int) -> str:
    """Return a length that is counted in tenths of a point."""
    return f"{value // 10}.{value % 10}"


def _text(text: str, font: str, size: int, at: tuple[int, int]) -> str:
    return f"BT /{font} {size} Tf {at[0]} {at[1]} Td ({escaped(text)}) Tj ET"


class Paper:
    """Sheets in progress; every line is drawn where it stands, nothing moves afterwards."""

    def __init__(self) -> None:
        self.sheets: list[list[str]] = [[]]

    def turn(self) -> None:
        """Begin another sheet."""
        self.sheets.append([])

    def line(self, text: str, *, x: int, y: int, size: int, is_bold: bool = False) -> None:
        """Write one line of printable text on the last sheet."""
        self.sheets[-1].append(_text(text, "F2" if is_bold else "F1", size, (x, y)))

    def foot(self, sheet: int, text: str, *, x: int, y: int, size: int) -> None:
        """Write one line on a sheet, counted from 0."""
        self.sheets[sheet].append(_text(text, "F1", size, (x, y)))

    def rule(self, *, x: int, y: int, width: int) -> None:
        """Draw a thin level line."""
        self.sheets[-1].append(f"0.5 w {x} {y} m {x + width} {y} l S")

    def frame(self, *, x: int, y: int, width: int, height: int) -> None:
        """Draw a thin frame; `y` is its lower edge."""
        self.sheets[-1].append(f"0.5 w {x} {y} {width} {height} re S")

    def stroke(self, points: list[int], *, x: int, y: int) -> None:
        """Draw one stroke of a pen from pairs of tenths, right and up from (x, y)."""
        drawn = [
            f"{tenths(x * 10 + points[at])} {tenths(y * 10 + points[at + 1])} {'l' if at else 'm'}"
            for at in range(0, len(points), 2)
        ]
        if len(drawn) == 1:  # A single touch is a dot: a line to where it began.
            drawn.append(drawn[0].replace(" m", " l"))
        self.sheets[-1].append(" ".join(["1.2 w 1 J 1 j", *drawn, "S 0 J 0 j"]))

    def pdf(self, title: str) -> bytes:
        """Return the sheets as a file; `title` is printable."""
        count = len(self.sheets)
        kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(count))
        fonts = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
        parts = [
            "<< /Type /Catalog /Pages 2 0 R /Lang (id) >>",
            f"<< /Type /Pages /Count {count} /Kids [{kids}] /MediaBox [0 0 {WIDTH} {HEIGHT}] {fonts} >>",
            *(
                f"<< /Type /Font /Subtype /Type1 /BaseFont /{face} /Encoding /WinAnsiEncoding >>"
                for face in ("Helvetica", "Helvetica-Bold")
            ),
            f"<< /Title ({escaped(title)}) /Producer (Timpora) >>",
        ]
        for at, drawn in enumerate(self.sheets):
            text = "\n".join(drawn)
            parts.append(f"<< /Type /Page /Parent 2 0 R /Contents {7 + 2 * at} 0 R >>")
            parts.append(f"<< /Length {len(text)} >>\nstream\n{text}\nendstream")
        return _file(parts).encode("latin-1")


def _file(parts: list[str]) -> str:
    told = "%PDF-1.4\n"
    starts = []
    for number, part in enumerate(parts, start=1):
        starts.append(len(told))
        told += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    size = len(parts) + 1
    return (
        f"{told}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{len(told)}\n%%EOF\n"
    )
