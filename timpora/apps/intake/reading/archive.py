"""The zip around a workbook: judged by its directory before one byte is opened.

A reader trusts the sizes a zip declares; a bomb lies. So the directory is weighed first, and
while parts are inspected the declared size is held against what really comes out.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from timpora.apps.intake.errors import (
    FileUnreadable,
    OldWorkbook,
    WorkbookBomb,
    WorkbookEncrypted,
    WrongFileType,
)

MEGABYTE: Final = 1_000_000
MAX_PARTS: Final = 2_000
MAX_DIRECTORY: Final = MEGABYTE
MAX_TOTAL: Final = 400 * MEGABYTE
MAX_RATIO: Final = 100
# Below this a part is harmless however well it packs.
RATIO_FROM: Final = 8 * MEGABYTE
CHUNK: Final = 1 << 20
END_MARK: Final = b"PK\x05\x06"
END_FORMAT: Final = "<4s4H2LH"
LOCAL_HEADER: Final = 30
ENCRYPTED_FLAG: Final = 0x1


def parts_of(path: Path) -> list[zipfile.ZipInfo]:
    """Return the parts of a workbook, or refuse the archive from its directory alone."""
    _check_directory_size(path)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise FileUnreadable from error
    _check_weights(parts)
    _check_is_workbook({part.filename.replace("\\", "/").lower() for part in parts})
    return parts


def inflate(stream: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the bytes of a part, refusing it as soon as it exceeds the size it declares."""
    _seek_to_data(stream, part)
    total = 0
    for chunk in _inflated(stream, part):
        total += len(chunk)
        if total > part.file_size:
            raise WorkbookBomb
        yield chunk
    if total != part.file_size:
        raise FileUnreadable


def _inflated(stream: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    left = part.compress_size
    decoder = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    pending = b""
    while left or pending:
        if not pending:
            pending = stream.read(min(left, CHUNK))
            if not pending:
                raise FileUnreadable
            left -= len(pending)
        if decoder is None:
            chunk, pending = pending, b""
        else:
            try:
                chunk = decoder.decompress(pending, CHUNK)
            except zlib.error as error:
                raise FileUnreadable from error
            pending = decoder.unconsumed_tail
        yield chunk
    if decoder is not None:
        yield decoder.flush()


def _seek_to_data(stream: BinaryIO, part: zipfile.ZipInfo) -> None:
    stream.seek(part.header_offset)
    local = stream.read(LOCAL_HEADER)
    if len(local) < LOCAL_HEADER or not local.startswith(b"PK\x03\x04"):
        raise FileUnreadable
    name_size, extra_size = struct.unpack("<2H", local[26:30])
    stream.seek(name_size + extra_size, 1)


def _check_directory_size(path: Path) -> None:
    # `zipfile` reads the whole directory into memory, so its size is read first.
    size = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(0, size - 65_557))
        tail = stream.read()
    at = tail.rfind(END_MARK)
    if at < 0 or len(tail) - at < struct.calcsize(END_FORMAT):
        raise FileUnreadable
    _, _, _, _, count, directory, _, _ = struct.unpack_from(END_FORMAT, tail, at)
    if count > MAX_PARTS or directory > MAX_DIRECTORY:
        raise WorkbookBomb


def _check_weights(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & ENCRYPTED_FLAG for part in parts):
        raise WorkbookEncrypted
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise FileUnreadable
    if len({part.filename.lower() for part in parts}) != len(parts):
        raise FileUnreadable
    if sum(part.file_size for part in parts) > MAX_TOTAL:
        raise WorkbookBomb
    for part in parts:
        if part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * part.compress_size:
            raise WorkbookBomb


def _check_is_workbook(names: set[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise OldWorkbook(seen="Excel biner (.xlsb)")
    if "content.xml" in names and "mimetype" in names:
        raise OldWorkbook(seen="OpenDocument (.ods)")
    if "word/document.xml" in names:
        raise WrongFileType(seen="dokumen Word")
    if "ppt/presentation.xml" in names:
        raise WrongFileType(seen="PowerPoint")
    raise WrongFileType(seen="arsip ZIP")
