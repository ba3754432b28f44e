"""Photo files as a phone saves them, each photo sealed with its officer's key; for tests."""

import base64
import hashlib
import json

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.db.findings.field import DEVICE
from tests.db.findings.photos import PHOTO, digest
from timpora.apps.findings.content import content_of, receipt_number
from timpora.apps.findings.types import NewReport
from timpora.interface.phone_photo_file import MAGIC
from timpora.interface.queue_key import queue_key
from timpora.kernel.access import Actor

IV = bytes(range(12))
CUT = "0" * 16
Told = dict[str, object]


def photo_of(
    report: NewReport, officer: Actor, data: bytes = PHOTO, *, sha256: str = "", is_sealed: bool = True
) -> tuple[Told, bytes]:
    """Return a photo as it lies on its officer's phone: what is told of it, and its bytes there."""
    sha256 = sha256 or digest(data)
    number = receipt_number(hashlib.sha256(content_of(report).encode()).hexdigest())
    told: Told = {
        "report": str(report.id),
        "officer": str(officer.id),
        "number": number,
        "seq": report.device_seq,
        "sha256": sha256,
    }
    if is_sealed:
        given = queue_key(officer.id)
        label = f"berkas:{report.id}:{sha256}:bytes".encode()
        data = AESGCM(base64.b64decode(given["key"])).encrypt(IV, data, label)
        told |= {"key_id": given["id"], "iv": base64.b64encode(IV).decode()}
    return {**told, "length": len(data)}, data


def parcel_of(
    *photos: tuple[Told, bytes], part: int = 1, of: int = 1, cut: str = CUT, **words: object
) -> bytes:
    """Return one photo file of a phone."""
    told = {"device": str(DEVICE), "part": part, "of": of, "cut": cut, "photos": [one for one, _ in photos]}
    index = json.dumps(told | words).encode()
    return b"".join((MAGIC, len(index).to_bytes(4, "big"), index, *(data for _, data in photos)))
