"""A delimited text file as rows of text, whatever wrote it."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import mode
from typing import Final, TextIO

from timpora.apps.intake.errors import RowUnreadable, WrongFileType
from timpora.apps.intake.reading.raw import Cleaner
from timpora.apps.intake.reading.table import Notice

SEPARATORS: Final = (",", ";", "\t", "|")
PROBE_ROWS: Final = 60
CHUNK: Final = 1 << 20
MAX_FIELD: Final = 131_072
# One row over so many lines means a quote that was never closed.
MAX_LINES: Final = 50
BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A text file has no more than this share of control characters.
MAX_CONTROL_SHARE: Final = 0.02
MAX_CONTROL: Final = 20


@dataclass(slots=True)
class DelimitedSource:
    """A text file with its encoding and separator found out."""

    path: Path
    encoding: str
    separator: str
    cleaner: Cleaner = field(default_factory=Cleaner)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield every row from the first line."""
        cleaner = self.cleaner = Cleaner()
        number = 0
        with self.path.open(encoding=self.encoding, errors="replace", newline="") as stream:
            record: list[str] = []
            last: list[str] = []
            reader = csv.reader(_remembered(stream, record), delimiter=self.separator)
            try:
                for number, cells in enumerate(reader, start=1):
                    if len(record) > MAX_LINES:
                        raise RowUnreadable(row=number)
                    if not (number == 1 and cells and cells[0].lower().startswith("sep=")):
                        yield number, cleaner.row(cells)
                    last = record.copy() if len(record) > 1 else []
                    record.clear()
                _check_quotes_closed(last)
            except csv.Error as error:
                raise RowUnreadable(row=number + 1) from error

    def notices(self, headers: tuple[str, ...]) -> tuple[Notice, ...]:  # noqa: ARG002, one protocol for both
        """Say how the file was read where that was a guess."""
        found = []
        if self.encoding == "cp1252":
            found.append(
                Notice("encoding", "Berkas bukan UTF-8; dibaca sebagai Windows-1252. Periksa huruf beraksen.")
            )
        if self.cleaner.cleaned:
            found.append(Notice("control-characters", "Karakter kendali (NUL dan sejenisnya) dibuang."))
        return tuple(found)


def _remembered(stream: TextIO, record: list[str]) -> Iterator[str]:
    for line in stream:
        record.append(line)
        yield line


def _check_quotes_closed(lines: list[str]) -> None:
    """Refuse a quote left open, which would swallow the end of the file in silence."""
    for _ in csv.reader(lines, strict=True):
        pass


def open_delimited(path: Path) -> DelimitedSource:
    """Find out encoding and separator, or refuse what is no text."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        lines = list(islice(iter(lambda: stream.readline(MAX_FIELD), ""), PROBE_ROWS))
    text = "".join(lines)
    control = sum(1 for letter in text if letter < " " and letter not in "\t\r\n\x00")
    if control > max(MAX_CONTROL, MAX_CONTROL_SHARE * len(text)):
        raise WrongFileType(seen="berkas biner")
    return DelimitedSource(path, encoding, _separator(lines))


def _encoding(path: Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(CHUNK)
    for bom, name in BOMS:
        if head.startswith(bom):
            return name
    # UTF-16 without a mark: Latin text has a NUL in every second byte.
    if (size := len(head) // 2) and head.count(0) > 0.6 * size:
        return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    return "utf-8" if _is_utf8(path) else "cp1252"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        try:
            while chunk := stream.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _separator(lines: list[str]) -> str:
    if lines and lines[0].lower().startswith("sep=") and lines[0][4:5] in SEPARATORS:
        return lines[0][4]
    return max(SEPARATORS, key=lambda separator: _agreement(lines, separator))


def _agreement(lines: list[str], separator: str) -> tuple[float, int]:
    """Return how many rows have the most common width, and that width; one column counts nothing."""
    try:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=separator) if len(cells) > 1]
    except csv.Error:
        return 0, 0
    if not widths:
        return 0, 0
    usual = mode(widths)
    return widths.count(usual) * min(usual, 4), usual
