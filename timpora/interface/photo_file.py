"""A file with photos of a post's day: how it is written and read (ADR 0021, 0023).

A line that says what it is, a line in the open, and what is sealed for the office: an index, the photos one
behind the other, and nothings up to a length that depends on what the reports name and not on what arrived.
"""

import json
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_noop
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from timpora.apps.findings.types import PhotoLoad, PhotoSlot
from timpora.interface.post_key import post_open, post_seal
from timpora.kernel.errors import Refusal

MAGIC: Final = b"timpora-foto-pos/2\n"
LABEL: Final = "foto-pos:{operation}"
LARGEST: Final = 65 * 1024 * 1024
HEAD_MOST: Final = 1024
SLOTS_MOST: Final = 20_000
FILES_MOST: Final = 1_024
# Before the index stands its length.
COUNT: Final = 4
SIZE_MOST: Final = 64 * 1024 * 1024


class PhotoFileUnreadable(Refusal):
    """No file of a post of this office, or one that was cut."""

    code = "field.photo-file-unreadable"
    message = gettext_noop(
        "Berkas foto ini tidak terbuka: bukan dari pos kantor ini, tidak utuh, atau kuncinya lama."
    )


class _Part(BaseModel):
    # What a newer program adds is passed over; what is missing is not.
    model_config = ConfigDict(extra="ignore")


class _Head(_Part):
    operation: UUID
    key_id: Annotated[str, Field(max_length=64)]


class _Slot(_Part):
    report: UUID
    number: Annotated[str, Field(pattern=r"^STT-[0-9A-Z]{5}-[0-9A-Z]{5}$")]
    seq: Annotated[int, Field(ge=0, lt=2**63)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=0, le=SIZE_MOST)]
    held: Annotated[int, Field(ge=0, le=SIZE_MOST)]
    sealed: bool


class _Index(_Part):
    on: date
    part: Annotated[int, Field(ge=1)]
    # A day's list holds fewer; whoever can write such a file must not make the office count to a million.
    of: Annotated[int, Field(ge=1, le=FILES_MOST)]
    cut: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    slots: Annotated[list[_Slot], Field(max_length=SLOTS_MOST)]


def is_photo_file(file: "UploadedFile[bytes]") -> bool:
    """Tell whether a file says that it holds photos of a post."""
    file.seek(0)
    start: bytes = file.read(len(MAGIC))
    file.seek(0)
    return start == MAGIC


def photo_file_write(load: PhotoLoad) -> bytes:
    """Return the file, sealed for the office that put up the post; raises `PostKeyMissing`."""
    index = {
        "on": load.on.isoformat(),
        "part": load.part,
        "of": load.of,
        "cut": load.cut,
        "slots": [_slot_told(slot) for slot in load.slots],
    }
    told = json.dumps(index, separators=(",", ":")).encode()
    plain = b"".join((len(told).to_bytes(COUNT, "big"), told, *(slot.data for slot in load.slots)))
    label = LABEL.format(operation=load.operation_id)
    key_id, sealed = post_seal(load.operation_id, plain.ljust(load.room, b"\0"), label)
    head = {"operation": str(load.operation_id), "key_id": key_id}
    return MAGIC + json.dumps(head).encode() + b"\n" + sealed


def _slot_told(slot: PhotoSlot) -> dict[str, object]:
    return {
        "report": str(slot.report_id),
        "number": slot.number,
        "seq": slot.seq,
        "sha256": slot.sha256,
        "size": slot.size,
        "held": len(slot.data),
        "sealed": slot.is_sealed,
    }


def photo_file_read(file: "UploadedFile[bytes]") -> PhotoLoad:
    """Open a file; raises `PhotoFileUnreadable`."""
    if (file.size or 0) > LARGEST or not is_photo_file(file):
        raise PhotoFileUnreadable
    try:
        return _read(file)
    except (ValidationError, ValueError) as error:
        raise PhotoFileUnreadable from error


def _read(file: "UploadedFile[bytes]") -> PhotoLoad:
    file.seek(len(MAGIC))
    head = _Head.model_validate_json(file.readline(HEAD_MOST))
    label = LABEL.format(operation=head.operation)
    plain = post_open(head.operation, head.key_id, data=file.read(), label=label)
    if plain is None:
        raise PhotoFileUnreadable
    at = COUNT + int.from_bytes(plain[:COUNT], "big")
    index = _Index.model_validate_json(plain[COUNT:at])
    named = {(one.report, one.sha256) for one in index.slots}
    if index.part > index.of or len(named) < len(index.slots):
        raise PhotoFileUnreadable
    slots = []
    for one in index.slots:
        data, at = plain[at : at + one.held], at + one.held
        slots.append(PhotoSlot(one.report, one.number, one.seq, one.sha256, one.size, one.sealed, data=data))
    told = index.on, index.part, index.of, index.cut
    return PhotoLoad(head.operation, *told, len(plain), tuple(slots))
