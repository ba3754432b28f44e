"""What a file is, told from its bytes; its name proves nothing."""

from enum import StrEnum
from pathlib import Path
from typing import Final

from timpora.apps.intake.errors import (
    FileEmpty,
    FileTooLarge,
    OldWorkbook,
    WorkbookEncrypted,
    WrongFileType,
)

MEGABYTE: Final = 1_000_000
LIMIT_BYTES: Final = 512 * MEGABYTE

# Magic bytes of what agencies send by mistake, and the word they know it by.
STRANGERS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "gambar JPEG"),
    (b"GIF8", "gambar GIF"),
    (b"II*\x00", "gambar TIFF"),
    (b"MM\x00*", "gambar TIFF"),
    (b"{\\rtf", "dokumen RTF"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7z"),
    (b"\x1f\x8b", "arsip gzip"),
    (b"MZ", "program Windows"),
    (b"\x7fELF", "program Linux"),
    (b"SQLite format 3", "basis data SQLite"),
)
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD: Final = 65_536


class FileKind(StrEnum):
    """The two forms that are read."""

    WORKBOOK = "xlsx"
    DELIMITED = "csv"


def file_kind(path: Path) -> FileKind:
    """Return the form of the file, or refuse it with a word for what it is."""
    size = path.stat().st_size
    if size > LIMIT_BYTES:
        raise FileTooLarge(megabytes=size // MEGABYTE, limit=LIMIT_BYTES // MEGABYTE)
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise FileEmpty
    if head.startswith(b"PK"):
        return FileKind.WORKBOOK
    if head.startswith(OLE):
        raise _refusal_of_ole(path)
    _refuse_strangers(head)
    return FileKind.DELIMITED


def _refuse_strangers(head: bytes) -> None:
    # A polyglot may put a few bytes before the PDF mark; readers accept it within 1,024 bytes.
    if b"%PDF-" in head[:1024]:
        raise WrongFileType(seen="PDF")
    for magic, word in STRANGERS:
        if head.startswith(magic):
            raise WrongFileType(seen=word)
    opening = head[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if opening.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<svg", b"<meta")):
        raise WrongFileType(seen="halaman HTML atau XML")
    if opening.startswith((b"{", b"[{")):
        raise WrongFileType(seen="JSON")


def _refusal_of_ole(path: Path) -> Exception:
    """Tell a locked xlsx from an old xls and an old Word document: all are OLE containers."""
    with path.open("rb") as stream:
        content = stream.read(4 * MEGABYTE)
        stream.seek(max(0, path.stat().st_size - MEGABYTE))
        content += stream.read()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return WorkbookEncrypted()
    if "WordDocument".encode("utf-16-le") in content:
        return WrongFileType(seen="dokumen Word lama (.doc)")
    return OldWorkbook(seen="Excel lama (.xls)")
