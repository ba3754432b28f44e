"""What an annex is, told from its bytes before anything opens it; its name proves nothing (P31).

Documents are kept byte for byte or refused. Of pictures what says where and by what they were taken is left
out. Nothing is unfolded but a few small parts of a document that say what else it would load.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from xml.parsers import expat

from timpora.apps.operations import template_errors as errors
from timpora.apps.operations.annex_pdf import pdf_loads
from timpora.domain.jpeg import ALONE, END, is_jpeg

MEGABYTE: Final = 1_000_000
LARGEST: Final = 10 * MEGABYTE
PIXELS: Final = 50 * MEGABYTE
MAX_PARTS: Final = 2_000
MAX_TOTAL: Final = 200 * MEGABYTE
MAX_RATIO: Final = 100
# Below this a part is harmless however well it packs.
RATIO_FROM: Final = 8 * MEGABYTE
# A part that says what a document loads is never longer.
MAX_RELATIONS: Final = MEGABYTE
ENCRYPTED: Final = 0x1

PDF: Final = b"%PDF-"
ZIP: Final = b"PK\x03\x04"
ZIP_END: Final = b"PK\x05\x06"
ZIP_END_LENGTH: Final = 22
PNG: Final = b"\x89PNG\r\n\x1a\n"
JPEG: Final = b"\xff\xd8\xff"
# What a document links to is opened by whoever reads it, and by nothing else.
LINKS: Final = frozenset(
    {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink",
    }
)
ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")
TYPE_LOADS: Final = ("macroenabled", "vbaproject", "activex", "oleobject")
PART_LOADS: Final = ("vbaproject", "activex", "embeddings/", "macrosheets", "externallinks", "customui", "..")
# Pictures are drawn from these; the others tell of the one who took them, or of nothing.
PNG_DRAWN: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
)
JPEG_TOLD: Final = frozenset({0xFE, 0xE1, *range(0xE3, 0xEE), 0xEF})
JPEG_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})
JPEG_SCAN: Final = 0xDA
# Within a scan these two stand together only where it is over; `FFD0` to `FFD7` begin it anew.
JPEG_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


class AnnexKind(StrEnum):
    """The five forms that are taken; the word is also how the file's name ends."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    JPEG = "jpg"
    PNG = "png"


@dataclass(frozen=True, slots=True)
class AnnexBytes:
    """A file that was looked at: what it is, and the bytes to keep."""

    kind: AnnexKind
    data: bytes


def annex_read(data: bytes) -> AnnexBytes:
    """Tell what a file is and return what is kept of it.

    Raises `AnnexUnreadable`, `AnnexTooLarge`, `AnnexLoaded`.
    """
    if len(data) > LARGEST:
        raise errors.AnnexTooLarge
    if data.startswith(PDF):
        return AnnexBytes(AnnexKind.PDF, _pdf(data))
    if data.startswith(ZIP):
        return AnnexBytes(_office(data), data)
    if data.startswith(PNG):
        return AnnexBytes(AnnexKind.PNG, _png(data))
    if data.startswith(JPEG):
        return AnnexBytes(AnnexKind.JPEG, _jpeg(data))
    raise errors.AnnexUnreadable


def _pdf(data: bytes) -> bytes:
    if b"%%EOF" not in data[-1_024:]:
        raise errors.AnnexUnreadable
    # One that is an archive as well is two files to two readers.
    if ZIP_END in data[-70_000:] or pdf_loads(data):
        raise errors.AnnexLoaded
    return data


def _office(data: bytes) -> AnnexKind:
    end = data[-ZIP_END_LENGTH:]
    # The directory ends the file and the first part begins it: nothing stands before, behind or between.
    if not end.startswith(ZIP_END) or end[-2:] != b"\x00\x00":
        raise errors.AnnexUnreadable
    if struct.unpack_from("<H", end, 10)[0] > MAX_PARTS:
        raise errors.AnnexTooLarge
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _weighed(parts)
            _unloaded(archive, parts)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise errors.AnnexUnreadable from error
    names = {part.filename for part in parts}
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return AnnexKind.DOCX
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return AnnexKind.XLSX
    raise errors.AnnexUnreadable


