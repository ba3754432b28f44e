"""What every file of a post begins with: what it is, in the open, then what is sealed for the office."""

import json
from typing import Annotated, Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from pydantic import BaseModel, ConfigDict, Field

from timpora.interface.post_key import post_open, post_seal

LARGEST: Final = 65 * 1024 * 1024
HEAD_MOST: Final = 1024
# Before what is said stands its length; behind it, nothings up to a length that tells nothing.
COUNT: Final = 4


class Part(BaseModel):
    """A part of such a file: what a newer program adds is passed over; what is missing is not."""

    model_config = ConfigDict(extra="ignore")


class _Head(Part):
    operation: UUID
    key_id: Annotated[str, Field(max_length=64)]


def is_of(file: "UploadedFile[bytes]", magic: bytes) -> bool:
    """Tell whether a file says that it is of this kind."""
    file.seek(0)
    start: bytes = file.read(len(magic))
    file.seek(0)
    return start == magic


def counted(told: bytes) -> bytes:
    """Return what is said with its length before it."""
    return len(told).to_bytes(COUNT, "big") + told


def counted_end(plain: bytes) -> int:
    """Return where in an opened file that ends which is said."""
    return COUNT + int.from_bytes(plain[:COUNT], "big")


def post_file_seal(operation_id: UUID, magic: bytes, *, label: str, plain: bytes, room: int) -> bytes:
    """Return the file, sealed for the office that put up the post; raises `PostKeyMissing`."""
    key_id, sealed = post_seal(operation_id, plain.ljust(room, b"\0"), label.format(operation=operation_id))
    head = {"operation": str(operation_id), "key_id": key_id}
    return magic + json.dumps(head).encode() + b"\n" + sealed


def post_file_open(file: "UploadedFile[bytes]", magic: bytes, *, label: str) -> tuple[UUID, bytes] | None:
    """Return of which operation a file is and what it holds; nothing where it opens with no key held here.

    Raises `ValueError` for one that does not begin as it has to.
    """
    if (file.size or 0) > LARGEST or not is_of(file, magic):
        return None
    file.seek(len(magic))
    head = _Head.model_validate_json(file.readline(HEAD_MOST))
    label = label.format(operation=head.operation)
    plain = post_open(head.operation, head.key_id, data=file.read(), label=label)
    return None if plain is None else (head.operation, plain)
