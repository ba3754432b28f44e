"""The key under which a phone keeps an officer's finished reports: the server gives it back after sign-in.

Worked out from the server's own secret, so that nothing is stored, and the same on every device: reports
stay sendable when the phone's lock was destroyed, and can be read by nobody who cannot sign in as their
officer. A copy of the database opens none of them. Ending the officer's sessions, or revoking a phone of
his, begins another key: the one before opens what was sealed with it, and seals nothing that counts as new.

A post on a laptop never gets this key: it gets one derived from it for the operation that it serves, which
opens nothing of the office (ADR 0021). Its name says for which (`<name>.<operation>`), so that the office
derives it again and keeps no list of posts.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

from timpora.apps.findings import queries as findings
from timpora.apps.identity import queries as identity
from timpora.kernel.post import CARRIED

SALT = "timpora.field.queue/1"
POST_LABEL = "timpora.field.queue.post/1"
ID_LENGTH = 12
IV = 12
# Those of an outfit that is not final yet.
STAGED: Final = f"{CARRIED}.staged"
# Keys of before that are still tried; older ones an officer had years ago.
GENERATIONS: Final = 30


class _Key(NamedTuple):
    name: str
    key: bytes
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Unsealed:
    """What a phone sealed; `is_withdrawn` where its key was taken back since."""

    text: bytes
    is_withdrawn: bool


def queue_key(officer_id: UUID) -> dict[str, str]:
    """Return the officer's key (32 bytes, in base 64) and the name by which a phone knows it."""
    one = next(_keys(officer_id))
    return {"id": one.name, "key": base64.b64encode(one.key).decode()}


def post_key(officer_id: UUID, operation_id: UUID) -> dict[str, str]:
    """Return the key that the officer has at the post of an operation; it opens nothing of this office."""
    one = _at_post(next(_keys(officer_id)), str(operation_id))
    return {"id": one.name, "key": base64.b64encode(one.key).decode(), "post": str(operation_id)}


def kept(what: str, *, name: str = CARRIED) -> dict[str, list[dict[str, str]]]:
    """Return what an office gave to this post, the newest first: `keys` by officer, `posts` by operation."""
    file = settings.DATA / name
    found: dict[str, list[dict[str, str]]] = {}
    if file.exists():
        found = json.loads(file.read_text()).get(what, {})
    return found


def queue_open(officer_id: UUID, key_id: str, *, iv: bytes, data: bytes, label: str) -> Unsealed | None:
    """Open what a phone sealed under an officer's key, or nothing.

    Whatever opens was sealed by somebody who signed in as this officer: the seal proves it as a signature
    would. Keys that were withdrawn, and those of the server's former secrets, are tried as well.
    """
    _, _, post = key_id.partition(".")
    for kept in _keys(officer_id):
        # What this system was given is known by its whole name; of its own it derives the post's.
        one = kept if kept.name == key_id or not post else _at_post(kept, post)
        if one.name == key_id:
            try:
                return Unsealed(AESGCM(one.key).decrypt(iv, data, label.encode()), one.is_withdrawn)
            except (InvalidTag, ValueError):
                return None
    return None


def queue_seal(officer_id: UUID, data: bytes, label: str) -> tuple[str, bytes, bytes]:
    """Seal what an officer sent, as his phone would: the key's name, the number used once, what is sealed."""
    one, iv = next(_keys(officer_id)), secrets.token_bytes(IV)
    return one.name, iv, AESGCM(one.key).encrypt(iv, data, label.encode())


def _keys(officer_id: UUID) -> Iterator[_Key]:
    """Return the officer's keys, the one in use first, each with whether it was withdrawn.

    In use is the office's newest where this is its post and he came with it, else this system's of today.
    An older one for the same operation is there because the office withdrew it.
    """
    given = kept("keys").get(str(officer_id), [])
    for at, one in enumerate(given):
        is_withdrawn = any(newer["post"] == one["post"] for newer in given[:at])
        yield _Key(one["id"], base64.b64decode(one["key"]), is_withdrawn)
    held = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    now = identity.session_generation(officer_id), findings.revocation_count(officer_id)
    for ended in product(*(_back_from(number) for number in now)):
        for secret in held:
            key = _key(f"{officer_id}/{ended[0]}/{ended[1]}", secret)
            yield _Key(_name(key), key, ended != now)
    for secret in held:
        key = _key(str(officer_id), secret)
        yield _Key(_name(key), key, is_withdrawn=True)  # As they were before they could be withdrawn.


def _at_post(one: _Key, post: str) -> _Key:
    """Derive the key of a post: the one block of HKDF-Expand (RFC 5869), from a key as long as the hash."""
    key = hmac.digest(one.key, f"{POST_LABEL}/{post}".encode() + b"\x01", "sha256")
    return _Key(f"{_name(key)}.{post}", key, one.is_withdrawn)


def _back_from(number: int) -> range:
    return range(number, max(number - GENERATIONS, 0) - 1, -1)


def _key(whose: str, secret: str | bytes) -> bytes:
    return salted_hmac(SALT, whose, secret=secret, algorithm="sha256").digest()


def _name(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:ID_LENGTH]
