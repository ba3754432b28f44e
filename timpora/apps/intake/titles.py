"""How agencies title their columns: `data/column_titles.toml`, read once."""

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Final

_DATA: Final = tomllib.loads(
    files("timpora.apps.intake").joinpath("data/column_titles.toml").read_text("utf-8")
)
_ABBREVIATIONS: Final[dict[str, str]] = _DATA["abbreviations"]
MAX_KEY: Final = 80
MAX_WORDS: Final = 8


@lru_cache(maxsize=8192)
def title_key(title: str) -> str:
    """Return a title in the form in which titles are compared."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().upper()
    plain = re.sub(r"\bS\s?[/.]\s?D\b", " SAMPAI ", plain)
    words = re.sub(r"[^A-Z0-9]+", " ", plain).split()
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


KEYS: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(dict.fromkeys(title_key(phrase) for phrase in phrases))
    for name, phrases in _DATA["fields"].items()
}
IDLE: Final = frozenset(title_key(title) for title in _DATA["idle"]["titles"])
_ALL: Final = frozenset(key for keys in KEYS.values() for key in keys) | IDLE
_PHRASES: Final = tuple(frozenset(key.split()) for key in _ALL if " " in key)


@lru_cache(maxsize=8192)
def is_known_title(cell: str) -> bool:
    """Tell whether a cell reads like a column title that offices use."""
    key = title_key(cell)
    if not key or len(key) > MAX_KEY:
        return False
    if key in _ALL:
        return True
    words = set(key.split())
    return len(words) <= MAX_WORDS and any(phrase <= words for phrase in _PHRASES)
