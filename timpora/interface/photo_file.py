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
from pydantic import Field, ValidationError

from timpora.apps.findings.types import PhotoLoad, PhotoSlot
from timpora.interface.post_file import (
    COUNT,
    Part,
    counted,
    counted_end,
    is_of,
    post_file_open,
    post_file_seal,
)
from timpora.kernel.errors import Refusal

MAGIC: Final = b"timpora-foto-pos/2\n"
LABEL: Final = "foto-pos:{operation}"
SLOTS_MOST: Final = 20_000
FILES_MOST: Final = 1_024
SIZE_MOST: Final = 64 * 1024 * 1024


class PhotoFileUnreadable(Refusal):
    """No file of a post of this office, or one that was cut."""

    code = "field.photo-file-unreadable"
    message = gettext_noop(
        "Berkas foto ini tidak terbuka: bukan dari pos kantor ini, tidak utuh, atau kuncinya lama."
    )


class _Slot(Part):
    report: UUID
    number: Annotated[str, Field(pattern=r"^STT-[0-9A-Z]{5}-[0-9A-Z]{5}$")]
    seq: Annotated[int, Field(ge=0, lt=2**63)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=0, le=SIZE_MOST)]
    held: Annotated[int, Field(ge=0, le=SIZE_MOST)]
    sealed: bool


class _Index(Part):
    on: date
    part: Annotated[int, Field(ge=1)]
    # A day's list holds fewer; whoever can write such a file must not make the office count to a million.
    of: Annotated[int, Field(ge=1, le=FILES_MOST)]
    cut: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    slots: Annotated[list[_Slot], Field(max_length=SLOTS_MOST)]


def is_photo_file(file: "UploadedFile[bytes]") -> bool:
    """Tell whether a file says that it holds photos of a post."""
    return is_of(file, MAGIC)


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
    plain = b"".join((counted(told), *(slot.data for slot in load.slots)))
    return post_file_seal(load.operation_id, MAGIC, label=LABEL, plain=plain, room=load.room)


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
    try:
        return _read(file)
    except (ValidationError, ValueError) as error:
        raise PhotoFileUnreadable from error


def _read(file: "UploadedFile[bytes]") -> PhotoLoad:
    opened = post_file_open(file, MAGIC, label=LABEL)
    if opened is None:
        raise PhotoFileUnreadable
    operation_id, plain = opened
    at = counted_end(plain)
    index = _Index.model_validate_json(plain[COUNT:at])
    named = {(one.report, one.sha256) for one in index.slots}
    if index.part > index.of or len(named) < len(index.slots):
        raise PhotoFileUnreadable
    slots = []
    for one in index.slots:
        data, at = plain[at : at + one.held], at + one.held
        slots.append(PhotoSlot(one.report, one.number, one.seq, one.sha256, one.size, one.sealed, data=data))
    told = index.on, index.part, index.of, index.cut
    return PhotoLoad(operation_id, *told, len(plain), tuple(slots))
