"""The key under which a phone keeps an officer's finished reports: the server gives it back after sign-in.

Worked out from the server's own secret, so that nothing is stored, and the same on every device: reports
stay sendable when the phone's lock was destroyed, and can be read by nobody who cannot sign in as their
officer. A copy of the database opens none of them. Ending the officer's sessions, or revoking a phone of
his, begins another key: the one before opens what was sealed with it, and seals nothing that counts as new.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

from timpora.apps.findings import queries as findings
from timpora.apps.identity import queries as identity

SALT = "timpora.field.queue/1"
ID_LENGTH = 12
IV = 12
# Keys that an office gave to this system, where it is a post of that office (ADR 0021).
CARRIED = "post-keys.json"
# Keys of before that are still tried; older ones an officer had years ago.
GENERATIONS: Final = 30


@dataclass(frozen=True, slots=True)
class Unsealed:
    """What a phone sealed; `is_withdrawn` where its key was taken back since."""

    text: bytes
    is_withdrawn: bool


def queue_key(officer_id: UUID) -> dict[str, str]:
    """Return the officer's key (32 bytes, in base 64) and the name by which a phone knows it."""
    key, _ = next(_keys(officer_id))
    return {"id": _name(key), "key": base64.b64encode(key).decode()}


def queue_open(officer_id: UUID, key_id: str, *, iv: bytes, data: bytes, label: str) -> Unsealed | None:
    """Open what a phone sealed under an officer's key, or nothing.

    Whatever opens was sealed by somebody who signed in as this officer: the seal proves it as a signature
    would. Keys that were withdrawn, and those of the server's former secrets, are tried as well.
    """
    for key, is_withdrawn in _keys(officer_id):
        if _name(key) == key_id:
            try:
                return Unsealed(AESGCM(key).decrypt(iv, data, label.encode()), is_withdrawn)
            except (InvalidTag, ValueError):
                return None
    return None


def queue_seal(officer_id: UUID, data: bytes, label: str) -> tuple[str, bytes, bytes]:
    """Seal what an officer sent, as his phone would: the key's name, the number used once, what is sealed."""
    (key, _), iv = next(_keys(officer_id)), secrets.token_bytes(IV)
    return _name(key), iv, AESGCM(key).encrypt(iv, data, label.encode())


def _keys(officer_id: UUID) -> Iterator[tuple[bytes, bool]]:
    """Return the officer's keys, the one in use first, each with whether it was withdrawn.

    In use is the office's where this is its post and he came with it, else this system's of today.
    """
    file = settings.DATA / CARRIED
    given = json.loads(file.read_text()).get(str(officer_id)) if file.exists() else None
    if given:
        yield base64.b64decode(given["key"]), False
    held = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    now = identity.session_generation(officer_id), findings.revocation_count(officer_id)
    for ended in product(*(_back_from(number) for number in now)):
        for secret in held:
            yield _key(f"{officer_id}/{ended[0]}/{ended[1]}", secret), ended != now
    for secret in held:
        yield _key(str(officer_id), secret), True  # As they were before they could be withdrawn.


def _back_from(number: int) -> range:
    return range(number, max(number - GENERATIONS, 0) - 1, -1)


def _key(whose: str, secret: str | bytes) -> bytes:
    return salted_hmac(SALT, whose, secret=secret, algorithm="sha256").digest()


def _name(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:ID_LENGTH]
