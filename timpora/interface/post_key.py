"""The key of a post as a whole: what is handed over there and belongs to no one officer is sealed to it.

It is a pair. The office works its half out from its own secret for the operation and gives it to nobody; the
other half goes along in the outfit, seals, and opens nothing (HPKE, RFC 9180). So whoever took the outfit or
has the laptop's keys reads no photo of a file, some of which lie under the seal of protection (ADR 0021).
"""

import base64
import hashlib
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_noop

from timpora.interface.queue_key import ID_LENGTH, kept
from timpora.kernel.errors import Refusal

SALT: Final = "timpora.post.key/2"
SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class PostKeyMissing(Refusal):
    """The outfit of this post is older than this key."""

    code = "field.post-key-missing"
    message = gettext_noop(
        "Bekal pos ini belum memuat kunci berkas ini. Ambil bekal baru di kantor dan pasang sekali lagi."
    )


def whole_post_key(operation_id: UUID) -> dict[str, str]:
    """Return the half that the post of an operation gets from this office, and its name."""
    one = next(_pairs(operation_id)).public_key().public_bytes_raw()
    return {"id": _name(one, operation_id), "public": base64.b64encode(one).decode()}


def post_key_require(operation_id: UUID) -> None:
    """Raise `PostKeyMissing` where nothing can be sealed for the office of this operation."""
    _given(operation_id)


def post_seal(operation_id: UUID, data: bytes, label: str) -> tuple[str, bytes]:
    """Seal what a post hands over: the key's name, and what is sealed. Raises `PostKeyMissing`."""
    one = _given(operation_id)
    key = X25519PublicKey.from_public_bytes(base64.b64decode(one["public"]))
    return one["id"], SUITE.encrypt(data, key, info=label.encode())


def post_open(operation_id: UUID, key_id: str, *, data: bytes, label: str) -> bytes | None:
    """Open what the post of an operation handed over, also under a former secret of ours; or nothing."""
    for pair in _pairs(operation_id):
        if _name(pair.public_key().public_bytes_raw(), operation_id) == key_id:
            try:
                return SUITE.decrypt(data, pair, info=label.encode())
            except (InvalidTag, ValueError):
                return None
    return None


def _given(operation_id: UUID) -> dict[str, str]:
    """Return the newest half that the office gave to this post; what came before there were pairs is none."""
    given = (one for one in kept("posts").get(str(operation_id), []) if "public" in one)
    found = next(given, None)
    if found is None:
        raise PostKeyMissing
    return found


def _pairs(operation_id: UUID) -> Iterator[X25519PrivateKey]:
    """Return the office's own pairs, that of its secret of today first."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        half = salted_hmac(SALT, str(operation_id), secret=secret, algorithm="sha256").digest()
        yield X25519PrivateKey.from_private_bytes(half)


def _name(public: bytes, operation_id: UUID) -> str:
    return f"{hashlib.sha256(public).hexdigest()[:ID_LENGTH]}.{operation_id}"
