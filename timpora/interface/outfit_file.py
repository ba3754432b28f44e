"""The file by which an office puts up a post on a laptop: sealed under a code on paper (ADR 0021).

Beside the operation and the sign-ins it carries queue keys of the post's officers, derived for this operation
from those that this system works out. The laptop keeps its phones' queues and its days under them, so that
what comes back opens here and nowhere else, and proves its officer as any queue does (ADR 0017). They open
nothing that was sealed here. It says when it was made: a post goes back to no older one, which would bring
back keys, passwords and assignments that ended since.
"""

import base64
import json
import os
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Literal
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_noop
from pydantic import AwareDatetime, Base64Bytes, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from timpora.apps.operations.types import Outfit
from timpora.interface.office_mark import OFFICE, Mark, marks_of, office_keys
from timpora.interface.post_key import whole_post_key
from timpora.interface.queue_key import STAGED, kept, post_key
from timpora.kernel import clock
from timpora.kernel.errors import Refusal
from timpora.kernel.post import CARRIED

FORMAT: Final = "timpora-bekal-pos/7"
LARGEST: Final = 16 * 1024 * 1024
# 120 bits, written without letters that look like digits.
CODE_BYTES: Final = 15
CODE: Final = re.compile(r"[A-Z2-7]{24}")
GROUP: Final = 4
KEPT: Final = ("keys", "posts", "marks", "made")
NEWEST: Final = "newest"
IV: Final = 12
SALT: Final = 16
MARKS_MOST: Final = 20
OUTFIT: Final = TypeAdapter(Outfit)


class OutfitFileUnreadable(Refusal):
    """Another file, one that was cut or changed, or another code."""

    code = "field.outfit-file-unreadable"
    message = gettext_noop(
        "Berkas bekal ini tidak terbuka. Periksa kodenya, atau ambil sekali lagi di kantor."
    )


class OutfitOlder(Refusal):
    """An outfit was made before the one that this post has: what ended since would begin again."""

    code = "field.outfit-older"
    message = gettext_noop(
        "Bekal ini dibuat sebelum bekal yang sudah terpasang, jadi ditolak dan tidak ada yang berubah: "
        "kunci, sandi, dan penugasan lama tidak berlaku lagi. "
        "Pasang bekal terakhir, atau minta bekal baru di kantor."
    )


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    format: Literal["timpora-bekal-pos/7"]
    salt: Annotated[Base64Bytes, Field(min_length=SALT, max_length=SALT)]
    iv: Annotated[Base64Bytes, Field(min_length=IV, max_length=IV)]
    sealed: Base64Bytes


class _Inside(BaseModel):
    model_config = ConfigDict(extra="forbid")

    made: AwareDatetime
    outfit: Outfit
    keys: dict[UUID, dict[str, str]]
    post: dict[str, str]
    office: Annotated[list[str], Field(min_length=1, max_length=MARKS_MOST)]


