"""What the rooms below say in Indonesian, said to whoever switched to English.

Rooms word their refusals, rules and tables in Indonesian and know nothing of languages; a sentence may
also have been stored long ago. Its English stands in the catalogue `locale/rooms`, where `{1}`, `{2}` hold
the place of what a sentence names: a day, a number, a place.
"""

import re
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import get_language, gettext

HOLE = re.compile(r"\{(\d)\}")
BESIDE = " · "
# A piece that the sentence must hold before its pattern is tried, the pattern, and the translation.
Shape = tuple[str, re.Pattern[str], str]


def told(said: object) -> str:
    """Return the sentence in the reader's language; one that no catalogue knows stands as it is."""
    words = str(said)
    language = get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE or not words.strip():
        return words
    found = gettext(words)
    return found if found != words else _filled(words, language)


def _filled(words: str, language: str) -> str:
    for piece, shape, text in _shapes(language):
        if piece in words and (named := shape.fullmatch(words)):
            return _put(text, [told(part) for part in named.groups()])
    # Pieces side by side, or a label and what is said of it: each has a translation of its own.
    if BESIDE in words:
        return BESIDE.join(told(piece) for piece in words.split(BESIDE))
    label, mark, rest = words.partition(": ")
    return f"{gettext(label)}: {told(rest)}" if mark and gettext(label) != label else words


def _put(text: str, parts: list[str]) -> str:
    return HOLE.sub(lambda hole: parts[int(hole[1]) - 1], text)


@cache
def _shapes(language: str) -> tuple[Shape, ...]:
    """Return the sentences with holes as patterns, the wordiest first, each with its translation."""
    found = [
        (message.id, message.string)
        for folder in settings.LOCALE_PATHS
        for message in _messages(Path(folder) / language / "LC_MESSAGES/django.po", language)
        if isinstance(message.id, str) and isinstance(message.string, str) and HOLE.search(message.id)
    ]
    found.sort(key=lambda pair: -len(HOLE.sub("", pair[0])))
    return tuple(_shape(said, text) for said, text in found if text)


def _messages(path: Path, language: str) -> list[Message]:
    if not path.exists():
        return []
    with path.open("rb") as file:
        return list(read_po(file, locale=language))


def _shape(said: str, text: str) -> Shape:
    parts = HOLE.split(said)[::2]
    return max(parts, key=len), re.compile("(.+?)".join(map(re.escape, parts)), re.DOTALL), text
