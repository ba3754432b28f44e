"""A file with the notes of a post's day: how it is written and read (ADR 0021, 0027).

A line that says what it is, a line in the open, and what is sealed for the office: the notes as one text, for
each of their authors a proof that this post held his key, and nothings up to a power of two. The proof is the
digest of the text, sealed under the officer's key of this operation: what the office gave along with an
outfit, it recognises again. It proves the laptop, and who is on it; not who pressed what (threat model).
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Annotated, Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_noop
from pydantic import Base64Bytes, Field, TypeAdapter, ValidationError

from timpora.apps.findings.types import DayNotes
from timpora.interface.post_file import (
    COUNT,
    Part,
    counted,
    counted_end,
    is_of,
    post_file_open,
    post_file_seal,
)
from timpora.interface.queue_key import queue_open, queue_seal
from timpora.kernel.errors import Refusal
from timpora.kernel.padding import padded_size

MAGIC: Final = b"timpora-catatan-pos/1\n"
LABEL: Final = "catatan-pos:{operation}"
AUTHORS_MOST: Final = 1_000
IV: Final = 12
LEAST: Final = 64 * 1024
# What no post writes: more in a day than an office takes in while somebody waits, hours that no calendar of
# ours holds in every zone, numbers that no column does.
NOTES_MOST: Final = 5_000
YEARS: Final = range(1900, 9999)
NUMBERS: Final = range(2**31)
SEQS: Final = range(2**63)
NOTES: Final = TypeAdapter(DayNotes)


class NoteFileUnreadable(Refusal):
    """No file of a post of this office, or one that was cut."""

    code = "field.note-file-unreadable"
    message = gettext_noop(
        "Berkas catatan ini tidak terbuka: bukan dari pos kantor ini, tidak utuh, atau versinya lain."
    )


class _Proof(Part):
    officer: UUID
    key_id: Annotated[str, Field(max_length=64)]
    iv: Annotated[Base64Bytes, Field(max_length=IV)]
    sealed: Annotated[Base64Bytes, Field(max_length=256)]


class _Body(Part):
    notes: str
    proofs: Annotated[list[_Proof], Field(max_length=AUTHORS_MOST)]


def is_note_file(file: "UploadedFile[bytes]") -> bool:
    """Tell whether a file says that it holds notes of a post."""
    return is_of(file, MAGIC)


def note_file_write(load: DayNotes) -> bytes:
    """Return the file, sealed for the office that put up the post; raises `PostKeyMissing`."""
    notes, label = NOTES.dump_json(load).decode(), LABEL.format(operation=load.operation_id)
    proofs = [_proof(officer, notes, label) for officer in sorted(set(load.authors()))]
    told = json.dumps({"notes": notes, "proofs": proofs}, ensure_ascii=False).encode()
    plain = counted(told)
    room = max(LEAST, padded_size(len(plain)))
    return post_file_seal(load.operation_id, MAGIC, label=LABEL, plain=plain, room=room)


def _proof(officer: UUID, notes: str, label: str) -> dict[str, object]:
    key_id, iv, sealed = queue_seal(officer, _digest(notes), label)
    told = {"iv": base64.b64encode(iv).decode(), "sealed": base64.b64encode(sealed).decode()}
    return {"officer": str(officer), "key_id": key_id, **told}


def _digest(notes: str) -> bytes:
    return hashlib.sha256(notes.encode()).digest()


def note_file_read(file: "UploadedFile[bytes]") -> tuple[DayNotes, dict[UUID, bool]]:
    """Open a file: what it says, and which officers' keys its post held, each with whether it was withdrawn.

    Raises `NoteFileUnreadable`.
    """
    try:
        return _read(file)
    except (ValidationError, ValueError, RecursionError) as error:
        raise NoteFileUnreadable from error


def _read(file: "UploadedFile[bytes]") -> tuple[DayNotes, dict[UUID, bool]]:
    opened = post_file_open(file, MAGIC, label=LABEL)
    if opened is None:
        raise NoteFileUnreadable
    operation_id, plain = opened
    body = _Body.model_validate_json(plain[COUNT : counted_end(plain)])
    load = NOTES.validate_json(body.notes)
    notes, closures = list(_within(load.notes)), list(_within(load.closures))
    is_sound = all(_can_be(one, NUMBERS) for one in notes) and all(_can_be(one, SEQS) for one in closures)
    if load.operation_id != operation_id or not is_sound or sum(1 for _one in load.authors()) > NOTES_MOST:
        raise NoteFileUnreadable
    return load, dict(_proven(body, LABEL.format(operation=operation_id), str(operation_id)))


def _within(said: object) -> Iterator[object]:
    """Yield every word, hour and number of notes, however deep it stands."""
    if is_dataclass(said):
        for one in fields(said):
            yield from _within(getattr(said, one.name))
    elif isinstance(said, tuple):
        for part in said:
            yield from _within(part)
    else:
        yield said


def _can_be(said: object, numbers: range) -> bool:
    """Tell whether a system can store an hour or a number and show it again; words are looked at later."""
    if isinstance(said, datetime):
        return said.tzinfo is not None and said.year in YEARS
    if isinstance(said, date):
        return said.year in YEARS
    return not isinstance(said, int) or said in numbers


def _proven(body: _Body, label: str, operation: str) -> list[tuple[UUID, bool]]:
    """Return whose keys of this operation sealed the digest; a key of the office itself is none of a post."""
    found = []
    for proof in body.proofs:
        if proof.key_id.partition(".")[2] != operation:
            continue
        opened = queue_open(proof.officer, proof.key_id, iv=proof.iv, data=proof.sealed, label=label)
        if opened is not None and opened.text == _digest(body.notes):
            found.append((proof.officer, opened.is_withdrawn))
    return found
