"""The key under which a phone keeps an officer's finished reports: the server gives it back after sign-in.

Worked out from the server's own secret, so that nothing is stored, and the same on every device: reports
stay sendable when the phone's lock was destroyed, and can be read by nobody who cannot sign in as their
officer. A copy of the database opens none of them.
"""

import base64
import hashlib
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "timpora.field.queue/1"
ID_LENGTH = 12


def queue_key(officer_id: UUID) -> dict[str, str]:
    """Return the officer's key (32 bytes, in base 64) and the name by which a phone knows it."""
    key = _key(officer_id, settings.SECRET_KEY)
    return {"id": _name(key), "key": base64.b64encode(key).decode()}


def queue_open(officer_id: UUID, key_id: str, *, iv: bytes, data: bytes, label: str) -> bytes | None:
    """Open what a phone sealed under an officer's key, or nothing.

    Whatever opens was sealed by somebody who signed in as this officer: the seal proves it as a signature
    would. Keys of the server's former secrets are tried as well.
    """
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = _key(officer_id, secret)
        if _name(key) == key_id:
            try:
                return AESGCM(key).decrypt(iv, data, label.encode())
            except (InvalidTag, ValueError):
                return None
    return None


def _key(officer_id: UUID, secret: str | bytes) -> bytes:
    return salted_hmac(SALT, str(officer_id), secret=secret, algorithm="sha256").digest()


def _name(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:ID_LENGTH]
