"""A file with photos that waited on a phone: how it is read, and each of its photos opened (ADR 0017, 0023).

A line that says what it is, four bytes with the length of the index, the index in the open, and the photos
one behind the other, each under its officer's seal as it lay on the phone (`docs/contract-reports.md`).
"""

from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_noop
from pydantic import Base64Bytes, Field, ValidationError

from timpora.apps.findings.types import PhonePhoto
from timpora.interface.post_file import COUNT, LARGEST, Part, counted_end, is_of
from timpora.interface.queue_key import queue_open
from timpora.kernel.errors import Refusal

MAGIC: Final = b"timpora-foto-ponsel/1\n"
IV: Final = 12
# Of one file, and of the files of one phone; a phone cuts them at 8 MiB and 200 photos.
PHOTOS_MOST: Final = 500
FILES_MOST: Final = 1_024


class PhonePhotosUnreadable(Refusal):
    """No file of a phone, or one that was cut."""

    code = "field.phone-photos-unreadable"
    message = gettext_noop(
        "Berkas foto ponsel ini tidak utuh. Salin sekali lagi dari ponselnya, atau simpan sekali lagi "
        "di sana."
    )


class PhotoSet(Part):
    """Of how many photo files a phone speaks; those of one `cut` hold all that waited when it was cut."""

    of: Annotated[int, Field(ge=1, le=FILES_MOST)]
    cut: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class PhotoEntry(Part):
    """One photo of the file: of which report, whose, and under which key; without one it lies open."""

    report: UUID
    officer: UUID
    number: Annotated[str, Field(pattern=r"^STT-[0-9A-Z]{5}-[0-9A-Z]{5}$")]
    # A report that the server has already is not known by it on its phone any more.
    seq: Annotated[int, Field(ge=0, lt=2**63)] = 0
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    key_id: Annotated[str, Field(max_length=64)] = ""
    iv: Annotated[Base64Bytes, Field(max_length=IV)] = b""
    length: Annotated[int, Field(ge=1, le=LARGEST)]


class _Index(PhotoSet):
    device: UUID
    part: Annotated[int, Field(ge=1)]
    photos: Annotated[list[PhotoEntry], Field(max_length=PHOTOS_MOST)]


@dataclass(frozen=True, slots=True)
class Parcel:
    """One of `of` files of a phone's photos, each with its bytes as they lay there."""

    device: UUID
    part: int
    of: int
    cut: str
    photos: tuple[tuple[PhotoEntry, bytes], ...]


def is_phone_photo_file(file: "UploadedFile[bytes]") -> bool:
    """Tell whether a file says that it holds photos of a phone."""
    return is_of(file, MAGIC)


def phone_photo_file_read(file: "UploadedFile[bytes]") -> Parcel:
    """Read a file as far as it lies open; raises `PhonePhotosUnreadable`."""
    if (file.size or 0) > LARGEST or not is_phone_photo_file(file):
        raise PhonePhotosUnreadable
    file.seek(len(MAGIC))
    plain = file.read()
    at = counted_end(plain)
    try:
        index = _Index.model_validate_json(plain[COUNT:at])
    except ValidationError as error:
        raise PhonePhotosUnreadable from error
    named = {(one.report, one.sha256) for one in index.photos}
    whole = at + sum(one.length for one in index.photos)
    if index.part > index.of or len(named) < len(index.photos) or whole != len(plain):
        raise PhonePhotosUnreadable
    photos = []
    for one in index.photos:
        data, at = plain[at : at + one.length], at + one.length
        photos.append((one, data))
    return Parcel(index.device, index.part, index.of, index.cut, tuple(photos))


def photo_open(entry: PhotoEntry, data: bytes) -> PhonePhoto | None:
    """Open one photo: nothing where its officer's seal does not hold."""
    if entry.key_id:
        label = f"berkas:{entry.report}:{entry.sha256}:bytes"
        opened = queue_open(entry.officer, entry.key_id, iv=entry.iv, data=data, label=label)
        if opened is None:
            return None
        data = opened.text
    return PhonePhoto(entry.report, entry.officer, entry.sha256, data)
