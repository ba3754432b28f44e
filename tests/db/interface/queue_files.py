"""Files as a phone saves them, sealed with the officer's key; for tests."""

import base64
import hashlib
import json
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.db.findings.field import DEVICE
from timpora.apps.findings.content import content_of, receipt_number
from timpora.apps.findings.types import NewReport
from timpora.interface.queue_key import ID_LENGTH, queue_key
from timpora.kernel.access import Actor

IV = bytes(12)


def entry_of(
    report: NewReport, officer: Actor, *, text: str = "", is_sealed: bool = True, key: bytes = b""
) -> dict[str, object]:
    """Return a report as it lies in the queue of its officer's phone."""
    told = text or content_of(report)
    digest = hashlib.sha256(told.encode()).hexdigest()
    entry = {
        "report": str(report.id),
        "sha256": digest,
        "number": receipt_number(digest),
        "seq": report.device_seq,
        "officer": str(officer.id),
    }
    if not is_sealed:
        return {**entry, "text": told}
    given = queue_key(officer.id)
    key_id = hashlib.sha256(key).hexdigest()[:ID_LENGTH] if key else given["id"]
    label = f"antrean:{report.id}:{digest}".encode()
    plain = json.dumps({"title": "Mes", "text": told}).encode()
    sealed = AESGCM(key or base64.b64decode(given["key"])).encrypt(IV, plain, label)
    return {**entry, "key_id": key_id, "iv": _told(IV), "sealed": _told(sealed)}


def queue_of(*entries: dict[str, object], device: UUID = DEVICE) -> bytes:
    """Return the file of a phone."""
    file = {"format": "timpora-antrean/1", "device": str(device), "saved_at": "x", "entries": entries}
    return json.dumps(file).encode()


def _told(data: bytes) -> str:
    return base64.b64encode(data).decode()
