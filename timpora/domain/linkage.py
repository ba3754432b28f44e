"""What two persons must share before it is worth comparing them: folded names and keys (F27).

The registry keeps the keys beside each person, and linkage folds what it compares by the same functions, so
that the two can never disagree about who is worth comparing. Whoever changes what is folded here lets a
migration fill the kept keys anew.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from timpora.domain.names import is_connector, name_tokens, sound_key

FULL_DATE: Final = 10

# One name in many spellings that share no sound key.
ALIASES: Final = {
    "md": "muhammad",
    "mohd": "muhammad",
    "moh": "muhammad",
    "muh": "muhammad",
    "mst": "mosammat",
}


@dataclass(frozen=True, slots=True)
class LinkKeys:
    """What a person is looked up by; empty where nothing is known.

    `letters` are those of the name, sorted, so that spaces and order are nothing; `sounds` its words as they
    sound, sorted; `document` the signs of the number, sorted, so that two swapped ones are nothing.
    """

    letters: str
    sounds: str
    document: str


def link_keys(name: str, document: str) -> LinkKeys:
    """Return the keys of a person of this name and document number."""
    letters, sounds = name_link_keys(name)
    return LinkKeys(letters, sounds, sorted_signs(document))


@lru_cache(maxsize=50_000)
def name_link_keys(name: str) -> tuple[str, str]:
    """Return the letters and the sounds of a name, each sorted."""
    words = words_of(name)
    return sorted_signs("".join(words)), " ".join(sorted({sound_of(word) for word in words}))


def sorted_signs(text: str) -> str:
    """Return the signs of a text in their order: what is left when two are swapped."""
    return "".join(sorted(text))


@lru_cache(maxsize=200_000)
def words_of(name: str) -> tuple[str, ...]:
    """Return the folded words of a name in their order, without those that only connect."""
    tokens = name_tokens(name)
    return tuple(
        ALIASES.get(token, token)
        for at, token in enumerate(tokens)
        if not is_connector(at, len(tokens), token)
    )


@lru_cache(maxsize=200_000)
def sound_of(word: str) -> str:
    """Return how a word sounds, or the word itself where it has no sound key."""
    return sound_key(word) or word


def same_from_afar(names: Collection[str], birth: str, others: Collection[str], other_birth: str) -> bool:
    """Tell whether two who share a document, or look alike, are surely one though known at different places.

    A document number can be guessed, and who it belongs to would come before a foreign office. So both must
    tell the same full birth date, and a name of either at least half of the sounds of the longer one.
    """
    if len(birth) != FULL_DATE or birth != other_birth:
        return False
    return any(names_share_half(name, other) for name in names for other in others)


def words_bear_out(name: str, birth: str, known_name: str, known_birth: str) -> bool:
    """Tell whether what somebody says bears out that he is who is known by the document he shows.

    With the same full birth date half of the name's sounds is enough. Without one the whole of the shorter
    name must be in the other, two words at least or the very name, and no birth date contradict as far as
    both tell it (`YYYY`, `YYYY-MM`, `YYYY-MM-DD`).
    """
    if len(birth) == FULL_DATE and birth == known_birth:
        return names_share_half(name, known_name)
    if not (birth.startswith(known_birth) or known_birth.startswith(birth)):
        return False
    if "".join(words_of(name)) == "".join(words_of(known_name)) != "":
        return True
    (_, sounds), (_, known_sounds) = name_link_keys(name), name_link_keys(known_name)
    fewer, more = sorted((set(sounds.split()), set(known_sounds.split())), key=len)
    return len(fewer) > 1 and fewer <= more


def names_share_half(one: str, other: str) -> bool:
    """Tell whether names share at least half of the sounds of the longer one, or all of their letters."""
    (letters, sounds), (other_letters, other_sounds) = name_link_keys(one), name_link_keys(other)
    if not letters or not other_letters:
        return False
    heard, other_heard = set(sounds.split()), set(other_sounds.split())
    longer = max(len(heard), len(other_heard))
    return letters == other_letters or 2 * len(heard & other_heard) >= longer
