"""How a typed place name is compared: lower case, no accents, no punctuation, word by word."""

import re
import unicodedata
from typing import Final

# Words that only say which kind of region is meant; a search does without them where others remain.
KIND_WORDS: Final = frozenset(
    ("desa", "kel", "kelurahan", "kec", "kecamatan", "distrik", "kab", "kabupaten", "prov", "provinsi", "adm")
)
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")
_APOSTROPHE: Final = re.compile(r"['’‘`ʼ]")
_CODE: Final = re.compile(r"[0-9][0-9.]*")


def name_key(name: str) -> str:
    """Return the name as it is compared: `Ma'rang Tanétè-Riaja` is `marang tanete riaja`."""
    bare = _APOSTROPHE.sub("", name)
    if not bare.isascii():
        bare = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode()
    return _NOT_WORD.sub(" ", bare.lower()).strip()


def name_words(name: str) -> list[str]:
    """Return the words of a region's name, without those that only say its kind."""
    return [word for word in name_key(name).split() if word not in KIND_WORDS]


def found_under(words: list[str]) -> tuple[str, ...]:
    """Return the words under which a region is found: its own, and its name written together.

    People write Kotabaru and Kota Baru, Batulicin and Batu Licin for the same place.
    """
    joined = ["".join(words)] if len(words) > 1 else []
    return tuple(dict.fromkeys([*words, *joined]))


def search_words(text: str) -> tuple[str, ...]:
    """Return the words to look for; words for the kind of region are left out where others remain."""
    words = name_key(text).split()
    return tuple(word for word in words if word not in KIND_WORDS) or tuple(words)


def is_code(text: str) -> bool:
    """Tell whether somebody typed a region code or the beginning of one: `63`, `63.10.`."""
    return _CODE.fullmatch(text.strip()) is not None