class _Marked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    text: str
    marks: Annotated[list[Mark], Field(min_length=1, max_length=MARKS_MOST)]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a post is put up with, the queue keys of its officers, the key of the post as a whole.

    `text` is what of it the office marked with `marks`, one for each of its public keys in `office`; `made`
    is when, by the office's clock.
    """

    outfit: Outfit
    keys: dict[UUID, dict[str, str]]
    post: dict[str, str]
    text: str
    marks: list[Mark]
    office: list[str]
    made: datetime


def code_new() -> str:
    """Return a code for one file, in groups of four."""
    text = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def code_read(text: str) -> str:
    """Return the code as it was meant, however it was typed; raises `OutfitFileUnreadable`."""
    code = re.sub(r"[\s-]", "", text).upper()
    if not CODE.fullmatch(code):
        raise OutfitFileUnreadable
    return code


def outfit_seal(outfit: Outfit, code: str) -> bytes:
    """Return the file; without the code nobody reads a word of it."""
    keys = {str(one.id): post_key(one.id, outfit.operation_id) for one in outfit.officers}
    told = OUTFIT.dump_python(outfit, mode="json")
    said = {"outfit": told, "keys": keys, "post": whole_post_key(outfit.operation_id)}
    text = json.dumps({**said, "office": office_keys(), "made": clock.now().isoformat()})
    plain = json.dumps({"text": text, "marks": marks_of(text)}).encode()
    salt, iv = secrets.token_bytes(SALT), secrets.token_bytes(IV)
    sealed = AESGCM(_key(code, salt)).encrypt(iv, plain, FORMAT.encode())
    file = {"format": FORMAT, "salt": _told(salt), "iv": _told(iv), "sealed": _told(sealed)}
    return json.dumps(file).encode()


def outfit_open(data: bytes, code: str) -> Opened:
    """Open a file; raises `OutfitFileUnreadable`."""
    if len(data) > LARGEST:
        raise OutfitFileUnreadable
    try:
        file = _File.model_validate_json(data)
        plain = AESGCM(_key(code, file.salt)).decrypt(file.iv, file.sealed, FORMAT.encode())
        marked = _Marked.model_validate_json(plain)
        inside = _Inside.model_validate_json(marked.text)
    except (InvalidTag, ValidationError, ValueError) as error:
        raise OutfitFileUnreadable from error
    given = (inside.outfit, inside.keys, inside.post)
    return Opened(*given, marked.text, marked.marks, inside.office, inside.made)


def made_check(made: datetime) -> None:
    """Raise `OutfitOlder` for an outfit that was made before one that was put up here, of any operation.

    The same one again is none: an installation that was cut off is done again.
    """
    held = [*kept("made").get(NEWEST, []), *kept("made", name=STAGED).get(NEWEST, [])]
    if any(made < datetime.fromisoformat(one["at"]) for one in held):
        raise OutfitOlder


def keys_keep(
    keys: dict[UUID, dict[str, str]],
    posts: dict[UUID, dict[str, str]],
    marks: list[Mark] | None = None,
    made: datetime | None = None,
) -> None:
    """Keep the keys that an office gave to this post, beside the secret and for the program alone."""
    keys_stage(keys, posts, marks, made)
    keys_promote()


def keys_stage(
    keys: dict[UUID, dict[str, str]],
    posts: dict[UUID, dict[str, str]],
    marks: list[Mark] | None = None,
    made: datetime | None = None,
) -> None:
    """Lay keys ready beside those in use; nothing seals with them before `keys_promote`.

    With `marks` those of the office take the place of the ones before, and `made` that of the outfit before.
    Keys that lie ready since an installation that was cut off are kept: they had fitted.
    """
    left = settings.DATA / STAGED
    held: dict[str, dict[str, list[dict[str, str]]]] = (
        json.loads(left.read_text()) if left.exists() else {what: kept(what) for what in KEPT}
    )
    for what, given in (("keys", keys), ("posts", posts)):
        for whose, key in given.items():
            _newest(held[what], str(whose), key)
    if marks:
        held["marks"][OFFICE] = marks
    if made:
        held["made"] = {NEWEST: [{"at": made.isoformat()}]}
    _write(settings.DATA / STAGED, json.dumps(held))


def keys_promote() -> None:
    """Put the keys that lie ready into use: whatever they belong to is final now."""
    (settings.DATA / STAGED).replace(settings.DATA / CARRIED)


def _newest(held: dict[str, list[dict[str, str]]], whose: str, key: dict[str, str]) -> None:
    held[whose] = [key, *(one for one in held.get(whose, []) if one != key)]


def _write(file: Path, text: str) -> None:
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(text)
    fresh.replace(file)


def _key(code: str, salt: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=salt, info=FORMAT.encode()).derive(code_read(code).encode())


def _told(data: bytes) -> str:
    return base64.b64encode(data).decode()