def _weighed(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise errors.AnnexLoaded
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise errors.AnnexUnreadable
    if len({part.filename.lower() for part in parts}) != len(parts) or not parts:
        raise errors.AnnexUnreadable
    if min(part.header_offset for part in parts):
        raise errors.AnnexUnreadable
    is_bomb = any(p.file_size > RATIO_FROM and p.file_size > MAX_RATIO * p.compress_size for p in parts)
    if is_bomb or sum(part.file_size for part in parts) > MAX_TOTAL:
        raise errors.AnnexTooLarge


def _unloaded(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    for part in parts:
        name = part.filename.replace("\\", "/").lower()
        if name.startswith("/") or any(word in name for word in PART_LOADS):
            raise errors.AnnexLoaded
        if name.endswith(".rels") or name == "[content_types].xml":
            _relations(archive, part)


def _relations(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a document that fetches a template, a picture or a macro from elsewhere; a link may stand."""
    with archive.open(part) as stream:
        text = stream.read(MAX_RELATIONS + 1)
    if len(text) > MAX_RELATIONS:
        raise errors.AnnexTooLarge
    for name, told in _elements(text):
        words = told.get("ContentType", "").lower()
        if any(word in words for word in TYPE_LOADS):
            raise errors.AnnexLoaded
        if name == "Relationship" and told.get("Type") not in LINKS and _is_elsewhere(told):
            raise errors.AnnexLoaded


def _elements(text: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return the elements as a reader of XML reads them, whatever their prefix, spacing or encoding."""
    found: list[tuple[str, dict[str, str]]] = []
    reader = expat.ParserCreate(namespace_separator=" ")
    reader.StartElementHandler = lambda name, told: found.append((name.rpartition(" ")[2], told))
    reader.StartDoctypeDeclHandler = _loaded
    try:
        reader.Parse(text, True)  # noqa: FBT003 - that is all of it
    except expat.ExpatError as error:
        raise errors.AnnexUnreadable from error
    return found


def _loaded(*_declared: object) -> None:
    raise errors.AnnexLoaded


def _is_elsewhere(told: Mapping[str, str]) -> bool:
    target = told.get("Target", "").strip()
    return told.get("TargetMode", "").strip().lower() == "external" or bool(ADDRESS.match(target))


def _png(data: bytes) -> bytes:
    kept, at, is_over = [PNG], len(PNG), False
    while at + 12 <= len(data) and not is_over:
        length = int.from_bytes(data[at : at + 4], "big")
        name, chunk = data[at + 4 : at + 8], data[at : at + 12 + length]
        if len(chunk) != 12 + length or (at == len(PNG)) is not (name == b"IHDR"):
            raise errors.AnnexUnreadable
        if name == b"IHDR":
            _fits(int.from_bytes(chunk[8:12], "big"), int.from_bytes(chunk[12:16], "big"))
        if name in PNG_DRAWN:
            kept.append(chunk)
        is_over = name == b"IEND"
        at += len(chunk)
    if not is_over or at != len(data):
        raise errors.AnnexUnreadable
    return b"".join(kept)


def _jpeg(data: bytes) -> bytes:
    if not is_jpeg(data):
        raise errors.AnnexUnreadable
    kept, at = [data[:2]], 2
    # What stands behind the end is left out: phones put another picture there, or a film, with its place.
    while not data.startswith(END, at):
        marker, part = _segment(data, at)
        at += len(part)
        if marker in JPEG_FRAMES:
            _fits(int.from_bytes(part[7:9], "big"), int.from_bytes(part[5:7], "big"))
        if marker not in JPEG_TOLD:
            kept.append(part)
        if marker == JPEG_SCAN:
            begun, at = at, _scan_end(data, at)
            kept.append(data[begun:at])
    return b"".join([*kept, END])


def _segment(data: bytes, at: int) -> tuple[int, bytes]:
    """Return the marker that stands at a place, and its part with the words that belong to it."""
    if data[at : at + 1] != b"\xff" or at + 4 > len(data):
        raise errors.AnnexUnreadable
    marker = data[at + 1]
    length = 0 if marker in ALONE else int.from_bytes(data[at + 2 : at + 4], "big")
    part = data[at : at + 2 + length]
    if len(part) != 2 + length:
        raise errors.AnnexUnreadable
    return marker, part


def _scan_end(data: bytes, at: int) -> int:
    found = JPEG_MARKER.search(data, at)
    return found.start() if found else len(data)


def _fits(width: int, height: int) -> None:
    if not width or not height:
        raise errors.AnnexUnreadable
    if width * height > PIXELS:
        raise errors.AnnexTooLarge
