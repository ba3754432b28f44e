"""The mark of an office: a signature by which a post knows outfits of the office that put it up (ADR 0021).

The office works its key out from its own secret, so that nothing is stored and nothing is to be renewed. A
post keeps the public half that came with its first outfit; people compare a short fingerprint of it, once.
Outfits are marked under the office's former secrets too, as long as it holds them, so that a change of the
secret is no change of the office.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_noop

from timpora.interface.queue_key import STAGED, kept
from timpora.kernel.errors import Refusal

SALT: Final = "timpora.office.mark/1"
# Of the fingerprint, in letters: 80 bits, which nobody meets by trying.
SHOWN: Final = 20
GROUP: Final = 4
OFFICE: Final = "office"
Mark = dict[str, str]


class OutfitOfAnotherOffice(Refusal):
    """The mark is not that of the office that put up this post, or does not hold."""

    code = "field.outfit-of-another-office"
    message = gettext_noop(
        "Bekal ini tidak bertanda kantor yang memasang pos ini, jadi ditolak dan tidak ada yang berubah. "
        "Jangan dipakai; tanyakan kepala kantor siapa yang membuatnya."
    )


def marks_of(text: str) -> list[Mark]:
    """Return the marks of this office on a text, that of its secret of today first."""
    found = []
    for key in _keys():
        public = key.public_key().public_bytes_raw()
        found.append({"key": _told(public), "mark": _told(key.sign(_said(text)))})
    return found


def own_fingerprint() -> str:
    """Return the fingerprint that a post of this office shows after its first outfit."""
    return fingerprint(_told(next(iter(_keys())).public_key().public_bytes_raw()))


def fingerprint(key: str) -> str:
    """Return what people compare of a public key: twenty letters in groups of four."""
    text = hashlib.sha256(base64.b64decode(key)).hexdigest().upper()[:SHOWN]
    return " ".join(text[at : at + GROUP] for at in range(0, SHOWN, GROUP))


def office_keys() -> list[str]:
    """Return the public keys of this office, that of its secret of today first: what it says of itself."""
    return [_told(key.public_key().public_bytes_raw()) for key in _keys()]


def marks_check(marks: Iterable[Mark], text: str, keys: Sequence[str]) -> list[Mark]:
    """Return the keys to be kept of an outfit, where one of them is known here.

    `keys` stand within the marked text: the office itself says which are its own, and each of them marks it.
    A mark beside them is somebody's who could open the file, and was to be kept with the office's. A post
    that knows no office yet takes the first it meets. Raises `OutfitOfAnotherOffice`.
    """
    told = list(marks)
    own = [{"key": key} for key in keys]
    known = pinned()
    if (
        not keys
        or [one.get("key") for one in told] != list(keys)
        or not all(_holds(one, text) for one in told)
    ):
        raise OutfitOfAnotherOffice
    if known and not any(one in known for one in own):
        raise OutfitOfAnotherOffice
    return own


def pinned() -> list[Mark]:
    """Return the keys of the office that put up this post, that of its newest secret first.

    An installation that was cut off before its keys came into use has met its office all the same.
    """
    return kept("marks").get(OFFICE, []) or kept("marks", name=STAGED).get(OFFICE, [])


def _holds(one: Mark, text: str) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(one["key"], validate=True))
        key.verify(base64.b64decode(one["mark"], validate=True), _said(text))
    except (InvalidSignature, KeyError, ValueError):
        return False
    return True


def _keys() -> list[Ed25519PrivateKey]:
    return [
        Ed25519PrivateKey.from_private_bytes(
            salted_hmac(SALT, "office", secret=secret, algorithm="sha256").digest()
        )
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


def _said(text: str) -> bytes:
    return f"{SALT}\n{text}".encode()


def _told(data: bytes) -> str:
    return base64.b64encode(data).decode()
