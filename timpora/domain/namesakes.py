"""Two names side by side: what agrees and what does not, in sentences for the person who decides.

There is no score and no verdict: the review page shows these beside birth dates and documents.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from timpora.domain.names import NAME_LIMIT, is_connector, name_cleaned, name_forms, sound_key

_SHORTEST_MISSPELT: Final = 4
_LONG_WORD: Final = 8
_DAUGHTER: Final = frozenset({"binti", "binte", "bint"})


class Likeness(StrEnum):
    """How two names compare, the closest first."""

    SAME = "sama"
    OTHER_SPACING = "beda_spasi"
    OTHER_ORDER = "beda_urutan"
    SPELLING = "beda_ejaan"
    WORDS_MISSING = "kata_kurang"
    PARTLY = "sebagian"
    DIFFERENT = "berbeda"
    UNKNOWN = "tak_dapat_dibandingkan"


@dataclass(frozen=True, slots=True)
class NameComparison:
    """What a reviewer reads about two names: the kind, the reasons, the words on one side only."""

    likeness: Likeness
    sentences: tuple[str, ...]
    only_left: tuple[str, ...] = ()
    only_right: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a name with its folded spellings, its sound and its place."""

    at: int
    forms: tuple[str, ...]
    sound: str | None

    @property
    def text(self) -> str:
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class _Match:
    """The words of two names sorted into equal pairs, near pairs with their reason, and the rest."""

    equal: tuple[tuple[_Word, _Word], ...]
    near: tuple[str, ...]
    left: tuple[_Word, ...]
    right: tuple[_Word, ...]


def name_compare(left: str, right: str) -> NameComparison:
    """Compare two names word by word, whatever their order, case, diacritics or spacing."""
    if not (name_forms(left) and name_forms(right)):
        return NameComparison(
            Likeness.UNKNOWN, ("Salah satu nama kosong; tidak ada yang dapat dibandingkan.",)
        )
    if max(len(left), len(right)) > NAME_LIMIT:
        return _compare_whole(left, right)
    match = _match(_words(left), _words(right))
    likeness, sentences = _judge(match, same_letters=_joined(left) == _joined(right))
    if clash := _connector_clash(left, right):
        likeness, sentences = Likeness.PARTLY, (*sentences, clash)
    return NameComparison(
        likeness,
        sentences,
        tuple(word.text for word in match.left),
        tuple(word.text for word in match.right),
    )


def _compare_whole(left: str, right: str) -> NameComparison:
    """Compare texts too long to be names: they are one or they are not comparable."""
    if name_cleaned(left) == name_cleaned(right):
        return NameComparison(Likeness.SAME, ("Kedua nama sama huruf demi huruf.",))
    sentence = f"Nama yang melebihi {NAME_LIMIT} huruf tidak dibandingkan kata demi kata."
    return NameComparison(Likeness.UNKNOWN, (sentence,))


def _words(name: str) -> list[_Word]:
    forms = name_forms(name)
    kept = [own for at, own in enumerate(forms) if not is_connector(at, len(forms), own[0])]
    return [_Word(at, own, sound_key(own[0])) for at, own in enumerate(kept)]


def _joined(name: str) -> str:
    return "".join(word.text for word in _words(name))


def _match(left: list[_Word], right: list[_Word]) -> _Match:
    """Pair equal words first, then near ones; each word is used once."""
    equal: list[tuple[_Word, _Word]] = []
    for word in left:
        twin = next((other for other in right if set(word.forms) & set(other.forms)), None)
        if twin is not None:
            equal.append((word, twin))
            right = [other for other in right if other is not twin]
    paired = {word.at for word, _ in equal}
    rest = [word for word in left if word.at not in paired]
    near: list[str] = []
    for word in tuple(rest):
        reasons = ((other, _nearness(word, other)) for other in right)
        found = next(((other, reason) for other, reason in reasons if reason), None)
        if found is not None:
            near.append(found[1])
            rest.remove(word)
            right = [other for other in right if other is not found[0]]
    return _Match(tuple(equal), tuple(near), tuple(rest), tuple(right))


def _nearness(one: _Word, other: _Word) -> str:
    """Say why two words may be one, or nothing."""
    short, long = sorted((one.text, other.text), key=len)
    if long.startswith(short):
        return f"“{short}” dapat menjadi singkatan atau potongan dari “{long}”."
    most = 0 if len(short) < _SHORTEST_MISSPELT else 1 if len(short) < _LONG_WORD else 2
    distance = spelling_distance(one.text, other.text, most=most) if most else 1
    if distance <= most:
        return f"“{one.text}” dan “{other.text}” berbeda {distance} huruf."
    if one.sound is not None and one.sound == other.sound:
        return f"“{one.text}” dan “{other.text}” mirip bunyinya."
    return ""


def _judge(match: _Match, *, same_letters: bool) -> tuple[Likeness, tuple[str, ...]]:
    """Name the kind of likeness and give its reasons."""
    places = [other.at for _, other in match.equal]
    if not (match.near or match.left or match.right):
        if places == sorted(places):
            return Likeness.SAME, ("Semua kata sama dan urutannya sama.",)
        return Likeness.OTHER_ORDER, ("Semua kata sama, urutannya berbeda.",)
    if same_letters:
        return Likeness.OTHER_SPACING, ("Hurufnya sama, pemenggalan katanya berbeda.",)
    if not (match.equal or match.near):
        return Likeness.DIFFERENT, ("Tidak ada kata yang sama atau mirip.",)
    agreed = " ".join(word.text for word, _ in match.equal)
    shared = (f"Kata yang sama: {agreed}.",) if agreed else ()
    return _partial(match), (*shared, *match.near, *_missing(match))


def _partial(match: _Match) -> Likeness:
    if match.left and match.right:
        return Likeness.PARTLY
    return Likeness.WORDS_MISSING if match.left or match.right else Likeness.SPELLING


def _missing(match: _Match) -> tuple[str, ...]:
    sides = (("kiri", match.left), ("kanan", match.right))
    return tuple(
        f"Hanya ada di nama {side}: {' '.join(word.text for word in words)}."
        for side, words in sides
        if words
    )


def _connector_clash(left: str, right: str) -> str:
    """Say so when one name has the word of a son and the other that of a daughter."""
    first, second = _connectors(left), _connectors(right)
    if first and second and _DAUGHTER.isdisjoint(first) != _DAUGHTER.isdisjoint(second):
        return f"Kata hubung berbeda: “{'/'.join(first)}” dan “{'/'.join(second)}”."
    return ""


def _connectors(name: str) -> tuple[str, ...]:
    forms = name_forms(name)
    return tuple(own[0] for at, own in enumerate(forms) if is_connector(at, len(forms), own[0]))


def spelling_distance(left: str, right: str, *, most: int) -> int:
    """Count the letters to change, add, drop or swap with a neighbour; beyond `most`, answer `most + 1`."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(right, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                best = min(best, older[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
