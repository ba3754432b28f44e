"""The key of a post as a whole: what is handed over there and belongs to no one officer is sealed under it.

The office works it out from its own secret for the operation, as it does the officers' (ADR 0021), and gives
it along with the outfit. No phone ever gets it: an officer has his own queue key in his browser, and photos
of others, some of them under the seal of protection, must not open with that.
"""

import base64
import hashlib
import secrets
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_noop

from timpora.interface.queue_key import ID_LENGTH, is_post, kept
from timpora.kernel.errors import Refusal

SALT: Final = "timpora.post.key/1"
IV: Final = 12


class PostKeyMissing(Refusal):
    """The outfit of this post is older than this key."""

    code = "field.post-key-missing"
    message = gettext_noop(
        "Bekal pos ini belum memuat kunci berkas ini. Ambil bekal baru di kantor dan pasang sekali lagi."
    )


def whole_post_key(operation_id: UUID) -> dict[str, str]:
    """Return the key that the post of an operation gets from this office."""
    name, key = next(_keys(operation_id))
    return {"id": name, "key": base64.b64encode(key).decode()}


def post_key_require(operation_id: UUID) -> None:
    """Raise `PostKeyMissing` where nothing can be sealed for the office of this operation."""
    if next(_keys(operation_id), None) is None:
        raise PostKeyMissing


def post_seal(operation_id: UUID, data: bytes, label: str) -> tuple[str, bytes, bytes]:
    """Seal what a post hands over: the key's name, the number used once, what is sealed.

    Raises `PostKeyMissing`.
    """
    name, key = next(_keys(operation_id), ("", b""))
    if not key:
        raise PostKeyMissing
    iv = secrets.token_bytes(IV)
    return name, iv, AESGCM(key).encrypt(iv, data, label.encode())


def post_open(operation_id: UUID, key_id: str, *, iv: bytes, data: bytes, label: str) -> bytes | None:
    """Open what the post of an operation handed over, also under a former secret of ours; or nothing."""
    for name, key in _keys(operation_id):
        if name == key_id:
            try:
                return AESGCM(key).decrypt(iv, data, label.encode())
            except (InvalidTag, ValueError):
                return None
    return None


def _keys(operation_id: UUID) -> Iterator[tuple[str, bytes]]:
    """Return the keys, the one in use first; a post has those that it was given, and none of its own."""
    if is_post():
        for one in kept("posts").get(str(operation_id), []):
            yield one["id"], base64.b64decode(one["key"])
        return
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = salted_hmac(SALT, str(operation_id), secret=secret, algorithm="sha256").digest()
        yield f"{hashlib.sha256(key).hexdigest()[:ID_LENGTH]}.{operation_id}", key
