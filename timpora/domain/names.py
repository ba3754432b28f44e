"""Names of persons: kept as people write them, folded only to be found.

Nothing is invented: a name of one word has no surname, a name in another script gets no spelling
that no passport shows. No function here knows, guesses or returns an origin (promise P25).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

NAME_LIMIT: Final = 500

# Control characters, lone surrogates, marks of writing direction and invisible spaces: they change what
# is seen, not the name. The joiners U+200C and U+200D stay, since Persian and Indic spelling needs them.
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_JOINERS: Final = str.maketrans("", "", "\u200c\u200d")

# Most names of a list are these letters and spaces; folding them is lowering them.
_PLAIN: Final = re.compile("[A-Za-z ]*")

# Signs inside a word that passports leave out: apostrophes, the ʻokina, hamza and ain, and the Catalan dot.
_SILENT: Final = str.maketrans("", "", "'`´·ʹʻʼʽʾʿˈ‘’‛′＇")

# Optional vowel signs and stretching of Arabic and Hebrew: written or not, it is the same name.
_OPTIONAL_SIGNS: Final = re.compile("[\u0591-\u05c7\u0640\u064b-\u0652\u0670]")

# ICAO Doc 9303-3, section 6, table A, where the answer is not simply the letter without its mark. From Ɓ
# on it goes beyond the table: letters of Hausa and its neighbours, which passports print without the hook.
_LATIN: Final = {
    "Ä": "AE",
    "Å": "AA",
    "Æ": "AE",
    "Ö": "OE",
    "Ø": "OE",
    "Ü": "UE",
    "ẞ": "SS",
    "Þ": "TH",
    "Ð": "D",
    "Đ": "D",
    "Ħ": "H",
    "Ł": "L",
    "Ŋ": "N",
    "Œ": "OE",
    "Ŧ": "T",
    "Ə": "E",
    "Ɓ": "B",
    "Ɗ": "D",
    "Ɖ": "D",
    "Ɛ": "E",
    "Ƙ": "K",
    "Ɔ": "O",
    "Ƴ": "Y",
    "Ƒ": "F",
    "Ɣ": "G",
}
# The same table allows these without the second letter.
_LATIN_SHORT: Final = {"Ä": "A", "Å": "A", "Ö": "O", "Ø": "O", "Ü": "U"}

# Between two words of a name these say whose child a person is; first or last they are the name itself.
CONNECTORS: Final = frozenset({"bin", "binti", "binte", "bint", "ibn"})

_SOUNDS: Final = (
    ("tsch", "c"),
    ("sch", "s"),
    ("kh", "k"),
    ("gh", "g"),
    ("ph", "f"),
    ("sh", "s"),
    ("sy", "s"),
    ("th", "t"),
    ("dh", "d"),
    ("tj", "c"),
    ("ch", "c"),
    ("dj", "j"),
    ("zh", "j"),
    ("ck", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("z", "s"),
    ("v", "f"),
)


class NameRefused(ValueError):
    """A text that cannot stand as a name."""

    code = "names.refused"
    message = "Nama tidak dapat dipakai."

    def __init__(self) -> None:
        super().__init__(self.message)


class EmptyName(NameRefused):
    """Nothing visible is left of the text."""

    code = "names.empty"
    message = "Nama kosong; tulis nama seperti tertera di dokumen, satu kata pun boleh."


class NameTooLong(NameRefused):
    """The text is longer than any name."""

    code = "names.too-long"
    message = f"Nama melebihi {NAME_LIMIT} huruf; periksa apakah beberapa kolom tergabung."


def name_cleaned(text: str) -> str:
    """Return the name as it can be stored: NFC, single spaces, nothing unseen, no lone surrogate."""
    words = (_UNSEEN.sub("", word) for word in text.split())
    return unicodedata.normalize("NFC", " ".join(word for word in words if word))


def name_read(text: str) -> str:
    """Return the cleaned name, refusing what is no name."""
    name = name_cleaned(text)
    if not name.translate(_JOINERS):
        raise EmptyName
    if len(name) > NAME_LIMIT:
        raise NameTooLong
    return name


def name_folded(text: str) -> str:
    """Return the name for comparing: no case, no optional signs, one form for each letter."""
    plain = _OPTIONAL_SIGNS.sub("", name_cleaned(text).translate(_JOINERS))
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", plain).casefold())
    return " ".join(folded.split())


def name_mrz(text: str) -> str:
    """Return the name in A-Z and spaces, as a passport's machine-readable zone spells it.

    ICAO Doc 9303-3, section 6. Letters of other scripts are left out: their spelling is the issuing
    state's own choice, so an empty answer means that it is not known.
    """
    words = (_latin(word, short=False) for word in _words(text))
    return " ".join(word for word in words if word).upper()


def name_tokens(text: str) -> tuple[str, ...]:
    """Return the folded words in their order, Latin ones in the spelling of a passport."""
    return tuple(forms[0] for forms in name_forms(text))


def name_forms(text: str) -> tuple[tuple[str, ...], ...]:
    """Return for each word its folded spellings: `Müller` is mueller and muller."""
    if _PLAIN.fullmatch(text):
        return tuple((word.lower(),) for word in text.split())
    found = tuple(forms for word in _words(text) if (forms := _forms(word)))
    # A name written in signs alone must be found too.
    whole = name_folded(text) or name_cleaned(text)
    return found or (((whole,),) if whole else ())


def name_keys(name: str) -> tuple[str, ...]:
    """Return the sorted keys under which a table finds the name: its words, and `~` with their sounds.

    Words that only connect (bin, binti) are left out: they would find half the country.
    """
    forms = name_forms(name)
    kept = [own for at, own in enumerate(forms) if not is_connector(at, len(forms), own[0])]
    words = {form for own in kept for form in own}
    return tuple(sorted(words | {key for word in words if (key := sound_key(word))}))


def is_connector(at: int, count: int, word: str) -> bool:
    """Tell whether the word at this place only connects: `Ahmad bin Ismail`, not `Wang Bin`."""
    return 0 < at < count - 1 and word in CONNECTORS


@lru_cache(maxsize=50_000)  # lists repeat their words thousands of times
def sound_key(word: str) -> str | None:
    """Return a rough key of how a folded Latin word sounds: Muhammad and Mohamed share `~mhmd`.

    None where it would find too much (a single consonant) or where the word is not Latin.
    """
    if re.fullmatch("[a-z]+", word) is None:
        return None
    sounds = word
    for spelling, sound in _SOUNDS:
        sounds = sounds.replace(spelling, sound)
    initial = "a" if sounds[0] in "aeiou" else sounds[0]
    skeleton = re.sub(r"(.)\1+", r"\1", initial + re.sub("[aeiouwy]", "", sounds[1:]))
    return f"~{skeleton}" if len(skeleton) > 1 else None


def masked(name: str) -> str:
    """Return the name with only the first letter of each word: `M••••• A••`; one letter alone is hidden."""
    return " ".join(_masked_word(word) for word in name_cleaned(name).split())


def _masked_word(word: str) -> str:
    letters = [char for char in word if unicodedata.category(char)[0] not in "MC"]
    return letters[0] + "•" * (len(letters) - 1) if letters[1:] else "•"


def _words(text: str) -> Iterator[str]:
    """Yield the runs of letters, marks and digits in the name."""
    # Normalising can itself bring forth a silent sign, or turn one into something else: leave out twice.
    plain = name_cleaned(text).translate(_JOINERS).translate(_SILENT)
    plain = unicodedata.normalize("NFKC", plain).translate(_SILENT)
    yield from "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in plain).split()


def _forms(word: str) -> tuple[str, ...]:
    """Return the spellings of one word, without empty ones; a word of another script has one."""
    if word.isascii() and word.isalpha():
        return (word.lower(),)
    spellings = [name_folded(word)]
    if all(_letters(char, short=False) for char in word if unicodedata.category(char)[0] == "L"):
        latin = [_latin(word, short=False).lower(), _latin(word, short=True).lower()]
        spellings = latin if latin[0] else spellings
    return tuple(dict.fromkeys(spelling for spelling in spellings if spelling))


def _latin(word: str, *, short: bool) -> str:
    return "".join(_letters(char, short=short) for char in word)


@lru_cache(maxsize=4096)
def _letters(char: str, *, short: bool) -> str:
    """Return what the character becomes in A-Z, or nothing."""
    upper = char.upper()
    if short and upper in _LATIN_SHORT:
        return _LATIN_SHORT[upper]
    return _LATIN.get(upper) or re.sub("[^A-Z]", "", unicodedata.normalize("NFD", upper))
