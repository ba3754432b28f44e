"""The file in which a phone hands over what it could not send: read, opened, and nothing of it kept (F51).

`docs/contract-reports.md` says what it looks like. An entry is sealed with the key of the officer who wrote
it, which the server works out; so whoever carries the file reads nothing of it and can put nothing into it.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Final, Literal
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_noop
from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, ValidationError

from timpora.apps.findings.types import DayEntry, NewReport
from timpora.interface.phone_photo_file import PhotoSet
from timpora.interface.queue_key import queue_open, queue_seal
from timpora.interface.report_body import report_of
from timpora.kernel.errors import Refusal
from timpora.kernel.padding import padded_size

LARGEST: Final = 8 * 1024 * 1024
LARGEST_TEXT: Final = 512 * 1024
MOST: Final = 500
IV: Final = 12


class QueueFileUnreadable(Refusal):
    """No file of ours, or one that was cut."""

    code = "field.queue-file-unreadable"
    message = gettext_noop(
        "Berkas ini bukan berkas antrean Timpora, atau tidak utuh. Simpan sekali lagi dari ponselnya."
    )


class _Part(BaseModel):
    # What a newer form adds is passed over; what is missing is not.
    model_config = ConfigDict(extra="ignore", strict=True)


class Entry(_Part):
    """One report of a queue: whose, under which number and digest, and sealed or (without HTTPS) plain."""

    report: UUID
    officer: UUID
    seq: Annotated[int, Field(ge=0)]
    number: Annotated[str, Field(pattern=r"^STT-[0-9A-Z]{5}-[0-9A-Z]{5}$")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    key_id: Annotated[str, Field(max_length=64)] = ""
    iv: Annotated[Base64Bytes, Field(max_length=IV)] = b""
    sealed: Base64Bytes = b""
    text: str = ""


class QueueFile(_Part):
    """A queue as a phone saved it."""

    format: Literal["timpora-antrean/1"]
    device: UUID
    entries: Annotated[list[Entry], Field(max_length=MOST)]
    # Files of photos that the phone cut beside this one; older forms tell of none.
    photos: PhotoSet | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A report of a file that could be read; without a seal nothing proves who wrote it."""

    report: NewReport
    is_sealed: bool


def queue_file_read(file: "UploadedFile[bytes]") -> QueueFile:
    """Read a file as far as it lies open; raises `QueueFileUnreadable`."""
    if (file.size or 0) > LARGEST:
        raise QueueFileUnreadable
    try:
        return QueueFile.model_validate_json(file.read())
    except ValidationError as error:
        raise QueueFileUnreadable from error


def queue_file_write(post: UUID, entries: Iterable[DayEntry]) -> bytes:
    """Return the reports of a post as one queue, each sealed for its officer's own system.

    A report of several phones stands in one file; `post` takes the place of the one phone.
    """
    told = [_entry_written(one) for one in entries]
    return json.dumps({"format": "timpora-antrean/1", "device": str(post), "entries": told}).encode()


def _entry_written(one: DayEntry) -> dict[str, object]:
    plain = _padded({"title": "", "text": one.content})
    label = f"antrean:{one.report_id}:{one.sha256}"
    key_id, iv, sealed = queue_seal(one.officer_id, plain, label)
    return {
        "report": str(one.report_id),
        "officer": str(one.officer_id),
        "seq": one.seq,
        "number": one.number,
        "sha256": one.sha256,
        "key_id": key_id,
        "iv": base64.b64encode(iv).decode(),
        "sealed": base64.b64encode(sealed).decode(),
    }


def _padded(told: dict[str, str]) -> bytes:
    """Write what is sealed, filled up: the seal hides no length, and everything else of a day is readable."""
    bare = len(_written(told | {"pad": ""}))
    return _written(told | {"pad": " " * (padded_size(bare) - bare)})


def _written(told: dict[str, str]) -> bytes:
    # As it is, so that a letter takes no more than twice its bytes.
    return json.dumps(told, ensure_ascii=False).encode()


def entry_open(entry: Entry) -> Opened | None:
    """Open one entry: nothing where the seal, the digest or the report itself does not hold."""
    text, is_withdrawn = _sealed_text(entry) if entry.sealed else (entry.text, False)
    if not text or len(text) > LARGEST_TEXT:
        return None
    try:
        report = report_of(text)
        digest = hashlib.sha256(report.content.encode()).hexdigest()
    except (ValueError, RecursionError):
        # Among them half of a pair, which cannot be written out again, and which no phone hashes.
        return None
    if digest != entry.sha256 or report.id != entry.report:
        return None
    return Opened(replace(report, key_was_withdrawn=is_withdrawn), is_sealed=bool(entry.sealed))


def _sealed_text(entry: Entry) -> tuple[str, bool]:
    label = f"antrean:{entry.report}:{entry.sha256}"
    opened = queue_open(entry.officer, entry.key_id, iv=entry.iv, data=entry.sealed, label=label)
    if opened is None:
        return "", False
    try:
        told = json.loads(opened.text)
    except (ValueError, RecursionError):
        return "", False
    text = told.get("text") if isinstance(told, dict) else None
    return text if isinstance(text, str) else "", opened.is_withdrawn
